import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { findTargets } from '../../../erasure/find';
import type { RunMemory } from '../../../erasure/memory';
import type { Verdict } from '../../../erasure/outcome';
import { settlementOf, type Settlement } from '../../../erasure/settlement';
import { showTarget, targetKey, type Target } from '../../../erasure/target';
import type { Deletion } from './deletion';
import {
	neverSettled,
	unsent,
	unusable,
	type OpenRecord,
	type RunRecord,
} from '../receipts/finishedRun';
import { BadInput, ItemFields, ItemParameters } from '../parameters/itemParameters';
import { carriesReference, readReference } from '../parameters/readReference';
import type { PreparedRun } from './preparedRun';

/** What all items give. */
export interface Selection {
	readonly selected: readonly RunRecord[];
	/** What the receipts of an item carry along, by its index; see Item Reference. */
	readonly references: ReadonlyMap<number, string>;
}

/**
 * Reads what all items select, and what their receipts carry along.
 *
 * @throws NodeOperationError for the first unusable input, under On Error = Stop: nothing is sent then
 */
export function selectAll(context: IExecuteFunctions, deletion: Deletion): Selection {
	const fields = new ItemFields(context);
	const carries = carriesReference(fields);
	const references = new Map<number, string>();
	const selected = context.getInputData().flatMap((_, itemIndex): RunRecord[] => {
		try {
			const parameters = new ItemParameters(context, itemIndex, fields);
			// Before the IDs: a receipt that says that those cannot be used has its reference too.
			const reference = carries ? readReference(parameters) : undefined;
			if (reference !== undefined) references.set(itemIndex, reference);
			const selectors = deletion.select(parameters);
			return selectors.map((target) => ({ kind: 'open', itemIndex, target }));
		} catch (error) {
			if (error instanceof BadInput && context.continueOnFail()) {
				return [unusable(itemIndex, error.message)];
			}
			throw new NodeOperationError(context.getNode(), error as Error, {
				itemIndex,
				description: 'Nothing was sent.',
			});
		}
	});
	return { selected, references };
}

/** Those still to be settled: selectors or, after resolving, exact records. */
export function openTargets(records: readonly RunRecord[]): Target[] {
	return records.flatMap((record) => (record.kind === 'open' ? [record.target] : []));
}

/** Turns selectors into targets: most are targets already, the others are looked up. */
export async function resolveSelected(
	{ connection, deletion, memory, options, progress, settings }: PreparedRun,
	selected: readonly RunRecord[],
): Promise<readonly RunRecord[]> {
	const { finder, exchange } = connection;
	if (finder === undefined) return selected;

	const selectors = openTargets(selected);
	const watcher = progress.begin('Looked up', deletion.noun.many);
	await findTargets(selectors, exchange.vendorName, finder, memory.findings, {
		...options,
		watcher,
	});
	return selected.flatMap((record) =>
		record.kind === 'closed' ? [record] : found(record, memory, settings.preview),
	);
}

/** What selectors stand for as far as earlier tries found it out, without asking anyone. */
export function remembered(
	selected: readonly RunRecord[],
	memory: RunMemory,
	preview: boolean,
): RunRecord[] {
	return selected.flatMap((record) =>
		record.kind === 'closed' || !memory.findings.has(targetKey(record.target))
			? [record]
			: found(record, memory, preview),
	);
}

/** What asking has shown of a selector. */
function found(
	{ itemIndex, target: selector }: OpenRecord,
	{ findings }: RunMemory,
	preview: boolean,
): RunRecord[] {
	const key = targetKey(selector);
	const asked = findings.get(key);
	const closed = (settlement: Settlement): RunRecord[] => [
		{ kind: 'closed', itemIndex, key, shown: showTarget(selector), settlement, duplicate: false },
	];
	if (asked === undefined) return closed(unsent(neverSettled));
	if (asked.kind === 'nothing') {
		const coming = { verdict: asked.why, ...asked, repeatable: true };
		return closed(settlementOf(coming, undefined, { keepVendorResponse: true }));
	}
	const { attempts, at, content: finding } = asked;
	switch (finding.kind) {
		case 'targets':
			return finding.targets.map((target) => ({ kind: 'open', itemIndex, target }));
		case 'settledTarget': {
			const { target, verdict } = finding;
			return [{ kind: 'open', itemIndex, target, found: { verdict, attempts, at } }];
		}
		case 'settled': {
			const verdict = preview ? previewOf(finding.verdict) : finding.verdict;
			return closed({ verdict, attempts, at, final: true, doubt: 'none' });
		}
	}
}

/** What a preview says of a selector without targets, now that it has been looked up. */
function previewOf(verdict: Verdict): Verdict {
	if (verdict.outcome !== 'notFound') return verdict;
	const note = verdict.reason === undefined ? {} : { note: verdict.reason.message };
	const preview = { found: false, wouldBe: 'notFound', ...note } as const;
	return { outcome: 'preview', evidence: 'none', preview };
}
