import { describe, expect, test } from '@jest/globals';
import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';

import {
	describeResources,
	executeOperation,
	type Operation,
	type Resources,
} from '../../nodes/shared/operations/operations';

const field = (name: string, displayOptions?: INodeProperties['displayOptions']) =>
	({
		displayName: name,
		name,
		type: 'string',
		default: '',
		...(displayOptions && { displayOptions }),
	}) satisfies INodeProperties;

function operation(name: string, fields: INodeProperties[] = []): Operation {
	return {
		name,
		action: `${name} it`,
		subtitle: `${name} it`,
		description: `What ${name} does`,
		fields,
		example: {},
		execute: async () => await Promise.resolve([[{ json: { ran: name } }]]),
	};
}

const resources: Resources = {
	call: {
		name: 'Call',
		operations: {
			delete: operation('Delete', [
				field('callId'),
				field('limit', { show: { returnAll: [false] }, hide: { simple: [true] } }),
			]),
			get: operation('Get'),
		},
	},
	note: { name: 'Note', operations: { delete: operation('Delete Note', [field('noteId')]) } },
};

describe('the properties of a node', () => {
	const properties = describeResources(resources);

	test('ask for the resource, then for what to do with it, then for what that needs', () => {
		expect(properties.map(({ name }) => name)).toEqual([
			'resource',
			'operation',
			'callId',
			'limit',
			'operation',
			'noteId',
		]);
		const [resource, callOperation] = properties;
		expect(resource).toEqual({
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			default: 'call',
			options: [
				{ name: 'Call', value: 'call' },
				{ name: 'Note', value: 'note' },
			],
		});
		expect(callOperation).toEqual({
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			default: 'delete',
			displayOptions: { show: { resource: ['call'] } },
			options: [
				{
					name: 'Delete',
					value: 'delete',
					action: 'Delete it',
					description: 'What Delete does',
				},
				{ name: 'Get', value: 'get', action: 'Get it', description: 'What Get does' },
			],
		});
	});

	test('show each field for its own operation alone, and keep its own conditions', () => {
		expect(properties.map(({ displayOptions }) => displayOptions)).toEqual([
			undefined,
			{ show: { resource: ['call'] } },
			{ show: { resource: ['call'], operation: ['delete'] } },
			{
				show: { resource: ['call'], operation: ['delete'], returnAll: [false] },
				hide: { simple: [true] },
			},
			{ show: { resource: ['note'] } },
			{ show: { resource: ['note'], operation: ['delete'] } },
		]);
	});
});

describe('running a node', () => {
	function node(items: number, parameters: IDataObject): IExecuteFunctions {
		return {
			getInputData: () => Array.from({ length: items }, () => ({ json: {} })),
			getNode: () => ({ name: 'Under Test', type: 'test' }),
			getNodeParameter: (name: string, itemIndex: number) => {
				expect(itemIndex).toBe(0);
				expect(items).toBeGreaterThan(0);
				return parameters[name];
			},
		} as unknown as IExecuteFunctions;
	}

	test('does what its fields say', async () => {
		const context = node(1, { resource: 'note', operation: 'delete' });
		expect(await executeOperation(context, resources)).toEqual([
			[{ json: { ran: 'Delete Note' } }],
		]);
	});

	test('does nothing without items, and reads no field that could not be read', async () => {
		expect(await executeOperation(node(0, {}), resources)).toEqual([[]]);
	});

	test.each([
		['call', 'purge'],
		['recording', 'delete'],
	])('turns %s: %s down, which it does not know', async (resource, unknown) => {
		const running = executeOperation(node(1, { resource, operation: unknown }), resources);
		await expect(running).rejects.toThrow(NodeOperationError);
		await expect(running).rejects.toThrow(
			`The operation "${unknown}" for "${resource}" is not known. Choose Resource and Operation again`,
		);
	});
});
