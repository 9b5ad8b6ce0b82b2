import { describe, expect, test } from '@jest/globals';

import { testCredential } from '../credentialTest';
import { coreVersion } from '../engine';
import { account, requests, sandbox } from './stage';

describe(`HappyRobot on n8n-core ${coreVersion}: the account`, () => {
	describe('the Test of the credential', () => {
		const noApi =
			'There is no HappyRobot API at this Base URL. The one of version 1 is https://app.happyrobot.ai/api/v1';

		test('is good, and reads one call', async () => {
			expect(await testCredential('happyRobot', 'happyRobotApi', account())).toMatchObject({
				status: 'OK',
			});
			expect(requests()).toEqual(['GET /api/v1/calls?limit=1']);
		});

		test.each([
			['wrong key', { apiKey: 'no' }, 'HappyRobot did not accept the API key'],
			['http', { baseUrl: 'http://example.com/api/v1' }, 'Base URL in the credentials starts with'],
			['no address', { baseUrl: 'happyrobot' }, 'Base URL in the credentials is not a web address'],
		])('%s', async (_, changes, says) => {
			expect(
				await testCredential('happyRobot', 'happyRobotApi', { ...account(), ...changes }),
			).toEqual({
				status: 'Error',
				message: expect.stringContaining(says) as unknown,
			});
		});

		test.each([
			[403, 'HappyRobot accepted the API key but does not permit this', '{}'],
			[404, noApi, '<html></html>'],
			// The app leads whoever is not signed in to its sign-in page.
			[302, noApi, ''],
			[503, 'HappyRobot answered 503, which does not say whether the API key is good', ''],
		])('says plainly what is wrong: %i', async (status, words, body) => {
			const headers = { location: 'http://127.0.0.1:1/login' };
			sandbox.faults.add({ fault: { kind: 'status', status, body, headers } });
			expect(await testCredential('happyRobot', 'happyRobotApi', account())).toEqual({
				status: 'Error',
				message: expect.stringContaining(words) as unknown,
			});
			expect(requests()).toHaveLength(1);
		});

		test.each([
			['a page for people', '<html>Welcome</html>', 'text/html'],
			['another API', '{"ok":true}', 'application/json'],
		])('does not take %s for HappyRobot', async (_, body, type) => {
			const headers = { 'content-type': type };
			sandbox.faults.add({ fault: { kind: 'status', status: 200, body, headers } });
			const result = await testCredential('happyRobot', 'happyRobotApi', account());
			expect(result).toEqual({ status: 'Error', message: noApi });
		});
	});
});
