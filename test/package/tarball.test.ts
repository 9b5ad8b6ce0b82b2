import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, sep } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { pack, type Tarball } from '../../scripts/n8n/tarball';
import { schemasLookedFor } from './outputSchemas';

const root = join(__dirname, '..', '..');

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	[field: string]: unknown;
	n8n: { n8nNodesApiVersion: number; nodes: string[]; credentials: string[] };
};

let folder: string;
let tarball: Tarball;
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'call-erasure-pack-'));
	tarball = await pack(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The compiled file that each source file becomes, and the assets of the nodes. */
function expectedInDist(): string[] {
	return ['credentials', 'erasure', 'nodes'].flatMap((source) =>
		readdirSync(join(root, source), { recursive: true, encoding: 'utf8' })
			.filter((file) => statSync(join(root, source, file)).isFile())
			.map((file) => posix.join('dist', source, file.split(sep).join('/')))
			.map((file) => file.replace(/\.ts$/, '.js')),
	);
}

describe('The tarball', () => {
	test('holds the build, the manifest, the README and the licence, and nothing else', () => {
		expect(tarball.files.map(({ path }) => path).sort()).toEqual(
			[
				'LICENSE',
				'README.md',
				'package.json',
				...expectedInDist(),
				...schemasLookedFor(manifest.n8n.nodes),
			].sort(),
		);
	});

	test('holds compiled code, icons, codex files and output schemas alone', () => {
		const kinds = tarball.files
			.filter(({ path }) => path.startsWith('dist/'))

			.map(({ path }) => /\.node\.json$|\/__schema__\/.*\.json$|\.[a-z]+$/.exec(path)?.[0])
			.map((kind) => (kind?.startsWith('/__schema__/') ? '__schema__' : kind));
		expect(new Set(kinds)).toEqual(new Set(['.js', '.svg', '.node.json', '__schema__']));
	});

	test('is below 200 KB', () => {
		expect(tarball.size).toBeGreaterThan(0);
		expect(tarball.size).toBeLessThan(200_000);
	});

	test('holds every file that n8n is pointed to, and points to every node and credential', () => {
		const paths = tarball.files.map(({ path }) => path);
		const loaded = paths.filter((path) => /\.(node|credentials)\.js$/.test(path));
		expect([...manifest.n8n.credentials, ...manifest.n8n.nodes].sort()).toEqual(loaded.sort());
	});
});

describe('The manifest', () => {
	test("follows n8n's rules for community packages", () => {
		expect(manifest).toMatchObject({
			name: expect.stringMatching(/^n8n-nodes-/),
			license: 'MIT',
			keywords: expect.arrayContaining(['n8n-community-node-package']),
			author: { name: expect.stringMatching(/./), email: expect.stringMatching(/@/) },
			homepage: expect.stringMatching(/^https:/),
			repository: { url: expect.stringContaining('github.com/') },
			files: ['dist'],
			n8n: { n8nNodesApiVersion: 1 },
			peerDependencies: { 'n8n-workflow': '*' },
		});
		expect(Object.keys(manifest.peerDependencies as object)).toEqual(['n8n-workflow']);
	});

	test.each([
		'bundledDependencies',
		'bundleDependencies',
		'dependencies',
		'optionalDependencies',
		'overrides',
		'private',
	])('has no %s', (field) => {
		expect(manifest).not.toHaveProperty(field);
	});

	test('runs nothing when it is installed', () => {
		const scripts = Object.keys(manifest.scripts as object);
		const forbidden = ['install', 'postinstall', 'preinstall', 'prepare', 'prepublish'];
		expect(scripts.filter((script) => forbidden.includes(script))).toEqual([]);
	});
});
