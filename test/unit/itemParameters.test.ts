import { expect, test } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';

import { BadInput, ItemParameters } from '../../nodes/shared/itemParameters';

function read(getNodeParameter: () => unknown): () => unknown {
	const context = {
		getNodeParameter: (...[, , , options]: Parameters<IExecuteFunctions['getNodeParameter']>) =>
			options?.rawExpressions === true ? '={{ anything }}' : getNodeParameter(),
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
