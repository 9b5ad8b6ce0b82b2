/* eslint max-lines: "off" -- one operation, held at five vendors by the same cases */
/** Resource Receipt, operation Recheck, at every vendor: receipts in, receipts out, nothing changed. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { receiptSealer, type ReceiptSealer } from '../../erasure/receiptSeal';
import { Sandbox } from '../../sandbox/sandbox';
import type { ContractEntry } from './contract/entry';
import { entries as allEntries } from './contract/entries';
import { coreVersion, runNode, type RunOptions, type RunResult } from './engine';
import { fieldsNotShown } from './outputSchema';
import { ownerOf, writtenBy } from './receiptOwner';
import { callTools } from './toolCalls';

let sandbox: Sandbox;
let otherServer: Sandbox;
beforeAll(async () => {
	[sandbox, otherServer] = await Promise.all([Sandbox.start(), Sandbox.start()]);
});
afterAll(async () => await Promise.all([sandbox.stop(), otherServer.stop()]));
beforeEach(() => {
	sandbox.forget();
	otherServer.forget();
});

/** Whose records go: a flow that is deprecated stays. */
const entries = allEntries.filter(({ erased }) => erased.outcome !== 'deprecated');

type Changes = Partial<Omit<RunOptions, 'type' | 'items' | 'parameters'>> & {
	readonly options?: IDataObject;
};

async function recheck(
	type: string,
	credentials: RunOptions['credentials'],
	items: IDataObject[],
	{ options = {}, ...changes }: Changes = {},
): Promise<RunResult> {
	const parameters = { resource: 'receipt', operation: 'recheck', options };
	return await runNode({ type, parameters, items, credentials, ...changes });
}

async function runEntry(
	entry: ContractEntry,
	names: readonly string[],
	changes: Partial<RunOptions> = {},
): Promise<RunResult> {
	const { type, parameters } = entry;
	const credentials = entry.credentials(sandbox);
	const items = [entry.item(names)];
	const onError = 'continueRegularOutput';
	return await runNode({ type, parameters, items, credentials, onError, ...changes });
}

/** By the digits that a preview has; no record has to be there for it. */
async function accountOf(
	entry: ContractEntry,
	credentials: RunOptions['credentials'],
): Promise<ReceiptSealer> {
	const { json } = await runEntry(entry, [entry.missing], { mode: 'manual', credentials });
	return ownerOf(credentials, json[0]?.account);
}

const at = '2026-11-22T10:00:00.000Z';

const because = (code: string) => ({ code, message: 'Because' });

const lost = { code: 'replyLost', message: 'The reply was lost' };

/** The row of the table that a receipt is of. */
const rows = {
	accepted: { outcome: 'accepted', evidence: 'accepted' },
	confirmed: { outcome: 'deleted', evidence: 'confirmed', deleted: true },
	unknownSeen: { outcome: 'unknown', evidence: 'none', reason: lost, seen: true },
	unknown: { outcome: 'unknown', evidence: 'none', reason: lost },
	failed: { outcome: 'failed', evidence: 'none', reason: lost },
	rechecked: { outcome: 'deleted', evidence: 'rechecked', deleted: true },
	notFound: { outcome: 'notFound', evidence: 'confirmed' },
	deprecated: { outcome: 'deprecated', evidence: 'confirmed' },
	preview: { outcome: 'preview', evidence: 'none' },
	refused: { outcome: 'refused', evidence: 'none', reason: because('refusedByVendor') },
	skipped: { outcome: 'skipped', evidence: 'none', reason: because('cancelled') },
} as const;

type Row = keyof typeof rows;

const whenGone: Record<Row, string> = {
	accepted: 'deleted rechecked',
	confirmed: 'deleted rechecked',
	unknownSeen: 'deleted rechecked',
	unknown: 'notFound rechecked goneAtLook',
	failed: 'notFound rechecked goneAtLook',
	rechecked: 'deleted rechecked',
	notFound: 'notFound confirmed',
	deprecated: 'deprecated confirmed',
	preview: 'preview none',
	refused: 'refused none refusedByVendor',
	skipped: 'skipped none cancelled',
};

