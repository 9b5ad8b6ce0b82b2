/**
 * Faults mixed at random, for every delete operation and every way of ending a node: whatever the
 * vendor does, the promises of the receipts hold. Set FAULT_SEED for other faults than usual, or to
 * run again what a failure printed, and FAULT_RUNS for more of them.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../sandbox/faults';
import { Sandbox } from '../../sandbox/sandbox';
import type { ContractEntry } from './contract/entry';
import { coreVersion, runNode } from './engine';

/** The same in every run of the tests, so that what they find does not depend on the day. */
const usualSeed = 20261122;

const runsPerOperation = Number(process.env.FAULT_RUNS ?? 5);

/** Milliseconds after which the node gives a reply up; the sandbox is later than that on demand. */
const timeout = 250;

const fault = fc.oneof<Array<fc.Arbitrary<Fault>>>(
	fc.constantFrom(500, 502, 504, 403, 404, 307).map((status) => ({ kind: 'status', status })),
	fc.constantFrom(429, 503).map((status) => ({ kind: 'status', status })),
	fc
		.constantFrom('0', '1', '-1', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT')
		.map((wait) => ({ kind: 'status', status: 429, headers: { 'retry-after': wait } })),
	fc
		.constantFrom('', 'null', '[]', '{}', '<html>Sign in</html>', '{"message":"Call dele')
		.map((body) => ({ kind: 'status', status: 200, body })),
	fc.constant<Fault>({ kind: 'status', status: 204 }),
	fc.constant<Fault>({ kind: 'resetBefore' }),
	fc.constant<Fault>({ kind: 'resetAfter' }),
	fc.constant<Fault>({ kind: 'noAnswer' }),
	fc.constant<Fault>({ kind: 'late', ms: 2 * timeout }),
	fc.constant<Fault>({ kind: 'garble', change: (payload) => payload.slice(0, payload.length / 2) }),
	fc.constant<Fault>({ kind: 'garble', change: () => '' }),
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

const anyFaults = fc.array(fc.record({ fault, times: fc.integer({ min: 1, max: 5 }) }), {
	maxLength: 4,
});

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

interface Seen {
	readonly target: unknown;
	readonly outcome: string;
	readonly attempts: number;
}

export function survivesFaults(entries: readonly ContractEntry[]): void {
	let sandbox: Sandbox;
	let elsewhere: Sandbox;
	beforeAll(async () => {
		sandbox = await Sandbox.start();
		elsewhere = await Sandbox.start();
	});
	afterAll(async () => {
		await sandbox.stop();
		await elsewhere.stop();
	});

	describe.each(entries)(`$title under faults, on n8n-core ${coreVersion}`, (entry) => {
		test('the promises of the receipts hold', async () => {
			const seed = Number(process.env.FAULT_SEED ?? usualSeed);
			await fc.assert(
				fc.asyncProperty(scenario, async (chosen) => {
					await check(entry, chosen, sandbox, elsewhere);
				}),
				{ seed, numRuns: runsPerOperation, endOnFailure: true },
			);
		}, 300_000);
	});
}

async function check(
	entry: ContractEntry,
	chosen: Scenario,
	sandbox: Sandbox,
	elsewhere: Sandbox,
): Promise<void> {
	sandbox.forget();
	elsewhere.forget();
	const present = entry.fill(sandbox, chosen.records);
	const names = [...present, ...(chosen.missing ? [entry.missing] : [])];
	if (chosen.duplicate) names.push(names[0] ?? entry.missing);
	switchOn(entry, chosen, sandbox, elsewhere);

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

	const receipts = collect(result.outputs, result.error?.context?.receipts);
	const byTarget = (name: string) => JSON.stringify(entry.target(name));
	expect(receipts.map(({ target }) => JSON.stringify(target)).sort()).toEqual(
		names.map(byTarget).sort(),
	);
	if (onError !== 'continueErrorOutput') {
		expect(receipts.map(({ target }) => JSON.stringify(target))).toEqual(names.map(byTarget));
	}
	for (const name of names) {
		const receipt = receipts.find(({ target }) => JSON.stringify(target) === byTarget(name));
		if (entry.holds(sandbox, name)) {
			expect(receipt?.outcome).not.toBe(entry.erased.outcome);
		} else if (name !== entry.missing) {
			expect(receipt?.outcome).not.toMatch(/^(failed|refused|skipped)$/);
		}
		const sent = sandbox
			.requestsTo(entry.type)
			.filter((request) => entry.deletes(request))
			.filter((request) => entry.named(request).includes(name));
		// A request that is sent again with a new token, after a 401, is one attempt.
		const renewals = sent.filter(({ status }) => status === 401).length;
		expect(receipt?.attempts).toBeLessThanOrEqual(sent.length);
		expect(receipt?.attempts).toBeGreaterThanOrEqual(sent.length - renewals);
	}
	expect(elsewhere.requests).toEqual([]);
	const everything = JSON.stringify([result.outputs, result.hints, result.error]);
	for (const secret of entry.secrets) expect(everything).not.toContain(secret);
}

function switchOn(
	entry: ContractEntry,
	{ faults }: Scenario,
	sandbox: Sandbox,
	elsewhere: Sandbox,
): void {
	for (const { fault: chosen, times } of faults) {
		// A documented success is no fault.
		const isEmpty = chosen.kind === 'status' && chosen.status === 204;
		if (isEmpty && entry.answersEmpty === true) continue;
		const isRedirect = chosen.kind === 'status' && chosen.status === 307;
		const headers = { location: `${elsewhere.address(entry.type)}/elsewhere` };
		sandbox.faults.add({
			fault: isRedirect ? { ...chosen, headers } : chosen,
			times,
			when: (request) => entry.deletes(request),
		});
	}
}

/** All receipts, whichever way they left the node. */
function collect(
	outputs: ReadonlyArray<ReadonlyArray<{ json: IDataObject }>>,
	carried: unknown,
): Seen[] {
	const out = outputs.flat().map(({ json }) => json as unknown as Seen);
	return out.length > 0 ? out : ((carried ?? []) as Seen[]);
}
