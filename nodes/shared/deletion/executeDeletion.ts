import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { recordsDigest } from '../../../erasure/digest';
import { followUpDeletions } from '../../../erasure/followUp';
import { previewTargets } from '../../../erasure/look';
import { cancelledBeforeSending } from '../../../erasure/ending';
import {
	emptyMemory,
	holdFor,
	RunMemories,
	type RunMemory,
	type RunName,
} from '../../../erasure/memory';
import { notErased, type NotErased } from '../../../erasure/outcome';
import { receiptSealer } from '../../../erasure/receiptSeal';
import { lookBefore, markSeen, recheck } from '../../../erasure/recheck';
import { settle, type RunOptions } from '../../../erasure/run';
import { settlementOf } from '../../../erasure/settlement';
import { targetKey, type Target } from '../../../erasure/target';
import { identityOf } from '../sending/accountIdentity';
import { paceOf } from '../sending/accountPace';
import { cancelSignalOf } from '../sending/cancelSignal';
import { messageOf } from '../parameters/messageOf';
import { clock } from '../sending/clock';
import type { Deletion } from './deletion';
import { isTool } from '../parameters/deletionMode';
import { readDeletionSettings } from '../parameters/deletionSettings';
import { closeAll, unsent, type FinishedRun, type RunRecord } from '../receipts/finishedRun';
import { checkLimit, checkPlan, namesRecords, planOf } from './plan';
import type { PreparedRun } from './preparedRun';
import { Progress, sayCancelled } from './progress';
import { concludeDeletion, type Conclusion } from '../receipts/receiptItems';
import { openTargets, remembered, resolveSelected, selectAll } from './selection';

/** A finished run, before it is known whether n8n will start the node again. */
type Ended = Omit<FinishedRun, 'hasTriesLeft' | 'references'> & { readonly progress?: Progress };

/** What earlier tries of Retry On Fail settled, for as long as n8n may start the node again. */
const memories = new RunMemories();

/**
 * Runs a delete operation for all items of a node: parameters, selectors, targets, requests,
 * outcomes, receipts. Under On Error = Stop every input is checked before anything is sent; under
 * the other settings what cannot be sent gets its receipt like everything else, because n8n
 * answers a thrown error there by passing the input on as if nothing had happened.
 */
export async function executeDeletion(
	context: IExecuteFunctions,
	deletion: Deletion,
): Promise<INodeExecutionData[][]> {
	const { selected, references } = selectAll(context, deletion);
	const run = nameRun(context, deletion, selected);
	const memory = run === undefined ? emptyMemory() : memories.take(run, clock.now());
	const hasTriesLeft = run !== undefined && memory.tries < maximumTries(context);
	let isTriedAgain = true;
	try {
		const ended = await runOnce(context, deletion, selected, memory);
		const conclusion = conclude(context, { ...ended, references }, memory, hasTriesLeft);
		({ isTriedAgain } = conclusion);
		if (conclusion.kind === 'throw') throw conclusion.error;
		return conclusion.output;
	} finally {
		// n8n makes all tries of a cancelled execution as well.
		if (run !== undefined && hasTriesLeft && isTriedAgain) {
			memories.keep(run, memory, clock.now());
		}
	}
}

async function runOnce(
	context: IExecuteFunctions,
	deletion: Deletion,
	selected: readonly RunRecord[],
	memory: RunMemory,
): Promise<Ended> {
	const read = await orWhyNot(() => readDeletionSettings(context, deletion.defaults));
	if (read.kind === 'not') {
		return notStarted({ deletion, memory }, remembered(selected, memory, false), read.why);
	}
	const settings = read.value;
	if (isCancelled(context)) return cancelledBefore({ deletion, memory, settings }, selected);
	const opened = await orWhyNot(() => deletion.connect(context, settings));
	if (opened.kind === 'not') {
		const records = remembered(selected, memory, settings.preview);
		return notStarted({ deletion, memory }, records, opened.why);
	}
	const connection = opened.value;

	holdFor(memory, JSON.stringify([connection.address, settings.preview]));
	const options: RunOptions = {
		...settings,
		keepVendorResponse: settings.includeVendorResponse,
		signal: cancelSignalOf(context),
		clock,
		settlements: memory.settlements,
		account: paceOf(context),
		kind: deletion.operation,
		startedAt: clock.now(),
	};
	const progress = new Progress(context, connection.exchange.vendorName, clock);
	const account = identityOf(context);
	const prepared = { settings, connection, account, deletion, memory, options, progress };
	const ended = await runPrepared(prepared, selected);
	return { ...ended, sealer: receiptSealer(connection.address, account) };
}

type Attempt<T> =
	{ readonly kind: 'ready'; readonly value: T } | { readonly kind: 'not'; readonly why: NotErased };

/** Whatever is wrong with settings and credentials is a reason not to start. */
async function orWhyNot<T>(read: () => T | Promise<T>): Promise<Attempt<T>> {
	try {
		return { kind: 'ready', value: await read() };
	} catch (error) {
		return { kind: 'not', why: notErased('skipped', 'notStarted', messageOf(error)) };
	}
}

async function runPrepared(prepared: PreparedRun, selected: readonly RunRecord[]): Promise<Ended> {
	const { deletion, settings, connection, account, memory, progress } = prepared;
	const objectionTo = (plan: string, targets: readonly Target[]) =>
		checkPlan(settings, plan) ?? checkLimit(settings, deletion, targets);

	// What names its record is held against plan and limit before anything is asked.
	if (namesRecords(connection)) {
		const named = openTargets(selected);
		const objection = objectionTo(planOf(deletion, connection, selected, named, account), named);
		if (objection !== undefined) {
			const records = remembered(selected, memory, settings.preview);
			return notStarted(prepared, records, objection);
		}
	}
	const records = await resolveSelected(prepared, selected);
	const targets = openTargets(records);
	const plan = planOf(deletion, connection, selected, targets, account);
	const objection = namesRecords(connection) ? undefined : objectionTo(plan, targets);
	if (objection !== undefined) return notStarted(prepared, records, objection);

	settleFound(records, prepared);
	await settleAll(targets, prepared);
	const closed = closeAll(records, (key) => memory.settlements.get(key));
	return { deletion, settings, plan, records: closed, progress, effort: progress.effort };
}

