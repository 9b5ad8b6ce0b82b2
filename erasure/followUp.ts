import { ask, type Question } from './asking';
import type { NotErased, Verdict } from './outcome';
import { told } from './reading';
import type { Answer, Reply } from './reply';
import type { RunOptions } from './run';
import { targetKey, type Target } from './target';
import type { RunWatcher } from './watcher';

/** How a vendor is asked how far the deletions are that it took on. Changes nothing there. */
export interface FollowUp {
	/** As a person writes it. */
	readonly vendorName: string;
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

/** A round that begins as the time runs out may still take so long. */
const lastRoundMs = 5000;

/**
 * Asks about every target that the vendor took on, after growing pauses, until all are gone or the
 * time is over. What was seen to be gone becomes `deleted` by evidence of `rechecked`; everything
 * else stays `accepted`. Resolves soon after the signal aborts.
 */
export async function followUpDeletions(
	targets: readonly Target[],
	followUp: FollowUp,
	options: RunOptions,
): Promise<void> {
	const { clock, signal, watcher } = options;
	const end = clock.now() + followUp.forMs;
	let open = openIds(targets, options);
	let pauseMs = firstPauseMs;
	watcher?.begun(open.length);
	while (open.length > 0 && clock.now() < end) {
		await clock.sleep(Math.min(pauseMs, end - clock.now()), signal);
		const untilMs = Math.max(end, clock.now() + lastRoundMs);
		const { gone, isVain } = await askAbout(open, followUp, untilMs, options);
		markGone(targets, gone, options);
		watcher?.settled(gone.size);
		if (isVain) return;
		open = openIds(targets, options);
		pauseMs = Math.min(longestPauseMs, pauseMs * 2);
	}
}

/** What one round of questions brought. */
interface Round {
	readonly gone: ReadonlySet<string>;
	/** Another round would be told the same. */
	readonly isVain: boolean;
}

/**
 * Asks in batches, one at a time: there is no hurry, and the vendor is busy deleting.
 *
 * @param untilMs when waiting for better answers ends, in milliseconds since the epoch
 */
async function askAbout(
	ids: readonly string[],
	followUp: FollowUp,
	untilMs: number,
	options: RunOptions,
): Promise<Round> {
	const { clock, signal } = options;
	const done = new AbortController();
	const timeUp = new AbortController();
	const timer = clock.sleep(untilMs - clock.now(), done.signal).then(() => timeUp.abort());
	try {
		const answers = await ask(batchesOf(ids, followUp.idsPerRequest), questionOf(followUp), {
			...options,
			maxConcurrency: 1,
			signal: AbortSignal.any([signal, timeUp.signal]),
			watcher: hearsPushBacks(options.watcher),
		});
		const asked = [...answers.values()];
		const gone = asked.flatMap((one) => (one.kind === 'understood' ? [...one.content] : []));
		const isVain = asked.some((one) => one.kind === 'nothing' && willStayNothing(one.why));
		return { gone: new Set(gone), isVain };
	} finally {
		done.abort();
		await timer;
	}
}

function questionOf(followUp: FollowUp): Question<readonly string[], ReadonlySet<string>> {
	return {
		vendorName: followUp.vendorName,
		send: async (ids) => await followUp.send(ids),
		read: (answer, ids) => {
			const gone = followUp.readGone(answer, ids);
			return gone && told(gone);
		},
	};
}

/** Bad credentials, a refusal, a pause longer than a run waits, or the run was cancelled. */
function willStayNothing({ outcome, reason }: NotErased): boolean {
	return outcome === 'skipped' || outcome === 'refused' || reason.code === 'pushedBack';
}

/** The run counts records, and questions are about many at once. */
function hearsPushBacks(watcher: RunWatcher | undefined): RunWatcher {
	return { begun: () => {}, settled: () => {}, pushedBack: () => watcher?.pushedBack() };
}

function batchesOf(ids: readonly string[], size: number): Array<readonly string[]> {
	const batches = [];
	for (let start = 0; start < ids.length; start += size) {
		batches.push(ids.slice(start, start + size));
	}
	return batches;
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
	const { records, vendorResponse, named } = verdict;
	if (records !== undefined) {
		const looked = records.map((record) => ({
			...record,
			verdict: afterLook(record.verdict, gone),
		}));
		return { ...verdict, records: looked };
	}
	return {
		outcome: 'deleted',
		evidence: 'rechecked',
		...(vendorResponse === undefined ? {} : { vendorResponse }),
		...(named === undefined ? {} : { named }),
	};
}
