import type { FastifyInstance } from 'fastify';

import type { Troubled } from '../faults/troubles';
import type { HeldRecords } from './recordStore';
import type { SandboxRecord } from './sandboxRecord';

/**
 * Names in queries and bodies whose values the page shows. It shows no other value, so that no key,
 * password or name of a person can slip through.
 */
export type ShownParameters = ReadonlySet<string>;

/** One vendor's API, as a local server with records in it. Each vendor has one file. */
export interface VendorSandbox extends Troubled {
	/** The vendor's node name; the API lives at `/<name>` below the sandbox's address. */
	readonly name: string;
	/** Adds the API's routes. Request bodies arrive as text. */
	routes(app: FastifyInstance): void;
	/** Fills in this many records with made-up content, and forgets all others. */
	fill(count: number): void;
	/** The records that the vendor holds now. */
	records(): SandboxRecord[];
	/** The same, as the page looks at them. */
	readonly store: HeldRecords;
	readonly shownParameters: ShownParameters;
	/** From now on the credentials that were good are turned down, and so is what they gave. */
	revokeCredentials(): void;
	/** Where the vendor deletes later: how long after it has accepted a deletion, in milliseconds. */
	purgeMs?: number;
	/** From now on, tokens that were handed out are turned down; where the vendor has tokens. */
	revokeTokens?(): void;
}
