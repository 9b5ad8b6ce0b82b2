import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { planDigest } from '../../erasure/digest';
import { findTargets } from '../../erasure/find';
import { followUpDeletions } from '../../erasure/followUp';
import { previewExchange, recheckExchange } from '../../erasure/look';
import { emptyMemory, RunMemories, type RunMemory } from '../../erasure/memory';
import { notErased, type NotErased, type Verdict } from '../../erasure/outcome';
import { recheck } from '../../erasure/recheck';
import { settle, type RunOptions } from '../../erasure/run';
import { showTarget, targetKey, type Selector, type Target } from '../../erasure/target';
import { clock } from './clock';
import type { Connection, Deletion } from './deletion';
import { toDelete } from './deletionFields';
import { readDeletionSettings, type DeletionSettings } from './deletionSettings';
import { neverSettled, toLines, unsent, type Entry, type FinishedRun } from './finishedRun';
import { BadInput, ItemParameters } from './itemParameters';
import { concludeDeletion } from './receiptItems';

type Selected =
	| { readonly itemIndex: number; readonly selector: Selector }
	| { readonly itemIndex: number; readonly badInput: BadInput };

/** A run that is ready to send. */
interface Prepared {
	readonly deletion: Deletion;
	readonly settings: DeletionSettings;
	readonly connection: Connection;
	readonly memory: RunMemory;
	readonly options: RunOptions;
}

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
	const prepared = await prepare(context, deletion);
	if ('outcome' in prepared) return conclude(context, notStarted(deletion, selected, prepared));

	const { settings, connection } = prepared;
	const run = runName(context, deletion, settings, connection, selected);
	const memory = run === undefined ? emptyMemory() : memories.open(run, clock.now());
	const options: RunOptions = {
		...settings,
		keepVendorResponse: settings.includeVendorResponse,
		signal: context.getExecutionCancelSignal() ?? new AbortController().signal,
		clock,
		settlements: memory.settlements,
	};
	let finished: FinishedRun | undefined;
	try {
		finished = await runPrepared(
			{ ...prepared, deletion, memory, options },
			selected,
			run !== undefined && memory.tries < maximumTries(context),
		);
	} finally {
		// A defect of ours must not leave a memory behind that nobody comes back for.
		if (finished === undefined && run !== undefined) memories.drop(run);
	}
	return conclude(context, finished, run);
}

function selectAll(context: IExecuteFunctions, deletion: Deletion): Selected[] {
	return context.getInputData().flatMap((_, itemIndex): Selected[] => {
		try {
			const selectors = deletion.select(new ItemParameters(context, itemIndex));
			return selectors.map((selector) => ({ itemIndex, selector }));
		} catch (error) {
			const badInput = error instanceof BadInput ? error : undefined;
			if (badInput !== undefined && context.continueOnFail()) return [{ itemIndex, badInput }];
			throw new NodeOperationError(context.getNode(), error as Error, {
				itemIndex,
				description: nothingSent,
			});
		}
	});
}

const nothingSent = 'Nothing was sent.';

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

async function runPrepared(
	prepared: Prepared,
	selected: readonly Selected[],
	hasTriesLeft: boolean,
): Promise<FinishedRun> {
	const { deletion, settings, connection, memory, options } = prepared;
	const entries = await resolve(prepared, selected);
	const targets = entries.flatMap((entry) => ('target' in entry ? [entry.target] : []));
	const scope = [deletion.vendor, deletion.resource, deletion.operation, connection.address];
	const plan = planDigest(scope, targets);

	const objection = checkPlan(settings, plan) ?? checkLimit(settings, deletion, targets);
	if (objection !== undefined) return notStarted(deletion, selected, objection, entries);

	await settleAll(targets, connection, settings, options);
	return {
		deletion,
		settings,
		plan,
		lines: toLines(entries, (key) => memory.settlements.get(key)),
		hasTriesLeft: hasTriesLeft && !options.signal.aborted,
	};
}

/** Turns selectors into targets: most are targets already, the others are looked up. */
async function resolve(
	{ connection, memory, options, settings }: Prepared,
	selected: readonly Selected[],
): Promise<Entry[]> {
	const { finder, exchange } = connection;
	if (finder === undefined) return selected.map(withoutResolving);

	const selectors = selected.flatMap((entry) => ('selector' in entry ? [entry.selector] : []));
	const { findings } = memory;
	const asked = await findTargets(selectors, exchange.vendorName, finder, findings, options);
	return selected.flatMap((entry): Entry[] => {
		if ('badInput' in entry) return [withoutResolving(entry)];
		const { itemIndex, selector } = entry;
		const shown = showTarget(selector);
		const finding = findings.get(targetKey(selector));
		if (finding?.kind === 'targets') {
			return finding.targets.map((target) => ({ itemIndex, target }));
		}
		const settlement =
			finding === undefined
				? asked.get(targetKey(selector))
				: unsent(settings.preview ? previewOf(finding.verdict) : finding.verdict);
		return [{ itemIndex, shown, settlement: settlement ?? unsent(neverSettled) }];
	});
}

