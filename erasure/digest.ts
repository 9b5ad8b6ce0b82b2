import { createHash, createHmac, createSecretKey, scryptSync, type KeyObject } from 'node:crypto';

import { targetKey, type Target } from './target';

/** What tells one account from another, and what only its holder knows. */
export interface AccountIdentity {
	/** How the vendor or the user calls the account, such as a SID or a client ID; may be empty. */
	readonly publicName: string;
	/** What the credential keeps secret. In no receipt. */
	readonly key: string;
}

/**
 * A fingerprint of what a run is going to delete: the same for the same records at the same
 * account by the same operation, in any order and with any repetition. A preview hands it out; a
 * run that is given it refuses to start on anything else ("Approved Plan"). An HMAC, because a plan
 * of one short ID could otherwise be guessed from its digest; so a new key makes other plans.
 *
 * @param scope what the targets belong to, for example vendor, account address, operation
 * @returns `sha256:` and the 64 hexadecimal digits of an HMAC-SHA256
 */
export function planDigest(
	scope: readonly string[],
	targets: readonly Target[],
	{ key }: AccountIdentity,
): string {
	const digits = createHmac('sha256', keyFor('plan', key))
		.update(textOf(scope, targets))
		.digest('hex');
	return `sha256:${digits}`;
}

/**
 * Tells receipts of one account from another's: the account's address and public name under its key.
 *
 * @returns 16 hexadecimal digits
 */
export function accountDigest(address: string, { publicName, key }: AccountIdentity): string {
	return createHmac('sha256', keyFor('account', key))
		.update(JSON.stringify([address, publicName]))
		.digest('hex')
		.slice(0, 16);
}

/** The same of the same records, for use only within the process: who knows it can guess them. */
export function recordsDigest(scope: readonly string[], targets: readonly Target[]): string {
	return createHash('sha256').update(textOf(scope, targets)).digest('hex');
}

/** A key for one purpose, so that one digest says nothing about another. */
export function keyFor(purpose: 'account' | 'plan' | 'seal', key: string): KeyObject {
	const own = createHmac('sha256', stretched(key)).update(`n8n-nodes-call-erasure ${purpose}`);
	return createSecretKey(own.digest());
}

/** 32 MiB and a tenth to a fifth of a second for each guess. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 };

/** Fixed, so that every process makes the same digests; what is salted apart are the purposes. */
const salt = 'n8n-nodes-call-erasure: key for the digests of accounts and plans';

/** More accounts than one process is likely to talk to; beyond that, work is done again. */
const mostKept = 100;

const kept = new Map<string, Buffer>();

/**
 * The key, made costly to guess: what a credential keeps secret may be a weak password, and digests
 * under it leave n8n with every receipt. Worked out once for an account in a process.
 */
function stretched(key: string): Buffer {
	const name = createHash('sha256').update(key).digest('hex');
	const known = kept.get(name);
	if (known !== undefined) return known;
	const made = scryptSync(key, salt, 32, cost);
	const [oldest] = kept.keys();
	if (oldest !== undefined && kept.size >= mostKept) kept.delete(oldest);
	kept.set(name, made);
	return made;
}

/** JSON keeps the parts apart: no two different plans give the same text. */
function textOf(scope: readonly string[], targets: readonly Target[]): string {
	const keys = [...new Set(targets.map(targetKey))].sort();
	return JSON.stringify([scope, keys]);
}
