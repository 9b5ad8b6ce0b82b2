import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { holdsNumber, isPhoneNumber } from '../../nodes/shared/parameters/phoneNumbers';
import { processorMs } from './growth';

describe('holdsNumber: the same number', () => {
	test.each([
		['+15125551234', '+1 (512) 555-1234'],
		['+1_512_555_1234', '+15125551234'],
		['+1 - 512 - 555 - 1234', '+1.512.555.1234'],
		['15125551234', '1 512 555 1234'],
		['5551234', '555-1234'],
		['(512) 555-1234', '512-555-1234'],
		['(512) 555-1234', '(512)555-1234'],
		['030 5551234', '030/5551234'],
		['001 512 555 1234', '0015125551234'],
		['+49305551234', '+49 (0)30 5551234'],
		['+15125551234', 'sip:+15125551234@example.com'],
		['+15125551234', '+１５１２５５５１２３４'],
		['+15125551234', 'He said +1 512 555 1234, and +1 512 555 9999.'],
		['+15125551234', '+15125550000 +15125551234'],
		['5551234', '5551233 / 5551234'],
		['15551234', '15551233 15551234'],
		['+15125551234', '+1  (512)  555-1234'],
		['+15125551234', '\u202a+1\u202c512\u200b5551234'],
		['0305551234', '030 / 5551234'],
		['12345', 'order 12345'],
	])('%s is %s', (wanted, text) => {
		expect(holdsNumber({ from: text }, wanted)).toBe(true);
	});

	test('however deep it stands', () => {
		expect(holdsNumber([{ a: [{ b: { number: 15125551234 } }] }], '15125551234')).toBe(true);
		let deep: unknown = '+15125551234';
		for (let level = 0; level < 50_000; level++) deep = [deep];
		expect(holdsNumber(deep, '+15125551234')).toBe(true);
	});
});

describe('holdsNumber: somebody else, or perhaps', () => {
	test.each([
		['+15125551234', '+13035551234'],
		['+15125551234', '+445125551234'],
		['+15125551234', '5551234'],
		['+15125551234', '25551234'],
		['+15125551234', '+5125551234'],
		['(512) 555-1234', '+13035551234'],
		['5125551234', '5551234'],
		['+15125551234', '+151255512345'],
		['+15125551234', '1512555, 1234'],
		['+15125551234', ''],
		// A German mobile number without its zero, and a number of North America.
		['+4915125551234', '15125551234'],
		['+15125551234', '15125551234'],
		['15125551234', '+15125551234'],
		// The same digits in every town and country.
		['5551234', '+4915155512345'],
		['5551234', '+15125551234'],
		['5551234', '512-555-1234'],
		['(512) 555-1234', '+15125551234'],
		['030 5551234', '+49305551234'],
		['030 5551234', '305551234'],
		['+49305551234', '030 5551234'],
		// "00" dials abroad in some countries, and is part of a number in others.
		['+15125551234', '001 512 555 1234'],
		['0015125551234', '+15125551234'],
	])('%s is not %s', (wanted, text) => {
		expect(holdsNumber({ from: text, to: null }, wanted)).toBe(false);
	});

	/** What stands between an area code or a country's code and the rest, in mails, exports and web pages. */
	const signs = [
		...[' / ', ') - ', ') / ', ')  ', '  ', '\t', '\n', '\u2212', '·', '•', '~', ':', ': ', '. '],
		...[
			', ',
			',',
			';',
			'|',
			'--',
			' -- ',
			'\u200b',
			'\u202c',
			'*',
			'](',
			'\u00a0\u00a0',
			' . ',
			'#',
		],
	];

	test.each(signs)('the end of a number after the sign %j is not that number', (sign) => {
		const ends: ReadonlyArray<[start: string, end: string]> = [
			['030', '5551234'],
			['+49', '15125551234'],
			['+1', '5125551234'],
			['+1512', '5551234'],
		];
		for (const [start, end] of ends) {
			expect([start, holdsNumber(`${start}${sign}${end}`, end)]).toEqual([start, false]);
			expect([start, holdsNumber(`(${start}${sign}${end}`, end)]).toEqual([start, false]);
		}
	});

	test.each(signs)('a number with more digits after the sign %j is not that number', (sign) => {
		expect(holdsNumber(`+15125551234${sign}9`, '+15125551234')).toBe(false);
	});

	/** Numbers of E.164, as people write them. */
	const digits = fc.stringMatching(/^[1-9]\d{6,14}$/);
	const written = (number: string) =>
		fc
			.array(fc.constantFrom('', '', ' ', '-', '.', '/'), {
				minLength: number.length - 1,
				maxLength: number.length - 1,
			})
			.map(
				(signs) =>
					`+${[...number].map((digit, index) => `${digit}${signs[index] ?? ''}`).join('')}`,
			);

	test('two different numbers with their countries never match, however they are written', () => {
		fc.assert(
			fc.property(
				fc.tuple(digits, digits).filter(([a, b]) => a !== b),
				fc.gen(),
				([a, b], pick) => {
					const [wanted, found] = [pick(written, a), pick(written, b)];
					expect(holdsNumber(found, wanted)).toBe(false);
					expect(holdsNumber(found, a)).toBe(false);
					expect(holdsNumber(a, wanted)).toBe(false);
				},
			),
		);
	});

	test('one that ends in the digits of another, or begins with them, is not that one', () => {
		fc.assert(
			fc.property(
				digits,
				fc.stringMatching(/^\d{1,4}$/),
				fc.boolean(),
				(number, more, isBefore) => {
					const longer = isBefore ? `1${more}${number}` : `${number}${more}`;
					for (const [a, b] of [
						[`+${longer}`, number],
						[longer, `+${number}`],
						[longer, number],
					] as const) {
						expect([holdsNumber(a, b), holdsNumber(b, a)]).toEqual([false, false]);
					}
				},
			),
		);
	});

	test('a part of a number is not that number', () => {
		const longEnough = fc.stringMatching(/^[1-9]\d{7,14}$/);
		fc.assert(
			fc.property(longEnough, fc.nat(), fc.constantFrom('', '+'), (number, at, plus) => {
				const cut = 1 + (at % (number.length - 1));
				const [first, last] = [number.slice(0, cut), number.slice(cut)];
				const found = `${plus}${first} ${last}`;
				expect([`+${first}`, first, last].filter((part) => holdsNumber(found, part))).toEqual([]);
			}),
		);
	});

	test('a number is itself, however it is written', () => {
		fc.assert(
			fc.property(digits, fc.gen(), (number, pick) => {
				expect(holdsNumber(pick(written, number), pick(written, number))).toBe(true);
			}),
		);
	});
});

test('a megabyte is read in no time', () => {
	const taken = processorMs(() => {
		for (const text of ['1', '-', '1-', '1 ', '1;', '+1 ', '(0)']) {
			holdsNumber(text.repeat(1_000_000 / text.length), '+15125551234');
		}
	});
	expect(taken).toBeLessThan(5000);
});

test.each([
	['+1 (512) 555-1234', true],
	['5551234', true],
	['555123', false],
	['L-5551234', false],
	['', false],
])('isPhoneNumber: %s', (text, isOne) => {
	expect(isPhoneNumber(text)).toBe(isOne);
});