const whenThere: Record<Row, string> = {
	...whenGone,
	accepted: 'accepted accepted',
	confirmed: 'unknown none stillThere',
	unknownSeen: 'failed none stillThere',
	unknown: 'failed none stillThere',
	failed: 'failed none stillThere',
};

const looked: readonly Row[] = ['accepted', 'confirmed', 'unknownSeen', 'unknown', 'failed'];

function standing({ outcome, evidence, reason }: IDataObject): string {
	const { code } = (reason ?? {}) as { code?: string };
	const words = [outcome, evidence, code] as Array<string | undefined>;
	return words.filter((word) => word !== undefined).join(' ');
}

/** All of a receipt but its reason. */
function withoutReason({ reason: _, ...receipt }: IDataObject): IDataObject {
	return receipt;
}

function receiptOf(
	entry: ContractEntry,
	row: Row,
	target: Record<string, string>,
	owner?: ReceiptSealer,
): IDataObject {
	const { type: vendor, parameters } = entry;
	const receipt = {
		deleted: false,
		...rows[row],
		target,
		vendor,
		resource: parameters.resource,
		attempts: 1,
		at,
	};
	return owner === undefined ? receipt : writtenBy(owner, receipt);
}

/** As a receipt names a record whose answer came. */
function targetOf(entry: ContractEntry, name: string): Record<string, string> {
	const target = entry.answered?.(name) ?? entry.target(name);
	// A number that leads to no record is no target that could be looked at.
	return { ...target, ...identifiersOf[entry.type]?.(name) };
}

const identifiersOf: Record<string, ((name: string) => Record<string, string>) | undefined> = {
	verba: (callID) => ({ callID }),
	creovai: (name) => ({ sessionId: name.replace(/^c/, 's') }),
};

const rowNames = Object.keys(rows) as Row[];

/** Requests that are no look and no token. */
function changing(entry: ContractEntry): unknown[] {
	return sandbox.requestsTo(entry.type).filter((request) => entry.deletes(request));
}

function looks(entry: ContractEntry): number {
	const isToken = (url: string) => /\/Token$|action=RequestToken/.test(url);
	return sandbox.requestsTo(entry.type).filter(({ url }) => !isToken(url)).length;
}

