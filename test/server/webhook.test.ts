/* eslint max-lines: "off" -- one published workflow, called in many ways */
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import type { Receipt } from '../../erasure/receipt';
import { webhookKey } from '../../sandbox/accounts';
import { RateLimit } from '../../sandbox/faults/rateLimit';
import { exampleWorkflow, ownN8n, startStage, startTimeout, type Stage } from './n8n';
import { testRequestEdges } from './requests/edges';
import { testRequests } from './requests/requests';

let stage: Stage;
let workflowId: string;

beforeAll(async () => {
	stage = await startStage();
	const { api } = stage.n8n;
	const example = exampleWorkflow('delete-by-webhook');
	const { flyflow, creovai, webhook } = stage;
	workflowId = await api.publishWorkflow(example, [flyflow, creovai, webhook]);
}, startTimeout);
afterAll(async () => await stage?.stop(), 60_000);
beforeEach(() => {
	stage.sandbox.forget();
	stage.sandbox.flyflow.fill(300);
	stage.sandbox.creovai.fill(300);
});

async function erase(
	body: object,
	headers = { [webhookKey.name]: webhookKey.value as string },
): Promise<Receipt[]> {
	const { receipts } = await stage.n8n.api.callWebhook<{ receipts: Receipt[] }>(
		'erase-calls',
		body,
		headers,
	);
	return receipts;
}

function outcomes(receipts: readonly Receipt[]): string[] {
	return receipts.map(
		({ vendor, target, outcome }) => `${vendor} ${target.callId ?? '-'} ${outcome}`,
	);
}

function requests(vendor: string): string[] {
	return stage.sandbox.requestsTo(vendor).map(({ method, url }) => `${method} ${url}`);
}

/** The calls from the first to the last number, in the sandbox's own names. */
function range(first: number, last: number, name: (number: number) => string): string[] {
	return Array.from({ length: last - first + 1 }, (_, index) => name(first + index));
}

const flyflowId = (number: number) => `call_${number}`;
const creovaiId = (number: number) => `c${String(number).padStart(6, '0')}`;

