/**
 * Takes away what was made in somebody's n8n. Run as a program, it waits until its standard input
 * ends, which it does when whoever started it ends, however that was: a `Removal` comes there as JSON.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

import { isMark, type Mark } from './mark';
import { N8nApi, type SignIn } from './n8nApi';
import { uninstallPackage } from './tarball';

/** What is to be taken away. */
export type Removal =
	| {
			/** All workflows with their executions, credentials and data tables under a mark. */
			readonly kind: 'marked';
			readonly address: string;
			readonly signIn: SignIn;
			readonly mark: Mark;
	  }
	| {
			/** A package out of n8n's folder of community packages. */
			readonly kind: 'package';
			readonly folder: string;
			readonly name: string;
	  };

/**
 * Prepares a removal that takes place in any case, at the latest when this process is gone.
 *
 * @returns what carries it out at once, and throws if something could not be removed
 */
export function removeAtTheEnd(removal: Removal): () => Promise<void> {
	const child = spawn(process.execPath, ['--import', 'tsx', __filename], {
		cwd: __dirname,
		stdio: ['pipe', 'inherit', 'inherit'],
		// In a process group of its own: Ctrl-C is for us alone.
		detached: true,
	});
	child.unref();
	child.stdin.write(JSON.stringify(removal));
	const ended = once(child, 'exit') as Promise<[number | null]>;
	return async () => {
		child.ref();
		child.stdin.end();
		const [code] = await ended;
		if (code !== 0) throw new Error('Not everything was removed that was made in n8n: see above');
	};
}

/** @throws Error that names what is still there */
async function remove(removal: Removal): Promise<void> {
	if (removal.kind === 'package') await uninstallPackage(removal.name, removal.folder);
	else await removeMarked(removal);
}

interface Stored {
	readonly id: string;
	readonly name: string;
}

async function removeMarked({
	address,
	signIn,
	mark,
}: Extract<Removal, { kind: 'marked' }>): Promise<void> {
	// Everything begins with an empty mark.
	if (!isMark(mark)) throw new Error(`"${String(mark)}" is no mark`);
	const api = new N8nApi(address, address, mark);
	await api.signIn(signIn);
	const left: string[] = [];
	const removeEach = async (
		found: readonly Stored[],
		removeOne: (one: Stored) => Promise<void>,
	): Promise<void> => {
		for (const one of found) {
			await removeOne(one).catch((error: Error) => left.push(`${one.name}: ${error.message}`));
		}
	};
	// Workflows first, so that none runs on without its credentials or tables.
	await removeEach(await api.workflows(), async ({ id }) => await api.deleteWorkflow(id));
	await removeEach(await api.credentials(), async ({ id }) => await api.deleteCredential({ id }));
	await removeEach(await api.dataTables(), async ({ name }) => {
		await api.deleteDataTable(name.slice(mark.length));
	});
	if (left.length > 0) throw new Error(`Still in the n8n at ${address}:\n  ${left.join('\n  ')}`);
}

async function main(): Promise<void> {
	await remove(JSON.parse(await text(process.stdin)) as Removal);
}

if (process.argv[1] === __filename) {
	main().catch((error: Error) => {
		console.error(error.message);
		process.exitCode = 1;
	});
}
