import { hkdfSync } from 'node:crypto';

import { inTurn, type RequestSecrets } from './requestSecret';

/** What is derived from one secret, each for one purpose alone: 32 bytes. */
export interface RequestKeys {
	readonly bodyHash: Uint8Array;
	readonly sealing: Uint8Array;
	readonly statusToken: Uint8Array;
}

/** Those of the current secret first; of the previous one, if there is one, after them. */
export type RequestKeysInTurn = readonly [RequestKeys, ...RequestKeys[]];

/** @param secrets the bytes that nobody but sender and receiver knows: at least 24 */
export function deriveKeys(secrets: RequestSecrets<Uint8Array>): RequestKeysInTurn {
	const [current, ...previous] = inTurn(secrets).map(keysOf);
	if (current === undefined) throw new TypeError('There is always a current secret');
	return [current, ...previous];
}

function keysOf(secret: Uint8Array): RequestKeys {
	const derive = (purpose: string) =>
		new Uint8Array(hkdfSync('sha256', secret, '', `n8n-nodes-call-erasure/${purpose}`, 32));
	return {
		bodyHash: derive('request-body'),
		sealing: derive('request-callback'),
		statusToken: derive('request-status'),
	};
}
