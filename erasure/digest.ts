import { createHash } from 'node:crypto';

import { targetKey, type Target } from './target';

/**
 * A fingerprint of what a run is going to delete: the same for the same records at the same
 * account by the same operation, in any order and with any repetition. A preview hands it out; a
 * run that is given it refuses to start on anything else ("Approved Plan").
 *
 * @param scope what the targets belong to, for example vendor, account address, operation
 * @returns `sha256:` and 64 hexadecimal digits
 */
export function planDigest(scope: readonly string[], targets: readonly Target[]): string {
	const keys = [...new Set(targets.map(targetKey))].sort();
	const hash = createHash('sha256');
	// JSON keeps the parts apart: no two different plans give the same text.
	hash.update(JSON.stringify([scope, keys]));
	return `sha256:${hash.digest('hex')}`;
}
