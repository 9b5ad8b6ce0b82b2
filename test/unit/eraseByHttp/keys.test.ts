import { describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { checkFixedHeaders } from '../../../nodes/EraseByHttp/account/fixedHeaders';
import { keyAccount } from '../../../nodes/EraseByHttp/account/keyAccount';
import { readTestAddress } from '../../../nodes/EraseByHttp/account/testPath';
import { authenticateFor } from '../../../nodes/shared/sending/account';

const send = authenticateFor(keyAccount('Example'));

const account = { baseUrl: 'https://api.example.com/v1', key: ' the-key-1234 ' };

const ask = (request: Partial<IHttpRequestOptions> = {}): IHttpRequestOptions => ({
	url: 'https://api.example.com/v1/calls?to=a%20b',
	headers: { a: 'b' },
	...request,
});

describe('the key of any vendor', () => {
	test.each<[string, ICredentialDataDecryptedObject, Record<string, string>]>([
		['nothing chosen', {}, { Authorization: 'Bearer the-key-1234' }],
		['bearer', { sendKeyAs: 'bearer' }, { Authorization: 'Bearer the-key-1234' }],
		['header', { sendKeyAs: 'header', headerName: 'X-Api-Key' }, { 'X-Api-Key': 'the-key-1234' }],
		[
			'header with a word before the key',
			{ sendKeyAs: 'header', headerName: 'authorization', key: ' Token  abc ' },
			{ authorization: 'Token abc' },
		],
		[
			'basic',
			{ sendKeyAs: 'basic', user: ' AC1 ', password: 'p:é' },
			{ Authorization: `Basic ${Buffer.from('AC1:p:é').toString('base64')}` },
		],
		[
			'basic without a password',
			{ sendKeyAs: 'basic', user: 'key' },
			{ Authorization: `Basic ${Buffer.from('key:').toString('base64')}` },
		],
	])('is sent as the credential says, and once: %s', async (_, fields, carried) => {
		// What another node brings in other letter case is not sent beside it.
		const [name = ''] = Object.keys(carried);
		const headers = { a: 'b', [name.toUpperCase()]: 'other', [name.toLowerCase()]: 'other' };
		const { url, headers: sent } = await send({ ...account, ...fields }, ask({ headers }));
		expect(sent).toEqual({ a: 'b', ...carried });
		expect(url).toBe(ask().url);
	});

	test.each([
		[ask(), 'https://api.example.com/v1/calls?to=a%20b&api_key=k%2F%2B%26'],
		[
			ask({ url: 'https://api.example.com/v1/calls/%252F' }),
			'https://api.example.com/v1/calls/%252F?api_key=k%2F%2B%26',
		],
	])('is put behind the address, the rest of which stays as it is', async (request, url) => {
		const query = { ...account, sendKeyAs: 'query', queryName: 'api_key', key: 'k/+&' };
		expect(await send(query, request)).toMatchObject({ url, headers: { a: 'b' } });
	});

	test.each([
		ask({ url: 'https://api.example.com/v1/calls?api_key=mine' }),
		ask({ url: 'https://api.example.com/v1/calls?api%5Fkey=mine' }),
		ask({ qs: { api_key: 'mine' } }),
	])('is not sent beside a parameter of that name: %j', async (request) => {
		const query = { ...account, sendKeyAs: 'query', queryName: 'api_key' };
		await expect(send(query, request)).rejects.toThrow(
			'This request has a query parameter "api_key" of its own, in which these credentials send the key. Remove it',
		);
	});

	const ways = ['bearer', 'header', 'query', 'basic'].map((sendKeyAs) => ({
		...account,
		sendKeyAs,
		headerName: 'X-Api-Key',
		queryName: 'api_key',
		user: 'ann',
		password: 'p',
	}));

	test.each(ways)('goes to its own origin alone: $sendKeyAs', async (credential) => {
		const others = [
			'https://elsewhere.example.com/v1/calls',
			'https://api.example.com:8443/v1/calls',
			'http://api.example.com/v1/calls',
			'https://api.example.com@elsewhere.example.com/',
		];
		for (const url of others) {
			await expect(send(credential, { url })).rejects.toThrow(
				/^These credentials are for https:\/\/api\.example\.com and are not sent to /,
			);
		}
		const unprotected = { ...credential, baseUrl: 'http://api.example.com' };
		await expect(send(unprotected, { url: 'http://api.example.com/' })).rejects.toThrow(
			/^Base URL in the credentials starts with http:/,
		);
	});

	const [bearer, header, query, basic] = ways;
	const unsendable = ['ab\ncd', 'ab\r\nx-other: 1', 'ab\u0000cd', 'ab\u200bcd', '\ufeffab\u200e'];
	const notInKeys = ['ab cd ef', '“abcd”', 'abcd’', 'ключ', 'ab\u00a0cd', 'Token ключ'];

	test.each<[string, ICredentialDataDecryptedObject, RegExp]>([
		...[bearer, header, query].flatMap((way) =>
			[...unsendable, ...notInKeys].map((key): [string, ICredentialDataDecryptedObject, RegExp] => [
				`${way?.sendKeyAs} ${JSON.stringify(key)}`,
				{ ...way, key },
				/^Key in the credentials holds a character that no key has\. Copy it again from the vendor$/,
			]),
		),
		['a key of two words', { ...bearer, key: 'ab cd' }, /^Key in the credentials holds a char/],
		['no key', { ...bearer, key: ' ' }, /^Key in the credentials is empty\. Copy it from the /],
		...unsendable.flatMap((text): Array<[string, ICredentialDataDecryptedObject, RegExp]> => [
			[`user ${JSON.stringify(text)}`, { ...basic, user: text }, /^User in the .* cannot be seen/],
			[`password ${JSON.stringify(text)}`, { ...basic, password: text }, /^Password in the .* can/],
		]),
		['no user', { ...basic, user: ' ' }, /^User in the credentials is empty\. Fill it in$/],
		['a colon', { ...basic, user: 'a:b' }, /^User in the credentials holds a ":", which ends a /],
		['no header', { ...header, headerName: '' }, /^Header Name in the credentials is empty\. /],
		...['X Api', 'X-Api:', 'Kopf\u00e9', 'a\nb', '(a)'].map(
			(headerName): [string, ICredentialDataDecryptedObject, RegExp] => [
				`header ${JSON.stringify(headerName)}`,
				{ ...header, headerName },
				/^Header Name in the credentials is not the name of a header\. /,
			],
		),
		...[
			'Host',
			'Content-Length',
			'connection',
			'COOKIE',
			'Transfer-Encoding',
			'Proxy-Authorization',
		].map((headerName): [string, ICredentialDataDecryptedObject, RegExp] => [
			`header ${headerName}`,
			{ ...header, headerName },
			/^Header Name in the credentials is "[\w-]+", which changes how or where a request is sent\. /,
		]),
		[
			'no parameter',
			{ ...query, queryName: '' },
			/^Query Parameter in the credentials is empty\. /,
		],
		...['?key', 'key=', 'a&b', 'a b', 'a#b', 'ключ'].map(
			(queryName): [string, ICredentialDataDecryptedObject, RegExp] => [
				`parameter ${queryName}`,
				{ ...query, queryName },
				/^Query Parameter in the credentials holds more than a name\. /,
			],
		),
		[
			'another way',
			{ ...bearer, sendKeyAs: 'telepathy' },
			/^Send Key As in the credentials is not /,
		],
		['no address', { ...bearer, baseUrl: 'api' }, /^Base URL in the credentials is not a web /],
	])('is turned down where it cannot be sent as it is: %s', async (_, credential, message) => {
		await expect(send(credential, ask())).rejects.toThrow(message);
	});
});

describe('what every request carries apart from the key', () => {
	test('may be any other header', () => {
		const headers = { Accept: 'application/json', 'X-Version': '2024-01-01 beta' };
		expect(() => checkFixedHeaders(headers, 'X-Api-Key')).not.toThrow();
	});

	test.each<[Record<string, string>, RegExp]>([
		[{ '': 'a' }, /^A name under Headers in the node's options is not the name of a header\. /],
		[{ 'a b': 'a' }, /^A name under Headers in the node's options is not the name of a header\. /],
		[{ host: 'a' }, /^Headers in the node's options holds "host", which changes how or where /],
		[{ 'X-HTTP-Method-Override': 'DELETE' }, /^Headers in the node's options holds "X-HTTP-M/],
		[{ authorization: 'a' }, /^Headers in the node's options holds "authorization", which is for /],
		[{ 'x-api-key': 'a' }, /^Headers in the node's options holds "x-api-key", which is for keys/],
		[{ 'X-A': '1', 'x-a': '2' }, /^Headers in the node's options holds "x-a" twice\. Remove one /],
		...['', ' ', 'a\nb', 'a\u200b', 'é'].map((value): [Record<string, string>, RegExp] => [
			{ 'X-A': value },
			/^The value of "X-A" under Headers in the node's options is empty or holds a character /,
		]),
	])('is turned down: %j', (headers, message) => {
		expect(() => checkFixedHeaders(headers, 'X-Api-Key')).toThrow(message);
	});
});

describe('what the Test button asks for', () => {
	test.each([
		['/calls?limit=1', 'https://api.example.com/v1/calls?limit=1'],
		[' /a/b ', 'https://api.example.com/v1/a/b'],
		['', undefined],
		[undefined, undefined],
	])('is below Base URL: %j', (path, url) => {
		expect(readTestAddress(path, account.baseUrl)).toBe(url);
	});

	test.each([
		'calls',
		'.evil.example/',
		'@evil.example/',
		'/../x',
		'/%2e%2e/x',
		'/a b',
		'/a#b',
		'/\\b',
	])('is nothing else: %s', (path) => {
		expect(() => readTestAddress(path, account.baseUrl)).toThrow(
			/^Test Path in the credentials is not a path below Base URL\. /,
		);
	});
});