describe('A webhook that deletes at Flyflow, then at Creovai', () => {
	test('answers with every receipt in order, and the records are gone', async () => {
		const flyflowCallIds = [...range(2, 40, flyflowId).reverse(), 'call_unknown'];
		const creovaiCallIds = [...range(2, 100, creovaiId).reverse(), 'c999999'];

		const receipts = await erase({ flyflowCallIds, creovaiCallIds });

		expect(outcomes(receipts)).toEqual([
			...flyflowCallIds.map(
				(id) => `flyflow ${id} ${id === 'call_unknown' ? 'notFound' : 'deleted'}`,
			),
			...creovaiCallIds.map((id) => `creovai ${id} ${id === 'c999999' ? 'notFound' : 'accepted'}`),
		]);
		expect(receipts.map(({ attempts }) => attempts)).toEqual(receipts.map(() => 1));
		expect(stage.sandbox.flyflow.records().map(({ id }) => id)).toEqual([
			'call_1',
			...range(41, 300, flyflowId),
		]);
		expect(stage.sandbox.creovai.records().map(({ id }) => id)).toEqual([
			'c000001',
			...range(101, 300, creovaiId),
		]);
		expect(requests('flyflow').sort()).toEqual(
			flyflowCallIds.map((id) => `DELETE /v1/call/${id}`).sort(),
		);
		expect(requests('creovai')).toEqual(['POST /Token', 'POST /purge/v1/calls']);
		const [, purge] = stage.sandbox.requestsTo('creovai');
		expect(JSON.parse(purge?.body ?? '')).toEqual({ ids: creovaiCallIds });
	});

	test('says that nobody knows of a vendor whose node is deactivated, and asks the other', async () => {
		const { api } = stage.n8n;
		for (const off of ['Flyflow', 'Creovai']) {
			const example = exampleWorkflow('delete-by-webhook');
			const path = `erase-calls-without-${off}`;
			const nodes = example.nodes.map((node) => {
				const isTrigger = node.type === 'n8n-nodes-base.webhook';
				const parameters = isTrigger ? { ...node.parameters, path } : node.parameters;
				const own = isTrigger ? { webhookId: crypto.randomUUID() } : {};
				return { ...node, ...own, parameters, disabled: node.name === off };
			});
			const { flyflow, creovai, webhook } = stage;
			const id = await api.publishWorkflow({ ...example, nodes }, [flyflow, creovai, webhook]);
			const body = { flyflowCallIds: 'call_5', creovaiCallIds: 'c000005' };
			const headers = { [webhookKey.name]: webhookKey.value };
			const { receipts } = await api.callWebhook<{ receipts: Receipt[] }>(path, body, headers);
			await api.deleteWorkflow(id);
			const [one, other] =
				off === 'Flyflow'
					? ['flyflow - unknown', 'creovai c000005 accepted']
					: ['flyflow call_5 deleted', 'creovai - unknown'];
			expect(outcomes(receipts)).toEqual([one, other]);
		}
	});

	test('does nothing for a caller without the key', async () => {
		const headers = { [webhookKey.name]: 'guessed' };
		await expect(erase({ flyflowCallIds: 'call_1' }, headers)).rejects.toThrow(
			'The webhook answered 403',
		);
		expect(stage.sandbox.requests).toEqual([]);
	});

	// What docs/security.md says of n8n, and what to do about it.
	test('leaves its key in what n8n stores, unless nothing is stored', async () => {
		const { api } = stage.n8n;
		await erase({ flyflowCallIds: 'call_3' });
		const [stored] = await api.finishedExecutions(workflowId);
		const output = await api.executionOutput(stored?.id ?? '');
		expect(output.Webhook?.[0]?.[0]).toHaveProperty(['headers', webhookKey.name], webhookKey.value);

		const example = exampleWorkflow('delete-at-one-vendor');
		const settings = { saveDataSuccessExecution: 'none', saveDataErrorExecution: 'none' };
		const forgetful = { ...example, settings: { ...example.settings, ...settings } };
		const credentials = [stage.flyflow, stage.webhook];
		const forgetfulId = await api.publishWorkflow(forgetful, credentials);
		await api.callWebhook(
			'delete-calls',
			{ callIds: ['call_4'] },
			{ [webhookKey.name]: webhookKey.value },
		);
		expect(stage.sandbox.flyflow.records().map(({ id }) => id)).not.toContain('call_4');
		expect(await api.finishedExecutions(forgetfulId)).toEqual([]);
	});

	test('keeps the token for the next execution', async () => {
		await erase({ flyflowCallIds: 'call_1', creovaiCallIds: 'c000001' });
		stage.sandbox.forget();
		const receipts = await erase({ flyflowCallIds: 'call_2', creovaiCallIds: 'c000002' });

		expect(outcomes(receipts)).toEqual(['flyflow call_2 deleted', 'creovai c000002 accepted']);
		expect(requests('creovai')).toEqual(['POST /purge/v1/calls']);
	});

	test('fetches a new token when the kept one is turned down, and purges once', async () => {
		await erase({ flyflowCallIds: 'call_1', creovaiCallIds: 'c000001' });
		stage.sandbox.forget();
		stage.sandbox.creovai.revokeTokens();
		const receipts = await erase({
			flyflowCallIds: 'call_2',
			creovaiCallIds: ['c000002', 'c000003'],
		});

		expect(outcomes(receipts)).toEqual([
			'flyflow call_2 deleted',
			'creovai c000002 accepted',
			'creovai c000003 accepted',
		]);
		const statuses = stage.sandbox
			.requestsTo('creovai')
			.map(({ url, status }) => `${url} ${status}`);
		expect(statuses).toEqual(['/purge/v1/calls 401', '/Token 200', '/purge/v1/calls 200']);
		expect(stage.sandbox.creovai.records()).toHaveLength(297);
	});

	test('answers for Creovai also when Flyflow cannot be asked', async () => {
		const receipts = await erase({ creovaiCallIds: 'c000001' });

		expect(outcomes(receipts)).toEqual(['flyflow - failed', 'creovai c000001 accepted']);
		expect(receipts[0]?.reason?.message).toMatch(/^Call ID is empty in item 0/);
		expect(requests('flyflow')).toEqual([]);
	});

	test('runs as production, which is why it deletes', async () => {
		await erase({ flyflowCallIds: 'call_1', creovaiCallIds: 'c000001' });

		const [latest] = await stage.n8n.api.finishedExecutions(workflowId);
		expect(latest).toMatchObject({ mode: 'webhook', status: 'success' });
		expect(stage.sandbox.flyflow.calls.has('call_1')).toBe(false);
	});
});

