import { describe, expect, test } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';

import { BadInput, ItemParameters } from '../../nodes/shared/itemParameters';

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
	expect(asked).toEqual([['callId', 3, undefined, { extractValue: true }]]);
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
