import { afterAll, describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IDataObject, INode } from 'n8n-workflow';

import { Sandbox } from '../../sandbox/sandbox';
import { Unreachable } from '../../sandbox/faults/unreachable';
import { namedIn, standInOf, type ContractEntry } from './contract/entry';
import { coreVersion, runNode } from './engine';
import { namedFaults, shortTimeout, type End, type NamedFault, type Scene } from './namedFaults';
import { checkReceipts, requestsFor, type Played, type Seen } from './receiptPromises';
import { SandboxPool } from './sandboxPool';

const pool = new SandboxPool();
const elsewhere = Sandbox.start();
const unreachable = Unreachable.start();

/** Milliseconds: for replies that are not waited for in vain. */
const longTimeout = 30_000;

export interface Settings {
	readonly onError: NonNullable<INode['onError']>;
	/** Tries of the node: more than one with Retry On Fail. */
	readonly tries: 1 | 2;
}

const everySetting = (
	['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const
).flatMap((onError) => [1, 2].map((tries) => ({ onError, tries }) as Settings));

export const carryOnOnce: Settings = { onError: 'continueRegularOutput', tries: 1 };

/**
 * Lets each entry meet every fault that concerns it, in a test file of its own.
 *
 * @param under the settings under which each is met
 * @param faults those that are met
 */
export function meetNamedFaults(
	entries: readonly ContractEntry[],
	under: readonly Settings[] = everySetting,
	faults: readonly NamedFault[] = namedFaults,
): void {
	afterAll(async () => {
		await pool.stop();
		await (await elsewhere).stop();
		await (await unreachable).stop();
	});

	// What waits for replies and pauses, waits side by side.
	describe.each(entries)(`$title, on n8n-core ${coreVersion}, meets`, (entry) => {
		const met = faults.filter(({ concerns }) => concerns?.(entry) ?? true);
		test.concurrent.each(met)(
			'$name',
			async (fault) => {
				const settings = fault.onceIsEnough === true ? [carryOnOnce] : under;
				await Promise.all(settings.map(async (setting) => await meet(entry, fault, setting)));
			},
			300_000,
		);
	});
}

async function meet(entry: ContractEntry, fault: NamedFault, settings: Settings): Promise<void> {
	await pool.with(async (sandbox) => {
		const scene: Scene = { entry, sandbox, elsewhere: await elsewhere };
		const names = entry.fill(sandbox, fault.records?.(entry) ?? 2);
		const played = await play(scene, fault, names, settings);
		const receipts = checkReceipts(played);
		for (const [index, name] of names.entries()) {
			const end = endOf(fault, entry, index);
			checkEnd(receipts[index], name, end, played);
			// The second request shows that the credentials are no good any more.
			if (end === 'badCredentials' && index >= 2 * entry.perRequest) {
				expect(requestsFor(name, played)).toEqual([]);
			}
			const isSettledByLook = entry.looksAfterwards === true && !entry.holds(sandbox, name);
			checkCount(fault, receipts[index]?.attempts, end, settings, entry, isSettledByLook);
		}
		if (fault.requestsInAll !== undefined) {
			const sent = sandbox.requestsTo(standInOf(entry)).filter((request) => entry.deletes(request));
			expect(sent.length).toBeLessThanOrEqual(fault.requestsInAll * settings.tries);
		}
		if (fault.only !== undefined) checkOthers(fault, played);
		if (fault.address !== undefined) expect(sandbox.received).toBe(0);
		expect(scene.elsewhere.received).toBe(0);
		expect((await unreachable).requests).toBe(0);
		return fault.spoils === true ? 'spoilt' : 'good';
	});
}

/** Runs an entry's node over these records while the fault is on. */
export async function play(
	scene: Scene,
	fault: NamedFault,
	names: readonly string[],
	{ onError, tries }: Settings,
): Promise<Played> {
	const { entry, sandbox } = scene;
	const bad = new Set(names.filter((_, index) => fault.only?.(index) ?? true));
	for (const rule of fault.rules?.(scene) ?? []) {
		sandbox.faults.add({
			...rule,
			when: (request) =>
				entry.deletes(request) &&
				(fault.only === undefined || namedIn(request, entry).some((name) => bad.has(name))),
		});
	}
	const timeout = fault.waits === true ? shortTimeout : longTimeout;
	const result = await runNode({
		type: entry.type,
		items: names.map((name) => entry.item([name])),
		credentials: await credentialsOf(scene, fault),
		onError,
		...(tries === 1 ? {} : { maxTries: tries }),
		parameters: {
			...entry.parameters,
			options: {
				...(entry.parameters.options as IDataObject | undefined),
				timeout,
				...(fault.inFlight === undefined ? {} : { maxConcurrency: fault.inFlight }),
			},
		},
	});
	const sendsEachAttempt =
		fault.address === undefined && fault.waits !== true && !fault.ends.includes('badCredentials');
	return { entry, sandbox, names, onError, result, timeout, sendsEachAttempt };
}

/** What goes wrong with some records costs the others no request, and keeps none from its turn. */
function checkOthers(
	{ only, requestsForOne = Infinity, inFlight = 1 }: NamedFault,
	{ entry, sandbox, names }: Played,
): void {
	const isBad = (name: string) => only?.(names.indexOf(name)) === true;
	const sent = sandbox
		.requestsTo(standInOf(entry))
		.filter((request) => entry.deletes(request))
		.flatMap((request) => entry.named(request));
	for (const name of names) {
		const times = sent.filter((one) => one === name).length;
		expect({ name, times, isEnough: times <= (isBad(name) ? requestsForOne : 1) }).toMatchObject({
			isEnough: true,
		});
	}
	// What comes back takes turns with what was never sent.
	const untilAllHadTheirTurn = sent.slice(0, sent.findLastIndex((name) => !isBad(name)) + 1);
	const first = new Set(untilAllHadTheirTurn).size;
	const again = untilAllHadTheirTurn.length - first;
	expect(again).toBeLessThanOrEqual(first + inFlight);
}

async function credentialsOf(
	{ entry, sandbox }: Scene,
	{ address }: NamedFault,
): Promise<Record<string, ICredentialDataDecryptedObject>> {
	const credentials = entry.credentials(sandbox);
	if (address === undefined) return credentials;
	const there = address(await unreachable);
	const text = JSON.stringify(credentials).replaceAll(sandbox.address(), there);
	return JSON.parse(text) as Record<string, ICredentialDataDecryptedObject>;
}

function endOf(fault: NamedFault, entry: ContractEntry, index: number): End {
	const { ends, endOfInexact, only } = fault;
	if (only?.(index) === false) return 'erased';
	if (entry.inexact === true && endOfInexact !== undefined) return endOfInexact;
	// Records that share a request share what becomes of the credentials.
	const place = ends.includes('badCredentials') ? Math.floor(index / entry.perRequest) : index;
	return ends[place] ?? ends.at(-1) ?? ends[0];
}

function checkEnd(
	receipt: Seen | undefined,
	name: string,
	end: End,
	{ entry, sandbox }: Played,
): void {
	const isGone = !entry.holds(sandbox, name);
	// A look afterwards tells what no answer told.
	const isSeen = entry.looksAfterwards === true && mayBeSeen.has(end);
	const wanted = isSeen && isGone ? { outcome: entry.erased.outcome } : wantedOf(end, entry);
	const code = isSeen && !isGone ? { code: 'stillThere' } : undefined;
	expect({ end, outcome: receipt?.outcome, code: receipt?.reason?.code }).toMatchObject({
		end,
		...wanted,
		...code,
	});
}

const mayBeSeen: ReadonlySet<End> = new Set(['lost', 'notUnderstood', 'gatewayError']);

function wantedOf(end: End, entry: ContractEntry): { outcome: string; code?: string } {
	switch (end) {
		case 'erased':
			return { outcome: entry.erased.outcome };
		case 'goneAfterRepeat': {
			const { repeated } = entry;
			return repeated === undefined
				? { outcome: 'notFound', code: 'goneAfterRepeat' }
				: { outcome: repeated.outcome, ...(repeated.reason ?? {}) };
		}
		case 'lost':
			return { outcome: 'unknown', code: 'replyLost' };
		case 'notUnderstood':
		case 'notMentioned':
			return { outcome: 'unknown', code: end };
		case 'gatewayError':
			return { outcome: 'unknown', code: 'vendorError' };
		case 'vendorError':
		case 'notDelivered':
		case 'pushedBack':
			return { outcome: 'failed', code: end };
		case 'badCredentials':
			return { outcome: 'skipped', code: end };
		case 'unconfirmed':
			return entry.looksAfterwards === true
				? { outcome: 'unknown', code: 'notUnderstood' }
				: { outcome: entry.erased.outcome };
	}
}

/** In attempts, which checkReceipts holds against the requests. */
function checkCount(
	{ attempts: perTry, endOfInexact }: NamedFault,
	attempts: number | undefined,
	end: End,
	{ tries }: Settings,
	entry: ContractEntry,
	isSettledByLook: boolean,
): void {
	if (perTry === undefined) return;
	if (entry.inexact === true && endOfInexact !== undefined) {
		expect(attempts).toBe(1);
	} else if (end === 'lost' || end === 'gatewayError') {
		expect(attempts).toBe(isSettledByLook ? perTry : perTry * tries);
	} else if (end === 'vendorError') {
		expect(attempts).toBe(perTry * tries);
	} else if (end === 'goneAfterRepeat' && entry.repeated !== undefined) {
		expect(attempts).toBeGreaterThanOrEqual(perTry);
	} else {
		expect(attempts).toBe(perTry);
	}
}
