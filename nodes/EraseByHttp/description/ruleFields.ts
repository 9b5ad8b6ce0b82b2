import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

const conditions: Readonly<Record<string, INodePropertyOptions>> = {
	anyJson: {
		name: 'Any JSON',
		value: 'anyJson',
		description: 'The answer is JSON, whatever it says',
	},
	contains: {
		name: 'Field Contains',
		value: 'contains',
		description:
			'A part of the text. "Could not be deleted" contains "deleted": prefer Field Equals.',
	},
	equals: {
		name: 'Field Equals',
		value: 'equals',
		description: 'Exactly this text, number, true or false',
	},
	exists: {
		name: 'Field Exists',
		value: 'exists',
		description: 'The field is there, and is neither null nor false nor empty',
	},
	isOneOf: {
		name: 'Field Is One Of',
		value: 'isOneOf',
		description: 'One of several values, separated by commas',
	},
	noBody: { name: 'No Body', value: 'noBody', description: 'The answer is empty' },
};

const onField = ['contains', 'equals', 'exists', 'isOneOf'];

/**
 * What a rule is made of: a status and one condition.
 *
 * @param status which it begins with; the other texts are examples
 */
export function ruleValues({
	status,
	field,
	value,
	withoutField = [],
}: {
	readonly status: string;
	readonly field: string;
	readonly value: string;
	readonly withoutField?: ReadonlyArray<'anyJson' | 'noBody'>;
}): INodeProperties[] {
	const choices = [...onField, ...withoutField].sort();
	const needsField = { show: { condition: onField } };
	return [
		{
			displayName: 'Status',
			name: 'status',
			type: 'string',
			default: status,
			placeholder: `e.g. ${status}`,
			description: 'The status of the answer, or several separated by commas',
		},
		{
			displayName: 'Condition',
			name: 'condition',
			type: 'options',
			default: 'equals',
			options: choices.flatMap((name) => conditions[name] ?? []),
			description: 'What has to stand in the answer as well',
		},
		{
			displayName: 'Field',
			name: 'field',
			type: 'string',
			default: '',
			placeholder: `e.g. ${field}`,
			displayOptions: needsField,
			description: 'The JSON field, with dots between names, and numbers for places in a list',
		},
		{
			displayName: 'Value',
			name: 'value',
			type: 'string',
			default: '',
			placeholder: `e.g. ${value}`,
			displayOptions: { show: { condition: onField.filter((name) => name !== 'exists') } },
			description: 'What the field holds, in the letter case of the page',
		},
	];
}

/** A list of rules. */
export function rulesField(
	field: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'displayOptions'>,
	values: INodeProperties[],
): INodeProperties {
	return {
		...field,
		type: 'fixedCollection',
		noDataExpression: true,
		typeOptions: { multipleValues: true },
		placeholder: 'Add rule',
		default: {},
		options: [{ displayName: 'Rule', name: 'rule', values }],
	};
}