describe('A run that takes long', () => {
	const ids = range(1, 300, flyflowId);

	test('stops within a second when somebody stops it, and the log says what was done', async () => {
		const { api, server } = ownN8n(stage);
		// 8 at once and 1.5 s each: in no time is all of this done.
		stage.sandbox.latency = 1500;
		const answer = erase({ flyflowCallIds: ids }).catch(() => []);
		const execution = await until(async () => {
			if (stage.sandbox.requests.length < 5) return undefined;
			return (await api.runningExecutions(workflowId))[0];
		});
		await api.stopExecution(execution);
		const stoppedAt = Date.now();
		await answer;

		const said = await until(() => {
			const line = /Flyflow: Cancelled\. 300 calls: (.*?)\./.exec(server.output);
			return Promise.resolve(line?.[1]);
		});
		// Whatever was under way has been answered by now.
		await sleep(2 * stage.sandbox.latency);
		const late = stage.sandbox.requests.filter(({ at }) => Date.parse(at) > stoppedAt + 1000);
		expect(late).toEqual([]);
		const [, deleted = '0'] = /^(?:(\d+) deleted, )?\d+ unknown, \d+ skipped$/.exec(said) ?? [
			'',
			'none',
		];
		// A request that was under way may still have been carried out: `unknown`, never less.
		const gone = ids.filter((id) => !stage.sandbox.flyflow.calls.has(id)).length;
		expect(Number(deleted)).toBeLessThanOrEqual(gone);
		expect(gone).toBeLessThan(ids.length);
		expect((await api.finishedExecutions(workflowId))[0]?.status).toBe('canceled');
	});

	test("shows how far it is in n8n's log, and no record", async () => {
		stage.sandbox.rateLimit = new RateLimit(40);
		const receipts = await erase({ flyflowCallIds: ids });

		expect(receipts.filter(({ outcome }) => outcome === 'deleted')).toHaveLength(300);
		const { output } = ownN8n(stage).server;
		expect(output).toMatch(
			/Flyflow: Settled \d+ of 300 calls in [\d.]+ s; Flyflow pushed back \d+ request/,
		);
		expect(output).toMatch(/Flyflow: 300 calls: 300 deleted\. Took [\d.]+ s; Flyflow pushed back/);
		expect(output).not.toContain('call_1');
	});
});

