import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { Settlement } from '../../erasure/settlement';
import { maximumAttempts } from '../../erasure/delivery';
import { settle } from '../../erasure/run';
import { targetKey } from '../../erasure/target';
import { ModelVendor, type Handled, type Move, type PlannedMove } from './modelVendor';
import { call } from './scriptedVendor';
import { VirtualClock } from './virtualClock';

const retryAfter = fc.constantFrom(
	'1',
	'7',
	'299',
	'3600',
	'soon',
	'Sun, 22 Nov 2026 10:01:00 GMT',
);

const move: fc.Arbitrary<Move> = fc.oneof(
	fc.record({ kind: fc.constantFrom('good', 'forgetful', 'notDelivered', 'busy', 'protected') }),
	fc.record({
		kind: fc.constant('says' as const),
		status: fc.constantFrom(400, 403, 409, 429, 500, 503),
	}),
	fc.record({
		kind: fc.constant('pause' as const),
		status: fc.constantFrom(403, 429, 500, 503),
		retryAfter,
	}),
	fc.record({ kind: fc.constantFrom('lost', 'garbled'), carriedOut: fc.boolean() }),
	fc.record({
		kind: fc.constant('gateway' as const),
		status: fc.constantFrom(502, 504),
		carriedOut: fc.boolean(),
		retryAfter: fc.option(retryAfter, { nil: undefined }),
	}),
);

const moveOrBadKey = fc.oneof(
	{ weight: 20, arbitrary: move },
	fc.constant<Move>({ kind: 'says', status: 401 }),
);

const planned: fc.Arbitrary<PlannedMove> = fc.record({
	move: moveOrBadKey,
	lastsMs: fc.integer({ min: 1, max: 300 }),
	carriedOutIfCutOff: fc.boolean(),
});

const id = fc.integer({ min: 1, max: 12 }).map((number) => `call_${number}`);

