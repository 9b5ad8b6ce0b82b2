import { expect, test } from '@jest/globals';

import { sendBearerKey } from '../../nodes/shared/bearerKey';

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
	).rejects.toThrow(/starts with http:\/\//);
});
