/**
 * Words tell an account that is turned down from a record that is refused in neither direction: what
 * Verba says of either is not published. These tests hold that one harmless request tells.
 */
import { describe, expect, test } from '@jest/globals';

import { coreVersion, type RunResult } from '../engine';
import { asked, conversation, run, sandbox } from './stage';

const nobodys = '00000000-0000-0000-0000-000000000000';

/** The requests that told whether it was the account. */
const checks = () => asked('GetCallInformation').filter(({ callID }) => callID === nobodys);

const deletionsOf = (id: string) => asked('DeleteCall').filter(({ callID }) => callID === id);

const deleteAll = { identifyBy: 'callID', identifier: '={{ $json.id }}' };

const items = () => sandbox.verba.records().map(({ id }) => ({ id }));

const outcomes = ({ json }: RunResult) => json.map(({ outcome }) => outcome);

const reasonOf = (receipt: unknown) =>
	(receipt as { reason?: { code: string; message: string } }).reason;

/** Without a user, the API key alone has to do. */
const keyAlone = { user: '', password: '' };

/** What a vendor may say of a token that ran out. */
const wordsOfTokens = [
	'This token is expired or never got authenticated.',
	'Session has expired.',
	'Unauthenticated',
	'Unauthorized',
	'User is not authorized. Please log in.',
	'Login required',
	'Your session has timed out',
	'ERROR_UNAUTHORIZED',
	'Access denied: invalid session',
	'Not logged in',
	'Please sign in again',
	'TOKEN_EXPIRED',
	'Invalid ticket',
	'No permission',
	// In no word that anybody listed.
	'Who are you?',
	'Az ideiglenes azonosító lejárt.',
];

/** What it may say of one record. */
const wordsOfRecords = [
	'The recording is password protected and cannot be deleted.',
	'Retention token missing for this call',
	'Access denied',
	'User is not authorized to delete this call.',
	'The session recording is locked.',
	'The call is under legal hold.',
];

/** From the request number so on that deletes, the tokens that were handed out are worth nothing. */
function revokeTokensAtDeletion(
	number: number,
	happens = () => sandbox.verba.revokeTokens(),
): void {
	sandbox.faults.add({
		fault: { kind: 'meanwhile', happens },
		when: ({ url }) => url.includes('action=DeleteCall'),
		after: number - 1,
		times: 1,
	});
}

