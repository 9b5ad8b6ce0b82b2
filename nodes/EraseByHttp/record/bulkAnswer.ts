import { contradicted } from '../../../erasure/contradiction';
import { matchEcho } from '../../../erasure/echo';
import { notErased, type Verdict } from '../../../erasure/outcome';
import { notDocumented, told, type Reading } from '../../../erasure/reading';
import { showReply, type Answer } from '../../../erasure/reply';
import type { Target } from '../../../erasure/target';
import { valueAt } from '../description/fieldPath';
import type { Entries, HttpVendor } from '../description/httpVendor';
import { contentOf, contentOfEntry } from '../description/rule';
import { meaningOf, verdictOf } from './deletionAnswer';
import { speaksOfTrouble } from './trouble';

type Record = Target<'recordId'>;

/**
 * Reads an answer with an entry for each ID. Entries find their records by their IDs, never by
 * their position; a record without an entry stays without a word.
 */
export function readEntries(
	answer: Answer,
	targets: readonly Record[],
	entries: Entries,
	vendor: HttpVendor,
): Reading {
	const list = entriesOf(answer, entries, vendor);
	if (list === undefined) return notDocumented;
	const findTarget = matchEcho(targets, ({ identifiers }) => identifiers.recordId);
	const verdicts = new Map<Target, Verdict>();
	for (const entry of list) {
		const target = findTarget(asText(valueAt(entry, entries.id)));
		if (target === undefined) continue;
		const read = readEntry(answer, entry, target.identifiers.recordId, vendor);
		const earlier = verdicts.get(target);
		const agrees = earlier === undefined || earlier.outcome === read.outcome;
		verdicts.set(target, agrees ? read : contradicted(vendor.vendorName, answer));
	}
	return told(verdicts);
}

/** The list, where the answer has a good status and no word beside the list that speaks of trouble. */
function entriesOf(
	answer: Answer,
	{ list: path }: Entries,
	{ answers: { fieldsOfRecord } }: HttpVendor,
): readonly unknown[] | undefined {
	if (answer.status < 200 || answer.status > 299) return undefined;
	const { json } = contentOf(answer);
	const list = valueAt(json, path);
	if (!Array.isArray(list)) return undefined;
	// What an entry says is said of its record alone.
	const read = { fields: [path], ofTheRecord: fieldsOfRecord };
	const beside = path.length === 0 ? undefined : json;
	return speaksOfTrouble(beside, 'accepted', read) ? undefined : (list as unknown[]);
}

/** An ID may come as a number. */
function asText(value: unknown): unknown {
	return Number.isSafeInteger(value) ? String(value) : value;
}

function readEntry(answer: Answer, entry: unknown, recordId: string, vendor: HttpVendor): Verdict {
	const said = meaningOf(contentOfEntry(answer.status, entry), recordId, vendor);
	if (said === 'contradictory') return contradicted(vendor.vendorName, answer);
	if (said !== undefined) return verdictOf(said, vendor, entry);
	return notErased(
		'unknown',
		'notUnderstood',
		`No rule of the node says what ${vendor.vendorName}'s answer means for this record. Look for the record at ${vendor.vendorName}`,
		entry,
	);
}

/**
 * Reads one answer about several records. It says the same of all of them, and so nothing of any one:
 * that they are not there is only said of one that is alone.
 */
export function readOneForAll(
	answer: Answer,
	targets: readonly Record[],
	vendor: HttpVendor,
): Reading {
	const ids = targets.map(({ identifiers }) => identifiers.recordId);
	const [id = ''] = ids;
	const content = contentOf(answer);
	const said = meaningOf(content, id, vendor);
	if (said === undefined || (said === 'notFound' && ids.length > 1)) return notDocumented;
	const verdict =
		said === 'contradictory'
			? contradicted(vendor.vendorName, answer)
			: verdictOf(said, vendor, content.json ?? showReply(answer));
	if (verdict.outcome === 'refused') return { kind: 'refused', why: verdict };
	return told(new Map(targets.map((target) => [target, verdict] as const)));
}
