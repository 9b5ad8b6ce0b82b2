import type { ReadReason } from './receiptFields';
import type { ReadReceipt } from './receiptReader';
import type { Authenticity, ReceiptSealer } from './receiptSeal';

/** What a look at the record of a receipt has shown, and under which circumstances. */
export interface LaterLook {
	/** The vendor's name as a person writes it. */
	readonly vendorName: string;
	/** Whether the vendor still has the record. */
	readonly found: boolean;
	/** What the look says of a record that is there, besides. */
	readonly note?: string | undefined;
	/** Whether that the vendor took a deletion on shows that the record was there: true if left out. */
	readonly takenOnShows?: boolean;
	/** When it was made: ISO 8601, UTC. */
	readonly at: string;
}

/** Whether a look can change what is known: the first column of the table in docs/receipts.md. */
export function isWorthALook({
	outcome,
	evidence,
}: Pick<ReadReceipt, 'outcome' | 'evidence'>): boolean {
	switch (outcome) {
		case 'accepted':
		case 'unknown':
		case 'failed':
			return true;
		case 'deleted':
			return evidence === 'confirmed';
		default:
			return false;
	}
}

/**
 * The receipt after a look. It proves a deletion only where the receipt is as a node wrote it, under
 * the key of the account that was asked, and says that the record was there; of anything else that is
 * not there, nobody can say whether it ever was. Only a receipt whose seal held is sealed again:
 * otherwise two rechecks would make a sealed receipt of an altered one.
 */
export function afterLook(
	receipt: ReadReceipt,
	look: LaterLook,
	sealer: ReceiptSealer,
): ReadReceipt {
	if (!isWorthALook(receipt)) return receipt;
	const authenticity = sealer.authenticityOf(receipt);
	const looked = { ...withoutNote(receipt), recheckedAt: look.at };
	const after = look.found
		? afterItWasFound(looked, look)
		: afterNothingWasFound(looked, look, authenticity);
	return authenticity === 'asWritten' ? { ...after, seal: sealer.seal(after) } : after;
}

function afterItWasFound(receipt: ReadReceipt, { vendorName, note, at }: LaterLook): ReadReceipt {
	const seen = { ...receipt, seen: true } as const;
	if (receipt.outcome === 'accepted') return seen;
	const more = note === undefined ? '' : ` (${note.replace(/\.$/, '')})`;
	const message = `A later look still found it at ${vendorName}${more}. Run the deletion again, or delete it there`;
	const outcome = receipt.outcome === 'deleted' ? 'unknown' : 'failed';
	return become(seen, { outcome, evidence: 'none' }, at, { code: 'stillThere', message });
}

function afterNothingWasFound(
	receipt: ReadReceipt,
	{ at, takenOnShows = true }: LaterLook,
	authenticity: Authenticity,
): ReadReceipt {
	const isGone = (message: string) =>
		become(receipt, { outcome: 'notFound', evidence: 'rechecked' }, at, {
			code: 'goneAtLook',
			message,
		});
	if (authenticity !== 'asWritten') return isGone(unreliable[authenticity]);
	if (receipt.outcome === 'failed') {
		return isGone('No deletion of it was carried out, and a later look found nothing');
	}
	const isShown = receipt.outcome === 'deleted' || (receipt.outcome === 'accepted' && takenOnShows);
	const wasThere = isShown || receipt.seen === true;
	if (wasThere) return become(receipt, { outcome: 'deleted', evidence: 'rechecked' }, at);
	return isGone(
		'A later look found nothing. Nothing had shown this record before, so it may have been deleted, or never have been there',
	);
}

/** Why what a receipt says of its record proves nothing. */
const unreliable: Readonly<Record<Exclude<Authenticity, 'asWritten'>, string>> = {
	altered:
		'A later look found nothing. The receipt is not as the node wrote it: its seal does not fit, so it may name another record. Compare it with the original',
	withoutSeal:
		'A later look found nothing. The receipt was stored without its seal, so nothing shows that it is as the node wrote it. Store the field seal with receipts that are to be rechecked',
	ofOtherAccount:
		"A later look found nothing, with another key than the deletion, by which the receipt's seal cannot be checked: it may have been deleted, or be at another account",
};

function become(
	{ reason: _, ...receipt }: ReadReceipt,
	standing: Pick<ReadReceipt, 'outcome' | 'evidence'>,
	at: string,
	reason?: ReadReason,
): ReadReceipt {
	const isNew = receipt.outcome !== standing.outcome || receipt.evidence !== standing.evidence;
	return {
		...receipt,
		...standing,
		deleted: standing.outcome === 'deleted',
		...(reason === undefined ? {} : { reason }),
		at: isNew ? at : receipt.at,
	};
}

const mark = 'Not rechecked: ';

/**
 * The receipt as it was, with why there was no look: behind the reason that it has. The next look
 * that is made takes that off again.
 *
 * @param why how a sentence goes on
 */
export function notRechecked(receipt: ReadReceipt, why: string): ReadReceipt {
	const { reason, ...others } = withoutNote(receipt);
	const said = reason?.message ?? '';
	const between = said === '' ? '' : '. ';
	const message = `${said}${between}${mark}${why}`;
	return { ...others, reason: { ...(reason ?? { code: 'notRechecked' }), message } };
}

function withoutNote(receipt: ReadReceipt): ReadReceipt {
	const { reason, ...others } = receipt;
	const message = reason?.message;
	if (message?.includes(mark) !== true) return receipt;
	const own = message.replace(/(?:^|\. )Not rechecked: [^]*$/, '');
	if (reason?.code === 'notRechecked' || (own === '' && reason?.code === undefined)) return others;
	return { ...others, reason: { ...reason, message: own } };
}
