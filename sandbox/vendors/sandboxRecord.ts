/** A record as the sandbox shows it from outside. */
export interface SandboxRecord {
	readonly id: string;
	readonly [field: string]: unknown;
}
