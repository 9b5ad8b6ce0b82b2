import { describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { tokenCredential } from '../../../nodes/EraseByHttp/account/tokenCredential';
import { secretsOf } from '../../../nodes/shared/secrets/secrets';
import { gives, spellings } from '../../engine/spellings';

const client: ICredentialDataDecryptedObject = {
	baseUrl: 'https://api.example.com/v2',
	tokenUrl: 'https://id.example.com/oauth/token',
	clientId: ' ann ',
	clientSecret: ' s/+ ',
};

describe('the request for a token', () => {
	test.each<[string, ICredentialDataDecryptedObject, object]>([
		[
			'in the form',
			{},
			{ body: { grant_type: 'client_credentials', client_id: 'ann', client_secret: 's/+' } },
		],
		[
			"Zoom's, with Basic and what RFC 6749 says of its signs",
			{
				sendClientAs: 'basic',
				grantType: 'account_credentials',
				tokenParameters: ' account_id=a%2Fb&scope=recording:write ',
			},
			{
				headers: { Authorization: `Basic ${Buffer.from('ann:s%2F%2B').toString('base64')}` },
				body: { grant_type: 'account_credentials', account_id: 'a/b', scope: 'recording:write' },
			},
		],
		[
			'with parameters as a person writes them',
			{ tokenParameters: '?scope=a b&audience=https://api.example.com/' },
			{
				body: {
					grant_type: 'client_credentials',
					scope: 'a b',
					audience: 'https://api.example.com/',
					client_id: 'ann',
					client_secret: 's/+',
				},
			},
		],
	])('is as the fields say: %s', (_, fields, request) => {
		expect(tokenCredential.read({ ...client, ...fields }).grant.request).toEqual({
			url: 'https://id.example.com/oauth/token',
			...request,
		});
	});

	test.each<[string, ICredentialDataDecryptedObject, RegExp]>([
		['Base URL', { baseUrl: 'a' }, /^Base URL in the credentials is not a web address\. /],
		['Token URL', { tokenUrl: '' }, /^Token URL in the credentials is not a web address\. /],
		['http', { tokenUrl: 'http://id.example.com' }, /^Token URL in the .* starts with http:/],
		[
			'a query',
			{ tokenUrl: 'https://zoom.us/oauth/token?a=b' },
			/^Token URL .* holds a "\?" or "#"/,
		],
		['Client ID', { clientId: '' }, /^Client ID in the credentials is empty\. Fill it in$/],
		['Client Secret', { clientSecret: ' ' }, /^Client Secret in the credentials is empty\. /],
		['Grant Type', { grantType: '' }, /^Grant Type in the credentials is empty\. Fill it in$/],
		[
			'Send Client As',
			{ sendClientAs: 'post' },
			/^Send Client As in the credentials is not known\. /,
		],
		...['abc', '{"a":"b"}', 'a=b&c', 'a b=c', '=b', 'a=b\nc=d'].map(
			(tokenParameters): [string, ICredentialDataDecryptedObject, RegExp] => [
				JSON.stringify(tokenParameters),
				{ tokenParameters },
				/^Token Parameters in the credentials is no list of parameters\. /,
			],
		),
		['own', { tokenParameters: 'a=b&Client_Secret=c' }, /names "Client_Secret", which has a field/],
		['twice', { tokenParameters: 'a=b&a=c' }, /^Token Parameters .* names a parameter twice\. /],
	])('is not made of what cannot be used: %s', (_, fields, message) => {
		expect(() => tokenCredential.read({ ...client, ...fields })).toThrow(message);
	});

	test('is another account where anything of it differs', () => {
		const others: ICredentialDataDecryptedObject[] = [
			{},
			{ baseUrl: 'https://api.example.com/v3' },
			{ tokenUrl: 'https://id.example.com/token' },
			{ clientId: 'bob' },
			{ clientSecret: 'other' },
			{ sendClientAs: 'basic' },
			{ grantType: 'account_credentials' },
			{ tokenParameters: 'scope=a' },
		];
		const digests = others.map(
			(other) => tokenCredential.read({ ...client, ...other }).grant.digest,
		);
		expect(new Set(digests).size).toBe(others.length);
	});
});

describe('what must not leave n8n of these credentials', () => {
	const hold = (data: ICredentialDataDecryptedObject) => {
		const secrets = secretsOf({});
		secrets.holdCredential(data);
		return secrets;
	};
	const secret = 'sandbox-key-1234';

	test.each(spellings)('is found $name', ({ spell }) => {
		for (const data of [{ key: secret }, { key: `Token ${secret}` }, { password: secret }]) {
			expect(gives(hold({ ...data }).outOf(`It was ${spell(secret)} here`), secret)).toBe(false);
		}
	});

	test('is found as Basic authentication sends it, encoded or not', () => {
		for (const login of ['ann:p4ss/+word', 'ann:p4ss%2F%2Bword', 'key-as-user-1234:']) {
			const sent = `Basic ${Buffer.from(login).toString('base64')}`;
			const data = login.startsWith('ann')
				? { clientId: 'ann', clientSecret: 'p4ss/+word' }
				: { user: 'key-as-user-1234', password: '' };
			expect(hold(data).outOf(sent)).not.toContain(sent.slice(10, -4));
		}
	});

	test('is not what is no secret', () => {
		const data = {
			sendKeyAs: 'header',
			headerName: 'X-Api-Key-Header',
			queryName: 'api_key_parameter',
			testPath: '/calls?limit=1',
			sendClientAs: 'basic',
			tokenUrl: 'https://id.example.com/oauth/token',
			grantType: 'client_credentials',
		};
		const text = Object.values(data).join(' ');
		expect(hold(data).outOf(text)).toBe(text);
	});

	test('are values of Token Parameters that nobody is told', () => {
		const tokenParameters = 'account_id=known&scope=a:b&assertion=secret-1&x=secret-2';
		expect(tokenCredential.read({ ...client, tokenParameters }).secrets).toEqual([
			'secret-1',
			'secret-2',
		]);
	});
});