/** What `look` gives once it gives anything. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
	const deadline = Date.now() + 20_000;
	for (;;) {
		const seen = await look();
		if (seen !== undefined) return seen;
		if (Date.now() > deadline) throw new Error('Waited 20 seconds for nothing');
		await sleep(20);
	}
}

describe('Requests come in', () => testRequests(() => stage));

describe('Requests come in, at the edges', () => testRequestEdges(() => stage));

describe('What n8n has loaded from the tarball', () => {
	test('every node, and the credential that each takes', async () => {
		const loaded = await stage.n8n.api.nodeTypes();
		const own = loaded.filter(
			({ name }) => name.startsWith('n8n-nodes-call-erasure.') && !name.endsWith('Tool'),
		);
		expect(own.map(({ name, credentials }) => [name, credentials?.[0]?.name]).sort()).toEqual([
			['n8n-nodes-call-erasure.creovai', 'creovaiOAuth2Api'],
			['n8n-nodes-call-erasure.eraseByHttp', 'eraseByHttpApi'],
			['n8n-nodes-call-erasure.erasureCertificate', 'erasureCertificateKeyApi'],
			['n8n-nodes-call-erasure.erasureRequest', 'erasureRequestSecretApi'],
			['n8n-nodes-call-erasure.erasureRequestTrigger', 'erasureRequestSecretApi'],
			['n8n-nodes-call-erasure.flyflow', 'flyflowApi'],
			['n8n-nodes-call-erasure.happyRobot', 'happyRobotApi'],
			['n8n-nodes-call-erasure.kaleyra', 'kaleyraApi'],
			['n8n-nodes-call-erasure.verba', 'verbaApi'],
		]);
	});

	test('each as a tool for an agent', async () => {
		const names = (await stage.n8n.api.nodeTypes()).map(({ name }) => name);
		expect(names).toContain('n8n-nodes-call-erasure.flyflowTool');
		expect(names).toContain('n8n-nodes-call-erasure.creovaiTool');
	});

	test('every credential has a test, which is a node’s', async () => {
		const own = (await stage.n8n.api.nodeTypes()).filter(
			({ name }) => name.startsWith('n8n-nodes-call-erasure.') && !name.endsWith('Tool'),
		);
		const tests = own.flatMap(({ credentials = [] }) =>
			credentials.map(({ name, testedBy }) => [name, testedBy]),
		);
		expect(Object.fromEntries(tests)).toEqual({
			creovaiOAuth2Api: 'creovaiOAuth2ApiTest',
			eraseByHttpApi: 'eraseByHttpApiTest',
			eraseByHttpOAuth2Api: 'eraseByHttpOAuth2ApiTest',
			erasureCertificateKeyApi: 'erasureCertificateKeyApiTest',
			erasureRequestHeaderApi: 'erasureRequestHeaderApiTest',
			erasureRequestSecretApi: 'erasureRequestSecretApiTest',
			flyflowApi: 'flyflowApiTest',
			happyRobotApi: 'happyRobotApiTest',
			kaleyraApi: 'kaleyraApiTest',
			verbaApi: 'verbaApiTest',
		});
	});
});

describe("The Test button of Flyflow's credential", () => {
	test('says yes to the right key and address, and changes nothing', async () => {
		expect(await stage.n8n.api.testCredential(stage.flyflow)).toMatchObject({ status: 'OK' });
		expect(requests('flyflow')).toEqual(['GET /v1/calls?limit=1']);
	});

	test.each([
		[
			'a wrong key',
			{ apiKey: 'wrong' },
			'Flyflow did not accept the API key. Check API Key and Base URL',
		],
		[
			'an address that is nothing',
			{ baseUrl: 'flyflow' },
			'Base URL in the credentials is not a web address. Enter one such as https://api.example.com',
		],
		[
			'an address that is not protected',
			{ baseUrl: 'http://api.flyflow.dev/v1' },
			'Base URL in the credentials starts with http://, which would send the key unprotected. Use https://',
		],
		[
			'a closed port',
			{ baseUrl: 'http://127.0.0.1:9/v1' },
			"Flyflow was not reached: the connection was refused. Check Base URL, and whether n8n's machine can reach that address",
		],
	])('says no to %s', async (_, changes, message) => {
		const answer = await stage.n8n.api.testCredential(stage.flyflow, changes);
		expect(answer).toEqual({ status: 'Error', message });
	});

	test('says no to an address with something else behind it', async () => {
		const baseUrl = stage.sandbox.address('flyflow');
		expect(await stage.n8n.api.testCredential(stage.flyflow, { baseUrl })).toEqual({
			status: 'Error',
			message:
				'There is no Flyflow API at this Base URL. The one of version 1 is https://api.flyflow.dev/v1',
		});
	});
});

describe("The Test button of Creovai's credential", () => {
	test('says yes to the right secret and address, and purges nothing', async () => {
		expect(await stage.n8n.api.testCredential(stage.creovai)).toMatchObject({ status: 'OK' });
		expect(new Set(requests('creovai'))).toEqual(new Set(['POST /Token']));
	});

	test.each([
		[
			'a wrong secret',
			{ clientSecret: 'wrong' },
			/^Creovai gave no token for this Client ID and Client Secret \(HTTP \d+\)/,
		],
		['a closed port', { tokenBaseUrl: 'http://127.0.0.1:9' }, /the connection was refused/],
		[
			'an address that is nothing',
			{ tokenBaseUrl: 'creovai' },
			/^Token Base URL in the credentials is not a web address/,
		],
		[
			'an address that is not protected',
			{ tokenBaseUrl: 'http://acme.audio.creovai.com' },
			/^Token Base URL in the credentials starts with http:/,
		],
	])('says no to %s', async (_, changes, message) => {
		const answer = await stage.n8n.api.testCredential(stage.creovai, changes);
		expect(answer.status).toBe('Error');
		expect(answer.message).toMatch(message);
	});

	test('says no to an address with something else behind it', async () => {
		const tokenBaseUrl = stage.sandbox.address('nowhere');
		const answer = await stage.n8n.api.testCredential(stage.creovai, { tokenBaseUrl });
		expect(answer.status).toBe('Error');
		expect(answer.message).toMatch(
			/^What answered at the Token Base URL \(HTTP 404\) gave no token/,
		);
	});
});
