/** What the engine tests of Kaleyra share: a sandbox, the account, and the node run against it. */
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { Sandbox } from '../../../sandbox/sandbox';
import { runNode, type RunOptions, type RunResult } from '../engine';

export let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await Sandbox.start();
});

afterAll(async () => await sandbox.stop());

beforeEach(() => {
	sandbox.forget();
	sandbox.kaleyra.fill(0);
	sandbox.kaleyra.entitled = true;
});

export const sid = 'HXKALEYRASANDBOXIN';

export const apiKey = 'Akaleyra-sandbox-key';

export function account(
	changes: ICredentialDataDecryptedObject = {},
): ICredentialDataDecryptedObject {
	return { region: 'other', baseUrl: sandbox.address('kaleyra'), sid, apiKey, ...changes };
}

export interface Given extends Partial<Omit<RunOptions, 'items'>> {
	operation?: string;
	ids?: string[];
	options?: IDataObject;
	account?: ICredentialDataDecryptedObject;
}

export async function run(given: Given): Promise<RunResult> {
	const { operation = 'delete', ids = [], options = {}, parameters, ...others } = given;
	const flowId = '={{ $json.id }}';
	return await runNode({
		type: 'kaleyra',
		parameters: { resource: 'flow', operation, flowId, options, ...parameters },
		items: ids.length === 0 ? [{}] : ids.map((id) => ({ id })),
		credentials: { kaleyraApi: given.account ?? account() },
		onError: 'continueRegularOutput',
		...others,
	});
}

/** What reached the vendor: method and path after the account's. */
export function asked(): string[] {
	const account = `/v2/${sid}/whatsapp`;
	return sandbox
		.requestsTo('kaleyra')
		.map(({ method, url }) => `${method} ${url.replace(account, '')}`);
}

export function outcomes({ json }: RunResult): unknown[] {
	return json.map(({ outcome }) => outcome);
}

export function reasonOf({ json: [receipt] }: RunResult): { code: string; message: string } {
	return receipt?.reason as { code: string; message: string };
}