/** What a preview says of a selector that stands for no target, now that it has been looked up. */
function previewOf(verdict: Verdict): Verdict {
	switch (verdict.outcome) {
		case 'notFound':
			return {
				outcome: 'preview',
				evidence: 'none',
				preview: { found: false, wouldBe: 'notFound' },
			};
		case 'refused':
			return {
				outcome: 'preview',
				evidence: 'none',
				preview: { found: true, wouldBe: 'refused', note: verdict.reason.message },
			};
		default:
			return verdict;
	}
}

function withoutResolving(entry: Selected): Entry {
	const { itemIndex } = entry;
	if ('selector' in entry) return { itemIndex, target: entry.selector };
	const verdict = notErased('failed', 'badInput', entry.badInput.message);
	return { itemIndex, shown: {}, settlement: unsent(verdict) };
}

async function settleAll(
	targets: readonly Target[],
	connection: Connection,
	settings: DeletionSettings,
	options: RunOptions,
): Promise<void> {
	const { exchange, preview, followUp } = connection;
	if (settings.preview && preview.kind === 'blind') {
		const verdict = { outcome: 'preview', evidence: 'none', preview: preview.preview } as const;
		for (const target of targets) options.settlements.set(targetKey(target), unsent(verdict));
	} else if (settings.preview && preview.kind === 'look') {
		await settle(targets, previewExchange(exchange.vendorName, preview.look), options);
	} else {
		await settle(targets, exchange, options);
		if (settings.recheck && preview.kind === 'look') {
			await recheck(targets, recheckExchange(exchange.vendorName, preview.look), options);
		}
		if (followUp !== undefined) await followUpDeletions(targets, followUp, options);
	}
}

function checkPlan(settings: DeletionSettings, plan: string): NotErased | undefined {
	if (settings.preview || settings.approvedPlan === '' || settings.approvedPlan === plan) {
		return undefined;
	}
	return notErased(
		'skipped',
		'planChanged',
		'The records to delete are not those of the Approved Plan. Preview again and approve what it shows',
	);
}

function checkLimit(
	settings: DeletionSettings,
	deletion: Deletion,
	targets: readonly Target[],
): NotErased | undefined {
	const count = new Set(targets.map(targetKey)).size;
	if (count <= settings.maximumTargets) return undefined;
	const { base } = deletion.defaults.verb ?? toDelete;
	return notErased(
		'skipped',
		'overLimit',
		`There are ${count} ${deletion.noun.many} to ${base}, and Maximum Targets allows ${settings.maximumTargets}. Raise it in the node's options if that is meant`,
	);
}

/**
 * Tries of one run share the execution, the node and what was selected. Undefined where n8n gives
 * no execution ID. The run index is left out: a node used as an agent's tool gets a new one with
 * every try.
 */
function runName(
	context: IExecuteFunctions,
	deletion: Deletion,
	settings: DeletionSettings,
	connection: Connection,
	selected: readonly Selected[],
): string | undefined {
	const executionId = context.getExecutionId() as string | undefined;
	if (!executionId) return undefined;
	const selectors = selected.flatMap((entry) => ('selector' in entry ? [entry.selector] : []));
	const scope = [executionId, context.getNode().id, deletion.operation, connection.address];
	return planDigest([...scope, String(settings.preview)], selectors);
}

/** How often n8n starts the node at most: its own rule, between 2 and 5 if retries are on. */
function maximumTries(context: IExecuteFunctions): number {
	const { retryOnFail, maxTries } = context.getNode();
	return retryOnFail === true ? Math.min(5, Math.max(2, maxTries || 3)) : 1;
}

/** A run in which nothing was sent, for a reason that holds for every target. */
function notStarted(
	deletion: Deletion,
	selected: readonly Selected[],
	why: NotErased,
	entries: readonly Entry[] = selected.map(withoutResolving),
): FinishedRun {
	return {
		deletion,
		settings: undefined,
		plan: '',
		lines: toLines(entries, () => unsent(why)),
		hasTriesLeft: false,
		notStarted: why.reason.message,
	};
}

function conclude(
	context: IExecuteFunctions,
	finished: FinishedRun,
	run?: string,
): INodeExecutionData[][] {
	const conclusion = concludeDeletion(context, finished);
	if (run !== undefined) {
		if (finished.hasTriesLeft && conclusion.isTriedAgain) memories.keep(run, clock.now());
		else memories.drop(run);
	}
	if (conclusion.kind === 'throw') throw conclusion.error;
	return conclusion.output;
}
