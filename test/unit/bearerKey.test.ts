import { describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { sendBearerKey, testByListingCalls } from '../../nodes/shared/bearerKey';

const credentials = { apiKey: ' the-key ', baseUrl: 'https://api.example.com/v1' };

test.each([
	{ url: 'https://api.example.com/v1/call/1' },
	{ url: '/calls', baseURL: 'https://api.example.com/v1' },
])('the key goes to the address that it belongs to: %j', async (request) => {
	const { headers } = await sendBearerKey(credentials, { ...request, headers: { a: 'b' } });
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
	await expect(sendBearerKey(credentials, request)).rejects.toThrow(
		/^These credentials are for api\.example\.com and are not sent to /,
	);
});

test('the key is not sent unprotected', async () => {
	const unprotected = { ...credentials, baseUrl: 'http://api.example.com/v1' };
	await expect(
		sendBearerKey(unprotected, { url: 'http://api.example.com/v1/calls' }),
	).rejects.toThrow(/^Base URL in the credentials starts with http:\/\//);
});

test.each([undefined, 5])('a key that is no text is none: %j', async (apiKey) => {
	const { headers } = await sendBearerKey(
		{ ...credentials, apiKey } as ICredentialDataDecryptedObject,
		{ url: 'https://api.example.com/v1/calls' },
	);
	expect(headers).toEqual({ Authorization: 'Bearer ' });
});

describe('the Test of a credential that lists calls', () => {
	const { request, rules = [] } = testByListingCalls('Example', 'No Example there');

	test('asks for one call and follows nowhere', () => {
		expect(request).toEqual({
			baseURL: '={{$credentials.baseUrl}}',
			url: '/calls',
			qs: { limit: 1 },
			disableFollowRedirect: true,
		});
	});

	test('says what each answer means that is not a list of calls', () => {
		const byStatus = rules.flatMap((rule) =>
			rule.type === 'responseCode' ? [[rule.properties.value, rule.properties.message]] : [],
		);
		expect(byStatus).toEqual([
			[401, expect.stringMatching(/^Example did not accept the API key\./)],
			[403, expect.stringMatching(/^Example accepted the API key but does not permit this\./)],
			...[404, 301, 302, 303, 307, 308].map((status) => [status, 'No Example there']),
		]);
		expect(rules.filter(({ type }) => type === 'responseSuccessBody')).toEqual([
			{
				type: 'responseSuccessBody',
				properties: { key: 'calls', value: undefined, message: 'No Example there' },
			},
		]);
	});
});
