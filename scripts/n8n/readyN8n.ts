import type { N8nApi, SignIn } from './n8nApi';

/** A real n8n with this package in it, somebody signed in: one of our own, or one that is given. */
export interface ReadyN8n {
	readonly api: N8nApi;
	readonly owner: SignIn;
	/** Leaves nothing behind of what was made through `api`. */
	stop(): Promise<void>;
}
