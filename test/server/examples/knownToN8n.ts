import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodeTypeDescription,
} from 'n8n-workflow';

/**
 * What a loaded n8n does not know of a workflow's node: its type, its version, a parameter, or a
 * parameter's value. n8n itself says nothing of most of these when a workflow is imported, and then
 * runs with defaults.
 *
 * @returns one line for each; empty where all is well
 */
export function findUnknown(node: INode, loaded: readonly INodeTypeDescription[]): string[] {
	const type = loaded.find(
		({ name, version }) => name === node.type && [version].flat().includes(node.typeVersion),
	);
	if (type === undefined) return [`${node.name}: no ${node.type} ${node.typeVersion}`];
	const kept = NodeHelpers.getNodeParameters(
		type.properties,
		node.parameters,
		true,
		false,
		node,
		type,
	);
	const dropped = findMissing(node.parameters, kept ?? {}, '');
	const issues = NodeHelpers.getNodeParametersIssues(type.properties, node, type)?.parameters ?? {};
	return [
		...dropped.map((path) => `${node.name}: no parameter ${path}`),
		...Object.values(issues).map((texts) => `${node.name}: ${texts.join(' ')}`),
		...findUnknownChoices(node, type).map((choice) => `${node.name}: no choice ${choice}`),
	];
}

/** n8n itself does not hold the value of a field with choices against them. */
function findUnknownChoices(node: INode, type: INodeTypeDescription): string[] {
	const { parameters } = node;
	return type.properties
		.filter((field) => NodeHelpers.displayParameter(parameters, field, node, type))
		.flatMap((field) => {
			const value = parameters[field.name];
			if (field.type !== 'collection') return isUnknownChoice(field, value) ? [field.name] : [];
			const inner = (value ?? {}) as INodeParameters;
			return ((field.options ?? []) as INodeProperties[])
				.filter((option) => isUnknownChoice(option, inner[option.name]))
				.map(({ name }) => `${field.name}.${name}`);
		});
}

function isUnknownChoice({ type, options }: INodeProperties, value: unknown): boolean {
	if (type !== 'options' || options === undefined || value === undefined) return false;
	if (typeof value === 'string' && value.startsWith('=')) return false;
	return !options.some((option) => 'value' in option && option.value === value);
}

function findMissing(given: INodeParameters, kept: INodeParameters, prefix: string): string[] {
	return Object.entries(given).flatMap(([name, value]) => {
		const path = `${prefix}${name}`;
		if (!(name in kept)) return [path];
		const inner = kept[name];
		return isObject(value) && isObject(inner)
			? findMissing(value as INodeParameters, inner as INodeParameters, `${path}.`)
			: [];
	});
}

function isObject(value: unknown): boolean {
	return typeof value === 'object' && value !== null;
}
