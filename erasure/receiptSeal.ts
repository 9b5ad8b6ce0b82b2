import { createHmac, type KeyObject } from 'node:crypto';

import { accountDigest, keyFor, type AccountIdentity } from './digest';
import type { Receipt } from './receipt';
import type { ReadReceipt } from './receiptReader';
import { isSameText } from './sameText';

/** All that the verdict of a recheck rests on: which record, whose, and what was known of it. */
export type Sealed = Pick<
	ReadReceipt,
	'vendor' | 'resource' | 'target' | 'outcome' | 'evidence' | 'account' | 'seen'
>;

/**
 * How far a receipt that came back can be relied on: it is as a node wrote it; it was altered after
 * that; it has no seal to tell by; or it is of an account whose key is not at hand.
 */
export type Authenticity = 'asWritten' | 'altered' | 'withoutSeal' | 'ofOtherAccount';

/** Writes and checks seals of receipts of one account. */
export interface ReceiptSealer {
	/** The account as receipts name it: see accountDigest. */
	readonly account: string;
	/** @returns 32 hexadecimal digits: the first half of an HMAC-SHA256 */
	seal(receipt: Sealed): string;
	authenticityOf(receipt: ReadReceipt): Authenticity;
}

/**
 * Seals receipts of an account. Whoever keeps them can alter them, and a recheck says `deleted` by
 * what they say; only who has the account's key can make a seal that fits.
 *
 * @param address the account's address
 */
export function receiptSealer(address: string, identity: AccountIdentity): ReceiptSealer {
	const account = accountDigest(address, identity);
	const key = keyFor('seal', identity.key);
	const seal = (receipt: Sealed) => sealUnder(key, receipt);
	return {
		account,
		seal,
		authenticityOf: (receipt) => {
			if (receipt.account !== account) return 'ofOtherAccount';
			if (receipt.seal === undefined) return 'withoutSeal';
			return isSameText(receipt.seal, seal(receipt)) ? 'asWritten' : 'altered';
		},
	};
}

/** The receipt with its seal, where its account is known. */
export function sealed(receipt: Receipt, sealer: ReceiptSealer | undefined): Receipt {
	return sealer === undefined ? receipt : { ...receipt, seal: sealer.seal(receipt) };
}

function sealUnder(key: KeyObject, receipt: Sealed): string {
	return createHmac('sha256', key).update(textOf(receipt)).digest('hex').slice(0, 32);
}

/** Independent of the order of identifiers, which tables and JSON need not keep. */
function textOf({ vendor, resource, account, target, outcome, evidence, seen }: Sealed): string {
	const names = Object.keys(target).sort();
	const identifiers = names.map((name) => [name, target[name]]);
	return JSON.stringify([
		vendor,
		resource,
		account ?? '',
		identifiers,
		outcome,
		evidence,
		seen === true,
	]);
}
