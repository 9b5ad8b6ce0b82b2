import { describe, expect, test } from '@jest/globals';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { readInformation } from '../../nodes/Verba/conversation/findConversation';
import { isSameNumber } from '../../nodes/Verba/conversation/partyNumber';
import { halve, readPeriod, showPeriod } from '../../nodes/Verba/conversation/period';
import { readAccount } from '../../nodes/Verba/verbaAccount';
import { authenticateRequest } from '../../nodes/Verba/verbaRequest';

describe('isSameNumber', () => {
	test.each([
		['+1 (512) 555-1234', '+15125551234'],
		['sip:8856@pbx.example;user=phone', '8856'],
		['8856@a.example', '8856@a.example'],
		['Ann@A.example', 'ann@a.example'],
		['tel:+15125551234', '+15125551234'],
	])('%s is %s', (a, b) => {
		expect(isSameNumber(a, b)).toBe(true);
		expect(isSameNumber(b, a)).toBe(true);
	});

	test.each([
		['18856', '8856'],
		['8856', '88561'],
		['+15125551234', '15125551234'],
		['8856@a.example', '8856@b.example'],
		['', ''],
		[' ', '-'],
	])('%j is not %j', (a, b) => {
		expect(isSameNumber(a, b)).toBe(false);
		expect(isSameNumber(b, a)).toBe(false);
	});
});

describe('what is found has to be what was asked for', () => {
	const read = (identifiers: Record<string, string>, fields: string) =>
		readInformation(
			{
				kind: 'answered',
				status: 200,
				headers: {},
				body: `<VerbaApi><Response code="0" type="GetCallInformation"><verbacdr state="1"><ccdr_id>c1</ccdr_id>${fields}</verbacdr></Response></VerbaApi>`,
			},
			{ identifiers },
		)?.kind;

	const parties =
		'<source_caller_id>8856</source_caller_id><source_caller_id>1111</source_caller_id>';

	test('also where a field comes more than once', () => {
		expect(read({ extension: '1111', status: 'last' }, parties)).toBe('found');
		expect(read({ extension: '2222', status: 'last' }, parties)).toBe('refused');
		const natives = '<native_id>a</native_id><native_id>b</native_id>';
		expect(read({ nativeID: 'B' }, natives)).toBe('found');
		expect(read({ nativeID: 'c' }, natives)).toBe('refused');
	});
});

describe('readPeriod', () => {
	const shown = (start: unknown, end: unknown, zone?: string) =>
		showPeriod(readPeriod(start, end, zone));

	test('takes a time without a zone as Verba’s own', () => {
		expect(shown('2026-01-31', '2026-02-01T14:30', 'Asia/Tokyo')).toEqual({
			start: '2026-01-31 00:00:00.000',
			end: '2026-02-01 14:30:00.000',
		});
	});

	test('converts a time with a zone to Verba’s, summer time included', () => {
		expect(
			shown('2026-01-01T12:00:00.250Z', '2026-07-01T12:00:00+02:00', 'Europe/Budapest'),
		).toEqual({ start: '2026-01-01 13:00:00.250', end: '2026-07-01 12:00:00.000' });
		expect(shown('2026-01-01T12:00:00Z', '2026-01-01T14:00:00Z')).toEqual({
			start: '2026-01-01 12:00:00.000',
			end: '2026-01-01 14:00:00.000',
		});
	});

	test('takes what expressions give', () => {
		expect(shown({ toISO: () => '2026-01-01T00:00:00.000Z' }, new Date('2026-01-02'))).toEqual({
			start: '2026-01-01 00:00:00.000',
			end: '2026-01-02 00:00:00.000',
		});
	});

	test.each<[unknown, unknown, string | undefined, RegExp]>([
		['', '2026-01-01', undefined, /^Start is not a date/],
		['2026-01-01', 'soon', undefined, /^End is not a date/],
		['2026-13-01', '2026-01-01', undefined, /^Start is not a date/],
		['2026-02-30', '2026-04-01', undefined, /^Start is not a date/],
		['2026-01-01', '2026-04-31', undefined, /^End is not a date/],
		['2026-01-01', '2026-01-31junk', undefined, /^End is not a date/],
		['2026-01-01', '2026-01-31 24:30', undefined, /^End is not a date/],
		['2026-01-02', '2026-01-01', undefined, /^Start must be before End\. /],
		['2026-01-01', '2026-01-02', 'Mars', /^Time Zone holds "Mars", which is not a time zone\. /],
	])('turns down %j to %j in %j', (start, end, zone, message) => {
		expect(() => readPeriod(start, end, zone)).toThrow(message);
	});

	test('halves down to a second, without a gap', () => {
		expect(halve({ start: 0, end: 5001 })).toEqual([
			{ start: 0, end: 2500 },
			{ start: 2500, end: 5001 },
		]);
		expect(halve({ start: 0, end: 999 })).toBeUndefined();
	});
});

