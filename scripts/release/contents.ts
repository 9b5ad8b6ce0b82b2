import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

import { readRequires } from './requires';
import type { Outcome, Subject } from './subject';

/** Bytes, packed. */
export const largestTarball = { whole: 200_000, single: 120_000 } as const;

/** Fields by which a package brings others with it, or changes what others bring. */
export const forbiddenFields = [
	'bundleDependencies',
	'bundledDependencies',
	'dependencies',
	'optionalDependencies',
	'overrides',
] as const;

/** Scripts that npm runs on the machine of whoever installs the package. */
export const installScripts = ['install', 'postinstall', 'preinstall', 'prepare', 'prepublish'];

/** n8n gives community nodes n8n-workflow; anything else is not there on a user's machine. */
const permittedModules = new Set(['n8n-workflow', 'node:crypto']);

interface Manifest {
	readonly [field: string]: unknown;
	readonly scripts?: Readonly<Record<string, string>>;
	readonly peerDependencies?: Readonly<Record<string, string>>;
	readonly n8n?: { readonly nodes?: readonly string[]; readonly credentials?: readonly string[] };
}

/** The files of the tarball, its size, its manifest, and what its code loads. */
export async function checkContents(subject: Subject): Promise<Outcome> {
	const { unpacked, size } = subject;
	const largest = largestTarball[subject.package.isWhole ? 'whole' : 'single'];
	const files = listFiles(unpacked);
	const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as Manifest;
	const findings = [
		...files
			.filter((file) => !/^(dist\/|README\.md$|LICENSE$|package\.json$)/.test(file))
			.map(
				(file) =>
					`The tarball holds ${file}. Only dist, README.md, LICENSE and package.json belong in it`,
			),
		...(size > largest
			? [`The tarball has ${inKilobytes(size)}, and at most ${inKilobytes(largest)} are allowed`]
			: []),
		...checkManifest(manifest, unpacked),
		...foreignRequires(unpacked).map(
			({ file, request }) => `${file} loads ${request}, which is not there on a user's machine`,
		),
	];
	const summary = `${files.length} files, ${inKilobytes(size)} of at most ${inKilobytes(largest)}`;
	return await Promise.resolve({ summary, findings });
}

function checkManifest(manifest: Manifest, unpacked: string): string[] {
	const peers = Object.keys(manifest.peerDependencies ?? {});
	const named = [...(manifest.n8n?.nodes ?? []), ...(manifest.n8n?.credentials ?? [])];
	return [
		...forbiddenFields
			.filter((field) => field in manifest)
			.map((field) => `package.json has ${field}. Remove the field: nodes bring nothing with them`),
		...Object.keys(manifest.scripts ?? {})
			.filter((script) => installScripts.includes(script))
			.map(
				(script) => `package.json has the script ${script}. Remove it: it runs when users install`,
			),
		...(peers.length === 1 && peers[0] === 'n8n-workflow'
			? []
			: ['package.json must have n8n-workflow in peerDependencies, and nothing else']),
		...(named.length === 0 ? ['package.json names no nodes and credentials for n8n'] : []),
		...named
			.filter((file) => !existsSync(join(unpacked, file)))
			.map((file) => `package.json names ${file}, which the tarball does not hold`),
	];
}

/** What compiled code loads that is neither its own nor n8n's. */
export function foreignRequires(folder: string): Array<{ file: string; request: string }> {
	return listFiles(folder)
		.filter((file) => file.endsWith('.js'))
		.flatMap((file) =>
			readRequires(readFileSync(join(folder, file), 'utf8'))
				.filter((request) => !isPermitted(folder, file, request))
				.map((request) => ({ file, request })),
		);
}

function isPermitted(folder: string, from: string, request: string): boolean {
	if (!request.startsWith('.')) return permittedModules.has(request);
	const target = join(folder, dirname(from), request);
	if (relative(folder, target).startsWith('..')) return false;
	return [target, `${target}.js`].some((file) => existsSync(file) && statSync(file).isFile());
}

function listFiles(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => statSync(join(folder, file)).isFile())
		.map((file) => file.split(sep).join('/'))
		.sort();
}

function inKilobytes(bytes: number): string {
	return `${(bytes / 1000).toFixed(1)} KB`;
}
