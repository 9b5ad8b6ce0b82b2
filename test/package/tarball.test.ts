import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, posix } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { readPackages, type Package } from '../../scripts/build/packages';
import { pack, type Tarball } from '../../scripts/n8n/tarball';
import { schemasLookedFor } from './outputSchemas';

const root = join(__dirname, '..', '..');

const packages = readPackages(root);
const [whole, ...singles] = packages as [Package, ...Package[]];

interface Manifest {
	readonly [field: string]: unknown;
	readonly peerDependencies: object;
	readonly scripts?: object;
	readonly repository: { readonly directory?: string };
}

const readManifest = ({ folder }: Package) =>
	JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** One bundle, a file for each node and credential, and beside each node its icons and its codex file. */
function everythingInDist({ nodes, credentials }: Package): string[] {
	const beside = nodes.flatMap((node) => {
		const folder = dirname(node);
		const icons = readdirSync(join(root, folder.replace('dist/', ''))).filter((file) =>
			file.endsWith('.svg'),
		);
		return [...icons, `${basename(node, '.js')}.json`].map((file) => posix.join(folder, file));
	});
	return ['dist/bundle.js', ...nodes, ...credentials, ...beside];
}

test('there is a package of all nodes and one for each of the five vendors', () => {
	expect(packages.map(({ name }) => name)).toEqual([
		'n8n-nodes-call-erasure',
		'n8n-nodes-creovai-erasure',
		'n8n-nodes-flyflow-erasure',
		'n8n-nodes-happyrobot-erasure',
		'n8n-nodes-kaleyra-erasure',
		'n8n-nodes-verba-erasure',
	]);
	const ofSingles = singles.flatMap(({ nodes, credentials }) => [...nodes, ...credentials]);
	// Nodes that belong to no vendor, such as Erasure Certificate, are in the whole one alone.
	expect([...whole.nodes, ...whole.credentials]).toEqual(expect.arrayContaining(ofSingles));
});

describe.each(packages.map((each) => [each.name, each] as const))(
	'The tarball of %s',
	(_, each) => {
		let folder: string;
		let tarball: Tarball;
		beforeAll(async () => {
			folder = mkdtempSync(join(tmpdir(), 'call-erasure-pack-'));
			tarball = await pack(folder, each.folder);
		});
		afterAll(() => rmSync(folder, { recursive: true, force: true }));

		test('holds the build, the manifest, the README and the licence, and nothing else', () => {
			expect(tarball.files.map(({ path }) => path).sort()).toEqual(
				[
					'LICENSE',
					'README.md',
					'package.json',
					...everythingInDist(each),
					// What each vendor's operations give is the same in both.
					...schemasLookedFor(each.nodes),
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

		test('is below 200 KB, or 120 KB for one vendor', () => {
			expect(tarball.size).toBeGreaterThan(0);
			expect(tarball.size).toBeLessThan(each.isWhole ? 200_000 : 120_000);
		});

		test('is as large as README says, give or take a tenth', () => {
			const readme = readFileSync(join(root, 'README.md'), 'utf8');
			const row = readme
				.split('\n')
				.find((line) => line.startsWith('| ') && line.includes(each.name));
			const [, kilobytes] = /\| (\d+) kB +\|$/.exec(row ?? '') ?? [];
			expect(Math.abs(Number(kilobytes) * 1000 - tarball.size)).toBeLessThan(tarball.size / 10);
		});

		test('holds every file that n8n is pointed to, and points to every node and credential', () => {
			const paths = tarball.files.map(({ path }) => path);
			const loaded = paths.filter((path) => /\.(node|credentials)\.js$/.test(path));
			expect([...each.credentials, ...each.nodes].sort()).toEqual(loaded.sort());
		});
	},
);

describe.each(packages.map((each) => [each.name, each] as const))(
	'The manifest of %s',
	(_, each) => {
		const manifest = readManifest(each);

		test("follows n8n's rules for community packages", () => {
			expect(manifest).toMatchObject({
				name: expect.stringMatching(/^n8n-nodes-/),
				license: 'MIT',
				keywords: expect.arrayContaining(['n8n-community-node-package']),
				author: { name: expect.stringMatching(/./), email: expect.stringMatching(/@/) },
				homepage: expect.stringMatching(/^https:/),
				repository: { url: expect.stringContaining('github.com/') },
				files: ['dist'],
				n8n: { n8nNodesApiVersion: 1, strict: true },
				peerDependencies: { 'n8n-workflow': '*' },
			});
			expect(Object.keys(manifest.peerDependencies)).toEqual(['n8n-workflow']);
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
			const scripts = Object.keys(manifest.scripts ?? {});
			const forbidden = ['install', 'postinstall', 'preinstall', 'prepare', 'prepublish'];
			expect(scripts.filter((script) => forbidden.includes(script))).toEqual([]);
		});
	},
);

describe.each(singles.map((each) => [each.name, each] as const))('packages/%s', (name, each) => {
	const manifest = readManifest(each);
	const ofWhole = readManifest(whole);

	test('has the version, the licence and the authors of the whole package', () => {
		const shared = ['version', 'license', 'author', 'bugs', 'engines', 'peerDependencies'];
		for (const field of shared) expect(manifest[field]).toEqual(ofWhole[field]);
		const licence = (folder: string) => readFileSync(join(folder, 'LICENSE'), 'utf8');
		expect(licence(each.folder)).toBe(licence(root));
	});

	test('says where in the repository it is: n8n looks its package.json up there', () => {
		expect(basename(each.folder)).toBe(name);
		expect(manifest.repository).toEqual({
			...ofWhole.repository,
			directory: `packages/${name}`,
		});
		expect(manifest.homepage).toContain(`/packages/${name}#readme`);
	});

	test('holds no source: that stands once, in nodes/ and credentials/', () => {
		const files = readdirSync(each.folder, { recursive: true, encoding: 'utf8' }).filter(
			(file) => !file.startsWith('dist'),
		);
		expect(files.filter((file) => /\.([cm]?ts|[cm]?js|svg)$/.test(file))).toEqual([
			'eslint.config.mjs',
		]);
	});

	test('has the ESLint configuration that n8n demands of a package that it verifies', () => {
		const lines = readFileSync(join(each.folder, 'eslint.config.mjs'), 'utf8').split('\n');
		expect(lines.filter((line) => line !== '')).toEqual([
			"import { config } from '@n8n/node-cli/eslint';",
			'export default config;',
		]);
	});
});
