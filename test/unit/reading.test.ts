import { beforeEach, describe, expect, test } from '@jest/globals';
import {
	NodeOperationError,
	UserError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
} from 'n8n-workflow';

import { notErased } from '../../erasure/outcome';
import { told } from '../../erasure/reading';
import type { Answer, Reply } from '../../erasure/reply';
import {
	executeReading,
	fetchFrom,
	readLimit,
	returnAllFields,
} from '../../nodes/shared/operations/reading';
import { UnusableValue } from '../../nodes/shared/parameters/unusableValue';

/** As much of n8n as reading needs; anything else that is asked of it fails. */
function node(parameters: IDataObject, items = 2, continueOnFail = false): IExecuteFunctions {
	return {
		continueOnFail: () => continueOnFail,
		getExecutionCancelSignal: () => undefined,
		getInputData: () => Array.from({ length: items }, () => ({ json: {} })),
		getNode: () => ({ name: 'Under Test', type: 'test' }) as INode,
		getNodeParameter: (name: string, itemIndex: number, fallback: unknown) =>
			(parameters[`${name} ${itemIndex}`] as unknown) ?? fallback,
	} as unknown as IExecuteFunctions;
}

describe('Return All and Limit', () => {
	test('Limit is 50 unless it is set, by item, and none with Return All', () => {
		const context = node({ 'limit 1': 7, 'returnAll 2': true, 'limit 2': 7 });
		expect([0, 1, 2].map((item) => readLimit(context, item))).toEqual([50, 7, Infinity]);
		expect(readLimit(node({ 'returnAll 0': 'true' }), 0)).toBe(50);
		expect(readLimit(node({ 'limit 0': 1 }), 0)).toBe(1);
	});

	test.each([0, -1, 1.5, '5', Number.NaN, {}])('Limit is no %j', (limit) => {
		expect(() => readLimit(node({ 'limit 0': limit }), 0)).toThrow(
			new UnusableValue('Limit', 'must be a whole number of at least 1'),
		);
	});

	test('are fields as n8n has them', () => {
		expect(returnAllFields).toEqual([
			{
				displayName: 'Return All',
				name: 'returnAll',
				type: 'boolean',
				default: false,
				description: 'Whether to return all results or only up to a given limit',
			},
			{
				displayName: 'Limit',
				name: 'limit',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 50,
				displayOptions: { show: { returnAll: [false] } },
				description: 'Max number of results to return',
			},
		]);
	});
});

describe('reading item by item', () => {
	let times = 0;
	beforeEach(() => {
		times = 0;
	});
	const open = async () => {
		times += 1;
		return await Promise.resolve('opened');
	};

	test('has each item say that the credentials cannot be used, which are read once', async () => {
		const refuse = async () => {
			times += 1;
			return await Promise.reject<string>(new UserError('The credentials cannot be read'));
		};
		const read = async () => await Promise.resolve([{ a: 1 }]);
		const [items] = await executeReading(node({}, 2, true), refuse, read);
		expect(items).toEqual(
			[0, 1].map((item) => ({
				json: { error: 'The credentials cannot be read' },
				error: expect.any(NodeOperationError),
				pairedItem: { item },
			})),
		);
		expect(times).toBe(1);
		await expect(executeReading(node({}), refuse, read)).rejects.toThrow(UserError);
	});

	test('gives all that each item asks for, paired with it', async () => {
		const [items] = await executeReading(
			node({}),
			open,
			async (opened, { itemIndex }) => await Promise.resolve([{ a: itemIndex }, { b: opened }]),
		);
		expect(items).toEqual([
			{ json: { a: 0 }, pairedItem: { item: 0 } },
			{ json: { b: 'opened' }, pairedItem: { item: 0 } },
			{ json: { a: 1 }, pairedItem: { item: 1 } },
			{ json: { b: 'opened' }, pairedItem: { item: 1 } },
		]);
		expect(times).toBe(1);
	});

	const failFirst = async (
		_: string,
		{ itemIndex }: { itemIndex: number },
	): Promise<IDataObject[]> => {
		// eslint-disable-next-line @typescript-eslint/only-throw-error -- whatever comes is told
		if (itemIndex === 0) throw 'A text';
		return await Promise.resolve([{ b: 1 }]);
	};

	test('stops at the first item that cannot be read, and names it', async () => {
		const reading = executeReading(node({}), open, failFirst);
		await expect(reading).rejects.toThrow(NodeOperationError);
		await expect(reading).rejects.toMatchObject({ message: 'A text', context: { itemIndex: 0 } });
	});

	test('names parameter and item of a value that cannot be used', async () => {
		const failSecond = async (
			_: string,
			{ itemIndex }: { itemIndex: number },
		): Promise<IDataObject[]> => {
			if (itemIndex === 1) throw new UnusableValue('Start', 'is not a date', 'Enter one');
			return await Promise.resolve([]);
		};
		await expect(executeReading(node({}), open, failSecond)).rejects.toMatchObject({
			message: 'Start in item 1 is not a date. Enter one',
			context: { itemIndex: 1 },
		});
		const [items] = await executeReading(node({}, 2, true), open, failSecond);
		expect(items?.map(({ json }) => json)).toEqual([
			{ error: 'Start in item 1 is not a date. Enter one' },
		]);
		const limited = async (_: string, { itemIndex }: { itemIndex: number }) => {
			readLimit(node({ 'limit 0': 'many' }), itemIndex);
			return await Promise.resolve([]);
		};
		await expect(executeReading(node({}, 1), open, limited)).rejects.toThrow(
			/^Limit in item 0 must be a whole number of at least 1$/,
		);
	});

	test('carries on under Continue, with what is wrong in the item’s place', async () => {
		const [items] = await executeReading(node({}, 2, true), open, failFirst);
		expect(items).toEqual([
			{
				json: { error: 'A text' },
				error: expect.any(NodeOperationError) as unknown,
				pairedItem: { item: 0 },
			},
			{ json: { b: 1 }, pairedItem: { item: 1 } },
		]);
	});
});

describe('fetching', () => {
	const answer: Answer = { kind: 'answered', status: 200, headers: {}, body: 'calls' };
	type Read = Parameters<typeof fetchFrom<string>>[3];

	async function fetching(reply: Reply, read: Read = ({ body }) => told(body)) {
		const requests: number[] = [];
		const content = await fetchFrom(
			node({}),
			'Example',
			async () => {
				requests.push(1);
				return await Promise.resolve(reply);
			},
			read,
		);
		expect(requests).toHaveLength(1);
		return content;
	}

	test('gives what a good answer holds', async () => {
		expect(await fetching(answer)).toBe('calls');
		expect(await fetching(answer, () => told(''))).toBe('');
	});

	test.each<[string, Reply, Read, string | RegExp]>([
		[
			'an answer that is not as documented',
			answer,
			() => undefined,
			'Example answered 200, but not as it documents. Check the address in the credentials',
		],
		[
			'a refusal in the vendor’s own words',
			answer,
			() => ({ kind: 'refused', why: notErased('refused', 'refusedByVendor', 'Not you') }),
			'Not you',
		],
		[
			'credentials that are turned down',
			answer,
			() => ({ kind: 'badCredentials', message: 'Not this key' }),
			'Not this key',
		],
		['cancelling', { kind: 'cancelled' }, () => undefined, /^The execution was cancelled before/],
	])('is ended by %s, in a sentence for the user', async (_, reply, read, message) => {
		await expect(fetching(reply, read)).rejects.toThrow(message);
		await expect(fetching(reply, read)).rejects.toThrow(UserError);
	});
});
