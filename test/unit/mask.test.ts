import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { maskPhoneNumber, quoteVendor } from '../../erasure/mask';

describe('maskPhoneNumber', () => {
	test.each([
		['+15125551234', '*********34'],
		['(512) 555-1234', '********34'],
		['12345', '***45'],
		['1234', '****'],
		['12', '****'],
		['', '****'],
		['no digits', '****'],
	])('%s becomes %s', (phone, masked) => {
		expect(maskPhoneNumber(phone)).toBe(masked);
	});

	test('shows no more than two digits of any text', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^\+?[\d ()-]{0,30}$/), (phone) => {
				const shown = maskPhoneNumber(phone).replaceAll('*', '');
				expect(shown).toMatch(/^(\d\d)?$/);
			}),
		);
	});
});

describe('quoteVendor', () => {
	test.each<[string, string, string]>([
		['keeps plain words', 'Call is under legal hold', 'Call is under legal hold'],
		['makes it one line', ' a\r\n\tb \u200b c ', 'a b c'],
		['masks a number', 'No call with +15125551234.', 'No call with *********34.'],
		['masks each number', '15125551234, 15125556789', '*********34, *********89'],
		['masks a number written with signs', 'to (512) 555-1234!', 'to (********34!'],
		['masks a number written with dots', '512.555.1234', '********34'],
		['masks a number with two signs between', '+1 (512) 5551234', '*********34'],
		['masks a number with dashes and spaces', '512 - 555 – 1234', '********34'],
		['masks a number with slashes', '030/555-1234', '********34'],
		['masks seven digits', 'for 5551234', 'for *****34'],
		['leaves six digits', 'error 555123', 'error 555123'],
		['masks a number cut by a zero-width space', '512\u200b5551234', '********34'],
		['masks full-width digits', '＋１５１２５５５１２３４', '*********３４'],
		['masks full-width digits with signs', '（５１２）５５５－１２３４', '（********３４'],
		['masks digits of Arabic', '٠١٢٣٤٥٦٧٨٩', '********٨٩'],
		['masks digits beyond the first plane', '𝟓𝟏𝟐𝟓𝟓𝟓𝟏𝟐𝟑𝟒', '********𝟑𝟒'],
		['masks a number written with underscores', '+1_512_555_1234', '*********34'],
		[
			'masks a number with no-break and thin spaces',
			'+1\u00a0512\u2009555\u202f1234',
			'*********34',
		],
		['masks a number with dashes of all kinds', '512\u2011555\u20131234', '********34'],
		['masks a number with a minus sign', '512\u2212555\u22121234', '********34'],
		['masks a number with raised dots', '512·555·1234', '********34'],
		['masks a number with zero-width characters', [...'5125551234'].join('\u200b'), '********34'],
		['masks a tel address', 'tel:+1-512-555-1234', 'tel:*********34'],
		['masks a number whose plus is encoded', 'phone=%2B15125551234', 'phone=*********34'],
		['masks a number whose signs are encoded', '%2B1%20%28512%29%20555%2D1234', '*********34'],
		['masks a number with entities', '&#43;1&nbsp;512&#160;555&#x2d;1234', '*********34'],
		['masks a number with tags', '+1 <b>512</b> 555<br/>1234', '*********34'],
		['masks a number with escapes', String.raw`\u002b1\u0020512\t555\x2d1234`, '*********34'],
		['masks a number with commas', '+1,512,555,1234', '*********34'],
		[
			'masks a number with other signs',
			"+1|512:555'1234, +1*512~555#1234",
			'*********34, *********34',
		],
		['leaves a list of numbers', 'codes 12,345,678', 'codes 12,345,678'],
		['leaves a date with underscores', 'run_2026_11_25', 'run_2026_11_25'],
		['leaves an ID with underscores', 'a_1_512_555_1234', 'a_1_512_555_1234'],
		['masks digits inside a word', 'call5551234x', 'call*****34x'],
	])('%s', (_, text, quoted) => {
		expect(quoteVendor(text)).toBe(quoted);
	});

	test("shows the target's own identifiers and nothing else", () => {
		expect(quoteVendor('5551234 is not 5556789', ['5551234'])).toBe('5551234 is not *****89');
		expect(quoteVendor('5551234 is not 5556789', ['555123'])).toBe('*****34 is not *****89');
	});

	test("shows the target's own identifiers whole, also where digits are part of them", () => {
		const id = '3f2504e0-4189-4137-9112-0305e82c3301';
		expect(quoteVendor(`no ${id}, but 4189-4137-9112`, [id])).toBe(`no ${id}, but **********12`);
		expect(quoteVendor('no call_5551234', ['call_5551234'])).toBe('no call_5551234');
	});

	test('shows 200 characters and cuts what is longer', () => {
		expect(quoteVendor('x'.repeat(200))).toBe('x'.repeat(200));
		expect(quoteVendor('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`);
	});

	test('masks before it cuts, so that no half of a number stays', () => {
		expect(quoteVendor(`${'x'.repeat(190)} 15125551234`)).toBe(`${'x'.repeat(190)} ********…`);
	});

	test('no seven digits in a row are ever shown', () => {
		const text = fc.string({ unit: fc.constantFrom(...'0123456789+-.() ab\n\u200b') });
		fc.assert(
			fc.property(text, (words) => {
				expect(quoteVendor(words)).not.toMatch(/\d{7}/);
			}),
		);
	});
});
