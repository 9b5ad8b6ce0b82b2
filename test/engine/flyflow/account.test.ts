import { describe, expect, test } from '@jest/globals';

import { testCredential } from '../credentialTest';
import { coreVersion, runNode } from '../engine';
import { options, sandbox, urls } from './stage';

describe(`Flyflow on n8n-core ${coreVersion}: the account`, () => {
	describe('the Test of the credential', () => {
		const account = () => options('get').credentials.flyflowApi ?? {};

		const noApi =
			'There is no Flyflow API at this Base URL. The one of version 1 is https://api.flyflow.dev/v1';

		test('is good, and reads one call', async () => {
			expect(await testCredential('flyflow', 'flyflowApi', account())).toMatchObject({
				status: 'OK',
			});
			expect(urls()).toEqual(['GET /v1/calls?limit=1']);
		});

		test.each([
			['a page for people', '<html>Welcome</html>', 'text/html'],
			['another API', '{"ok":true}', 'application/json'],
		])('does not take %s for Flyflow', async (_, body, type) => {
			const headers = { 'content-type': type };
			sandbox.faults.add({ fault: { kind: 'status', status: 200, body, headers } });
			const result = await testCredential('flyflow', 'flyflowApi', account());
			expect(result).toEqual({ status: 'Error', message: noApi });
		});

		test('does not follow a redirect', async () => {
			const headers = { location: `${sandbox.address('flyflow')}/v1/calls?limit=1` };
			sandbox.faults.add({ fault: { kind: 'status', status: 302, headers }, times: 1 });
			expect(await testCredential('flyflow', 'flyflowApi', account())).toMatchObject({
				status: 'Error',
			});
			expect(urls()).toHaveLength(1);
		});

		test('sends no key over http to another machine', async () => {
			const data = { ...account(), baseUrl: 'http://api.example.com/v1' };
			expect(await testCredential('flyflow', 'flyflowApi', data)).toEqual({
				status: 'Error',
				message: expect.stringMatching(/^Base URL in the credentials starts with http:/) as unknown,
			});
		});
	});

	describe('credentials', () => {
		test.each([
			['ftp://files.example.com', /Base URL in the credentials is not a web address/],
			['http://api.flyflow.dev/v1', /starts with http:\/\/.*Use https:\/\//],
			['https://user:secret@api.flyflow.dev/v1', /holds a user name or password/],
			['', /is not a web address/],
		])('%s is turned down before anything is sent', async (baseUrl, message) => {
			const credentials = { flyflowApi: { apiKey: 'k', baseUrl } };
			const result = await runNode(options('delete', { parameters: { callId: 'a' }, credentials }));
			expect(result.error?.message).toMatch(message);
			expect(JSON.stringify(result.error)).not.toContain('secret');
		});
	});
});