/** What asking has shown of a record already needs no request of its own. */
function settleFound(records: readonly RunRecord[], { options }: PreparedRun): void {
	const { settlements } = options;
	for (const record of records) {
		if (record.kind === 'closed' || record.found === undefined) continue;
		const key = targetKey(record.target);
		const earlier = settlements.get(key);
		if (earlier?.final === true) continue;
		const coming = { ...record.found, repeatable: true };
		settlements.set(key, settlementOf(coming, earlier, options));
	}
}

async function settleAll(
	targets: readonly Target[],
	{ deletion, connection, memory, settings, options, progress }: PreparedRun,
): Promise<void> {
	const { exchange, finder, preview, followUp } = connection;
	const { vendorName } = exchange;
	const watched = (done: string): RunOptions => {
		const watcher = progress.begin(done, deletion.noun.many);
		return { ...options, watcher };
	};
	if (settings.preview && preview.kind === 'blind') {
		const verdict = { outcome: 'preview', evidence: 'none', preview: preview.preview } as const;
		for (const target of targets) options.settlements.set(targetKey(target), unsent(verdict));
	} else if (settings.preview && preview.kind === 'look') {
		await previewTargets(targets, { vendorName, look: preview.look }, watched('Previewed'));
	} else {
		const { seen } = memory;
		// A finder's targets are what the vendor has shown.
		if (finder !== undefined) for (const target of targets) seen.add(targetKey(target));
		const { alwaysRechecks = false, looksFirst = false } = deletion.defaults;
		if ((alwaysRechecks || looksFirst) && preview.kind === 'look') {
			const looking = { vendorName, look: preview.look };
			await lookBefore(targets, looking, watched('Looked up'), seen);
		}
		await settle(targets, exchange, watched('Settled'));
		markSeen(seen, options);
		if (settings.recheck && preview.kind === 'look') {
			await recheck(targets, { vendorName, look: preview.look }, watched('Rechecked'));
		}
		if (followUp !== undefined) await followUpDeletions(targets, followUp, watched('Seen purged'));
	}
}

/**
 * Tries of one run share the execution, the node and what was selected. Undefined where n8n gives
 * no execution ID. The run index is not part of it: a node used as an agent's tool gets a new one with
 * every try. So is what the credentials hold: a try that cannot read them must still know what
 * earlier ones did. An agent may call a tool twice at once, with the same IDs: what n8n gives the
 * node as its item is one object for each call, and the same in all its tries.
 */
function nameRun(
	context: IExecuteFunctions,
	deletion: Deletion,
	selected: readonly RunRecord[],
): RunName | undefined {
	const executionId = context.getExecutionId() as string | undefined;
	if (!executionId) return undefined;
	const scope = [executionId, context.getNode().id, deletion.operation];
	const name = recordsDigest(scope, openTargets(selected));
	const call = isTool(context.getNode()) ? context.getInputData()[0]?.json : undefined;
	return call === undefined ? { name } : { name, call };
}

/** How often n8n starts the node at most: its own rule, between 2 and 5 if retries are on. */
function maximumTries(context: IExecuteFunctions): number {
	const { retryOnFail, maxTries } = context.getNode();
	return retryOnFail === true ? Math.min(5, Math.max(2, maxTries || 3)) : 1;
}

/**
 * A run in which nothing was sent, for a reason that holds for every target; those that an earlier
 * try settled keep what they have.
 */
function notStarted(
	{ deletion, memory, settings }: Pick<PreparedRun, 'deletion' | 'memory'> & Partial<PreparedRun>,
	records: readonly RunRecord[],
	why: NotErased,
): Ended {
	const closed = closeAll(records, (key) => memory.settlements.get(key) ?? unsent(why));
	return memory.settlements.size === 0
		? { deletion, settings: undefined, plan: '', records: closed, notStarted: why.reason.message }
		: { deletion, settings, plan: '', records: closed };
}

/**
 * A try of a run that was cancelled before it began: n8n starts the node again nevertheless.
 * Nothing is asked, not even for credentials, and what earlier tries know stays as it is.
 */
function cancelledBefore(
	{ deletion, memory, settings }: Pick<PreparedRun, 'deletion' | 'memory' | 'settings'>,
	selected: readonly RunRecord[],
): Ended {
	const records = remembered(selected, memory, settings.preview);
	const closed = closeAll(
		records,
		(key) => memory.settlements.get(key) ?? unsent(cancelledBeforeSending),
	);
	return { deletion, settings, plan: '', records: closed };
}

function isCancelled(context: IExecuteFunctions): boolean {
	return context.getExecutionCancelSignal()?.aborted === true;
}

function conclude(
	context: IExecuteFunctions,
	{ progress, ...ended }: Ended & Pick<FinishedRun, 'references'>,
	memory: RunMemory,
	hasTriesLeft: boolean,
): Conclusion {
	const cancelled = isCancelled(context);
	const finished = { ...ended, hasTriesLeft: hasTriesLeft && !cancelled };
	const conclusion = concludeDeletion(context, finished);
	if (!cancelled) progress?.end(conclusion.summary);
	else if (memory.isCancelTold !== true) {
		sayCancelled(context, conclusion.summary);
		memory.isCancelTold = true;
	}
	return conclusion;
}
