import { describe, expect, test } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';

import { BadInput, ItemFields, ItemParameters } from '../../nodes/shared/parameters/itemParameters';

function read(getNodeParameter: (...question: unknown[]) => unknown): () => unknown {
	const context = {
		getNodeParameter: (...question: Parameters<IExecuteFunctions['getNodeParameter']>) =>
			question[3]?.rawExpressions === true ? '={{ anything }}' : getNodeParameter(...question),
	} as unknown as IExecuteFunctions;
	return () => new ItemParameters(context, 3).identifiers('callId', 'Call ID');
}

test('an expression that cannot be read is bad input, without the number that it read', () => {
	const reading = read(() => JSON.parse('+15125551234') as unknown);
	expect(reading).toThrow(BadInput);
	expect(reading).toThrow(/^The expression in Call ID cannot be read in item 3: /);
	expect(reading).not.toThrow(/5125551234/);
});

test('bad input names the parameter, what is wrong, the item and a way out', () => {
	expect(read(() => ['a', ''])).toThrow(
		'Call ID is empty at position 2 in item 3. Check the expression or the data that it reads',
	);
});

test('what is read is the ID of a field with a list, for the item at hand', () => {
	const asked: unknown[] = [];
	const ids = read((...question) => {
		asked.push(question);
		return 'a, b';
	})();
	expect(ids).toEqual(['a', 'b']);
	expect(asked).toEqual([
		['callId', 3, undefined, { extractValue: true }],
		['options', 0, {}],
	]);
});

test('what n8n throws without a word is bad input as well', () => {
	const reading = read(() => {
		// eslint-disable-next-line @typescript-eslint/only-throw-error -- n8n's code is not ours
		throw 'no sentence';
	});
	expect(reading).toThrow(
		'The expression in Call ID cannot be read in item 3: no details given. Check it',
	);
});

test('bad input knows its name and its item', () => {
	try {
		read(() => '')();
	} catch (error) {
		expect(error).toMatchObject({ name: 'BadInput', itemIndex: 3 });
	}
	expect.assertions(1);
});

describe('a parameter that takes one ID', () => {
	const readOne = (value: unknown) => {
		const context = { getNodeParameter: () => value } as unknown as IExecuteFunctions;
		return () => new ItemParameters(context, 2).identifier('noteId', 'Note ID');
	};

	test('gives it', () => {
		expect(readOne(' n1 ')()).toBe('n1');
	});

	test('turns several down, and says how many there are', () => {
		const several = readOne('n1,n2,n3');
		expect(several).toThrow(
			expect.objectContaining({
				message: expect.stringMatching(
					/^Note ID holds 3 IDs in item 2, where one is expected\./,
				) as unknown,
				itemIndex: 2,
			}),
		);
	});
});

test.each([
	['No path back to item. Run the node before it.', 'No path back to item. Run the node before it'],
	['It ends without a stop', 'It ends without a stop'],
])("n8n's own words end as a sentence does: %s", (thrown, shown) => {
	const reading = read(() => {
		throw new Error(thrown);
	});
	expect(reading).toThrow(`cannot be read in item 3: ${shown}. Check it`);
});