describe('readAccount', () => {
	const credentials = { baseUrl: 'http://verba.example.com', apiKey: ' key ' };

	test('finds the API on the server; takes a whole address as it is; lets http through', () => {
		expect(readAccount(credentials)).toEqual({
			address: 'http://verba.example.com/verba/api',
			apiKey: 'key',
			login: undefined,
			parametersIn: 'query',
		});
		expect(readAccount({ ...credentials, baseUrl: 'https://p.example/v/api/' }).address).toBe(
			'https://p.example/v/api',
		);
	});

	test.each([
		[{ user: 'u' }, 'Password in the credentials is empty'],
		[{ password: 'p' }, 'User in the credentials is empty'],
		[{ apiKey: ' ' }, 'API Key in the credentials is empty'],
		[{ baseUrl: 'verba.example.com' }, 'Server Address in the credentials is not a web address'],
	])('turns down %j', (change, message) => {
		expect(() => readAccount({ ...credentials, ...change })).toThrow(message);
	});
});

describe('authenticateRequest', () => {
	const account = readAccount({
		baseUrl: 'http://verba.example.com',
		apiKey: 'a+key',
		user: 'u',
		password: 'p:ä',
	});

	test('adds the key to the query, and user and password for a token alone', () => {
		const url = `${account.address}?action=DeleteCall`;
		expect(authenticateRequest(account, { url })).toMatchObject({
			url: `${url}&apiKey=a%2Bkey`,
			headers: {},
		});
		expect(
			authenticateRequest(account, { url: `${account.address}?action=RequestToken` }).headers,
		).toEqual({ Authorization: `Basic ${Buffer.from('u:p:ä').toString('base64')}` });
	});

	test('adds the key to the form body where the account says so', () => {
		const inBody = { ...account, parametersIn: 'body' } as const;
		const body = { action: 'RequestToken' };
		expect(
			authenticateRequest(inBody, { url: account.address, method: 'POST', body }),
		).toMatchObject({
			url: account.address,
			body: { action: 'RequestToken', apiKey: 'a+key' },
			headers: { Authorization: expect.stringMatching(/^Basic /) as unknown },
		});
	});

	test('of n8n’s HTTP Request, adds the key to the form that it has', () => {
		const inBody = { ...account, parametersIn: 'body' } as const;
		const request = { uri: account.address, method: 'POST', form: { action: 'RequestToken' } };
		expect(authenticateRequest(inBody, request as unknown as IHttpRequestOptions)).toMatchObject({
			url: account.address,
			form: { action: 'RequestToken', apiKey: 'a+key' },
			headers: { Authorization: expect.stringMatching(/^Basic /) as unknown },
		});
	});

	test('of n8n’s HTTP Request with an upload, adds the key to the query', () => {
		const inBody = { ...account, parametersIn: 'body' } as const;
		const formData = { file: 'a recording' };
		const request = { uri: account.address, method: 'POST', formData, body: {} };
		const sent = authenticateRequest(inBody, request as unknown as IHttpRequestOptions);
		expect(sent).toMatchObject({ url: `${account.address}?apiKey=a%2Bkey`, body: {}, formData });
	});

	test.each(['callID=1', Buffer.from('callID=1'), new URLSearchParams('callID=1')])(
		'leaves a body without fields as it is, and adds the key to the query',
		(body) => {
			const inBody = { ...account, parametersIn: 'body' } as const;
			const sent = authenticateRequest(inBody, { url: account.address, method: 'POST', body });
			expect(sent.body).toBe(body);
			expect(sent.url).toBe(`${account.address}?apiKey=a%2Bkey`);
		},
	);

	test('sends nothing to another host', () => {
		expect(() => authenticateRequest(account, { url: 'http://evil.example/verba/api' })).toThrow(
			'These credentials are for http://verba.example.com and are not sent to http://evil.example. Use an address there, or other credentials',
		);
	});
});
