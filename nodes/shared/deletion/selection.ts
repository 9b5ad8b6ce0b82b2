import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { findTargets } from '../../../erasure/find';
import type { RunMemory } from '../../../erasure/memory';
import { notErased, type Verdict } from '../../../erasure/outcome';
import { settlementOf } from '../../../erasure/settlement';
import { showTarget, targetKey, type Selector } from '../../../erasure/target';
import type { Deletion } from './deletion';
import { neverSettled, unsent, type Entry } from '../receipts/finishedRun';
import { BadInput, ItemFields, ItemParameters } from '../parameters/itemParameters';
import type { PreparedRun } from './preparedRun';

/** What one item gives: a selector, or why it gives none. */
export type Selected =
	| { readonly itemIndex: number; readonly selector: Selector }
	| { readonly itemIndex: number; readonly badInput: BadInput };

/**
 * Reads what all items select.
 *
 * @throws NodeOperationError for the first unusable input, under On Error = Stop: nothing is sent then
 */
export function selectAll(context: IExecuteFunctions, deletion: Deletion): Selected[] {
	const fields = new ItemFields(context);
	return context.getInputData().flatMap((_, itemIndex): Selected[] => {
		try {
			const selectors = deletion.select(new ItemParameters(context, itemIndex, fields));
			return selectors.map((selector) => ({ itemIndex, selector }));
		} catch (error) {
			const badInput = error instanceof BadInput ? error : undefined;
			if (badInput !== undefined && context.continueOnFail()) return [{ itemIndex, badInput }];
			throw new NodeOperationError(context.getNode(), error as Error, {
				itemIndex,
				description: 'Nothing was sent.',
			});
		}
	});
}

export function selectorsOf(selected: readonly Selected[]): Selector[] {
	return selected.flatMap((entry) => ('selector' in entry ? [entry.selector] : []));
}

/** Turns selectors into targets: most are targets already, the others are looked up. */
export async function resolveSelected(
	{ connection, deletion, memory, options, progress, settings }: PreparedRun,
	selected: readonly Selected[],
): Promise<Entry[]> {
	const { finder, exchange } = connection;
	if (finder === undefined) return selected.map(withoutResolving);

	const selectors = selectorsOf(selected);
	const watcher = progress.begin('Looked up', deletion.noun.many);
	await findTargets(selectors, exchange.vendorName, finder, memory.findings, {
		...options,
		watcher,
	});
	return selected.flatMap((entry) =>
		'badInput' in entry ? [withoutResolving(entry)] : found(entry, memory, settings.preview),
	);
}

/** What selectors stand for as far as earlier tries found it out, without asking anybody. */
export function remembered(
	selected: readonly Selected[],
	memory: RunMemory,
	preview: boolean,
): Entry[] {
	return selected.flatMap((entry) =>
		'badInput' in entry || !memory.findings.has(targetKey(entry.selector))
			? [withoutResolving(entry)]
			: found(entry, memory, preview),
	);
}

/** What asking has shown of a selector. */
function found(
	{ itemIndex, selector }: Extract<Selected, { selector: Selector }>,
	{ findings }: RunMemory,
	preview: boolean,
): Entry[] {
	const key = targetKey(selector);
	const asked = findings.get(key);
	const shown = showTarget(selector);
	if (asked === undefined) return [{ itemIndex, key, shown, settlement: unsent(neverSettled) }];
	if (asked.kind === 'nothing') {
		const coming = { verdict: asked.why, ...asked, repeatable: true };
		const settlement = settlementOf(coming, undefined, { keepVendorResponse: true });
		return [{ itemIndex, key, shown, settlement }];
	}
	const { attempts, at, content: finding } = asked;
	switch (finding.kind) {
		case 'targets':
			return finding.targets.map((target) => ({ itemIndex, target }));
		case 'settledTarget': {
			const { target, verdict } = finding;
			return [{ itemIndex, target, found: { verdict, attempts, at } }];
		}
		case 'settled': {
			const verdict = preview ? previewOf(finding.verdict) : finding.verdict;
			const settlement = { verdict, attempts, at, final: true, doubt: 'none' } as const;
			return [{ itemIndex, key, shown, settlement }];
		}
	}
}

/** What a preview says of a selector that stands for no target, now that it has been looked up. */
function previewOf(verdict: Verdict): Verdict {
	if (verdict.outcome !== 'notFound') return verdict;
	return { outcome: 'preview', evidence: 'none', preview: { found: false, wouldBe: 'notFound' } };
}

function withoutResolving(entry: Selected): Entry {
	const { itemIndex } = entry;
	if ('selector' in entry) return { itemIndex, target: entry.selector };
	const verdict = notErased('failed', 'badInput', entry.badInput.message);
	return { itemIndex, shown: {}, settlement: unsent(verdict) };
}
