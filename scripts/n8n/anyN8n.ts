import { givenN8n, type GivenN8n } from './givenN8n';
import { newMark } from './mark';
import { N8nApi, type SignIn } from './n8nApi';
import type { N8nServerOptions } from './n8nServer';
import type { ReadyN8n } from './readyN8n';
import { removeAtTheEnd } from './removal';
import { startTemporaryN8n, type TemporaryN8n } from './temporaryN8n';

/**
 * The n8n that the environment gives (N8N_URL), or a new one.
 *
 * @param options for a new one alone
 * @throws Error with a sentence for a person
 */
export async function readyN8n(
	options: Pick<N8nServerOptions, 'port' | 'signal'> = {},
): Promise<ReadyN8n> {
	const given = givenN8n();
	return given === undefined ? await startTemporaryN8n(options) : await borrowN8n(given);
}

/** Whether it is a process of ours, which may be stopped, and whose log and files can be read. */
export function isOwn(n8n: ReadyN8n): n8n is TemporaryN8n {
	return 'server' in n8n;
}

/**
 * Signs in to somebody's n8n. What is made there through its `api` has a mark, and nothing without it
 * is looked at, changed or taken away.
 */
export async function borrowN8n({ address, signIn }: GivenN8n): Promise<ReadyN8n> {
	const mark = newMark();
	const api = new N8nApi(address, address, mark);
	await signInTo(api, signIn);
	const stop = removeAtTheEnd({ kind: 'marked', address, signIn, mark });
	return { api, owner: signIn, stop };
}

/** @throws Error with a sentence for a person */
export async function signInTo(api: N8nApi, signIn: SignIn): Promise<void> {
	try {
		await api.signIn(signIn);
	} catch (error) {
		const { message } = error as Error;
		const isRefusal = message.startsWith('n8n answered 401');
		throw new Error(
			isRefusal
				? `The n8n at ${api.address} did not take N8N_EMAIL and N8N_PASSWORD. Set them to those that you sign in with; an account with two-factor authentication cannot be used`
				: `There is no n8n to sign in to at ${api.address} (${message}). Start it, or set N8N_URL to where it is`,
		);
	}
}