describe(`Verba's words about accounts and records on n8n-core ${coreVersion}`, () => {
	describe('a token that runs out in the middle of a run is renewed', () => {
		test.each(wordsOfTokens)('"%s"', async (words) => {
			sandbox.verba.words.token = words;
			revokeTokensAtDeletion(10);
			const result = await run(deleteAll, { items: items() });

			expect(outcomes(result)).toEqual(Array(20).fill('deleted'));
			expect(asked('RequestToken')).toHaveLength(2);
			expect(sandbox.verba.records()).toEqual([]);
		});

		test.each([401, 403])('said with HTTP %i', async (status) => {
			sandbox.verba.words.token = 'Nobody knows these words';
			sandbox.verba.wordsStatus = status;
			revokeTokensAtDeletion(10);
			const result = await run(deleteAll, { items: items() });

			expect(outcomes(result)).toEqual(Array(20).fill('deleted'));
			expect(asked('RequestToken')).toHaveLength(2);
		});

		test.each([401, 403])('said with HTTP %i and no words', async (status) => {
			const isDeletionWithOldToken = ({ url }: { url: string }) => {
				const [first] = asked().flatMap(({ token }) => token ?? []);
				return asked('DeleteCall').length >= 10 && url.includes(`token=${first}`);
			};
			sandbox.faults.add({ fault: { kind: 'status', status }, when: isDeletionWithOldToken });
			const result = await run(deleteAll, { items: items() });

			expect(outcomes(result)).toEqual(Array(20).fill('deleted'));
			expect(asked('RequestToken')).toHaveLength(2);
		});

		test('while records are looked for', async () => {
			sandbox.verba.words.token = 'Login required';
			sandbox.faults.add({
				fault: { kind: 'meanwhile', happens: () => sandbox.verba.revokeTokens() },
				when: ({ url }) => url.includes('action=GetCallInformation'),
				after: 5,
				times: 1,
			});
			const result = await run(
				{ identifyBy: 'nativeID', identifier: '={{ $json.nativeID }}' },
				{ items: sandbox.verba.records().map(({ nativeID }) => ({ nativeID })) },
			);
			expect(outcomes(result)).toEqual(Array(20).fill('deleted'));
			expect(asked('RequestToken')).toHaveLength(2);
		});

		test('between two searches', async () => {
			sandbox.verba.words.token = 'Your session has timed out';
			sandbox.faults.add({
				fault: { kind: 'meanwhile', happens: () => sandbox.verba.revokeTokens() },
				when: ({ url }) => url.includes('action=SearchCalls'),
				after: 1,
				times: 1,
			});
			const search = { operation: 'search', start: '2026-01-01', end: '2026-02-01' };
			const { json } = await run({ ...search, returnAll: true }, { items: [{}, {}] });

			expect(json).toHaveLength(40);
			expect(asked('RequestToken')).toHaveLength(2);
		});
	});

	describe('one record that is refused is refused, in its words, and the run goes on', () => {
		describe.each([
			['with a user', {}],
			['with an API key alone', keyAlone],
		])('%s', (_, credentials) => {
			test.each(wordsOfRecords)('"%s"', async (words) => {
				sandbox.verba.requiresAuthentication = credentials !== keyAlone;
				conversation(3).refusalWords = words;
				const result = await run(deleteAll, { items: items(), credentials });

				expect(outcomes(result)).toEqual(
					Array.from({ length: 20 }, (__, index) => (index === 2 ? 'refused' : 'deleted')),
				);
				expect(reasonOf(result.json[2])).toEqual({
					code: 'refusedByVendor',
					message: `Verba answered with code 2 and said: "${words.replace(/\.$/, '')}"`,
				});
				expect(checks()).toHaveLength(1);
				expect(asked('RequestToken').length).toBeLessThanOrEqual(credentials === keyAlone ? 0 : 2);
				expect(deletionsOf(conversation(1).id).length).toBeLessThanOrEqual(2);
			});
		});

		test.each([401, 403])('said with HTTP %i', async (status) => {
			const { id } = conversation(3);
			sandbox.faults.add({
				fault: {
					kind: 'status',
					status,
					body: '<VerbaApi><Response code="2" type="DeleteCall"><ErrorMessage>The recording is password protected</ErrorMessage></Response></VerbaApi>',
				},
				when: ({ url }) => url.includes('DeleteCall') && url.includes(id),
			});
			const result = await run(deleteAll, { items: items() });

			expect(result.json[2]).toMatchObject({
				outcome: 'refused',
				reason: { message: expect.stringContaining('password protected') as unknown },
			});
			expect(outcomes(result).filter((outcome) => outcome === 'deleted')).toHaveLength(19);
			expect(checks()).toHaveLength(1);
		});

		test('where it is looked for, too', async () => {
			sandbox.faults.add({
				fault: {
					kind: 'status',
					status: 200,
					body: '<VerbaApi><Response code="2" type="GetCallInformation"><ErrorMessage>Access denied to this session</ErrorMessage></Response></VerbaApi>',
				},
				when: ({ url }) => url.includes('nativeID=TRS3&'),
			});
			const result = await run(
				{ identifyBy: 'nativeID', identifier: '={{ $json.nativeID }}' },
				{ items: sandbox.verba.records().map(({ nativeID }) => ({ nativeID })) },
			);
			expect(result.json[2]).toMatchObject({
				outcome: 'refused',
				reason: { message: expect.stringContaining('Access denied to this session') as unknown },
			});
			expect(outcomes(result).filter((outcome) => outcome === 'deleted')).toHaveLength(19);
			expect(checks()).toHaveLength(1);
		});
	});

	describe('an account that is turned down stops the run', () => {
		describe.each([
			['with a user', {}],
			['with an API key alone', keyAlone],
		])('%s', (_, credentials) => {
			test.each(['Unauthorized', 'Access denied', 'Who are you?'])('"%s"', async (words) => {
				// A token is given, and no request with it is served.
				sandbox.verba.tokenLifetime = -1;
				sandbox.verba.words.token = words;
				const result = await run(deleteAll, { items: items(), credentials });

				expect(new Set(outcomes(result))).toEqual(new Set(['skipped']));
				expect(reasonOf(result.json[19])).toMatchObject({
					code: 'badCredentials',
					message: expect.stringContaining(
						`Verba did not accept the credentials and said: "${words.replace(/\.$/, '')}"`,
					) as unknown,
				});
				expect(asked('DeleteCall')).toEqual([]);
				expect(asked().length).toBeLessThanOrEqual(6);
			});
		});

		test('in the middle, in the words in which a record was refused before', async () => {
			conversation(2).refusalWords = 'Access denied';
			sandbox.verba.words.apiKey = 'Access denied';
			sandbox.verba.words.token = 'Access denied';
			sandbox.verba.words.login = 'Access denied';
			sandbox.verba.fill(400);
			conversation(2).refusalWords = 'Access denied';
			revokeTokensAtDeletion(12, () => sandbox.verba.revokeCredentials());
			const result = await run({ ...deleteAll, options: { lookFirst: false } }, { items: items() });
			const ends = outcomes(result);

			expect(ends.slice(0, 5)).toEqual(['accepted', 'refused', 'accepted', 'accepted', 'accepted']);
			expect(ends.at(-1)).toBe('skipped');
			expect(reasonOf(result.json.at(-1))?.code).toBe('badCredentials');
			expect(ends.filter((end) => end === 'refused').length).toBeLessThanOrEqual(101);
		});
	});

	test('100 password-protected recordings cost one token and one check, not one each', async () => {
		sandbox.verba.fill(100);
		for (const [index, each] of sandbox.verba.records().entries()) {
			each.refusalWords = `Recording ${7000 + index} of ${each.id} is password protected.`;
		}
		const result = await run(deleteAll, { items: items() });

		expect(outcomes(result)).toEqual(Array(100).fill('refused'));
		expect(checks()).toHaveLength(1);
		expect(asked('RequestToken')).toHaveLength(2);
		// The one that was asked for again with the fresh token.
		expect(asked('DeleteCall')).toHaveLength(101);
	});

	test('100 recordings that are refused in 100 ways cost ten checks', async () => {
		sandbox.verba.fill(100);
		for (const each of sandbox.verba.records()) {
			const letters = each.nativeID.replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));
			each.refusalWords = `${letters} is password protected.`;
		}
		const result = await run(deleteAll, { items: items() });

		expect(outcomes(result)).toEqual(Array(100).fill('refused'));
		expect(checks().length).toBeLessThanOrEqual(10);
		expect(asked('RequestToken').length).toBeLessThanOrEqual(11);
	});

	test('a check that gets no answer: nothing is settled by words, and no record is given up', async () => {
		conversation(3).refusalWords = 'The recording is password protected.';
		sandbox.faults.add({
			fault: { kind: 'resetAfter' },
			when: ({ url }) => url.includes(nobodys),
			times: 1,
		});
		const result = await run(deleteAll, { items: items() });

		expect(result.json[2]).toMatchObject({ outcome: 'refused', attempts: 2 });
		expect(outcomes(result).filter((outcome) => outcome === 'deleted')).toHaveLength(19);

		sandbox.faults.clear();
		sandbox.verba.fill(3);
		conversation(3).refusalWords = 'The recording is password protected.';
		sandbox.faults.add({
			fault: { kind: 'status', status: 502 },
			when: ({ url }) => url.includes(nobodys),
		});
		const never = await run(deleteAll, { items: items() });
		expect(outcomes(never)).toEqual(['deleted', 'deleted', 'failed']);
		expect(reasonOf(never.json[2])).toEqual({
			code: 'notDelivered',
			message:
				'Verba was not reached: the credentials could not be checked again: HTTP 502. Check the address in the credentials, and try again',
		});
	}, 60_000);
});