describe.each(entries)(`$title: receipts of it, on n8n-core ${coreVersion}`, (entry) => {
	const credentials = () => entry.credentials(sandbox);

	test('the table: what was asked for and what a look shows decide, row by row', async () => {
		const [there = '', gone = ''] = entry.fill(sandbox, 2);
		await runEntry(entry, [gone]);
		expect([there, gone].map((name) => entry.holds(sandbox, name))).toEqual([true, false]);
		const account = await accountOf(entry, credentials());
		sandbox.requests.length = 0;

		const items = [gone, there].flatMap((name) =>
			rowNames.map((row) => receiptOf(entry, row, targetOf(entry, name), account)),
		);
		const result = await recheck(entry.type, credentials(), items, { onError: 'stopWorkflow' });

		expect(result.error).toBeUndefined();
		expect(result.json.map(standing)).toEqual([
			...rowNames.map((row) => whenGone[row]),
			...rowNames.map((row) => whenThere[row]),
		]);
		expect(result.json.map(({ deleted, outcome }) => deleted === (outcome === 'deleted'))).toEqual(
			items.map(() => true),
		);
		expect(result.json.map(({ recheckedAt }) => recheckedAt !== undefined)).toEqual(
			[...rowNames, ...rowNames].map((row) => looked.includes(row)),
		);
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
		// What is not looked at comes out as it came.
		expect(result.json.filter(({ recheckedAt }) => recheckedAt === undefined)).toEqual(
			items.filter((_, index) => !looked.includes(rowNames[index % rowNames.length] as Row)),
		);
		// The schema shows the identifiers of one kind of record.
		const unshown = fieldsNotShown(entry.type, 'receipt', 'recheck', result.json[0]);
		expect(unshown.filter((path) => !path.startsWith('target.'))).toEqual([]);
		expect(changing(entry)).toEqual([]);
		expect(looks(entry)).toBe(entry.type === 'creovai' ? 1 : 2);
		expect(entry.holds(sandbox, there)).toBe(true);
		for (const secret of entry.secrets)
			expect(JSON.stringify(result.outputs)).not.toContain(secret);
	});

	test('of a mistyped ID, of another server, of another key: never deleted', async () => {
		const [there = ''] = entry.fill(sandbox, 1);
		entry.fill(otherServer, 1);
		const account = await accountOf(entry, credentials());
		const elsewhere = await accountOf(entry, entry.credentials(otherServer));
		const otherKey = await accountOf(entry, withOtherKey(credentials()));
		expect(new Set([account, elsewhere, otherKey].map((one) => one.account)).size).toBe(3);
		sandbox.requests.length = 0;
		otherServer.requests.length = 0;

		const mistyped = targetOf(entry, entry.missing);
		const notOurs = [elsewhere, otherKey, undefined].flatMap((owner) =>
			[targetOf(entry, there), mistyped].flatMap((target) =>
				looked.map((row) => receiptOf(entry, row, target, owner)),
			),
		);
		const left = await recheck(entry.type, credentials(), notOurs);
		expect(left.json.map(withoutReason)).toEqual(notOurs.map(withoutReason));
		for (const { reason } of left.json) {
			expect((reason as { message: string }).message).toMatch(
				/Not rechecked: the receipt (is|does)/,
			);
		}
		expect([...sandbox.requests, ...otherServer.requests]).toEqual([]);

		const options = { otherAccounts: true };
		const taken = await recheck(entry.type, credentials(), notOurs, { options });
		const typed = await recheck(entry.type, credentials(), [
			receiptOf(entry, 'unknown', mistyped, account),
			receiptOf(entry, 'failed', mistyped, account),
		]);
		const newlyDeleted = [...taken.json, ...typed.json].filter(
			({ outcome, evidence }) => outcome === 'deleted' && evidence !== 'confirmed',
		);
		expect(newlyDeleted).toEqual([]);
		expect(taken.json.every(({ recheckedAt }) => recheckedAt !== undefined)).toBe(true);
		expect(typed.json.map(({ outcome }) => outcome)).toEqual(['notFound', 'notFound']);
		expect(changing(entry)).toEqual([]);
	});

	test('a receipt of a deletion is settled, and of one that was altered since nothing is said to be deleted', async () => {
		const [name = ''] = entry.fill(sandbox, 1);
		const { json: own } = await runEntry(entry, [name]);
		expect(own).toMatchObject([{ ...entry.erased, seal: expect.stringMatching(/^[\da-f]{32}$/) }]);
		const gone = { outcome: 'deleted', evidence: 'rechecked' };
		const settled = await recheck(entry.type, credentials(), own);
		expect(settled.json).toMatchObject([gone]);

		const account = await accountOf(entry, credentials());
		const stored = [
			...own.filter(({ evidence }) => evidence !== 'rechecked'),
			...looked.map((row) => receiptOf(entry, row, targetOf(entry, name), account)),
		];
		expect(stored.length).toBeGreaterThanOrEqual(looked.length);
		const { seal } = receiptOf(entry, 'accepted', targetOf(entry, entry.missing), account);
		const altered = stored.flatMap((receipt) => {
			const { seal: _, ...unsealed } = receipt;
			return [
				unsealed,
				{ ...receipt, seal },
				{
					...receipt,
					target: { ...(receipt.target as object), ...targetOf(entry, entry.missing) },
				},
				{ ...receipt, target: { ...(receipt.target as object), note: 'x' } },
				receipt.outcome === 'accepted'
					? { ...receipt, ...rows.confirmed }
					: { ...withoutReason(receipt), ...rows.accepted, deleted: false },
				{ ...receipt, seen: receipt.seen !== true },
			];
		});
		const once = await recheck(entry.type, credentials(), altered);
		const twice = await recheck(entry.type, credentials(), once.json);
		for (const { json, error } of [once, twice]) {
			expect(error).toBeUndefined();
			expect(new Set(json.map(standing))).toEqual(new Set(['notFound rechecked goneAtLook']));
		}
		expect(once.json.map(({ seal: kept }) => kept)).toEqual(altered.map(({ seal: kept }) => kept));
	});

	test('what was altered is not made good by a look that finds it', async () => {
		const [name = ''] = entry.fill(sandbox, 1);
		const account = await accountOf(entry, credentials());
		const mistyped = receiptOf(entry, 'unknown', targetOf(entry, entry.missing), account);
		const altered = { ...mistyped, target: targetOf(entry, name) };
		const honest = receiptOf(entry, 'unknown', targetOf(entry, name), account);
		const found = await recheck(entry.type, credentials(), [altered, honest]);
		expect(found.json.map(standing)).toEqual(['failed none stillThere', 'failed none stillThere']);
		const again = found.json.map((receipt) => ({ ...receipt, ...rows.unknownSeen }));
		entry.fill(sandbox, 0);
		const sealedAgain = writtenBy(account, again[1] ?? {});
		const after = await recheck(entry.type, credentials(), [...again, sealedAgain]);
		expect(after.json.map(({ outcome }) => outcome)).toEqual(['notFound', 'notFound', 'deleted']);
	});

	test('an outcome that no look can change is held against its seal', async () => {
		const target = targetOf(entry, entry.missing);
		const account = await accountOf(entry, credentials());
		const rechecked = receiptOf(entry, 'rechecked', target, account);
		const { seal: _, ...unsealed } = rechecked;
		const altered = [
			{ ...withoutReason(receiptOf(entry, 'failed', target, account)), ...rows.rechecked },
			{ ...rechecked, target: { ...target, note: 'x' } },
			{ ...receiptOf(entry, 'refused', target, account), ...rows.notFound, reason: '' },
		];
		sandbox.forget();
		const once = await recheck(entry.type, credentials(), [...altered, rechecked, unsealed]);
		const twice = await recheck(entry.type, credentials(), once.json);
		for (const { json } of [once, twice]) {
			expect(json.map(standing)).toEqual([
				'deleted rechecked notRechecked',
				'deleted rechecked notRechecked',
				'notFound confirmed notRechecked',
				'deleted rechecked',
				'deleted rechecked',
			]);
			expect(json.slice(3)).toEqual([rechecked, unsealed]);
		}
		expect(sandbox.requests).toEqual([]);
	});

	test('rows, CSV and JSON text come back as they are, with what is new in them', async () => {
		const [there = ''] = entry.fill(sandbox, 1);
		const account = await accountOf(entry, credentials());
		const { target, reason, ...flat } = receiptOf(
			entry,
			'unknown',
			targetOf(entry, there),
			account,
		);
		const columns = Object.entries(target as IDataObject).map(
			([name, value]) => [`target.${name}`, value] as const,
		);
		const { json } = await recheck(entry.type, credentials(), [
			{ ...flat, target: JSON.stringify(target), reason: lost.message, id: 7, request: 'r' },
			{ ...flat, deleted: 'false', ...Object.fromEntries(columns), 'reason.message': 'x' },
			{ receipt: JSON.stringify({ ...flat, target, reason }), id: 8 },
		]);

		expect(json[0]).toMatchObject({ outcome: 'failed', id: 7, request: 'r', seen: true });
		expect(json[0]?.reason).toMatch(/^A later look still found it at /);
		expect(json[0]?.target).toBe(JSON.stringify(target));
		expect(json[1]).toMatchObject({ outcome: 'failed', deleted: 'false', seen: 'true' });
		expect(JSON.parse(json[2]?.receipt as string)).toMatchObject({ outcome: 'failed', target });
		expect(json[2]?.id).toBe(8);
	});

	test.each([
		['a refusal', { kind: 'status', status: 403, body: '', headers: {} } as const],
		[
			'a page of somebody else',
			{ kind: 'status', status: 200, body: '<html>', headers: {} } as const,
		],
	])('a look that is met by %s leaves the receipt, under Stop too', async (_, fault) => {
		const [there = ''] = entry.fill(sandbox, 1);
		const account = await accountOf(entry, credentials());
		const items = looked.map((row) => receiptOf(entry, row, targetOf(entry, there), account));
		sandbox.faults.add({ fault, when: ({ url }) => !/\/Token$|RequestToken/.test(url) });
		const result = await recheck(entry.type, credentials(), items, { onError: 'stopWorkflow' });

		expect(result.error).toBeUndefined();
		const message = expect.stringMatching(/(^|\. )Not rechecked: \p{Lu}.{10,}/u) as unknown;
		expect(result.json).toEqual(
			items.map((item) => ({
				...item,
				reason: { code: 'notRechecked', ...(item.reason as object | undefined), message },
			})),
		);
		expect(result.hints[0]?.message).toBe(
			'5 receipts: 0 rechecked, 0 with another outcome than before; 5 not rechecked: see why in reason; 0 passed through.',
		);
	});
});

