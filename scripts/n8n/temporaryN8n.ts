import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { N8nApi, type SignIn } from './n8nApi';
import { N8nServer, type N8nServerOptions } from './n8nServer';
import type { ReadyN8n } from './readyN8n';
import { installIntoN8n, pack } from './tarball';

/** A new n8n with this package in it, its owner signed in; gone without a trace once stopped. */
export interface TemporaryN8n extends ReadyN8n {
	readonly server: N8nServer;
	/** Database, community packages, tarball. */
	readonly userFolder: string;
}

export const owner: SignIn = { email: 'owner@example.com', password: 'Call-Erasure-1' };

/**
 * Packs the built project, installs the tarball as a user would, and starts n8n.
 *
 * @throws Error with a sentence for a person, or the signal's reason; nothing is left behind then
 */
export async function startTemporaryN8n(
	options: Pick<N8nServerOptions, 'port' | 'signal'> = {},
): Promise<TemporaryN8n> {
	const folder = process.env.N8N_SERVER_FOLDER;
	if (folder === undefined) {
		throw new Error('N8N_SERVER_FOLDER is not set. Use npm start or npm test, which set it');
	}
	const userFolder = mkdtempSync(join(tmpdir(), 'call-erasure-n8n-'));
	const remove = () => rmSync(userFolder, { recursive: true, force: true, maxRetries: 3 });
	let server: N8nServer | undefined;
	const stop = async () => {
		await server?.stop();
		remove();
		process.off('exit', remove);
	};
	// For an end that leaves no time to stop.
	process.once('exit', remove);
	try {
		const { path } = await pack(userFolder);
		await installIntoN8n(path, userFolder);
		server = await N8nServer.start({ ...options, folder, userFolder });
		const api = new N8nApi(server.address);
		await api.setUpOwner(owner);
		return { server, userFolder, api, owner, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
