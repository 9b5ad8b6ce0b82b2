/** What the engine tests of Verba share: a sandbox, and the node run against it. */
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { Sandbox } from '../../../sandbox/sandbox';
import type { VerbaConversation } from '../../../sandbox/vendors/verba';
import { runNode, type RunOptions, type RunResult } from '../engine';

export let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.forget();
	const { verba } = sandbox;
	verba.fill(20);
	verba.requiresAuthentication = true;
	verba.tokenLifetime = 3600;
	verba.malformedActions = ['DeleteCall'];
	Object.assign(verba.words, {
		apiKey: 'Invalid API key.',
		login: 'Authentication failed.',
		token: 'This token is expired or never got authenticated.',
	});
	verba.wordsStatus = 200;
	verba.revokeTokens();
});

export function account(): ICredentialDataDecryptedObject {
	const { apiKey, user, password } = sandbox.verba;
	return { baseUrl: `${sandbox.address('verba')}/api`, apiKey, user, password };
}

export type Changes = Partial<Omit<RunOptions, 'type' | 'credentials'>> & {
	credentials?: ICredentialDataDecryptedObject;
};

/** Runs the node on one item; nothing secret may come out, whatever happens. */
export async function run(parameters: IDataObject, changes: Changes = {}): Promise<RunResult> {
	const { credentials, ...others } = changes;
	const tokensBefore = tokensInUse();
	const result = await runNode({
		type: 'verba',
		items: [{}],
		onError: 'continueRegularOutput',
		...others,
		parameters: { resource: 'conversation', operation: 'delete', ...parameters },
		credentials: { verbaApi: { ...account(), ...credentials } },
	});
	const { error } = result;
	const everything = JSON.stringify([
		result.outputs,
		result.hints,
		result.run,
		error,
		error?.message,
		error?.stack,
		error?.description,
		error?.cause,
	]);
	const { apiKey, password } = sandbox.verba;
	for (const secret of [apiKey, password, ...tokensBefore, ...tokensInUse()]) {
		expect(everything).not.toContain(secret);
	}
	return result;
}

export const parametersOf = ({ url, body }: { url: string; body: string }) =>
	Object.fromEntries(new URLSearchParams(body === '' ? url.replace(/^[^?]*\?/, '') : body));

export const asked = (action?: string) =>
	sandbox
		.requestsTo('verba')
		.map(parametersOf)
		.filter((parameters) => action === undefined || parameters.action === action);

export const tokensInUse = () =>
	asked().flatMap(({ token }) => (token === undefined ? [] : [token]));

export const actionsAsked = () => asked().map(({ action }) => action);

export function conversation(number: number): VerbaConversation {
	const found = sandbox.verba.records()[number - 1];
	if (found === undefined) throw new Error(`The sandbox has no conversation ${number}`);
	return found;
}
