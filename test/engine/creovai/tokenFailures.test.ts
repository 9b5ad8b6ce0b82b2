/* eslint max-lines: "off" -- one table of what can go wrong with a token */
/**
 * Creovai's tokens: what goes wrong with one is said of the Token Base URL, and never counts as a
 * purge, because none went out.
 */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import type { Receipt } from '../../../erasure/receipt';
import { sandboxAccounts } from '../../../sandbox/accounts';
import type { Fault } from '../../../sandbox/faults/faults';
import type { LoggedRequest } from '../../../sandbox/loggedRequest';
import { Sandbox } from '../../../sandbox/sandbox';
import { Unreachable } from '../../../sandbox/faults/unreachable';
import { coreVersion, runNode, type RunOptions, type RunResult } from '../engine';

let sandbox: Sandbox;
let unreachable: Unreachable;
beforeAll(async () => {
	sandbox = await Sandbox.start();
	unreachable = await Unreachable.start();
});
afterAll(async () => {
	await sandbox.stop();
	await unreachable.stop();
});
beforeEach(() => {
	sandbox.forget();
	sandbox.creovai.fill(300);
	sandbox.creovai.tokenLifetime = 1799;
	// Another account for each test: what a process keeps of tokens is kept by account.
	sandbox.creovai.clientSecret = randomUUID();
});

const ids = (count: number) =>
	Array.from({ length: count }, (_, index) => `c${String(index + 1).padStart(6, '0')}`);

interface Given extends Partial<Omit<RunOptions, 'type' | 'credentials'>> {
	account?: IDataObject;
}

async function purge(count: number, { account, parameters, ...others }: Given = {}) {
	return await runNode({
		type: 'creovai',
		items: ids(count).map((id) => ({ id, phone: `+1512555${1000 + Number(id.slice(1))}` })),
		parameters: {
			resource: 'call',
			operation: 'purgeByCallId',
			callId: '={{ $json.id }}',
			phoneNumber: '={{ $json.phone }}',
			...parameters,
		},
		onError: 'continueRegularOutput',
		credentials: {
			creovaiOAuth2Api: { ...sandboxAccounts(sandbox).creovaiOAuth2Api, ...account },
		},
		...others,
	});
}

/** By the number itself, so that nothing that was sent may be sent again. */
const byNumber = { operation: 'purgeByCustomer', purgeStrategy: 'direct' };

const isForToken = ({ url }: { url: string }) => url.endsWith('/Token');
const tokens = (): LoggedRequest[] => sandbox.requests.filter(isForToken);
const purges = (): LoggedRequest[] => sandbox.requests.filter((request) => !isForToken(request));

const receipts = ({ json }: RunResult) => json as unknown as Receipt[];

function failTokens(fault: Fault, times?: number): void {
	sandbox.faults.add({ when: isForToken, fault, ...(times === undefined ? {} : { times }) });
}

/** What stands in a token's reply in place of what the vendor documents. */
const answer = (changes: IDataObject): Fault => ({
	kind: 'garble',
	change: (payload) => JSON.stringify({ ...(JSON.parse(payload) as IDataObject), ...changes }),
});

const status = (code: number, body = ''): Fault => ({ kind: 'status', status: code, body });

const short = { options: { timeout: 500 } };

