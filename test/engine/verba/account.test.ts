import { describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { testCredential } from '../credentialTest';
import { coreVersion } from '../engine';
import {
	account,
	actionsAsked,
	asked,
	conversation,
	parametersOf,
	run,
	sandbox,
	tokensInUse,
} from './stage';

describe(`Verba on n8n-core ${coreVersion}: the account`, () => {
	describe('credentials', () => {
		const ids = () => sandbox.verba.records().map(({ id }) => id);

		const deleteAll = { identifyBy: 'callID', identifier: '={{ $json.id }}' };

		const items = () => ids().map((id) => ({ id }));

		test('one token per run, asked for with user and password, which go nowhere else', async () => {
			const { json } = await run(deleteAll, { items: items() });

			expect(json.map(({ outcome }) => outcome)).toEqual(Array(20).fill('deleted'));
			expect(asked('RequestToken')).toHaveLength(1);
			const withLogin = sandbox
				.requestsTo('verba')
				.filter(({ headers }) => headers.authorization !== undefined);
			expect(withLogin.map((request) => parametersOf(request).action)).toEqual(['RequestToken']);
			expect(new Set(tokensInUse()).size).toBe(1);
		});

		test.each(['This token is expired or never got authenticated.', 'Session has expired.'])(
			'a token that runs out inside an HTTP 200 is renewed once: %s',
			async (words) => {
				sandbox.verba.words.token = words;
				let deletions = 0;
				sandbox.faults.add({
					fault: { kind: 'late', ms: 0 },
					when: ({ url }) => {
						const isTheTenth = url.includes('DeleteCall') && ++deletions === 10;
						if (isTheTenth) sandbox.verba.revokeTokens();
						return false;
					},
				});
				const { json } = await run(deleteAll, { items: items() });

				expect(json.map(({ outcome }) => outcome)).toEqual(Array(20).fill('deleted'));
				expect(asked('RequestToken')).toHaveLength(2);
				expect(sandbox.verba.records()).toEqual([]);
			},
		);

		test('a token that never works stops the run', async () => {
			sandbox.verba.tokenLifetime = -1;
			const { json } = await run(deleteAll, { items: items() });

			expect(new Set(json.map(({ outcome }) => outcome))).toEqual(new Set(['skipped']));
			expect(json[0]).toMatchObject({
				reason: {
					code: 'badCredentials',
					message: expect.stringMatching(
						/^Verba did not accept the credentials and said: "This token is expired/,
					) as unknown,
				},
			});
			expect(asked('RequestToken')).toHaveLength(2);
			// One with each token, and one that shows whether it is the account or the record.
			expect(asked('GetCallInformation')).toHaveLength(3);
		});

		test.each([
			[{ apiKey: 'another-api-key' }, /^Verba gave no token .* said: "Invalid API key"/],
			[{ password: 'another-password' }, /^Verba gave no token .* said: "Authentication failed"/],
			[{ user: '', password: '' }, /^Verba did not accept the credentials and said: "This token/],
			[{ password: '' }, /^Password in the credentials is empty/],
		])('%j: nothing is deleted, and a sentence says why', async (credentials, message) => {
			const { json } = await run(deleteAll, { items: items(), credentials });

			expect(new Set(json.map(({ outcome }) => outcome))).toEqual(new Set(['skipped']));
			expect((json[0]?.reason as { message: string }).message).toMatch(message);
			expect(asked('DeleteCall')).toEqual([]);
		});

		test('a key without authentication needs no token', async () => {
			sandbox.verba.requiresAuthentication = false;
			const { json } = await run(
				{ ...deleteAll, identifier: conversation(1).id },
				{ credentials: { user: '', password: '' } },
			);
			expect(json).toMatchObject([{ outcome: 'deleted' }]);
			expect(actionsAsked()).toEqual(['GetCallInformation', 'DeleteCall']);
		});

		test('parameters in the form body: no key and no token in any address', async () => {
			const { json } = await run(
				{ ...deleteAll, identifier: conversation(1).id },
				{ credentials: { parametersIn: 'body' } },
			);
			expect(json).toMatchObject([{ outcome: 'deleted' }]);
			expect(sandbox.requestsTo('verba').map(({ method, url }) => [method, url])).toEqual(
				Array(3).fill(['POST', '/api']),
			);
			expect(sandbox.requestsTo('verba')[2]?.headers['content-type']).toBe(
				'application/x-www-form-urlencoded',
			);
		});

		test('a vendor that repeats the key and the token in its words', async () => {
			sandbox.faults.add({
				fault: {
					kind: 'garble',
					change: () =>
						`<VerbaApi><Response code="2" type="GetCallInformation"><ErrorMessage>Not with ${sandbox.verba.apiKey.toUpperCase()} and ${tokensInUse()[0]}</ErrorMessage></Response></VerbaApi>`,
				},
				when: ({ url }) => url.includes(conversation(1).id),
			});
			const { json } = await run({ ...deleteAll, identifier: conversation(1).id });
			expect(json).toMatchObject([
				{
					reason: { message: 'Verba answered with code 2 and said: "Not with *** and ***"' },
				},
			]);
		});

		test('a token that cannot be fetched: nothing was sent', async () => {
			sandbox.faults.add({
				fault: { kind: 'resetBefore' },
				when: ({ url }) => url.includes('RequestToken'),
			});
			const { json } = await run({ ...deleteAll, identifier: conversation(1).id });
			expect(json).toMatchObject([
				{
					outcome: 'failed',
					reason: {
						code: 'notDelivered',
						message: expect.stringContaining('no token could be fetched') as unknown,
					},
				},
			]);
		});

		test('under Stop, the message and all that hangs on it hold nothing secret', async () => {
			sandbox.faults.add({
				fault: { kind: 'noAnswer' },
				when: ({ url }) => url.includes('Delete'),
			});
			const result = await run(
				{ ...deleteAll, identifier: conversation(1).id, options: { timeout: 100 } },
				{ onError: 'stopWorkflow' },
			);
			expect(result.error?.message).toBe('Nobody can say whether 1 of 1 conversation was erased');
		});
	});

	describe('the Test button', () => {
		async function press(changes: ICredentialDataDecryptedObject = {}): Promise<string> {
			const data = { ...account(), ...changes };
			const result = await testCredential('verba', 'verbaApi', data);
			const everything = JSON.stringify(result);
			for (const secret of [data.apiKey, data.password, ...tokensInUse()]) {
				if (secret !== '') expect(everything).not.toContain(secret);
			}
			return result.status === 'OK' ? 'good' : result.message;
		}

		test('good credentials', async () => {
			expect(await press()).toBe('good');
			expect(await press({ parametersIn: 'body' })).toBe('good');
			sandbox.verba.requiresAuthentication = false;
			expect(await press({ user: '', password: '' })).toBe('good');
		});

		test('what is wrong, in a sentence', async () => {
			expect(await press({ apiKey: 'another-api-key' })).toMatch(/said: "Invalid API key"/);
			expect(await press({ password: 'another-password' })).toMatch(
				/said: "Authentication failed"/,
			);
			expect(await press({ user: '', password: '' })).toMatch(/said: "This token is expired/);
			expect(await press({ user: '' })).toMatch(/^User in the credentials is empty/);
			expect(await press({ baseUrl: '' })).toMatch(
				/^Server Address in the credentials is not a web address/,
			);
			expect(await press({ baseUrl: 'http://127.0.0.1:9/verba/api' })).toBe(
				"Verba was not reached: the connection was refused. Check Server Address, and whether n8n's machine can reach that address",
			);
			expect(await press({ baseUrl: `${sandbox.address('verba')}/elsewhere` })).toMatch(
				/^The answer \(HTTP 200\) is not from Verba's API\. Check Server Address/,
			);
		});

		test('no permission', async () => {
			const change = () =>
				'<VerbaApi><Response code="2" type="GetCallInformation"><ErrorMessage>Permission denied.</ErrorMessage></Response></VerbaApi>';
			sandbox.faults.add({
				fault: { kind: 'garble', change },
				when: ({ url }) => url.includes('GetCallInformation'),
			});
			expect(await press()).toMatch(/^Verba accepted the credentials but does not permit/);
			sandbox.faults.clear();
			sandbox.faults.add({ fault: { kind: 'status', status: 403 } });
			expect(await press()).toMatch(/^Verba does not permit this \(HTTP 403\)/);
		});
	});
});
