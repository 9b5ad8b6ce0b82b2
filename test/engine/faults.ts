/**
 * Faults mixed at random, for every delete operation and every way of ending a node: whatever the
 * vendor does, the promises of the receipts hold. Set FAULT_SEED for other faults than usual, or to
 * run again what a failure printed, and FAULT_RUNS for more of them.
 */
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../sandbox/faults/faults';
import { Sandbox } from '../../sandbox/sandbox';
import type { ContractEntry } from './contract/entry';
import { coreVersion, runNode } from './engine';
import { namedFaults, type NamedFault } from './namedFaults';
import { checkReceipts } from './receiptPromises';
import { SandboxPool } from './sandboxPool';

/** The same in every run of the tests, so that what they find does not depend on the day. */
const usualSeed = 20261122;

const runsPerOperation = Number(process.env.FAULT_RUNS ?? 5);

const runsSideBySide = 5;

/**
 * Milliseconds after which the node gives a reply up; the sandbox is later than that on demand. Long
 * enough for a request to reach the sandbox on a machine that is busy.
 */
const timeout = 1000;

const fault = fc.oneof<Array<fc.Arbitrary<Fault>>>(
	fc.constantFrom(500, 502, 504, 403, 404).map((status) => ({ kind: 'status', status })),
	fc.constantFrom(429, 503).map((status) => ({ kind: 'status', status })),
	fc
		.constantFrom('0', '1', '-1', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT')
		.map((wait) => ({ kind: 'status', status: 429, headers: { 'retry-after': wait } })),
	fc
		.constantFrom('null', '[]', '{}', '<html>Sign in</html>', '{"message":"Call dele')
		.map((body) => ({ kind: 'status', status: 200, body })),
	fc.constant<Fault>({ kind: 'resetBefore' }),
	fc.constant<Fault>({ kind: 'resetAfter' }),
	fc.constant<Fault>({ kind: 'noAnswer' }),
	fc.constant<Fault>({ kind: 'late', ms: 2 * timeout }),
	fc.constant<Fault>({ kind: 'garble', change: (payload) => payload.slice(0, payload.length / 2) }),
);

/** Carried out without a good answer, and then nothing but trouble: what tempts to claim too much. */
const carriedOutThenTrouble = fc.tuple(
	fc.record({
		fault: fc.constantFrom<Fault[]>({ kind: 'resetAfter' }, { kind: 'late', ms: 2 * timeout }),
		times: fc.integer({ min: 1, max: 2 }),
	}),
	fc.record({
		fault: fc.constantFrom<Fault[]>(
			...[403, 500, 401].map((status): Fault => ({ kind: 'status', status })),
			{ kind: 'status', status: 429, headers: { 'retry-after': '86400' } },
			{ kind: 'resetBefore' },
		),
		times: fc.constant(30),
	}),
);

/** Those that go wrong with requests; by name, so that a failure can be read. */
const byName = new Map(
	namedFaults.filter(({ rules }) => rules !== undefined).map((named) => [named.name, named]),
);

const named = fc.record({
	named: fc.constantFrom(...byName.keys()),
	after: fc.integer({ min: 0, max: 3 }),
});

const anyFaults = fc.array(
	fc.oneof(fc.record({ fault, times: fc.integer({ min: 1, max: 5 }) }), named),
	{ maxLength: 4 },
);

const scenario = fc.record({
	records: fc.integer({ min: 1, max: 5 }),
	missing: fc.boolean(),
	duplicate: fc.boolean(),
	faults: fc.oneof(anyFaults, carriedOutThenTrouble),
	onError: fc.constantFrom('stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'),
	maxTries: fc.constantFrom(undefined, 2, 3),
	maxConcurrency: fc.constantFrom(1, 4),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

export function survivesFaults(entries: readonly ContractEntry[]): void {
	const pool = new SandboxPool();
	const elsewhere = Sandbox.start();
	afterAll(async () => {
		await pool.stop();
		await (await elsewhere).stop();
	});

	describe.each(entries)(`$title under faults, on n8n-core ${coreVersion}`, (entry) => {
		test.concurrent(
			'the promises of the receipts hold',
			async () => {
				const other = await elsewhere;
				const holds = async (chosen: Scenario) =>
					await pool.with(async (sandbox) => await check(entry, chosen, sandbox, other));
				for (let first = 0; first < runsPerOperation; first += runsSideBySide) {
					const last = Math.min(first + runsSideBySide, runsPerOperation);
					await assertRuns(first, last, holds);
				}
			},
			300_000,
		);
	});
}

/** One after another, as fast-check has them by itself, they would wait for minutes. */
async function assertRuns(
	first: number,
	last: number,
	holds: (chosen: Scenario) => Promise<void>,
): Promise<void> {
	const seed = Number(process.env.FAULT_SEED ?? usualSeed);
	await Promise.all(
		Array.from({ length: last - first }, async (_, index) => {
			// A path of one number is the run of that number.
			const only = { path: String(first + index), numRuns: 1, endOnFailure: true };
			await fc.assert(fc.asyncProperty(scenario, holds), { seed, ...only });
		}),
	);
}

async function check(
	entry: ContractEntry,
	chosen: Scenario,
	sandbox: Sandbox,
	elsewhere: Sandbox,
): Promise<'good' | 'spoilt'> {
	const present = entry.fill(sandbox, chosen.records);
	const names = [...present, ...(chosen.missing ? [entry.missing] : [])];
	if (chosen.duplicate) names.push(names[0] ?? entry.missing);
	const switchedOn = switchOn(entry, chosen, sandbox, elsewhere);

	const { onError, maxTries, maxConcurrency } = chosen;
	const result = await runNode({
		type: entry.type,
		items: names.map((name) => entry.item([name])),
		credentials: entry.credentials(sandbox),
		onError,
		...(maxTries === undefined ? {} : { maxTries }),
		parameters: {
			...entry.parameters,
			options: {
				...(entry.parameters.options as IDataObject | undefined),
				timeout,
				maxConcurrency,
			},
		},
	});
	// What the vendor was still doing when the node gave up must not reach into the next run.
	await new Promise((resolve) => setTimeout(resolve, 2 * timeout));

	const isSpoilt = switchedOn.some(({ spoils }) => spoils === true);
	checkReceipts({
		entry,
		sandbox,
		names,
		onError,
		result,
		timeout,
		// Fetching a token may take up all the time that there is.
		sendsEachAttempt: !isSpoilt && !entry.renewable,
	});
	expect(elsewhere.received).toBe(0);
	return isSpoilt ? 'spoilt' : 'good';
}

/** @returns the named faults among them */
function switchOn(
	entry: ContractEntry,
	{ faults }: Scenario,
	sandbox: Sandbox,
	elsewhere: Sandbox,
): NamedFault[] {
	const switchedOn: NamedFault[] = [];
	const when = (request: Parameters<typeof entry.deletes>[0]) => entry.deletes(request);
	for (const chosen of faults) {
		if ('fault' in chosen) {
			sandbox.faults.add({ ...chosen, when });
			continue;
		}
		const found = byName.get(chosen.named);
		if (found === undefined || found.concerns?.(entry) === false) continue;
		switchedOn.push(found);
		for (const rule of found.rules?.({ entry, sandbox, elsewhere }) ?? []) {
			sandbox.faults.add({ after: chosen.after, times: 2, ...rule, when });
		}
	}
	return switchedOn;
}