describe(`Creovai's tokens on n8n-core ${coreVersion}`, () => {
	describe('no token to be had: the purge was not delivered', () => {
		test.each<[string, Fault, string]>([
			['503', status(503), 'HTTP 503'],
			['500', status(500), 'HTTP 500'],
			['502', status(502), 'HTTP 502'],
			['429', status(429), 'HTTP 429'],
			['no answer', { kind: 'noAnswer' }, 'the time for it ran out'],
			['an answer too late', { kind: 'late', ms: 900 }, 'the time for it ran out'],
			['an answer that drips', { kind: 'trickle', everyMs: 20 }, 'the time for it ran out'],
			['a reset', { kind: 'resetAfter' }, 'the connection was reset'],
			['half an answer', { kind: 'cutOff' }, 'the reply broke off'],
		])('%s', async (_, fault, why) => {
			failTokens(fault);
			const wanted = {
				outcome: 'failed',
				reason: {
					code: 'notDelivered',
					message: `Creovai was not reached: no token could be fetched from the Token Base URL: ${why}. Check the address in the credentials, and try again`,
				},
			};
			// Four attempts, and none of them is a purge.
			expect(receipts(await purge(2, { parameters: short }))).toMatchObject([wanted, wanted]);
			expect(tokens()).toHaveLength(4);
			expect(purges()).toEqual([]);
		});

		test.each<[string, Fault]>([
			['no answer', { kind: 'noAnswer' }],
			['503', status(503)],
		])(
			'and a phone number is sent by the next try, once there is a token: %s',
			async (_, fault) => {
				failTokens(fault, 4);
				const result = await purge(1, { maxTries: 2, parameters: { ...byNumber, ...short } });

				expect(receipts(result)).toMatchObject([{ outcome: 'accepted' }]);
				expect(purges()).toHaveLength(1);
			},
		);

		test('one that comes later is waited for within the run', async () => {
			failTokens(status(503), 2);
			expect(receipts(await purge(2))).toMatchObject([
				{ outcome: 'accepted' },
				{ outcome: 'accepted' },
			]);
			expect(tokens()).toHaveLength(3);
			expect(purges()).toHaveLength(1);
		});

		test('nobody there', async () => {
			const result = await purge(1, { account: { tokenBaseUrl: unreachable.refused } });
			expect(receipts(result)).toMatchObject([
				{
					outcome: 'failed',
					reason: {
						message:
							'Creovai was not reached: no token could be fetched from the Token Base URL: the connection was refused. Check the address in the credentials, and try again',
					},
				},
			]);
			expect(sandbox.requests).toEqual([]);
		});

		test('a cancelled execution does not wait for a token', async () => {
			failTokens({ kind: 'noAnswer' });
			const began = Date.now();
			const result = await purge(1, {
				onStart: (cancel) => void until(() => tokens().length > 0).then(cancel),
			});
			expect(Date.now() - began).toBeLessThan(15_000);
			expect(purges()).toEqual([]);
			expect(result.run.status).toBe('canceled');
		});
	});

	describe('no good credentials: nothing more is sent', () => {
		test.each([400, 401, 403])('%i', async (code) => {
			failTokens(status(code, '{"error":"invalid_client"}'));
			const result = await purge(250);

			expect(new Set(receipts(result).map(({ outcome }) => outcome))).toEqual(new Set(['skipped']));
			expect(receipts(result)[0]?.reason).toEqual({
				code: 'badCredentials',
				message: `Creovai gave no token for this Client ID and Client Secret (HTTP ${code}). Check both, and Token Base URL, in n8n under Credentials; a secret is valid for 365 days`,
			});
			expect(sandbox.requests).toHaveLength(1);
		});

		test.each<[string, Fault]>([
			['a page for people', status(200, '<html>Sign in</html>')],
			['404', status(404)],
			['JSON without a token', status(200, '{"token_type":"bearer"}')],
			['no object', status(200, '["access_token"]')],
			['an empty token', answer({ access_token: '' })],
			['a token that is no text', answer({ access_token: 5 })],
			['a token with a line break', answer({ access_token: 'tokenOfTheTest\ndef' })],
			['a token with a typographic quote', answer({ access_token: '“tokenOfTheTest”' })],
			['another type', answer({ token_type: 'mac' })],
			['no type', answer({ token_type: null })],
		])('what is no token as documented: %s', async (_, fault) => {
			failTokens(fault);
			const result = await purge(2);

			expect(receipts(result)).toMatchObject([
				{
					outcome: 'skipped',
					reason: {
						code: 'badCredentials',
						message: expect.stringMatching(
							/^What answered at the Token Base URL \(HTTP \d{3}\) gave no token as Creovai documents it\. Check /,
						) as unknown,
					},
				},
				{ outcome: 'skipped' },
			]);
			expect(sandbox.requests).toHaveLength(1);
			expect(JSON.stringify(result.json)).not.toContain('tokenOfTheTest');
		});

		test('a 401 for ever: one renewal, two purges, and that is all', async () => {
			sandbox.faults.add({ when: (request) => !isForToken(request), fault: status(401) });
			const result = await purge(250);

			expect(new Set(receipts(result).map(({ outcome }) => outcome))).toEqual(new Set(['skipped']));
			expect(receipts(result)[0]?.reason?.code).toBe('badCredentials');
			expect(tokens()).toHaveLength(2);
			expect(purges()).toHaveLength(2);
		});

		test('a phone number that is turned down by 401 is sent again with another token, once', async () => {
			sandbox.faults.add({
				when: (request) => !isForToken(request),
				times: 1,
				fault: status(401),
			});
			const result = await purge(1, { parameters: byNumber });
			expect(receipts(result)).toMatchObject([{ outcome: 'accepted' }]);
			expect(tokens()).toHaveLength(2);
			expect(purges()).toHaveLength(2);
		});
	});

	describe('one for all', () => {
		test('sends the documented request, and the secret in its body alone', async () => {
			await purge(1, { account: { clientSecret: 'a b&c=d+é' } });
			const [request] = tokens();
			expect(request).toMatchObject({ method: 'POST', url: '/Token' });
			expect(request?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
			expect(request?.headers).not.toHaveProperty('authorization');
			expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
				grant_type: 'client_credentials',
				client_id: sandbox.creovai.clientId,
				client_secret: 'a b&c=d+é',
			});
		});

		test('runs at the same time fetch one token, and so do those that come later', async () => {
			sandbox.latency = 50;
			await Promise.all([purge(1), purge(1), purge(1)]);
			await purge(1);
			expect(tokens()).toHaveLength(1);
			expect(purges()).toHaveLength(4);
		});

		test('another account has another', async () => {
			await purge(1);
			const address = sandbox.address('creovai').replace('127.0.0.1', 'localhost');
			await purge(1, { account: { tokenBaseUrl: address } });
			await purge(1, { account: { clientSecret: 'wrong' } });
			expect(tokens().map(({ status: code }) => code)).toEqual([200, 200, 401]);
			expect(purges()).toHaveLength(2);
		});

		test('is replaced in time, before Creovai turns it down', async () => {
			sandbox.creovai.tokenLifetime = 1;
			await purge(1);
			await new Promise((resolve) => setTimeout(resolve, 1200));
			await purge(1);
			expect(tokens()).toHaveLength(2);
			expect(purges().map(({ status: code }) => code)).toEqual([200, 200]);
		});

		test('a run that is cancelled while it fetches does not take the others with it', async () => {
			failTokens({ kind: 'noAnswer' }, 1);
			let cancelFirst = () => {};
			const first = purge(1, { onStart: (cancel) => (cancelFirst = cancel) });
			await until(() => tokens().length === 1);
			const second = purge(1);
			// Time to come to where it waits for the token of the first.
			await new Promise((resolve) => setTimeout(resolve, 300));
			cancelFirst();
			await first;
			expect(receipts(await second)).toMatchObject([{ outcome: 'accepted' }]);
			expect(tokens()).toHaveLength(2);
		});

		test('reads the credential once, however many requests there are, and writes nothing to it', async () => {
			const stored = { ...sandboxAccounts(sandbox).creovaiOAuth2Api };
			const result = await runNode({
				type: 'creovai',
				items: [{ id: ids(300) }],
				parameters: { resource: 'call', operation: 'purgeByCallId', callId: '={{ $json.id }}' },
				credentials: { creovaiOAuth2Api: stored },
			});
			expect(result.credentialReads).toBe(1);
			expect(purges()).toHaveLength(3);
			expect(stored).toEqual(sandboxAccounts(sandbox).creovaiOAuth2Api);
		});

		test('a credential that n8n’s own client left a token in works as it is', async () => {
			const oauthTokenData = { access_token: 'left-behind', token_type: 'bearer' };
			const account = {
				grantType: 'clientCredentials',
				authentication: 'body',
				accessTokenUrl: `${sandbox.address('creovai')}/Token`,
				oauthTokenData,
			};
			const result = await purge(1, { account });
			expect(receipts(result)).toMatchObject([{ outcome: 'accepted' }]);
			expect(tokens()).toHaveLength(1);
			expect(JSON.stringify(sandbox.requests)).not.toContain('left-behind');
		});
	});
});

async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}
