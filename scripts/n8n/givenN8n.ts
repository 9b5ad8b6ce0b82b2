import type { SignIn } from './n8nApi';

/** An n8n that is running already and belongs to somebody, as the environment gives it. */
export interface GivenN8n {
	/** Where its editor is, without a slash at the end. */
	readonly address: string;
	readonly signIn: SignIn;
	/** Its folder of community packages, `~/.n8n/nodes`, where this machine reaches it. */
	readonly nodesFolder: string | undefined;
}

/**
 * Reads N8N_URL and what goes with it.
 *
 * @returns undefined where N8N_URL is not set: then an n8n from npm is started
 * @throws Error with a sentence for a person, if part of it is missing or is no address
 */
export function givenN8n(env: NodeJS.ProcessEnv = process.env): GivenN8n | undefined {
	const address = env.N8N_URL;
	if (!address) return undefined;
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
		throw new Error(
			`N8N_URL is ${address}, which is no address. Use one like http://localhost:5678`,
		);
	}
	const [email, password] = [env.N8N_EMAIL, env.N8N_PASSWORD];
	if (!email || !password) {
		throw new Error(
			'With N8N_URL, set N8N_EMAIL and N8N_PASSWORD to those that you sign in to that n8n with',
		);
	}
	return {
		address: `${url.origin}${url.pathname}`.replace(/\/+$/, ''),
		signIn: { email, password },
		nodesFolder: env.N8N_NODES_FOLDER || undefined,
	};
}
