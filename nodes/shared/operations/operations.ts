import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

/** One thing a node can do. Its file holds its fields and what it does. */
export interface Operation {
	/** Title Case, for the Operation field. */
	readonly name: string;
	/** Sentence case, for the panel where nodes are chosen: "Delete a call". */
	readonly action: string;
	/** For the canvas, below the node's name and after the vendor's: "delete call". */
	readonly subtitle: string;
	readonly description: string;
	/** Shown only for this operation; where that is needs no `displayOptions` of their own. */
	readonly fields: readonly INodeProperties[];
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

/**
 * What the canvas shows below a node's name: "Flyflow: delete call". n8n names a new node after its
 * action, so this is where the vendor is named; and what it holds has room for about 30 characters.
 *
 * @returns an expression over Resource and Operation
 */
export function describeSubtitle(vendorName: string, resources: Resources): string {
	const subtitles = Object.entries(resources).flatMap(([resource, { operations }]) =>
		Object.entries(operations).map(([operation, { subtitle }]) => [
			`${resource}.${operation}`,
			`${vendorName}: ${subtitle}`,
		]),
	);
	const choices = JSON.stringify(Object.fromEntries(subtitles));
	return `={{ (${choices})[$parameter["resource"] + "." + $parameter["operation"]] }}`;
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