describe('a parameter with a list', () => {
	const reading = (stored: unknown, value: unknown, options: unknown = {}) => {
		const context = {
			getInputData: () => [{ json: {} }],
			getNodeParameter: (...[name, , , how]: Parameters<IExecuteFunctions['getNodeParameter']>) => {
				if (name === 'options') return options;
				return how?.rawExpressions === true ? stored : value;
			},
		} as unknown as IExecuteFunctions;
		return () => new ItemParameters(context, 0).identifiers('callId', 'Call ID');
	};
	const chosen = { __rl: true, mode: 'list', value: 'a,b c' };

	test('holds one ID where it was chosen from that list', () => {
		expect(reading(chosen, 'a,b c')()).toEqual(['a,b c']);
	});

	test.each([
		['given By ID', { ...chosen, mode: 'id' }],
		['computed', { ...chosen, value: '={{ $json.ids[0] }}' }],
	])('holds a list where it was %s', (_, stored) => {
		expect(reading(stored, 'a,b')()).toEqual(['a', 'b']);
	});

	test('holds no address, wherever it comes from', () => {
		for (const mode of ['id', 'list']) {
			const stored = { __rl: true, mode, value: 'https://x.example/a' };
			expect(reading(stored, stored.value)).toThrow('looks like a web address in item 0');
		}
	});

	test('takes a text as one ID with the option IDs as Written, and a position is said without it', () => {
		const stored = { ...chosen, mode: 'id' };
		expect(reading(stored, 'a, b and c', { idsAsWritten: true })()).toEqual(['a, b and c']);
		expect(reading(stored, 'a, b and c')).toThrow(
			'Call ID looks like several IDs or words in one at position 2 in item 0',
		);
	});

	test('says how a column is pasted into a field of one line, and of an expression that its data is to be checked', () => {
		const pasted = 'call_1 call_2 ';
		const wayOut = (stored: unknown) => reading(stored, pasted);
		expect(wayOut({ ...chosen, mode: 'id', value: pasted })).toThrow(
			'Call ID looks like several IDs or words in one in item 0. Separate IDs by commas or semicolons. This field makes blanks of pasted line breaks: to paste a column, set the field to Expression first; if IDs really look like that, add the option IDs as Written',
		);
		for (const stored of [{ ...chosen, mode: 'id', value: '={{ $json.ids.join(" ") }}' }, pasted]) {
			expect(wayOut(stored)).toThrow(
				'Call ID looks like several IDs or words in one in item 0. Check the expression or the data that it reads; if IDs really look like that, add the option IDs as Written',
			);
		}
		const spoilt = { ...chosen, mode: 'id', value: '1.12E+17' };
		expect(reading(spoilt, spoilt.value)).not.toThrow(/line breaks/);
	});

	test.each(['', '..', 'a\u200b', 'x'.repeat(257)])(
		'turns %j down with that option as well',
		(value) => {
			expect(reading(value, value, { idsAsWritten: true })).toThrow(BadInput);
		},
	);

	test('turns an option down that says neither', () => {
		const wrong = reading('a', 'a', { idsAsWritten: 'false' });
		expect(wrong).toThrow(BadInput);
		expect(wrong).toThrow("IDs as Written in the node's options must be true or false");
	});
});

describe('a parameter that only names a field', () => {
	/** A node whose parameter is stored like this, and what n8n's expression engine was asked for. */
	function storing(stored: unknown, items: ReadonlyArray<Record<string, unknown>>) {
		const evaluated: number[] = [];
		let reads = 0;
		const context = {
			getInputData: () => items.map((json) => ({ json })),
			getNodeParameter: (
				...[name, itemIndex, , how]: Parameters<IExecuteFunctions['getNodeParameter']>
			) => {
				if (name === 'options') return {};
				if (how?.rawExpressions === true) {
					reads += 1;
					return stored;
				}
				evaluated.push(itemIndex);
				return 'from_the_engine';
			},
		} as unknown as IExecuteFunctions;
		const fields = new ItemFields(context);
		const ids = (itemIndex: number) =>
			new ItemParameters(context, itemIndex, fields).identifiers('callId', 'Call ID');
		return { evaluated, ids, reads: () => reads };
	}

	const field = '={{ $json.id }}';

	test.each([
		['a plain field', field],
		['a field with a list', { __rl: true, mode: 'id', value: field }],
	])("is read without n8n's engine, and looked up once: %s", (_, stored) => {
		const { evaluated, ids, reads } = storing(stored, [{ id: 'a' }, { id: 'b' }]);
		expect([ids(0), ids(1)]).toEqual([['a'], ['b']]);
		expect(evaluated).toEqual([]);
		expect(reads()).toBe(1);
	});

	test.each<[string, unknown]>([
		['another expression', '={{ $json.id + 1 }}'],
		['an object that is no field with a list', { value: field }],
		['a field with a list that holds nothing', { __rl: true }],
		['nothing', null],
		['nothing at all', undefined],
	])("is left to n8n's engine: %s", (_, stored) => {
		const { evaluated, ids, reads } = storing(stored, [{ id: 'a' }, { id: 'b' }]);
		expect([ids(0), ids(1)]).toEqual([['from_the_engine'], ['from_the_engine']]);
		expect(evaluated).toEqual([0, 1]);
		expect(reads()).toBe(1);
	});

	test('is left to it for an item that is not there', () => {
		const { evaluated, ids } = storing(field, [{ id: 'a' }]);
		expect(ids(1)).toEqual(['from_the_engine']);
		expect(evaluated).toEqual([1]);
	});
});