const scenario = fc.record({
	/** What is asked for, repetitions and all. */
	ids: fc.array(id, { maxLength: 16 }),
	/** What the vendor does not have from the start. */
	missing: fc.uniqueArray(id, { maxLength: 4 }),
	plan: fc.array(planned, { maxLength: 40 }),
	targetsPerRequest: fc.integer({ min: 1, max: 5 }),
	maxConcurrency: fc.integer({ min: 1, max: 6 }),
	repeatable: fc.boolean(),
	/** When each try is cancelled, in milliseconds after its start; undefined for never. */
	tries: fc.array(fc.option(fc.nat({ max: 4000 }), { nil: undefined, freq: 3 }), {
		minLength: 1,
		maxLength: 4,
	}),
	chance: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

/** What is known after a try: how things stand, and what has been sent until then. */
interface Standing {
	readonly settlements: ReadonlyMap<string, Settlement>;
	readonly handled: readonly Handled[];
	readonly aborted: boolean;
	/** Milliseconds that the try took. */
	readonly lasted: number;
	readonly cancelAfter: number | undefined;
}

interface Story extends Scenario {
	readonly vendor: ModelVendor;
	readonly standings: readonly Standing[];
}

async function play(given: Scenario): Promise<Story> {
	const clock = new VirtualClock();
	clock.chance = given.chance;
	const records = new Set(
		Array.from({ length: 12 }, (_, index) => `call_${index + 1}`).filter(
			(one) => !given.missing.includes(one),
		),
	);
	const { plan, targetsPerRequest, repeatable, maxConcurrency } = given;
	const vendor = new ModelVendor(clock, records, plan, targetsPerRequest, repeatable);
	const settlements = new Map<string, Settlement>();
	const standings: Standing[] = [];
	for (const cancelAfter of given.tries) {
		const controller = new AbortController();
		const { signal } = controller;
		vendor.startTry(signal);
		const start = clock.elapsed;
		if (cancelAfter !== undefined) clock.at(start + cancelAfter, () => controller.abort());
		await clock.run(
			settle(given.ids.map(call), vendor, {
				maxConcurrency,
				keepVendorResponse: false,
				signal,
				clock,
				settlements,
			}),
		);
		standings.push({
			settlements: new Map(settlements),
			handled: [...vendor.handled],
			aborted: signal.aborted,
			lasted: clock.elapsed - start,
			cancelAfter,
		});
		expect(vendor.inFlight).toBe(0);
	}
	return { ...given, vendor, standings };
}

/** Fewer will do to catch a mutant, which has to be quick: test/mutation. */
const runsPerProperty = Number(process.env.PROPERTY_RUNS ?? 400);

async function always(check: (story: Story) => void): Promise<void> {
	await fc.assert(
		fc.asyncProperty(scenario, async (given) => check(await play(given))),
		{ numRuns: runsPerProperty },
	);
}

function keyOf(one: string): string {
	return targetKey(call(one));
}

/** After which it is sent again in halves. */
function isRefusalOfBatch({ ids, reply }: Handled): boolean {
	return ids.length > 1 && reply?.kind === 'answered' && [400, 413, 422].includes(reply.status);
}

function isPushBack({ reply }: Handled): boolean {
	if (reply?.kind !== 'answered' || reply.status === 401) return false;
	const asksToWait = reply.status >= 400 && reply.headers['retry-after'] !== undefined;
	return reply.status === 429 || asksToWait;
}

/** Whether the request may have been carried out, as far as anyone outside can tell. */
function isInDoubt({ reply }: Handled): boolean {
	if (reply?.kind !== 'answered') return reply?.kind !== 'notDelivered';
	return reply.status === 200 || reply.status >= 500;
}

describe('whatever the vendor does, however often the node is tried and wherever it is cancelled', () => {
	test('each target has exactly one settlement after each try, and nothing else has one', async () => {
		await always(({ ids, standings }) => {
			const keys = [...new Set(ids.map(keyOf))].sort();
			for (const { settlements } of standings) expect([...settlements.keys()].sort()).toEqual(keys);
		});
	});

	test('`deleted` is said only of records that are gone', async () => {
		await always(({ ids, vendor, standings }) => {
			for (const one of ids) {
				const verdict = standings.at(-1)?.settlements.get(keyOf(one))?.verdict;
				if (verdict?.outcome === 'deleted') expect(vendor.deleted).toContain(one);
				if (verdict?.outcome === 'notFound') expect(vendor.has(one)).toBe(false);
			}
		});
	});

	test('a record that we deleted is never failed, refused or skipped, nor just "not found"', async () => {
		await always(({ vendor, standings }) => {
			for (const one of vendor.deleted) {
				const verdict = standings.at(-1)?.settlements.get(keyOf(one))?.verdict;
				expect(['deleted', 'unknown', 'notFound']).toContain(verdict?.outcome);
				if (verdict?.outcome === 'notFound') expect(verdict.reason?.code).toBe('goneAfterRepeat');
			}
		});
	});

	test('what has a final outcome keeps it and is not sent again', async () => {
		await always(({ ids, standings }) => {
			standings.forEach((standing, index) => {
				const before = standings[index - 1];
				for (const one of ids) {
					const earlier = before?.settlements.get(keyOf(one));
					if (earlier?.final !== true) continue;
					expect(standing.settlements.get(keyOf(one))).toBe(earlier);
					const later = standing.handled.slice(before?.handled.length);
					expect(later.flatMap((request) => request.ids)).not.toContain(one);
				}
			});
		});
	});

	test('a success is final, and what was surely not done is not', async () => {
		await always(({ standings }) => {
			for (const { verdict, final } of standings.flatMap(({ settlements }) => [
				...settlements.values(),
			])) {
				if (['deleted', 'notFound', 'refused'].includes(verdict.outcome)) expect(final).toBe(true);
				if (['failed', 'skipped'].includes(verdict.outcome)) expect(final).toBe(false);
			}
		});
	});

	test('a try makes no more than four attempts at a record, push-backs and refusals of a whole batch not counted', async () => {
		await always(({ ids, vendor, standings }) => {
			for (const one of ids) {
				standings.forEach((_, index) => {
					const counted = vendor.handled.filter(
						(request) =>
							request.try === index + 1 &&
							request.ids.includes(one) &&
							!isPushBack(request) &&
							!isRefusalOfBatch(request),
					);
					expect(counted.length).toBeLessThanOrEqual(maximumAttempts);
				});
			}
		});
	});

	test('what must not be repeated is never sent again once it may have been carried out', async () => {
		await always(({ ids, vendor, repeatable }) => {
			if (repeatable) return;
			for (const one of ids) {
				const requests = vendor.handled.filter((request) => request.ids.includes(one));
				const doubtful = requests.findIndex(
					(request) => isInDoubt(request) && !saysNotDone(request, one),
				);
				if (doubtful !== -1) expect(requests.length).toBe(doubtful + 1);
			}
		});
	});

	test('nothing is sent after cancelling, nor after the credentials were turned down', async () => {
		await always(({ vendor }) => {
			expect(vendor.handled.filter(({ afterAbort }) => afterAbort)).toEqual([]);
			expect(vendor.handled.filter(({ afterStop }) => afterStop)).toEqual([]);
		});
	});

	test('the attempts add up to what the vendor saw', async () => {
		await always(({ ids, standings }) => {
			for (const { settlements, handled } of standings) {
				for (const one of ids) {
					const seen = handled.filter((request) => request.ids.includes(one)).length;
					expect(settlements.get(keyOf(one))?.attempts).toBe(seen);
				}
			}
		});
	});

	test('requests carry no record twice, no more than fit, and no more are in flight than allowed', async () => {
		await always(({ vendor, targetsPerRequest, maxConcurrency }) => {
			expect(vendor.mostInFlight).toBeLessThanOrEqual(maxConcurrency);
			for (const { ids } of vendor.handled) {
				expect(ids.length).toBeLessThanOrEqual(targetsPerRequest);
				expect(new Set(ids).size).toBe(ids.length);
			}
		});
	});

	test('a cancelled try is over at once', async () => {
		await always(({ standings }) => {
			for (const { aborted, lasted, cancelAfter } of standings) {
				if (aborted) expect(lasted).toBe(cancelAfter);
			}
		});
	});

	test('once the vendor is well and no one cancels, a retry settles all that can be settled', async () => {
		await always((story) => {
			const last = story.standings.at(-1);
			const before = story.standings.at(-2)?.handled.length ?? 0;
			if (last?.aborted !== false || before < story.plan.length) return;
			for (const { final } of last.settlements.values()) expect(final).toBe(true);
		});
	});
});

/** The vendor said of this record by itself that it did nothing. */
function saysNotDone({ reply }: Handled, one: string): boolean {
	return reply?.kind === 'answered' && reply.body.includes(`"${one}":"busy"`);
}
