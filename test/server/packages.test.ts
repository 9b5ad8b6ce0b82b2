/**
 * The packages for one vendor in a real n8n: one alone, then all five beside each other, then beside
 * the whole one. One n8n for all of it, started anew with more packages in it each time.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { INode, INodeTypeDescription, IWorkflowBase } from 'n8n-workflow';

import type { Receipt } from '../../erasure/receipt';
import { sandboxAccounts, webhookKey } from '../../sandbox/accounts';
import { Sandbox } from '../../sandbox/sandbox';
import { readPackages } from '../../scripts/build/packages';
import { N8nApi, type ExportedWorkflow, type StoredCredential } from '../../scripts/n8n/n8nApi';
import { N8nServer } from '../../scripts/n8n/n8nServer';
import { installIntoN8n, pack } from '../../scripts/n8n/tarball';
import { owner } from '../../scripts/n8n/temporaryN8n';
import { moveTypes, readNodes } from '../../scripts/workflows/moveTypes';
import { deleteByAgent } from './examples/carriedAgent';
import { ChatModel } from './examples/chatModel';
import { findUnknown } from './examples/knownToN8n';
import { trialOf, trials, type Trial } from './examples/trials';
import { startTimeout } from './n8n';

const root = join(__dirname, '..', '..');

const packages = readPackages(root);

const whole = 'n8n-nodes-call-erasure';

const nameOf = (vendor: string) => `n8n-nodes-${vendor.toLowerCase()}-erasure`;

function exampleOf(packageName: string, file = 'delete-at-one-vendor.json'): ExportedWorkflow {
	const path = join(root, 'packages', packageName, 'workflows', file);
	return JSON.parse(readFileSync(path, 'utf8')) as ExportedWorkflow;
}

/** Whose package is in an n8n by itself: one in every run of the tests, any by `PACKAGE_ALONE=verba`. */
const alone = trialOf(process.env.PACKAGE_ALONE ?? 'flyflow');

const folder = process.env.N8N_SERVER_FOLDER ?? '';
let userFolder: string;
let sandbox: Sandbox;
let server: N8nServer | undefined;
let api: N8nApi;
let types: INodeTypeDescription[];
const credentials: StoredCredential[] = [];

beforeAll(async () => {
	userFolder = mkdtempSync(join(tmpdir(), 'call-erasure-packages-'));
	sandbox = await Sandbox.start();
});
afterAll(async () => {
	await server?.stop();
	await sandbox?.stop();
	rmSync(userFolder, { recursive: true, force: true, maxRetries: 3 });
}, 60_000);

/** Puts more packages into the n8n and starts it, the first time with its owner and accounts. */
async function startWith(names: readonly string[]): Promise<void> {
	await server?.stop();
	for (const name of names) {
		const found = packages.find((each) => each.name === name)!;
		await installIntoN8n((await pack(userFolder, found.folder)).path, userFolder);
	}
	server = await N8nServer.start({ folder, userFolder });
	api = new N8nApi(server.address);
	if (credentials.length === 0) await api.setUpOwner(owner);
	else await api.signIn(owner);
	types = await api.nodeTypes();
}

async function storeCredential(type: string, data: object): Promise<StoredCredential> {
	const stored = await api.createCredential(type, data as Record<string, string>);
	credentials.push(stored);
	return stored;
}

/** The sandbox's credential of a vendor, and its type. */
function accountOf(vendor: string): [type: string, data: object] {
	return Object.entries(sandboxAccounts(sandbox)).find(([type]) => type.startsWith(vendor))!;
}

/** Publishes a workflow, calls its webhook with what the vendor's trial says, and takes it away. */
async function erase(workflow: ExportedWorkflow, { vendor, body }: Trial): Promise<Receipt[]> {
	const workflowId = await api.publishWorkflow(workflow, credentials);
	const key = { [webhookKey.name]: webhookKey.value };
	try {
		const { receipts } = await api.callWebhook<{ receipts: Receipt[] }>(
			`delete-at-${vendor.toLowerCase()}`,
			body(sandbox),
			key,
		);
		return receipts;
	} finally {
		await api.deleteWorkflow(workflowId);
	}
}

