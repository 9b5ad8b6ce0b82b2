/** That a given n8n has this build of the package loaded, and how it gets there. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { INodeTypeDescription } from 'n8n-workflow';

import { signInTo } from './anyN8n';
import type { GivenN8n } from './givenN8n';
import { N8nApi } from './n8nApi';
import { removeAtTheEnd } from './removal';
import { installTarball, pack } from './tarball';

const root = join(__dirname, '..', '..');

/** How long somebody may take to start n8n again, in milliseconds. */
const restartDeadlineMs = 10 * 60_000;

interface Manifest {
	readonly name: string;
	readonly n8n: { readonly nodes: readonly string[] };
}

const { name, n8n: contents } = JSON.parse(
	readFileSync(join(root, 'package.json'), 'utf8'),
) as Manifest;

/**
 * Sees to it that a given n8n runs the package as it is built here. If its folder of community
 * packages is given, the package is put there, somebody is asked to start n8n again, and this waits.
 *
 * @returns what takes the package out of that folder again, if it was put there
 * @throws Error with a sentence for a person; nothing was changed then
 */
export async function loadPackage(
	given: GivenN8n,
	{ signal }: { readonly signal?: AbortSignal } = {},
): Promise<() => Promise<void>> {
	const api = new N8nApi(given.address);
	await signInTo(api, given.signIn);
	const nothing = async () => await Promise.resolve();
	const state = stateOf(await api.nodeTypes());
	if (state === 'loaded') return nothing;
	const { nodesFolder, address } = given;
	if (nodesFolder === undefined) throw new Error(howToInstall(state, address));
	if (existsSync(join(nodesFolder, 'node_modules', name))) {
		throw new Error(
			`There is a ${name} in ${nodesFolder} that was not put there from here, and the n8n at ${address} has not loaded this build of it. Start that n8n again if the package there is this one; otherwise take it out first: npm uninstall --prefix ${nodesFolder} ${name}`,
		);
	}
	const remove = removeAtTheEnd({ kind: 'package', folder: nodesFolder, name });
	try {
		await putInto(nodesFolder);
		console.log(
			`Put ${name} into ${nodesFolder}. Start the n8n at ${address} again now: this goes on when it has loaded the package.`,
		);
		await untilLoaded(given, signal);
	} catch (error) {
		await remove();
		throw error;
	}
	return async () => {
		await remove();
		console.log(`Took ${name} out of ${nodesFolder}. n8n forgets it when it is started again.`);
	};
}

type State = 'loaded' | 'other' | 'none';

/** Compares what n8n shows of the package's nodes with those that are built here. */
function stateOf(loaded: readonly INodeTypeDescription[]): State {
	const built = contents.nodes.map(readNode);
	const found = built.map((node) => loaded.find((one) => one.name === `${name}.${node.name}`));
	if (found.every((one) => one === undefined)) return 'none';
	const isThisBuild = built.every(({ properties }, index) => {
		const shown: unknown = found[index]?.properties;
		return holds(shown, JSON.parse(JSON.stringify(properties)));
	});
	return isThisBuild ? 'loaded' : 'other';
}

/** Whether one value holds another: n8n adds choices and fields to those of a node. */
function holds(value: unknown, part: unknown): boolean {
	if (typeof part !== 'object' || part === null) return value === part;
	if (typeof value !== 'object' || value === null) return false;
	return Object.entries(part).every(([key, inner]) =>
		holds((value as Readonly<Record<string, unknown>>)[key], inner),
	);
}

function readNode(file: string): INodeTypeDescription {
	const path = join(root, file);
	if (!existsSync(path)) throw new Error(`${file} is missing. Build the package: npm run build`);
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- a file that is built, not source
	const exported = require(path) as Record<string, new () => { description: INodeTypeDescription }>;
	const className = /([^/]+)\.node\.js$/.exec(file)?.[1] ?? '';
	const Node = exported[className];
	if (Node === undefined) throw new Error(`${file} has no class ${className}`);
	return new Node().description;
}

function howToInstall(state: Exclude<State, 'loaded'>, address: string): string {
	const what =
		state === 'none'
			? `The n8n at ${address} has not loaded ${name}.`
			: `The n8n at ${address} has loaded another build of ${name} than the one here.`;
	return `${what} n8n's editor and API install packages from npm alone, so put this build into its folder of community packages and start n8n again: README, "Use it in your own n8n". Or set N8N_NODES_FOLDER to that folder (~/.n8n/nodes), if it is on this machine.`;
}

async function putInto(nodesFolder: string): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'call-erasure-package-'));
	try {
		const { path } = await pack(folder);
		await installTarball(path, nodesFolder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function untilLoaded(given: GivenN8n, signal?: AbortSignal): Promise<void> {
	for (const deadline = Date.now() + restartDeadlineMs; Date.now() < deadline;) {
		signal?.throwIfAborted();
		const api = new N8nApi(given.address);
		// It does not answer while it starts.
		const types = await api
			.signIn(given.signIn)
			.then(async () => await api.nodeTypes())
			.catch(() => []);
		if (stateOf(types) === 'loaded') return;
		await sleep(2000);
	}
	throw new Error(`The n8n at ${given.address} was not started again within 10 minutes`);
}
