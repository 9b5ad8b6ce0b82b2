import { describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Malformation } from '../../sandbox/vendors/verba';
import { testCredential } from './credentialTest';
import { coreVersion } from './engine';
import {
	account,
	actionsAsked,
	asked,
	conversation,
	parametersOf,
	run,
	sandbox,
	tokensInUse,
} from './verbaStage';

describe(`Verba on n8n-core ${coreVersion}`, () => {
	describe('delete', () => {
		test.each([
			['callID', 'id'],
			['nativeID', 'nativeID'],
			['platformCallID', 'platformCallID'],
			['meetingID', 'meetingID'],
		] as const)('by %s: looks, then deletes by callID alone', async (identifyBy, field) => {
			const { id, [field]: identifier } = conversation(7);
			const { json } = await run({ identifyBy, identifier });

			expect(json).toMatchObject([
				{
					deleted: true,
					outcome: 'deleted',
					evidence: 'confirmed',
					target: { callID: id, [identifyBy]: identifier },
				},
			]);
			expect(actionsAsked()).toEqual(['RequestToken', 'GetCallInformation', 'DeleteCall']);
			expect(asked('GetCallInformation')[0]).toMatchObject({ [identifyBy]: identifier });
			const [deletion] = asked('DeleteCall');
			expect(Object.keys(deletion ?? {}).sort()).toEqual(
				['action', 'apiKey', 'callID', 'responseType', 'token'].sort(),
			);
			expect(deletion?.callID).toBe(id);
			expect(sandbox.verba.conversations.has(id)).toBe(false);
		});

		test('by extension: the number is masked, and a retry deletes no second call', async () => {
			const extension = conversation(20).from;
			sandbox.verba
				.records()
				.slice(15)
				.forEach((each) => Object.assign(each, { from: extension }));
			const { id } = conversation(20);
			sandbox.faults.add({
				fault: { kind: 'resetAfter' },
				when: ({ url }) => url.includes('action=DeleteCall'),
				times: 1,
			});
			const result = await run(
				{ identifyBy: 'extension', identifier: extension, status: 'last' },
				{ maxTries: 3 },
			);

			expect(result.json).toMatchObject([
				{
					outcome: 'notFound',
					reason: { code: 'goneAfterRepeat' },
					target: { callID: id, extension: '****', status: 'last' },
				},
			]);
			expect(JSON.stringify(result.outputs)).not.toContain(extension);
			expect(asked('GetCallInformation')).toHaveLength(1);
			expect(asked('DeleteCall').map(({ callID }) => callID)).toEqual([id, id]);
			expect(sandbox.verba.records()).toHaveLength(19);
		});

		test('more than one match is refused, in the vendor’s words', async () => {
			const extension = conversation(1).from;
			for (const number of [1, 2]) {
				Object.assign(conversation(number), { from: extension, ongoing: true });
			}
			const { json } = await run({
				identifyBy: 'extension',
				identifier: extension,
				status: 'ongoing',
			});

			expect(json).toMatchObject([
				{
					outcome: 'refused',
					reason: {
						code: 'refusedByVendor',
						message: 'Verba answered with code 2 and said: "More than one call was found for ****"',
					},
					target: { extension: '****', status: 'ongoing' },
				},
			]);
			expect(asked('DeleteCall')).toEqual([]);
		});

		test('what is found is held against what was asked for', async () => {
			sandbox.faults.add({
				fault: {
					kind: 'garble',
					change: (body) => body.replace('<native_id>TRS1<', '<native_id>TRS11<'),
				},
			});
			const { json } = await run({ identifyBy: 'nativeID', identifier: 'TRS1' });

			expect(json).toMatchObject([
				{
					outcome: 'refused',
					reason: {
						message:
							'Verba found a conversation with another Native ID. If it is meant, identify it by Call ID',
					},
				},
			]);
			expect(asked('DeleteCall')).toEqual([]);
		});

		test('a number that only holds the extension is not the extension', async () => {
			const { from } = conversation(1);
			sandbox.faults.add({
				fault: {
					kind: 'garble',
					change: (body) =>
						body.replace(`<source_caller_id>${from}<`, `<source_caller_id>1${from}<`),
				},
			});
			const { json } = await run({ identifyBy: 'extension', identifier: from, status: 'last' });

			expect(json).toMatchObject([{ outcome: 'refused' }]);
			expect(JSON.stringify(json)).not.toContain(from);
			expect(asked('DeleteCall')).toEqual([]);
		});

		test('an answer about another call ID is not acted on', async () => {
			const { id } = conversation(1);
			sandbox.faults.add({
				fault: { kind: 'garble', change: (body) => body.replace(id, conversation(2).id) },
				when: ({ url }) => url.includes('GetCallInformation'),
			});
			const { json } = await run({ identifyBy: 'callID', identifier: id });

			expect(json).toMatchObject([{ outcome: 'failed', reason: { code: 'notUnderstood' } }]);
			expect(asked('DeleteCall')).toEqual([]);
		});

		test('an ongoing conversation is accepted', async () => {
			conversation(1).ongoing = true;
			const { id } = conversation(1);
			const { json } = await run({ identifyBy: 'callID', identifier: id });

			expect(json).toMatchObject([{ outcome: 'accepted', evidence: 'accepted', deleted: false }]);
			expect(conversation(1).markedForDeletion).toBe(true);
			sandbox.verba.hangUp(id);
			expect(sandbox.verba.conversations.has(id)).toBe(false);
		});

		test('without Look First: one request, and no more than accepted', async () => {
			const { id } = conversation(1);
			const { json } = await run({
				identifyBy: 'callID',
				identifier: id,
				options: { lookFirst: false },
			});

			expect(json).toMatchObject([{ outcome: 'accepted', deleted: false }]);
			expect(actionsAsked()).toEqual(['RequestToken', 'DeleteCall']);
		});

		test('Look First takes no text for "no"', async () => {
			const { json } = await run({
				identifyBy: 'callID',
				identifier: conversation(1).id,
				options: { lookFirst: 'false' },
			});
			expect(json).toMatchObject([
				{
					outcome: 'skipped',
					reason: { message: expect.stringMatching(/^Look First /) as unknown },
				},
			]);
			expect(asked()).toEqual([]);
		});

		test.each(['callID', 'nativeID'] as const)(
			'"do not delete", by %s: refused, not sent, and the plan of the preview still fits',
			async (identifyBy) => {
				conversation(1).doNotDelete = true;
				const field = identifyBy === 'callID' ? 'id' : identifyBy;
				const parameters = {
					identifyBy,
					identifier: [conversation(1)[field], conversation(2)[field]].join(','),
				};
				const preview = await run({ ...parameters, deletionMode: 'preview' });
				expect(preview.json).toMatchObject([
					{
						outcome: 'preview',
						preview: {
							found: true,
							wouldBe: 'refused',
							note: expect.stringContaining('"do not delete"') as unknown,
						},
					},
					{ outcome: 'preview', preview: { found: true, wouldBe: 'deleted' } },
				]);

				const { plan } = preview.json[0]?.preview as { plan: string };
				const { json } = await run({ ...parameters, options: { approvedPlan: plan } });
				expect(json).toMatchObject([
					{
						outcome: 'refused',
						reason: { message: expect.stringContaining('do not delete') as unknown },
					},
					{ outcome: 'deleted' },
				]);
				expect(asked('DeleteCall')).toHaveLength(1);
				expect(sandbox.verba.records()).toHaveLength(19);
			},
		);

		test('a plan over call IDs holds whatever the look finds, and not for Look First off', async () => {
			sandbox.faults.add({
				when: ({ url }) => url.includes(conversation(2).id),
				fault: {
					kind: 'garble',
					change: () =>
						'<VerbaApi><Response code="3" type="GetCallInformation"><ErrorMessage>Not yours.</ErrorMessage></Response></VerbaApi>',
				},
			});
			const identifier = [conversation(1).id, conversation(2).id].join(',');
			const preview = await run({ identifier, deletionMode: 'preview' });
			const { plan } = preview.json[0]?.preview as { plan: string };

			const options = { approvedPlan: plan };
			const unseen = await run({ identifier, options: { ...options, lookFirst: false } });
			expect(unseen.json.map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped']);
			expect(asked('DeleteCall')).toEqual([]);

			const approved = await run({ identifier, options });
			expect(approved.json.map(({ outcome }) => outcome)).toEqual(['deleted', 'refused']);
		});

		test('previews say what is not there and what is still going on', async () => {
			conversation(2).ongoing = true;
			const preview = { deletionMode: 'preview' };
			const missing = await run({ ...preview, identifyBy: 'nativeID', identifier: 'TRSx' });
			const ongoing = await run({ ...preview, identifyBy: 'nativeID', identifier: 'TRS2' });

			expect(missing.json).toMatchObject([
				{ outcome: 'preview', preview: { found: false, wouldBe: 'notFound' } },
			]);
			expect(ongoing.json).toMatchObject([
				{ outcome: 'preview', preview: { found: true, wouldBe: 'accepted' } },
			]);
			expect(asked('DeleteCall')).toEqual([]);
		});

		test('Legal Hold is refused, in the vendor’s words', async () => {
			conversation(1).legalHold = true;
			const { json } = await run({ identifyBy: 'callID', identifier: conversation(1).id });

			expect(json).toMatchObject([
				{
					outcome: 'refused',
					reason: {
						message: 'Verba answered with code 2 and said: "The call is under legal hold"',
					},
				},
			]);
			expect(sandbox.verba.records()).toHaveLength(20);
		});

		test.each<[Malformation, string]>([
			['signInPage', 'unknown'],
			['truncated', 'unknown'],
			['twoResponses', 'unknown'],
			['empty', 'unknown'],
		])('a reply that is %s is %s, though the record is gone', async (malformation, outcome) => {
			sandbox.verba.malformation = malformation;
			const { id } = conversation(1);
			const { json } = await run({ identifyBy: 'callID', identifier: id });

			expect(json).toMatchObject([{ outcome, deleted: false }]);
			expect(sandbox.verba.conversations.has(id)).toBe(false);
			expect(asked('DeleteCall')).toHaveLength(1);
		});

		test.each([
			['tags that do not match', '</Response>', ''],
			['another code', 'code="0"', 'code="1"'],
			['no code', 'code="0"', ''],
			['another action', 'type="DeleteCall"', 'type="KeepCall"'],
		])('a success with %s is not reported as deleted', async (_, from, to) => {
			sandbox.faults.add({
				fault: { kind: 'garble', change: (body) => body.replace(from, to) },
				when: ({ url }) => url.includes('action=DeleteCall'),
			});
			const { json } = await run({ identifyBy: 'callID', identifier: conversation(1).id });
			expect(json).toMatchObject([
				{ deleted: false, outcome: to === 'code="1"' ? 'refused' : 'unknown' },
			]);
		});

		test('a look afterwards settles what the reply left open', async () => {
			sandbox.verba.malformation = 'empty';
			const { json } = await run({
				identifyBy: 'callID',
				identifier: conversation(1).id,
				options: { recheck: true },
			});
			expect(json).toMatchObject([{ outcome: 'deleted', evidence: 'rechecked' }]);
		});

		test('a message beside Response, and misspelt tags in a look, are understood', async () => {
			sandbox.verba.malformation = 'errorOutsideResponse';
			conversation(1).legalHold = true;
			const refused = await run({ identifyBy: 'callID', identifier: conversation(1).id });
			expect(refused.json).toMatchObject([{ outcome: 'refused' }]);

			sandbox.verba.malformation = 'misspeltTags';
			sandbox.verba.malformedActions = ['GetCallInformation'];
			const deleted = await run({ identifyBy: 'nativeID', identifier: 'TRS2' });
			expect(deleted.json).toMatchObject([{ outcome: 'deleted' }]);
		});

		test.each<Malformation>(['signInPage', 'truncated', 'twoResponses', 'empty'])(
			'a look that is %s leads to no deletion',
			async (malformation) => {
				sandbox.verba.malformation = malformation;
				sandbox.verba.malformedActions = ['GetCallInformation'];
				const { json } = await run({ identifyBy: 'nativeID', identifier: 'TRS2' });

				expect(json).toMatchObject([{ outcome: 'failed', reason: { code: 'notUnderstood' } }]);
				expect(asked('DeleteCall')).toEqual([]);
			},
		);

		test('a reply that gets lost is unknown, not "not delivered"', async () => {
			sandbox.faults.add({
				fault: { kind: 'resetAfter' },
				when: ({ url }) => url.includes('action=DeleteCall'),
			});
			const { json } = await run({ identifyBy: 'callID', identifier: conversation(1).id });

			expect(json).toMatchObject([{ outcome: 'unknown', reason: { code: 'replyLost' } }]);
		});

		test('odd characters reach Verba as they are, in the query and in the body', async () => {
			const nativeID = `a&b=c?d#e/f+g %41 ü'"<>`;
			Object.assign(conversation(1), { nativeID });
			Object.assign(conversation(2), { nativeID: `${nativeID}2` });
			const parameters = { identifyBy: 'nativeID', options: { idsAsWritten: true } };
			await run({ ...parameters, identifier: nativeID });
			expect(asked('GetCallInformation')[0]).toMatchObject({ nativeID });
			await run(
				{ ...parameters, identifier: `${nativeID}2` },
				{ credentials: { parametersIn: 'body' } },
			);
			expect(asked('GetCallInformation')[1]).toMatchObject({ nativeID: `${nativeID}2` });
			expect(sandbox.verba.records()).toHaveLength(18);
		});
	});

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

	describe('get', () => {
		test('gives what Verba knows', async () => {
			const { id, from } = conversation(3);
			const { json } = await run({ operation: 'get', identifyBy: 'nativeID', identifier: 'TRS3' });
			expect(json).toMatchObject([
				{ ccdr_id: id, native_id: 'TRS3', source_caller_id: from, state: '1', do_not_delete: '0' },
			]);
		});

		test('says what is not there, with the number masked', async () => {
			const missing = { operation: 'get', identifyBy: 'extension', status: 'last' };
			const { json } = await run({ ...missing, identifier: '+15125550000' });
			expect(json).toMatchObject([
				{
					error: expect.stringMatching(
						/^Verba has no conversation "\*{9}00, last" \(item 0\)/,
					) as unknown,
				},
			]);
		});
	});

	describe('search', () => {
		const period = { start: '2026-01-01', end: '2026-02-01' };
		const search = { operation: 'search', ...period };

		test('leaves out numbers that only contain the one asked for', async () => {
			Object.assign(conversation(2), { from: '8001' });
			Object.assign(conversation(3), { to: '18001' });
			const { json } = await run({ ...search, returnAll: true, filters: { number: '8001' } });

			expect(json.map(({ ccdr_id: id }) => id)).toEqual([conversation(1).id, conversation(2).id]);
			expect(asked('SearchCalls')).toMatchObject([
				{
					start: '2026-01-01 00:00:00.000',
					end: '2026-02-01 00:00:00.000',
					status: 'recorded',
					anynum: '8001',
				},
			]);
		});

		test('Return All finds more than fit into one reply, each once', async () => {
			sandbox.verba.fill(1000);
			const { json } = await run({ ...search, returnAll: true });
			expect(json).toHaveLength(1000);
			expect(new Set(json.map(({ ccdr_id: id }) => id)).size).toBe(1000);
		});

		test('Limit', async () => {
			sandbox.verba.fill(1000);
			const { json } = await run({ ...search, returnAll: false, limit: 30 });
			expect(json).toHaveLength(30);
			expect(asked('SearchCalls')).toHaveLength(1);
		});

		test('too many within one second: says so instead of leaving some out', async () => {
			sandbox.verba.fill(150);
			for (const each of sandbox.verba.records()) {
				Object.assign(each, { startTime: '2026-01-01 12:00:00' });
			}
			const { json } = await run({ ...search, returnAll: true });
			expect(json).toMatchObject([
				{
					error: expect.stringMatching(
						/^Verba has 100 conversations or more within one second/,
					) as unknown,
				},
			]);
		});

		test('by name and status; nothing there is no items', async () => {
			conversation(5).ongoing = true;
			const ongoing = await run({ ...search, filters: { status: 'ongoing', name: 'Customer' } });
			expect(ongoing.json).toMatchObject([{ ccdr_id: conversation(5).id }]);
			const nobody = await run({ ...search, filters: { name: 'Nobody' } });
			expect(nobody.json).toEqual([]);
		});

		test.each([
			[{ filters: { number: '' } }, 'Number in item 0 is empty. Fill it in or remove the filter'],
			[{ filters: { name: ' ' } }, 'Name in item 0 is empty. Fill it in or remove the filter'],
			[
				{ start: '={{ $json.none }}' },
				'Start in item 0 is not a date and time. Enter one such as 2026-01-31 14:30',
			],
			[
				{ end: '2026-04-31' },
				'End in item 0 is not a date and time. Enter one such as 2026-01-31 14:30',
			],
		])('%j is turned down', async (change, error) => {
			const { json } = await run({ ...search, ...change });
			expect(json).toEqual([{ error }]);
			expect(asked()).toEqual([]);
		});
	});
});
