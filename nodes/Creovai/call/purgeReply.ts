import { contradicted, deniesSuccess } from '../../../erasure/contradiction';
import { notDocumented, told, type Reading } from '../../../erasure/reading';
import { quoteVendor } from '../../../erasure/mask';
import { notErased, type NotErased, type Verdict } from '../../../erasure/outcome';
import { asRecord, parseJson, type Answer } from '../../../erasure/reply';
import type { Target } from '../../../erasure/target';
import { nameOf, vendorName, type CallIdentifier, type CallTarget } from '../creovaiApi';
import { matchEcho } from '../../../erasure/echo';

/** One entry of a purge reply, `{callId, sessionId, status, errorMsg}`: each may be missing. */
export interface PurgeItem {
	readonly callId?: unknown;
	readonly sessionId?: unknown;
	readonly status?: unknown;
	readonly errorMsg?: unknown;
}

/**
 * The entries of `{"items":[…]}`, or undefined if the answer is not of that form, or says beside them
 * that something went wrong.
 */
export function readItems(answer: Answer): PurgeItem[] | undefined {
	const body = answer.status === 200 ? asRecord(parseJson(answer.body)) : undefined;
	return body === undefined || deniesSuccess(body) ? undefined : itemsOf(body);
}

function itemsOf({ items }: Readonly<Record<string, unknown>>): PurgeItem[] | undefined {
	if (!Array.isArray(items)) return undefined;
	return (items as unknown[]).map((item) => asRecord(item) ?? {});
}

/**
 * Reads what became of calls that were named by their IDs. Entries find their targets by
 * identifier, never by position; entries for records that were not asked for are left aside.
 *
 * @param identifier which of the two IDs the targets were named by
 */
export function readPurge(
	answer: Answer,
	targets: readonly CallTarget[],
	identifier: CallIdentifier,
): Reading {
	const items = readItems(answer);
	if (items === undefined) return readOtherStatus(answer, targets);

	const findTarget = matchEcho(targets, (target) => nameOf(target).id);
	const verdicts = new Map<Target, Verdict>();
	for (const item of items) {
		const target = findTarget(item[identifier]);
		if (target === undefined || speaksOfAnother(item, target)) continue;
		const read = readItem(item, Object.values(target.identifiers));
		const earlier = verdicts.get(target);
		const agrees = earlier === undefined || earlier.outcome === read.outcome;
		const verdict = agrees ? read : contradiction(earlier, item);
		const named = namedBy(item, target);
		// A session may have several calls: the ID of one of them does not name it.
		const isSame = earlier === undefined || areSame(named, earlier.named);
		verdicts.set(target, isSame && named !== undefined ? { ...verdict, named } : verdict);
	}
	return told(verdicts);
}

/**
 * A status that is none of a purge, over entries that say that one has begun: nobody can say that
 * nothing was done.
 */
export function readOtherStatus(answer: Answer, targets: readonly Target[]): Reading {
	if (answer.status === 200) return notDocumented;
	const items = itemsOf(asRecord(parseJson(answer.body)) ?? {}) ?? [];
	if (!items.some(({ status }) => status === 'Purging')) return notDocumented;
	const verdicts = targets.map((target) => [target, contradicted(vendorName, answer)] as const);
	return told(new Map(verdicts));
}

/** An entry has both IDs of its call. One with the ID of another is about neither of the two. */
function speaksOfAnother(item: PurgeItem, { identifiers, shown }: Target): boolean {
	const known: Readonly<Record<string, string | undefined>> = { ...shown, ...identifiers };
	return (['callId', 'sessionId'] as const).some((name) => {
		const said = readId(item[name])?.toLowerCase();
		const wanted = known[name]?.toLowerCase();
		return said !== undefined && wanted !== undefined && said !== wanted;
	});
}

/**
 * The other of a call's two IDs: the status of a call can be asked for by its session ID alone. Not
 * where a phone number led to the call: its search has named whatever is not the number itself.
 */
function namedBy(item: PurgeItem, { identifiers, shown }: Target): Verdict['named'] {
	const known = { ...shown, ...identifiers };
	if ('phoneNumber' in known) return undefined;
	const others = (['callId', 'sessionId'] as const)
		.filter((name) => !(name in known))
		.map((name) => [name, readId(item[name])] as const)
		.filter((entry): entry is ['callId' | 'sessionId', string] => entry[1] !== undefined);
	return others.length === 0 ? undefined : Object.fromEntries(others);
}

function areSame(one: Verdict['named'], other: Verdict['named']): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

/** @param quotable identifiers that the receipt shows, so that the vendor's words may hold them */
export function readItem(item: PurgeItem, quotable: readonly string[]): Verdict {
	switch (item.status) {
		case 'Purging': {
			if (hasWords(item)) return undocumentedItem(item);
			const followUpId = readId(item.sessionId);
			const accepted = { outcome: 'accepted', evidence: 'accepted', vendorResponse: item } as const;
			// The status API knows only sessions.
			return followUpId === undefined ? accepted : { ...accepted, followUpId };
		}
		case 'NotFound':
			return hasWords(item)
				? undocumentedItem(item)
				: { outcome: 'notFound', evidence: 'confirmed', vendorResponse: item };
		case 'Error':
			return failedItem(item, quotable);
		default:
			return undocumentedItem(item);
	}
}

/**
 * Whether an entry says that something went wrong. The documented ones have words beside the status
 * Only "Error": beside another, the two contradict each other.
 */
export function hasWords(item: PurgeItem): boolean {
	const { errorMsg } = item;
	const isSaid =
		typeof errorMsg === 'string'
			? errorMsg.trim() !== ''
			: errorMsg !== undefined && errorMsg !== null;
	return isSaid || deniesSuccess({ ...item }, ['status', 'errorMsg']);
}

export function undocumentedItem(item: PurgeItem): Verdict {
	return notErased(
		'unknown',
		'notUnderstood',
		'Creovai answered about this call in a way that it does not document. Look for the call at Creovai',
		item,
	);
}

/** What an entry with status "Error" means: the vendor's word that the call was not purged. */
export function failedItem(item: PurgeItem, quotable: readonly string[] = []): NotErased {
	const said = typeof item.errorMsg === 'string' ? item.errorMsg : '';
	const words = quoteVendor(said, quotable);
	return notErased(
		'failed',
		'vendorError',
		words === ''
			? 'Creovai did not do it and gave no reason. Try again later'
			: `Creovai did not do it and said: "${words.replace(/\.$/, '')}". Try again later, or ask Creovai support`,
		item,
	);
}

/** An ID as the vendor gives it; undefined for `null` and anything else that names nothing. */
export function readId(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

export function contradiction(earlier: Verdict, item: PurgeItem): Verdict {
	return notErased(
		'unknown',
		'notUnderstood',
		'Creovai gave two different answers about this call. Look for the call at Creovai',
		[earlier.vendorResponse, item],
	);
}
