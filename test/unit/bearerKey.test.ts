import { describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';

import { authenticateFor } from '../../nodes/shared/sending/account';
import { complaintByStatus, testAccount } from '../../nodes/shared/sending/accountTest';
import { bearerAccount } from '../../nodes/shared/sending/bearerKey';
import { path } from '../../nodes/shared/sending/path';

const account = bearerAccount({
	vendor: 'example',
	vendorName: 'Example',
	credentialName: 'exampleApi',
});

const send = authenticateFor(account);

const credentials = { apiKey: ' the-key ', baseUrl: 'https://api.example.com/v1' };

test.each([
	{ url: 'https://api.example.com/v1/call/1' },
	{ url: '/calls', baseURL: 'https://api.example.com/v1' },
])('the key goes to the address that it belongs to: %j', async (request) => {
	const { headers } = await send(credentials, { ...request, headers: { a: 'b' } });
	expect(headers).toEqual({ a: 'b', Authorization: 'Bearer the-key' });
});

test.each([
	{ url: 'https://elsewhere.example.com/v1/call/1' },
	{ url: 'https://api.example.com.elsewhere.com/v1/call/1' },
	{ url: 'https://api.example.com:8443/v1/call/1' },
	{ url: 'http://api.example.com/v1/call/1' },
	{ url: '/calls', baseURL: 'https://elsewhere.example.com/v1' },
	{ url: 'https://elsewhere.example.com/calls', baseURL: 'https://api.example.com/v1' },
])('the key goes nowhere else: %j', async (request) => {
	await expect(send(credentials, request)).rejects.toThrow(
		/^These credentials are for https:\/\/api\.example\.com and are not sent to /,
	);
});

test('the key is not sent unprotected', async () => {
	const unprotected = { ...credentials, baseUrl: 'http://api.example.com/v1' };
	await expect(send(unprotected, { url: 'http://api.example.com/v1/calls' })).rejects.toThrow(
		/^Base URL in the credentials starts with http:\/\//,
	);
});

test.each([undefined, 5, '', ' '])('without a key nothing is sent: %j', async (apiKey) => {
	const keyless = { ...credentials, apiKey } as ICredentialDataDecryptedObject;
	await expect(send(keyless, { url: 'https://api.example.com/v1/calls' })).rejects.toThrow(
		'API Key in the credentials is empty. Copy it from Example',
	);
});

describe('the Test of a credential that lists calls', () => {
	const press = async (answer: { statusCode: number; body: string }, data = credentials) => {
		const sent: unknown[] = [];
		const request = async (options: unknown) => {
			sent.push(options);
			return await Promise.resolve({ headers: {}, ...answer });
		};
		const context = { helpers: { request } } as unknown as ICredentialTestFunctions;
		const credentialTest = testAccount(account, {
			request: { method: 'GET', path: path`/calls` },
			complaintOf: complaintByStatus(account, {
				may: 'list calls',
				documented: 'It is elsewhere',
				isGood: ({ status, body }) => status === 200 && body === 'calls',
			}),
		});
		const credential = { id: '', name: '', type: 'exampleApi', data };
		const result = await credentialTest.call(context, credential);
		return { ...result, sent };
	};

	test('is good where calls are listed; sends the key once, to its address, and follows nowhere', async () => {
		expect(await press({ statusCode: 200, body: 'calls' })).toEqual({
			status: 'OK',
			message: 'Example accepts these credentials',
			sent: [
				{
					uri: 'https://api.example.com/v1/calls',
					method: 'GET',
					headers: { Authorization: 'Bearer the-key' },
					timeout: 10_000,
					followRedirect: false,
					simple: false,
					useStream: true,
					resolveWithFullResponse: true,
				},
			],
		});
	});

	test.each([
		[401, /^Example did not accept the API key\. Check API Key and Base URL$/],
		[
			403,
			/^Example accepted the API key but does not permit this\. Use a key that may list calls$/,
		],
		...[200, 204, 301, 302, 303, 307, 308, 404].map(
			(status) => [status, /^There is no Example API at this Base URL. It is elsewhere$/] as const,
		),
		...[400, 429, 500, 503].map(
			(status) => [status, /^Example answered \d+, which does not say /] as const,
		),
	])('says what another answer means: %i', async (statusCode, message) => {
		const result = await press({ statusCode, body: '' });
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(message);
		expect(result.sent).toHaveLength(1);
	});

	test('sends nothing to an address that cannot be used', async () => {
		const data = { ...credentials, baseUrl: 'http://api.example.com/v1' };
		const result = await press({ statusCode: 200, body: 'calls' }, data);
		expect(result).toMatchObject({ status: 'Error', sent: [] });
		expect(result.message).toMatch(/^Base URL in the credentials starts with http:/);
	});
});