/** Gives receipts of the vendor's own package to Recheck of the whole one. */
async function recheck(vendor: Trial['vendor'], receipts: readonly Receipt[]): Promise<Receipt[]> {
	const text = JSON.stringify(exampleOf(nameOf(vendor)));
	const moved = JSON.parse(moveTypes(text, whole, readNodes(root)).text) as ExportedWorkflow;
	const { nodes, connections } = moved as unknown as Pick<IWorkflowBase, 'nodes' | 'connections'>;
	const node = nodes.find(({ type }) => type === `${whole}.${vendor}`)!;
	node.parameters = { resource: 'receipt', operation: 'recheck', options: {} };
	const split = {
		name: 'Receipts',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		parameters: { fieldToSplitOut: 'body.receipts', options: {} },
		position: [120, 0],
		id: 'receipts',
	};
	const leadTo = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const workflow: ExportedWorkflow = {
		...moved,
		nodes: [...nodes, split],
		connections: {
			...connections,
			'Deletion request': leadTo(split.name),
			[split.name]: leadTo(node.name),
		},
	};
	const { left, outcomes } = trialOf(vendor);
	return await erase(workflow, { vendor, left, outcomes, body: () => ({ receipts }) });
}

/** @param way a workflow that is called by its webhook, or whatever else erases what a trial says */
async function carryOut(
	trial: Trial,
	way: ExportedWorkflow | ((body: Record<string, unknown>) => Promise<Receipt[]>),
): Promise<Receipt[]> {
	sandbox.forget();
	sandbox[trial.vendor].fill(5);
	const before = trial.left(sandbox);
	const body = trial.body(sandbox);
	const ids = Object.values(body).flatMap((value) =>
		Array.isArray(value) ? (value as string[]) : [],
	);
	const receipts = await (typeof way === 'function' ? way(body) : erase(way, trial));
	expect(receipts.map(({ outcome }) => outcome)).toEqual(trial.outcomes);
	expect(trial.left(sandbox)).toEqual(before.filter((id) => !ids.includes(id)));
	return receipts;
}

/** Our nodes that n8n has loaded, tools left out. */
const loaded = () =>
	types.map(({ name }) => name).filter((name) => /-erasure\.(?!.*Tool$)/.test(name));

