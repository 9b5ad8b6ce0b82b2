import { describe, expect, test } from '@jest/globals';

import { readIdentifiers } from '../../erasure/identifier';
import { pastedIds } from '../pasted/ids';
import type { Names, Three } from '../pasted/pasted';

/** IDs in the forms that the vendors' own pages show, or that are inferred from them. */
const vendors: ReadonlyArray<readonly [vendor: string, names: Names, ids: Three]> = [
	['Flyflow', { name: 'callId', displayName: 'Call ID' }, ['call_123', 'call_124', 'call_9']],
	[
		'Kaleyra',
		{ name: 'flowId', displayName: 'Flow ID' },
		['1120000000000207', '1120000000000208', '1120000000000310'],
	],
	[
		'Creovai, sessions',
		{ name: 'sessionId', displayName: 'Session ID' },
		[
			'0f8a6c1e-7d52-4b7e-9a31-5c2d8e4f6b10',
			'0f8a6c1e-7d52-4b7e-9a31-5c2d8e4f6b11',
			'3f8a6c1e-7d52-4b7e-9a31-5c2d8e4f6b12',
		],
	],
	[
		'Verba, native IDs',
		{ name: 'identifier', displayName: 'Identifier' },
		['TRS26140192', 'TRS26140193', 'TRS7'],
	],
	[
		'Verba, platform IDs',
		{ name: 'identifier', displayName: 'Identifier' },
		['71627389', '71627390', '71627391'],
	],
	[
		'Verba, meetings',
		{ name: 'identifier', displayName: 'Identifier' },
		['WHBFM6DD', 'QK2FM6DD', 'ZZBFM6D1'],
	],
	[
		'HappyRobot',
		{ name: 'callId', displayName: 'Call ID' },
		['64b7f0c2a91d3e5f60718293', '64b7f0c2a91d3e5f60718294', '64b7f0c2a91d3e5f60718295'],
	],
];

describe.each(vendors)('what people paste: %s', (_, names, ids) => {
	test.each(pastedIds.map((pasted) => [pasted.what, pasted] as const))(
		'%s',
		(__, { value, right }) => {
			const check = readIdentifiers(value(ids, names), { names: Object.values(names) as string[] });
			if (right instanceof RegExp) {
				expect(check).toMatchObject({
					valid: false,
					problem: expect.stringMatching(right) as unknown,
				});
			} else {
				expect(check).toEqual({ valid: true, identifiers: right.map((index) => ids[index]) });
			}
		},
	);
});
