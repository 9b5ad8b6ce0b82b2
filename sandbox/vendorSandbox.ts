import type { FastifyInstance } from 'fastify';

/** A record as the sandbox shows it from outside. */
export interface SandboxRecord {
	readonly id: string;
	readonly [field: string]: unknown;
}

/** One vendor's API, as a local server with records in it. Each vendor has one file. */
export interface VendorSandbox {
	/** The vendor's node name; the API lives at `/<name>` below the sandbox's address. */
	readonly name: string;
	/** Adds the API's routes. Request bodies arrive as text. */
	routes(app: FastifyInstance): void;
	/** Fills in this many records with made-up content, and forgets all others. */
	fill(count: number): void;
	/** The records that the vendor holds now. */
	records(): SandboxRecord[];
	/** From now on the credentials that were good are turned down, and so is what they gave. */
	revokeCredentials(): void;
	/** From now on, tokens that were handed out are turned down; where the vendor has tokens. */
	revokeTokens?(): void;
}