describe('The packages for one vendor in a real n8n', () => {
	describe('one alone', () => {
		beforeAll(async () => {
			await startWith([nameOf(alone.vendor)]);
			await storeCredential('httpHeaderAuth', webhookKey);
			const [type, data] = accountOf(alone.vendor);
			await storeCredential(type, data);
		}, startTimeout);

		test('is loaded with its tool, and nothing else of ours', () => {
			const type = `${nameOf(alone.vendor)}.${alone.vendor}`;
			expect(loaded()).toEqual([type]);
			expect(types.map(({ name }) => name)).toContain(`${type}Tool`);
		});

		test('has a Test button that reaches the vendor', async () => {
			sandbox.forget();
			const [, account] = credentials;
			expect((await api.testCredential(account!)).status).toBe('OK');
			expect(sandbox.requestsTo(alone.vendor).length).toBeGreaterThan(0);
			const key = alone.vendor === 'creovai' ? 'clientSecret' : 'apiKey';
			const changed = await api.testCredential(account!, { [key]: 'another' });
			expect(changed.status).toBe('Error');
		});

		test('runs its example from end to end', async () => {
			await carryOut(alone, exampleOf(nameOf(alone.vendor)));
		});
	});

	describe('all five beside each other', () => {
		beforeAll(async () => {
			const others = trials.filter(({ vendor }) => vendor !== alone.vendor);
			await startWith(others.map(({ vendor }) => nameOf(vendor)));
			for (const { vendor } of others) await storeCredential(...accountOf(vendor));
		}, startTimeout);

		test('are all loaded', () => {
			expect(loaded().sort()).toEqual(trials.map(({ vendor }) => `${nameOf(vendor)}.${vendor}`));
		});

		test.each(trials.map((trial) => [nameOf(trial.vendor), trial] as const))(
			'%s runs its example from end to end',
			async (name, trial) => {
				await carryOut(trial, exampleOf(name));
			},
		);

		describe('their agents', () => {
			let model: ChatModel;
			let accounts: StoredCredential[];
			beforeAll(async () => {
				model = await ChatModel.start();
				const openAi = { apiKey: 'stand-in', url: model.address };
				accounts = [...credentials, await api.createCredential('openAiApi', openAi)];
			});
			afterAll(async () => await model?.stop());

			test.each(trials.map((trial) => [nameOf(trial.vendor), trial] as const))(
				'%s: deletes what it has previewed and a person has approved',
				async (name, trial) => {
					await carryOut(trial, async (body) => {
						const lists = Object.entries(body).map(([field, ids]) => [field, String(ids)]);
						const input = Object.fromEntries(lists) as Record<string, string>;
						const example = exampleOf(name, 'agent-tool.json');
						return await deleteByAgent({ api, model }, example, accounts, input);
					});
				},
			);
		});

		test.each(trials.map(({ vendor }) => nameOf(vendor)))(
			'n8n knows all that stands in the examples of %s',
			(name) => {
				for (const file of ['delete-at-one-vendor.json', 'agent-tool.json']) {
					const nodes = exampleOf(name, file).nodes as unknown as INode[];
					expect(nodes.flatMap((node) => findUnknown(node, types))).toEqual([]);
				}
			},
		);
	});

	describe('beside the whole one', () => {
		beforeAll(async () => await startWith([whole]), startTimeout);

		test('all are loaded: each vendor’s node is listed twice, by either package', () => {
			for (const { vendor } of trials) {
				expect(loaded()).toEqual(
					expect.arrayContaining([`${whole}.${vendor}`, `${nameOf(vendor)}.${vendor}`]),
				);
			}
			const { nodes } = packages.find(({ name }) => name === whole)!;
			expect(loaded()).toHaveLength(nodes.length + trials.length);
		});

		test('lists each kind of credential twice', async () => {
			const names = (await api.credentialTypes()).map(({ name }) => name);
			for (const type of Object.keys(sandboxAccounts(sandbox))) {
				expect(names.filter((name) => name === type)).toHaveLength(2);
			}
		});

		test('an account that was stored for one is used by the nodes of both', async () => {
			const trial = trialOf('flyflow');
			const workflow = exampleOf(nameOf('flyflow'));
			const [own] = await carryOut(trial, workflow);
			const moved = moveTypes(JSON.stringify(workflow), whole, readNodes(root));
			expect(moved.moved).toHaveLength(1);
			const [other] = await carryOut(trial, JSON.parse(moved.text) as ExportedWorkflow);
			// The same account to both: receipts of the one can be rechecked by the other.
			expect(other?.account).toMatch(/^[0-9a-f]{16}$/);
			expect(other?.account).toBe(own?.account);
		});

		test('receipts of one are rechecked by the other, whose seal it knows', async () => {
			const receipts = await carryOut(trialOf('creovai'), exampleOf(nameOf('creovai')));
			const rechecked = await recheck('creovai', receipts);
			expect(rechecked.map(({ outcome, evidence }) => [outcome, evidence])).toEqual(
				receipts.map(() => ['deleted', 'rechecked']),
			);
			const [first] = receipts;
			const altered = { ...first!, target: { ...first!.target, sessionId: 's999999' } };
			const [doubted] = await recheck('creovai', [altered]);
			expect(doubted?.outcome).not.toBe('deleted');
		});

		test('the Test button of every account still works', async () => {
			const accounts = credentials.filter(({ type }) => type !== 'httpHeaderAuth');
			expect(accounts).toHaveLength(5);
			for (const account of accounts) {
				expect(await api.testCredential(account)).toMatchObject({ status: 'OK' });
			}
		});
	});
});
