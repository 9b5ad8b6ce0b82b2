import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ExportedWorkflow, StoredCredential } from '../../scripts/n8n/n8nApi';
import { isOwn, readyN8n } from '../../scripts/n8n/anyN8n';
import type { ReadyN8n } from '../../scripts/n8n/readyN8n';
import type { TemporaryN8n } from '../../scripts/n8n/temporaryN8n';
import { certificateIssuer, formLogin, sandboxAccounts, webhookKey } from '../../sandbox/accounts';
import { Sandbox } from '../../sandbox/sandbox';
import { secret } from '../unit/requests/senders';

/** Long enough for the first start of n8n on a machine with other things to do, in milliseconds. */
export const startTimeout = 240_000;

/** A real n8n with the packed tarball in it, next to a sandbox whose accounts it knows. */
export interface Stage {
	readonly sandbox: Sandbox;
	readonly n8n: ReadyN8n;
	readonly flyflow: StoredCredential;
	readonly creovai: StoredCredential;
	/** What the webhook asks its callers for. */
	readonly webhook: StoredCredential;
	/** The sandbox's accounts at all vendors, and what webhooks and forms ask for. */
	readonly credentials: readonly StoredCredential[];
	stop(): Promise<void>;
}

/** Who may approve in a form, as n8n's Basic Auth credential. */
export const approver = formLogin;

export async function startStage(): Promise<Stage> {
	const sandbox = await Sandbox.start();
	try {
		const n8n = await readyN8n();
		const stop = async () => {
			await n8n.stop();
			await sandbox.stop();
		};
		try {
			const { flyflowApi, creovaiOAuth2Api, ...others } = sandboxAccounts(sandbox);
			const flyflow = await n8n.api.createCredential('flyflowApi', flyflowApi);
			const creovai = await n8n.api.createCredential('creovaiOAuth2Api', creovaiOAuth2Api);
			const webhook = await n8n.api.createCredential('httpHeaderAuth', webhookKey);
			const credentials = [flyflow, creovai, webhook];
			const erasureCertificateKeyApi = certificateIssuer;
			const erasureRequestSecretApi = { sender: 'shop', secret };
			const more = {
				...others,
				httpBasicAuth: approver,
				erasureCertificateKeyApi,
				erasureRequestSecretApi,
			};
			for (const [type, data] of Object.entries(more)) {
				credentials.push(await n8n.api.createCredential(type, data));
			}
			return { sandbox, n8n, flyflow, creovai, webhook, credentials, stop };
		} catch (error) {
			await n8n.stop();
			throw error;
		}
	} catch (error) {
		await sandbox.stop();
		throw error;
	}
}

/** For tests that read the files or the log of their n8n: test/ownN8n.ts has to name them. */
export function ownN8n({ n8n }: Stage): TemporaryN8n {
	if (!isOwn(n8n)) throw new Error('This needs an n8n of its own: name it in test/ownN8n.ts');
	return n8n;
}

/** A workflow of `workflows/`, as a user imports it. */
export function exampleWorkflow(name: string): ExportedWorkflow {
	const file = join(__dirname, '..', '..', 'workflows', `${name}.json`);
	return JSON.parse(readFileSync(file, 'utf8')) as ExportedWorkflow;
}
