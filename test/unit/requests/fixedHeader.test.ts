import { describe, expect, test } from '@jest/globals';

import {
	complaintAboutHeaderName,
	hasFixedHeader,
	readHeaderValue,
} from '../../../erasure/requests/fixedHeader';
import { complaintAboutSender } from '../../../erasure/requests/requestSecret';
import { headerValue, otherHeaderValue } from './senders';

const values = { current: { value: headerValue } };
const rotating = { ...values, previous: { value: otherHeaderValue } };

const isTaken = (...rawHeaders: string[]) => hasFixedHeader({ rawHeaders }, 'X-API-Key', values);

describe('A call with a fixed header', () => {
	test('is taken, whatever the case of its name', () => {
		expect(isTaken('X-API-Key', headerValue)).toBe(true);
		expect(isTaken('Accept', '*/*', 'x-api-KEY', headerValue)).toBe(true);
	});

	test('is not taken with one character changed, anywhere', () => {
		for (let index = 0; index < headerValue.length; index++) {
			const other = headerValue[index] === 'x' ? 'y' : 'x';
			const changed = headerValue.slice(0, index) + other + headerValue.slice(index + 1);
			expect(isTaken('X-API-Key', changed)).toBe(false);
		}
	});

	test.each([
		['no header', []],
		['an empty one', ['X-API-Key', '']],
		['another one', ['Authorization', headerValue]],
		['it twice', ['X-API-Key', headerValue, 'X-API-Key', headerValue]],
		['it twice, once wrong', ['X-API-Key', headerValue, 'x-api-key', 'x']],
		['a part of it', ['X-API-Key', headerValue.slice(0, -1)]],
		['more than it', ['X-API-Key', `${headerValue}0`]],
		['it in the place of a name', [headerValue, 'X-API-Key']],
	])('is not taken with %s', (_, rawHeaders) => {
		expect(isTaken(...rawHeaders)).toBe(false);
	});

	test('is taken with the previous value as long as there is one', () => {
		const rawHeaders = ['X-API-Key', otherHeaderValue];
		expect(hasFixedHeader({ rawHeaders }, 'X-API-Key', rotating)).toBe(true);
		expect(hasFixedHeader({ rawHeaders }, 'X-API-Key', values)).toBe(false);
	});
});

describe("A header's value", () => {
	test.each([headerValue, ` ${headerValue} `, 'Basic c2hvcDpjb3JyZWN0LWhvcnNl', '~'.repeat(24)])(
		'%p can be used',
		(text) => {
			expect(readHeaderValue(text)).toEqual({ value: text.trim() });
		},
	);

	test.each([
		['', 'is empty'],
		[' ', 'is empty'],
		[undefined, 'is empty'],
		['short', 'is shorter than 24 characters, so that it might be guessed'],
		['x'.repeat(23), 'is shorter than 24 characters, so that it might be guessed'],
		[`${'x'.repeat(24)}\nX: y`, 'holds characters that cannot travel in a header'],
		['ü'.repeat(24), 'holds characters that cannot travel in a header'],
	])('%p cannot', (text, complaint) => {
		expect(readHeaderValue(text)).toMatchObject({ complaint });
	});
});

test.each(['Authorization', 'X-API-Key', 'x-sombra-token'])('%s can hold a secret', (name) => {
	expect(complaintAboutHeaderName(name)).toBeUndefined();
});

test.each([
	'',
	'Host',
	'content-type',
	'Content-Length',
	'X-Forwarded-For',
	'a b',
	'a:',
	undefined,
])('%p cannot hold a secret', (name) => {
	expect(complaintAboutHeaderName(name)).toBeDefined();
});

test.each([
	['shop-backend', true],
	['ketch:acme.eu', true],
	['', false],
	['two words', false],
	['x'.repeat(65), false],
	[undefined, false],
])('the name %p for a sender: fit %p', (name, isFit) => {
	expect(complaintAboutSender(name) === undefined).toBe(isFit);
});
