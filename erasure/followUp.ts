import type { Verdict } from './outcome';
import { Pace, type Load } from './pace';
import { pushBackDeadlineMs } from './pushBacks';
import type { Answer, Reply } from './reply';
import { readRetryAfter } from './retryAfter';
import type { RunOptions } from './run';
import { targetKey, type Target } from './target';

/** How a vendor is asked how far the deletions are that it took on. Changes nothing there. */
export interface FollowUp {
	/** How long to go on asking, in milliseconds. */
	readonly forMs: number;
	readonly idsPerRequest: number;
	/** Asks about these IDs (`Accepted.followUpId`). Never rejects. */
	send(ids: readonly string[]): Promise<Reply>;
	/** Those of the IDs whose records are gone; undefined where the answer is not as documented. */
	readGone(answer: Answer, ids: readonly string[]): ReadonlySet<string> | undefined;
}

const firstPauseMs = 500;
const longestPauseMs = 30_000;

/**
 * Asks about every target that the vendor took on, after growing pauses, until all are gone or the
 * time is over. What was seen to be gone becomes `deleted` by evidence of `rechecked`; everything
 * else stays `accepted`. Resolves at once when the signal aborts.
 */
export async function followUpDeletions(
	targets: readonly Target[],
	followUp: FollowUp,
	options: RunOptions,
): Promise<void> {
	const asking = new Asking(followUp, options);
	try {
		await askUntilGone(targets, followUp.forMs, asking, options);
	} finally {
		asking.close();
	}
}

async function askUntilGone(
	targets: readonly Target[],
	forMs: number,
	asking: Asking,
	options: RunOptions,
): Promise<void> {
	const { clock, signal } = options;
	const end = clock.now() + forMs;
	let open = openIds(targets, options);
	let pauseMs = firstPauseMs;
	options.watcher?.begun(open.length);
	while (open.length > 0 && clock.now() < end) {
		await clock.sleep(Math.min(pauseMs, end - clock.now()), signal);
		const { gone, next } = await asking.askAbout(open);
		markGone(targets, gone, options);
		options.watcher?.settled(gone.size);
		if (next === 'stop') return;
		open = openIds(targets, options);
		pauseMs = Math.max(next, Math.min(longestPauseMs, pauseMs * 2));
		// The vendor asks for a pause that ends too late to be of use.
		if (clock.now() + next > end) return;
	}
}

/** What one round of questions brought, and the shortest pause before the next in milliseconds. */
interface Round {
	readonly gone: ReadonlySet<string>;
	readonly next: number | 'stop';
}

interface Asked {
	readonly reply: Reply;
	/** Those that are gone; missing where the answer is of no use. */
	readonly seen?: ReadonlySet<string> | undefined;
}

/** Asks in batches, one at a time: nobody is in a hurry, and the vendor is busy deleting. */
class Asking {
	private readonly pace: Pace;

	constructor(
		private readonly followUp: FollowUp,
		private readonly options: RunOptions,
	) {
		const { clock, signal, account } = options;
		this.pace = new Pace({ ...options, maxConcurrency: 1 }, clock, signal, account);
	}

	close(): void {
		this.pace.close();
	}

	/** A round ends at the first answer that is of no use; the next round comes anyway. */
	async askAbout(ids: readonly string[]): Promise<Round> {
		const gone = new Set<string>();
		const size = this.followUp.idsPerRequest;
		for (let start = 0; start < ids.length; start += size) {
			const batch = ids.slice(start, start + size);
			const turn = await this.pace.turn();
			if (turn === undefined) return { gone, next: 'stop' };
			const { reply, seen } = await this.ask(batch);
			const next = seen === undefined ? this.pauseAfter(reply) : 0;
			this.pace.end(turn, seen === undefined ? loadOf(reply, next) : { kind: 'keptUp' });
			if (seen === undefined) return { gone, next };
			for (const id of seen) gone.add(id);
		}
		return { gone, next: 0 };
	}

	/** A vendor's code that throws has seen nothing, and costs no record the receipt that it has. */
	private async ask(batch: readonly string[]): Promise<Asked> {
		let reply: Reply = { kind: 'lost', cause: 'the node gave no details' };
		try {
			reply = await this.followUp.send(batch);
			return reply.kind === 'answered'
				? { reply, seen: this.followUp.readGone(reply, batch) }
				: { reply };
		} catch {
			return { reply };
		}
	}

	private pauseAfter(reply: Reply): number | 'stop' {
		if (reply.kind === 'badCredentials' || reply.kind === 'cancelled') return 'stop';
		if (reply.kind !== 'answered') return 0;
		const { 'retry-after': retryAfter, date } = reply.headers;
		const asked = readRetryAfter(retryAfter, this.options.clock.now(), date);
		if (asked !== undefined) return asked;
		const isRefusal = reply.status >= 400 && reply.status < 500 && reply.status !== 429;
		return isRefusal ? 'stop' : 0;
	}
}

/** What others at the account are to know of an answer that is of no use. */
function loadOf(reply: Reply, next: number | 'stop'): Load {
	if (reply.kind !== 'answered' || reply.status !== 429) return { kind: 'beside' };
	// For a pause that is longer than a run waits, others are not to wait either: they find out.
	const isPause = next !== 'stop' && next <= pushBackDeadlineMs;
	return isPause ? { kind: 'pushedBack', pauseMs: next } : { kind: 'strained' };
}

function openIds(targets: readonly Target[], { settlements }: RunOptions): string[] {
	const ids = targets.flatMap((target) => followUpIds(settlements.get(targetKey(target))?.verdict));
	return [...new Set(ids)];
}

function followUpIds(verdict: Verdict | undefined): string[] {
	if (verdict?.outcome !== 'accepted') return [];
	const { followUpId, records = [] } = verdict;
	const ids = records.flatMap((record) => followUpIds(record.verdict));
	return followUpId === undefined ? ids : [followUpId, ...ids];
}

function markGone(
	targets: readonly Target[],
	gone: ReadonlySet<string>,
	{ settlements, clock }: RunOptions,
): void {
	const at = new Date(clock.now()).toISOString();
	for (const key of new Set(targets.map(targetKey))) {
		const settlement = settlements.get(key);
		if (settlement === undefined) continue;
		const verdict = afterLook(settlement.verdict, gone);
		if (verdict !== settlement.verdict) settlements.set(key, { ...settlement, verdict, at });
	}
}

/** The same object where nothing was seen to be gone. */
function afterLook(verdict: Verdict, gone: ReadonlySet<string>): Verdict {
	if (!followUpIds(verdict).some((id) => gone.has(id)) || verdict.outcome !== 'accepted') {
		return verdict;
	}
	const { records, vendorResponse } = verdict;
	if (records !== undefined) {
		const looked = records.map((record) => ({
			...record,
			verdict: afterLook(record.verdict, gone),
		}));
		return { ...verdict, records: looked };
	}
	const deleted = { outcome: 'deleted', evidence: 'rechecked' } as const;
	return vendorResponse === undefined ? deleted : { ...deleted, vendorResponse };
}
