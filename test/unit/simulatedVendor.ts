import type { AccountPace } from '../../erasure/accountPace';
import { recordByRecord, type Exchange } from '../../erasure/exchange';
import { understood } from '../../erasure/reading';
import type { Reply } from '../../erasure/reply';
import { settle } from '../../erasure/run';
import { answer, calls } from './scriptedVendor';
import type { VirtualClock } from './virtualClock';

/** Numbers from 0 up to 1 that look like chance and are the same for the same seed (mulberry32). */
export function chanceOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** What a vendor makes of a request that arrives now. */
export type Behaviour = (
	clock: VirtualClock,
	chance: () => number,
) => (now: number) => { readonly afterMs: number; readonly refused?: boolean };

/** Takes as long as it takes, however many it is asked at once. */
export const withoutLimit =
	(leastMs: number, mostMs = leastMs): Behaviour =>
	(_, chance) =>
	() => ({ afterMs: leastMs + chance() * (mostMs - leastMs) });

/** Works on so many at a time and lets the others wait in line. */
export const withWorkers =
	(count: number, workMs: number, spread = 0): Behaviour =>
	(_, chance) => {
		const freeAt = new Array<number>(count).fill(0);
		return (now) => {
			const next = freeAt.indexOf(Math.min(...freeAt));
			const doneAt = Math.max(now, freeAt[next] ?? 0) + workMs * (1 + spread * (2 * chance() - 1));
			freeAt[next] = doneAt;
			return { afterMs: doneAt - now };
		};
	};

/** Allows so many in each second, and asks those beyond to wait a second. */
export const withLimit =
	(perSecond: number, count: 'bySecondsOfItsClock' | 'inTheLastSecond', spread = 0): Behaviour =>
	(_, chance) => {
		let counted: number[] = [];
		return (now) => {
			const begun = count === 'inTheLastSecond' ? now - 999 : Math.floor(now / 1000) * 1000;
			counted = counted.filter((at) => at >= begun);
			const refused = counted.length >= perSecond;
			if (!refused) counted.push(now);
			return { afterMs: 50 * (1 + spread * (2 * chance() - 1)), refused };
		};
	};

/** One request, in milliseconds since the test began. */
interface Served {
	readonly at: number;
	readonly latencyMs: number;
	/** This one included. */
	readonly inFlight: number;
	readonly refused: boolean;
}

/** A vendor whose answers take the time that its behaviour says. */
export class SimulatedVendor {
	readonly served: Served[] = [];

	private inFlight = 0;

	private readonly behave: ReturnType<Behaviour>;

	constructor(
		private readonly clock: VirtualClock,
		behaviour: Behaviour,
		seed = 1,
	) {
		this.behave = behaviour(clock, chanceOf(seed));
	}

	/** @returns when the run was over, in milliseconds since the test began */
	async deleteAll(
		records: number,
		options: { maxConcurrency?: number; account?: AccountPace; name?: string } = {},
	): Promise<{ readonly endedAt: number; readonly deleted: number }> {
		const { maxConcurrency = 128, account, name = 'call' } = options;
		const targets = calls(records).map(({ identifiers }) => ({
			identifiers: { callId: `${name}_${identifiers.callId}` },
		}));
		const settlements = await settle(targets, this.exchange, {
			maxConcurrency,
			keepVendorResponse: false,
			signal: new AbortController().signal,
			clock: this.clock,
			settlements: new Map(),
			...(account === undefined ? {} : { account }),
		});
		const verdicts = [...settlements.values()].map(({ verdict }) => verdict.outcome);
		const deleted = verdicts.filter((outcome) => outcome === 'deleted').length;
		return { endedAt: this.clock.elapsed, deleted };
	}

	get refused(): number {
		return this.served.filter(({ refused }) => refused).length;
	}

	/** What was served once a run had found its pace. */
	after(ms: number): readonly Served[] {
		return this.served.filter(({ at }) => at > ms);
	}

	private readonly exchange: Exchange = recordByRecord({
		vendorName: 'Acme',
		send: async () => await this.serve(),
		read: (reply, target) =>
			reply.status === 200
				? understood(target, { outcome: 'deleted', evidence: 'confirmed' })
				: { kind: 'notDocumented' },
	});

	private async serve(): Promise<Reply> {
		this.inFlight += 1;
		const { inFlight } = this;
		const at = this.clock.elapsed;
		const { afterMs, refused = false } = this.behave(this.clock.now());
		await this.clock.pass(afterMs);
		this.inFlight -= 1;
		this.served.push({ at, latencyMs: afterMs, inFlight, refused });
		return refused ? answer(429, '', { 'retry-after': '1' }) : answer(200);
	}
}