const unknownAccount = receiptSealer('https://example.com', { publicName: '', key: 'k' });

/** The same account, its key or secret another. */
function withOtherKey(credentials: RunOptions['credentials']): RunOptions['credentials'] {
	const names = ['apiKey', 'clientSecret'];
	return Object.fromEntries(
		Object.entries(credentials).map(([type, data]) => {
			const changed = names.filter((name) => name in data).map((name) => [name, 'k'.repeat(40)]);
			return [type, { ...data, ...Object.fromEntries(changed) } as ICredentialDataDecryptedObject];
		}),
	);
}

const [flyflow] = entries.filter(({ type }) => type === 'flyflow') as [ContractEntry];
const [creovai] = entries.filter(({ type }) => type === 'creovai') as [ContractEntry];
const vendors = [...new Map(entries.map((entry) => [entry.type, entry])).values()];

describe(`Recheck at one vendor or several, on n8n-core ${coreVersion}`, () => {
	test('five nodes one after the other: each looks at its own, and the order stays', async () => {
		let items: IDataObject[] = [];
		for (const entry of vendors) {
			const [there = ''] = entry.fill(sandbox, 1);
			const account = await accountOf(entry, entry.credentials(sandbox));
			items.push(receiptOf(entry, 'unknown', targetOf(entry, there), account));
		}
		sandbox.requests.length = 0;
		for (const [index, entry] of vendors.entries()) {
			const before = items;
			items = (await recheck(entry.type, entry.credentials(sandbox), items)).json;
			expect(items.filter((_, other) => other !== index)).toEqual(
				before.filter((_, other) => other !== index),
			);
			expect(items[index]).toMatchObject({ vendor: entry.type, outcome: 'failed' });
		}
		for (const entry of vendors) expect(looks(entry)).toBe(1);
	});

	test('250 sessions of Creovai are three requests, one of them refused is halved', async () => {
		const names = creovai.fill(sandbox, 250);
		const credentials = creovai.credentials(sandbox);
		const account = await accountOf(creovai, credentials);
		const items = names.map((name) =>
			receiptOf(creovai, 'accepted', targetOf(creovai, name), account),
		);
		sandbox.requests.length = 0;
		const { json } = await recheck('creovai', credentials, items);
		expect(looks(creovai)).toBe(3);
		expect(json.map(({ target }) => target)).toEqual(names.map((name) => targetOf(creovai, name)));
		expect(new Set(json.map(standing))).toEqual(new Set(['accepted accepted']));

		const bad = targetOf(creovai, names[7] ?? '').sessionId ?? '';
		const fault = { kind: 'status', status: 400, body: '{}', headers: {} } as const;
		sandbox.faults.add({ fault, when: ({ body }) => body.includes(bad) });
		const halved = await recheck('creovai', credentials, items);
		const left = halved.json.filter(({ recheckedAt }) => recheckedAt === undefined);
		expect(left.map(({ target }) => (target as { sessionId: string }).sessionId)).toEqual([bad]);
	});

	test('a receipt that somebody altered costs a look at most', async () => {
		const [there = ''] = flyflow.fill(sandbox, 1);
		const credentials = flyflow.credentials(sandbox);
		const account = await accountOf(flyflow, credentials);
		const altered = (changes: object) => ({
			...receiptOf(flyflow, 'accepted', { callId: there }, account),
			...changes,
		});
		sandbox.requests.length = 0;
		const { json } = await recheck('flyflow', credentials, [
			altered({ target: { callId: 'a/b' } }),
			altered({ target: { callId: 'a?c&d#e' } }),
			altered({ target: { callId: '../../admin' } }),
			altered({ target: { callId: '..' } }),
			altered({ target: { callId: 'c***1' } }),
			altered({ target: { other: '1' } }),
			altered({ resource: 'constructor' }),
		]);
		const asked = sandbox.requestsTo('flyflow');
		expect(asked.map(({ method, url }) => `${method} ${url.split('?')[0] ?? ''}`)).toEqual([
			'GET /v1/call',
			'GET /v1/call',
		]);
		expect(json.slice(2).map(standing)).toEqual(
			Array.from({ length: 5 }, () => 'accepted accepted notRechecked'),
		);
		expect(flyflow.holds(sandbox, there)).toBe(true);
	});

	test('an ID that looks like an accident is looked for if the seal shows that it was deleted', async () => {
		const credentials = flyflow.credentials(sandbox);
		const account = await accountOf(flyflow, credentials);
		const written = receiptOf(flyflow, 'accepted', { callId: '22-11-2026' }, account);
		sandbox.requests.length = 0;
		const { json } = await recheck('flyflow', credentials, [
			written,
			{ ...written, target: { callId: '23-11-2026' } },
		]);
		expect(json.map(standing)).toEqual(['deleted rechecked', 'accepted accepted notRechecked']);
		const asked = sandbox.requestsTo('flyflow').map(({ url }) => url);
		expect(asked).toHaveLength(1);
		expect(asked[0]).toContain('22-11-2026');
	});

	describe('what is not a receipt', () => {
		const strangers = [{ callId: 'call_1' }, { vendor: 'flyflow', outcome: 'gone' }];
		const run = async (changes: Changes) => {
			const [there = ''] = flyflow.fill(sandbox, 1);
			const credentials = flyflow.credentials(sandbox);
			const account = await accountOf(flyflow, credentials);
			sandbox.requests.length = 0;
			const receipt = receiptOf(flyflow, 'unknown', { callId: there }, account);
			return await recheck('flyflow', credentials, [receipt, ...strangers], changes);
		};

		test('stops the workflow before anything is asked', async () => {
			const { error } = await run({ onError: 'stopWorkflow' });
			expect(error?.message).toMatch(/^Item 1 is not a receipt/);
			expect(sandbox.requests).toEqual([]);
		});

		test('has a sentence under Continue, and the others are looked at', async () => {
			const { json } = await run({ onError: 'continueRegularOutput' });
			expect(json[0]?.outcome).toBe('failed');
			expect(json[1]).toMatchObject({ callId: 'call_1', error: expect.any(String) as unknown });
			expect(json[2]).toMatchObject({ error: expect.stringContaining('"outcome"') as unknown });
		});

		test('leaves by the error output, whole', async () => {
			const { outputs } = await run({ onError: 'continueErrorOutput' });
			expect(outputs[0]).toHaveLength(1);
			expect(outputs[1]?.map(({ json }) => json)).toMatchObject(strangers);
		});

		test('passes through where that is chosen', async () => {
			const { json } = await run({ options: { ifNotReceipt: 'passThrough' } });
			expect(json[0]?.outcome).toBe('failed');
			expect(json.slice(1)).toEqual(strangers);
		});
	});

	test('is cancelled soon, and asks for nothing after that', async () => {
		const names = flyflow.fill(sandbox, 50);
		const credentials = flyflow.credentials(sandbox);
		const account = await accountOf(flyflow, credentials);
		const items = names.map((name) => receiptOf(flyflow, 'accepted', { callId: name }, account));
		sandbox.faults.add({ fault: { kind: 'status', status: 429, body: '', headers: {} } });
		let cancelledAt = Infinity;
		const { json } = await recheck('flyflow', credentials, items, {
			onStart: (cancel) =>
				setTimeout(() => {
					cancelledAt = Date.now();
					cancel();
				}, 300),
		});
		expect(Date.now() - cancelledAt).toBeLessThan(2000);
		const late = sandbox.requests.filter((request) => Date.parse(request.at) > cancelledAt + 500);
		expect(late).toEqual([]);
		// n8n may keep no output of a node that is cancelled; what it keeps is what came in.
		expect(json.map(withoutReason)).toEqual(json.length === 0 ? [] : items);
	});

	test.each<[string, Changes, RunOptions['credentials'], RegExp]>([
		[
			'an option, under Continue',
			{ options: { timeout: -1 }, onError: 'continueRegularOutput' },
			{},
			/Not rechecked: Timeout in the node's options must be/,
		],
		[
			'a credential, under Stop',
			{ onError: 'stopWorkflow' },
			{ flyflowApi: { apiKey: '', baseUrl: 'https://api.flyflow.dev/v1' } },
			/Not rechecked: API Key in the credentials/,
		],
	])('%s that cannot be used: every receipt stays, and says why', async (_, changes, own, why) => {
		const credentials = { ...flyflow.credentials(sandbox), ...own };
		const items = looked.map((row) =>
			receiptOf(flyflow, row, { callId: 'call_1' }, unknownAccount),
		);
		const { json, error } = await recheck('flyflow', credentials, items, changes);
		expect(error).toBeUndefined();
		expect(json.map(withoutReason)).toEqual(items.map(withoutReason));
		for (const { reason } of json) expect((reason as { message: string }).message).toMatch(why);
		expect(sandbox.requests).toEqual([]);
	});

	test('an option that cannot be used stops the workflow under Stop', async () => {
		const credentials = flyflow.credentials(sandbox);
		const items = [receiptOf(flyflow, 'accepted', { callId: 'call_1' })];
		const changes = { options: { timeout: -1 }, onError: 'stopWorkflow' } as const;
		const { error } = await recheck('flyflow', credentials, items, changes);
		expect(error?.message).toMatch(/^Timeout in the node's options must be/);
		expect(sandbox.requests).toEqual([]);
	});

	test('as a tool it says in a sentence what it needs', async () => {
		const parameters = { resource: 'receipt', operation: 'recheck' };
		const credentials = flyflow.credentials(sandbox);
		const answers = await callTools({ One: { type: 'flyflow', parameters, credentials } }, [
			{ tool: 'One', arguments: {} },
		]);
		expect(JSON.stringify(answers)).toContain('this operation gets no receipts');
		expect(sandbox.requests).toEqual([]);
	});
});
