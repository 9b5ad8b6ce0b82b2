import {
	Workflow,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypeDescription,
	type INodeTypes,
	type NodeHint,
} from 'n8n-workflow';

import { Creovai } from '../../nodes/Creovai/Creovai.node';
import { EraseByHttp } from '../../nodes/EraseByHttp/EraseByHttp.node';
import { Flyflow } from '../../nodes/Flyflow/Flyflow.node';
import { HappyRobot } from '../../nodes/HappyRobot/HappyRobot.node';
import { Kaleyra } from '../../nodes/Kaleyra/Kaleyra.node';
import { Verba } from '../../nodes/Verba/Verba.node';

/** A node on the canvas: its type, and what its parameters were set to. */
export interface Placed {
	readonly vendor: string;
	readonly parameters: INodeParameters;
	/** Whether it stands as an agent's tool. */
	readonly asTool?: boolean;
}

const types: Readonly<Record<string, INodeType>> = {
	Creovai: new Creovai(),
	EraseByHttp: new EraseByHttp(),
	Flyflow: new Flyflow(),
	HappyRobot: new HappyRobot(),
	Kaleyra: new Kaleyra(),
	Verba: new Verba(),
};

/** What n8n makes of a node that can be a tool (`convertNodeToAiTool` in its server). */
function asTool({ description }: INodeType): INodeType {
	const field = { displayName: 'Tool Description', name: 'descriptionType', type: 'options' };
	const properties = [
		{ ...field, default: 'auto', options: [] } as INodeTypeDescription['properties'][number],
		...description.properties,
	];
	return { description: { ...description, name: `${description.name}Tool`, properties } };
}

function typeOf({ vendor, asTool: isTool = false }: Placed): INodeType {
	const type = types[vendor];
	if (type === undefined) throw new Error(`There is no node ${vendor}`);
	return isTool ? asTool(type) : type;
}

/** Every operation of every node, by resource and operation. */
export const everyOperation = Object.entries(types).flatMap(([vendor, { description }]) =>
	description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options = [], displayOptions }) =>
			options.flatMap((option) =>
				'value' in option
					? [
							{
								vendor,
								resource: displayOptions?.show?.resource?.[0] as string,
								operation: String(option.value),
							},
						]
					: [],
			),
		),
);

/** What n8n's own evaluator makes of an expression over a node's parameters. */
async function evaluate(placed: Placed, expression: string): Promise<unknown> {
	const type = typeOf(placed);
	const { name } = type.description;
	const nodeTypes: INodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	};
	const node: INode = {
		...{ id: '1', name, type: name, typeVersion: 1, position: [0, 0] },
		parameters: placed.parameters,
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const known = workflow.getNode(name);
	if (known === null) throw new Error('The workflow has lost its node');
	const isolated = workflow.expression as { acquireIsolate?(): Promise<unknown> };
	await isolated.acquireIsolate?.();
	return workflow.expression.getSimpleParameterValue(known, expression, 'internal', {});
}

/** What stands below the node on the canvas. */
export async function subtitleOf(placed: Placed): Promise<unknown> {
	const { subtitle = '' } = typeOf(placed).description;
	return await evaluate(placed, subtitle);
}

/** The hints that the editor shows in the output pane before the node has run. */
export async function hintsBeforeRun(placed: Placed): Promise<NodeHint[]> {
	const shown: NodeHint[] = [];
	for (const hint of typeOf(placed).description.hints ?? []) {
		const condition = hint.displayCondition;
		// The editor takes nothing else for a condition that is met.
		if (condition === undefined || (await evaluate(placed, condition)) === true) shown.push(hint);
	}
	return shown;
}
