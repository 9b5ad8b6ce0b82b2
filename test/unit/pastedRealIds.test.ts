/** No ID of a vendor's may be turned down, alone or in a list. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { readIdentifiers } from '../../erasure/identifier';
import { realIds } from '../pasted/realIds';

const names = ['callId', 'Call ID', 'sessionId', 'flowId', 'Identifier', 'noteId'];

const read = (value: unknown) => readIdentifiers(value, { names });

test.each(realIds.flatMap(([what, ids]) => ids.map((id) => [what, id] as const)))(
	'%s: %s is an ID',
	(_, id) => {
		expect(read(id)).toEqual({ valid: true, identifiers: [id] });
		expect(read([id])).toEqual({ valid: true, identifiers: [id] });
	},
);

const hex = (digits: number) => fc.stringMatching(new RegExp(`^[\\da-f]{${digits}}$`));

/** Not all zeros: that stands for no ID. */
const isSome = (id: string) => /[1-9a-z]/i.test(id.replace(/^\w+_/, ''));

const forms: ReadonlyArray<readonly [what: string, form: fc.Arbitrary<string>]> = [
	['Flyflow', fc.nat().map((number) => `call_${number + 1}`)],
	['Flyflow, hexadecimal', hex(24).map((id) => `call_${id}`)],
	['plain integers', fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).map(String)],
	['Kaleyra', fc.stringMatching(/^[1-9]\d{14,17}$/)],
	['UUIDs', fc.uuid().filter(isSome)],
	[
		'UUIDs in capitals',
		fc
			.uuid()
			.map((id) => id.toUpperCase())
			.filter(isSome),
	],
	['HappyRobot', hex(24).filter(isSome)],
	['Verba, native IDs', fc.stringMatching(/^TRS\d{8}$/)],
	['Verba, platform IDs', fc.stringMatching(/^[1-9]\d{7}$/)],
	['Verba, meetings', fc.stringMatching(/^(?:[B-DF-HJ-MP-TV-Z]{3}[A-DF-HJ-NP-WYZ2-9]{5})$/)],
	['Creovai', fc.stringMatching(/^s\d{6}$/)],
	['Twilio', hex(32).map((id) => `CA${id}`)],
];

const isDigits = (id: string) => /^\d+$/.test(id);

/** Integers without a gap in their lengths: what is much shorter may be seconds, and what is longer a phone number. */
function areCountedUp(ids: readonly string[]): boolean {
	const lengths = ids.map(({ length }) => length).sort((a, b) => a - b);
	return lengths.every((length, index) => length - (lengths[index - 1] ?? length) < 2);
}

describe.each(forms)('IDs of one form: %s', (_, form) => {
	test('each alone, as text and as an entry', () => {
		fc.assert(
			fc.property(form, (id) => {
				expect(read(` ${id}\n`)).toEqual({ valid: true, identifiers: [id] });
				expect(read([id])).toEqual({ valid: true, identifiers: [id] });
			}),
			{ numRuns: 1000 },
		);
	});

	test('several, however they are separated, if not in columns', () => {
		const separators = fc.constantFrom(', ', '; ', '\n', '\r\n', '\t', ' , ');
		fc.assert(
			fc.property(fc.array(form, { minLength: 1, maxLength: 12 }), separators, (ids, separator) => {
				expect(read(JSON.stringify(ids))).toEqual({ valid: true, identifiers: ids });
				fc.pre(!ids.every(isDigits) || areCountedUp(ids));
				expect(read(ids.join(separator))).toEqual({ valid: true, identifiers: ids });
			}),
			{ numRuns: 300 },
		);
	});

	test('a list that is wrapped somewhere', () => {
		const list = fc.array(form, { minLength: 3, maxLength: 12 });
		fc.assert(
			fc.property(list, fc.nat(), (ids, at) => {
				const [first, ...others] = ids;
				const position = 1 + (at % (others.length - 1));
				const lines = [[first, ...others.slice(0, position)], others.slice(position)];
				// Lines of as many entries each are a table.
				fc.pre(lines[0]?.length !== lines[1]?.length);
				// What is counted, such as seconds, has fewer digits than the IDs beside it.
				const lengths = ids.map(({ length }) => length);
				fc.pre(Math.max(...lengths) - Math.min(...lengths) < 2);
				const text = lines.map((line) => line.join(', ')).join('\n');
				expect(read(text)).toEqual({ valid: true, identifiers: ids });
			}),
			{ numRuns: 300 },
		);
	});
});
