import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { planDigest } from '../../erasure/digest';
import { followUpDeletions } from '../../erasure/followUp';
import { previewExchange, recheckExchange } from '../../erasure/look';
import { emptyMemory, holdFor, RunMemories, type RunMemory } from '../../erasure/memory';
import { notErased, type NotErased } from '../../erasure/outcome';
import { recheck } from '../../erasure/recheck';
import { settle, type RunOptions } from '../../erasure/run';
import { targetKey, type Target } from '../../erasure/target';
import { clock } from './clock';
import type { Connection, Deletion } from './deletion';
import { readDeletionSettings, type DeletionSettings } from './deletionSettings';
import { toLines, unsent, type Entry, type FinishedRun } from './finishedRun';
import { checkLimit, checkPlan, namesRecords, planOf } from './plan';
import type { PreparedRun } from './preparedRun';
import { Progress } from './progress';
import { concludeDeletion } from './receiptItems';
import { remembered, resolveSelected, selectAll, selectorsOf, type Selected } from './selection';

/** A finished run, before it is known whether n8n will start the node again. */
type Ended = Omit<FinishedRun, 'hasTriesLeft'> & { readonly progress?: Progress };

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
	const selected = selectAll(context, deletion);
	const run = runName(context, deletion, selected);
	const memory = run === undefined ? emptyMemory() : memories.open(run, clock.now());
	const hasTriesLeft = run !== undefined && memory.tries < maximumTries(context);
	try {
		const finished = await runOnce(context, deletion, selected, memory);
		return conclude(context, finished, hasTriesLeft, run);
	} finally {
		// What was not dropped is for the next try.
		if (run !== undefined) memories.keep(run, clock.now());
	}
}

async function runOnce(
	context: IExecuteFunctions,
	deletion: Deletion,
	selected: readonly Selected[],
	memory: RunMemory,
): Promise<Ended> {
	const prepared = await prepare(context, deletion);
	if ('outcome' in prepared) {
		return notStarted({ deletion, memory }, remembered(selected, memory), prepared);
	}

	const { settings, connection } = prepared;
	holdFor(memory, JSON.stringify([connection.address, settings.preview]));
	const options: RunOptions = {
		...settings,
		keepVendorResponse: settings.includeVendorResponse,
		signal: context.getExecutionCancelSignal() ?? new AbortController().signal,
		clock,
		settlements: memory.settlements,
	};
	const progress = new Progress(context, connection.exchange.vendorName, clock);
	return await runPrepared({ ...prepared, deletion, memory, options, progress }, selected);
}

/** Reads settings and credentials; whatever is wrong with them is a reason not to start. */
async function prepare(
	context: IExecuteFunctions,
	deletion: Deletion,
): Promise<{ settings: DeletionSettings; connection: Connection } | NotErased> {
	try {
		const settings = readDeletionSettings(context, deletion.defaults);
		return { settings, connection: await deletion.connect(context, settings) };
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		return notErased('skipped', 'notStarted', message);
	}
}

async function runPrepared(prepared: PreparedRun, selected: readonly Selected[]): Promise<Ended> {
	const { deletion, settings, connection, memory, progress } = prepared;
	const object = (plan: string, records: readonly Target[]) =>
		checkPlan(settings, plan) ?? checkLimit(settings, deletion, records);

	// What names its record is held against plan and limit before anything is asked.
	if (namesRecords(connection)) {
		const records = selectorsOf(selected);
		const objection = object(planOf(deletion, connection, selected, records), records);
		if (objection !== undefined) {
			return notStarted(prepared, remembered(selected, memory), objection);
		}
	}
	const entries = await resolveSelected(prepared, selected);
	const targets = entries.flatMap((entry) => ('target' in entry ? [entry.target] : []));
	const plan = planOf(deletion, connection, selected, targets);
	const objection = namesRecords(connection) ? undefined : object(plan, targets);
	if (objection !== undefined) return notStarted(prepared, entries, objection);

	await settleAll(targets, prepared);
	const lines = toLines(entries, (key) => memory.settlements.get(key));
	return { deletion, settings, plan, lines, progress, effort: progress.effort };
}

async function settleAll(
	targets: readonly Target[],
	{ deletion, connection, settings, options, progress }: PreparedRun,
): Promise<void> {
	const { exchange, preview, followUp } = connection;
	const watched = (done: string): RunOptions => {
		const watcher = progress.begin(done, deletion.noun.many);
		return { ...options, watcher };
	};
	if (settings.preview && preview.kind === 'blind') {
		const verdict = { outcome: 'preview', evidence: 'none', preview: preview.preview } as const;
		for (const target of targets) options.settlements.set(targetKey(target), unsent(verdict));
	} else if (settings.preview && preview.kind === 'look') {
		const look = previewExchange(exchange.vendorName, preview.look);
		await settle(targets, look, watched('Previewed'));
	} else {
		await settle(targets, exchange, watched('Settled'));
		if (settings.recheck && preview.kind === 'look') {
			const look = recheckExchange(exchange.vendorName, preview.look);
			await recheck(targets, look, watched('Rechecked'));
		}
		if (followUp !== undefined) await followUpDeletions(targets, followUp, watched('Seen purged'));
	}
}

/**
 * Tries of one run share the execution, the node and what was selected. Undefined where n8n gives
 * no execution ID. The run index is left out: a node used as an agent's tool gets a new one with
 * every try. So is what the credentials hold: a try that cannot read them must still know what
 * earlier ones did.
 */
function runName(
	context: IExecuteFunctions,
	deletion: Deletion,
	selected: readonly Selected[],
): string | undefined {
	const executionId = context.getExecutionId() as string | undefined;
	if (!executionId) return undefined;
	const scope = [executionId, context.getNode().id, deletion.operation];
	return planDigest(scope, selectorsOf(selected));
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
	entries: readonly Entry[],
	why: NotErased,
): Ended {
	const lines = toLines(entries, (key) => memory.settlements.get(key) ?? unsent(why));
	return memory.settlements.size === 0
		? { deletion, settings: undefined, plan: '', lines, notStarted: why.reason.message }
		: { deletion, settings, plan: '', lines };
}

function conclude(
	context: IExecuteFunctions,
	{ progress, ...ended }: Ended,
	hasTriesLeft: boolean,
	run: string | undefined,
): INodeExecutionData[][] {
	const isCancelled = context.getExecutionCancelSignal()?.aborted === true;
	const finished = { ...ended, hasTriesLeft: hasTriesLeft && !isCancelled };
	const conclusion = concludeDeletion(context, finished);
	if (isCancelled) progress?.cancelled(conclusion.summary);
	else progress?.end(conclusion.summary);
	const isOver = !finished.hasTriesLeft || !conclusion.isTriedAgain;
	if (run !== undefined && isOver) memories.drop(run);
	if (conclusion.kind === 'throw') throw conclusion.error;
	return conclusion.output;
}
