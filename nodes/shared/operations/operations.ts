import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import type { Verb } from '../parameters/deletionFields';
import { deletionModeField } from '../parameters/deletionMode';

/** One thing a node can do. Its file holds its fields and what it does. */
export interface Operation {
	/** Title Case, for the Operation field. */
	readonly name: string;
	/** Sentence case, for the panel where nodes are chosen: "Delete a call". */
	readonly action: string;
	/**
	 * For the canvas, below the node's name and after the vendor's: "delete calls". Of an operation
	 * with a Deletion Mode the first word is its verb, which gives way to "preview". The
	 * canvas shows about 28 characters, and the first of them have to tell preview from deletion.
	 */
	readonly subtitle: string;
	readonly description: string;
	/** What it does to a record, where it changes something and that is not to delete it. */
	readonly verb?: Verb;
	/** Shown only for this operation; where that is needs no `displayOptions` of their own. */
	readonly fields: readonly INodeProperties[];
	/**
	 * An item as it comes out: of its form the build makes the schema that n8n's editor shows. Missing
	 * where items come out in several forms.
	 */
	readonly example?: IDataObject;
	execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

export interface Resource {
	readonly name: string;
	readonly operations: Readonly<Record<string, Operation>>;
}

/** What a node can do: by resource, then by operation, in the names that workflows store. */
export type Resources = Readonly<Record<string, Resource>>;

/** The node's properties: Resource, Operation, and each operation's own fields. */
export function describeResources(resources: Resources): INodeProperties[] {
	const entries = Object.entries(resources);
	const choices = entries.map(([value, { name }]) => ({ name, value }));
	return [
		choice('Resource', 'resource', choices),
		...entries.flatMap(([resource, { operations }]) => describeOperations(resource, operations)),
	];
}

/** Whether an operation changes something at the vendor, so that its Deletion Mode decides. */
export function isDeletion({ fields }: Pick<Operation, 'fields'>): boolean {
	return fields.some(({ name }) => name === deletionModeField);
}

/** n8n gives this field to every node that is used as an agent's tool, and to no other. */
export const toolField = 'descriptionType';

/**
 * What the canvas shows below a node's name, so that one sees what it does without opening it:
 * "Flyflow: preview calls", "Flyflow: delete calls or preview in tests". n8n names a new node after
 * its action, so this is where the vendor is named. The canvas cuts it after some 28 characters: what
 * it may do for good comes first, and what is left of the rest must not read like a preview.
 *
 * @param vendor its name, or the parameter that holds it and what stands there while that is empty
 * @returns an expression over Resource, Operation and Deletion Mode
 */
export function describeSubtitle(
	vendor: string | { readonly parameter: string; readonly whileEmpty: string },
	resources: Resources,
): string {
	const [written, read] =
		typeof vendor === 'string'
			? [vendor, '']
			: ['', `($parameter["${vendor.parameter}"] || "${vendor.whileEmpty}") + `];
	const subtitles = Object.entries(resources).flatMap(([resource, { operations }]) =>
		Object.entries(operations).flatMap(([name, operation]) =>
			subtitlesByMode(operation).map(({ mode, subtitle }) => [
				`${resource}.${name}.${mode}`,
				`${written}: ${subtitle}`,
			]),
		),
	);
	const choices = JSON.stringify(Object.fromEntries(subtitles));
	const chosen = ['resource', 'operation'].map((name) => `$parameter["${name}"] + "."`).join(' + ');
	const mode = `($parameter["${deletionModeField}"] || "auto")`;
	const asTool = `($parameter["${toolField}"] ? ".tool" : "")`;
	return `={{ ${read}(${choices})[${chosen} + ${mode} + ${asTool}] }}`;
}

/** By Deletion Mode, with `.tool` where the node is an agent's tool. */
function subtitlesByMode(operation: Operation): Array<{ mode: string; subtitle: string }> {
	const { subtitle } = operation;
	const deletes = isDeletion(operation);
	const preview = { subtitle: deletes ? subtitle.replace(/^\S+/, 'preview') : subtitle };
	const automatic = { subtitle: deletes ? `${subtitle} or preview in tests` : subtitle };
	return [
		{ mode: 'auto', ...automatic },
		{ mode: 'auto.tool', ...preview },
		{ mode: 'delete', subtitle },
		{ mode: 'delete.tool', subtitle },
		{ mode: 'preview', ...preview },
		{ mode: 'preview.tool', ...preview },
	];
}

function describeOperations(
	resource: string,
	operations: Resource['operations'],
): INodeProperties[] {
	const entries = Object.entries(operations);
	const choices = entries.map(([value, { name, action, description }]) => ({
		name,
		value,
		action,
		description,
	}));
	return [
		{
			...choice('Operation', 'operation', choices),
			displayOptions: { show: { resource: [resource] } },
		},
		...entries.flatMap(([operation, { fields }]) =>
			fields.map((field) => showOnlyFor(field, resource, operation)),
		),
	];
}

/** A field whose value is one of the choices, at first the first. */
function choice(
	displayName: string,
	name: string,
	options: readonly INodePropertyOptions[],
): INodeProperties {
	// The linter reads fields as literals, and wants to see a default in one.
	const first = options[0]?.value ?? '';
	return {
		...{ displayName, name, type: 'options', noDataExpression: true, default: '' },
		options: [...options],
		default: first,
	};
}

function showOnlyFor(field: INodeProperties, resource: string, operation: string): INodeProperties {
	const { show, ...others } = field.displayOptions ?? {};
	return {
		...field,
		displayOptions: { ...others, show: { resource: [resource], operation: [operation], ...show } },
	};
}

/** Runs what the node's Resource and Operation fields say. */
export async function executeOperation(
	context: IExecuteFunctions,
	resources: Resources,
): Promise<INodeExecutionData[][]> {
	// No items, nothing to do: a parameter cannot even be read without an item.
	if (context.getInputData().length === 0) return [[]];
	const resource: string = context.getNodeParameter('resource', 0);
	const operation: string = context.getNodeParameter('operation', 0);
	const found = resources[resource]?.operations[operation];
	if (found === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`The operation "${operation}" for "${resource}" is not known. Choose Resource and Operation again`,
		);
	}
	return await found.execute(context);
}
