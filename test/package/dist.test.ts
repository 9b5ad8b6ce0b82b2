import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { describe, expect, jest, test } from '@jest/globals';
import type { ICredentialType } from 'n8n-workflow';

import { readPackages } from '../../scripts/build/packages';
import { foreignRequires } from '../../scripts/release/contents';
import { readRequires } from '../../scripts/release/requires';

const packages = readPackages(join(__dirname, '..', '..'));

const filesIn = (folder: string) =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
		statSync(join(folder, file)).isFile(),
	);

/** Single and double quotes: the compiler keeps the one, the bundler writes the other. */
const iconsOf = (file: string) => [
	...readFileSync(file, 'utf8').matchAll(/['"]file:([^'"]+)['"]/g),
];

describe.each(packages.map((each) => [each.name, each] as const))('The build of %s', (_, each) => {
	const dist = join(each.folder, 'dist');
	const files = filesIn(dist);
	const scripts = files.filter((file) => file.endsWith('.js'));

	test('requires only what is there on a user’s machine', () => {
		expect(scripts.length).toBeGreaterThanOrEqual(each.isWhole ? 50 : 2);
		expect(foreignRequires(dist)).toEqual([]);
	});

	test('has a codex file that names the node as this package does', () => {
		for (const file of files.filter((entry) => entry.endsWith('.node.json'))) {
			const { node } = JSON.parse(readFileSync(join(dist, file), 'utf8')) as { node: string };
			const className = file.replace(/^.*\/|\.node\.json$/g, '');
			expect(node.toLowerCase()).toBe(`${each.name}.${className}`.toLowerCase());
		}
	});

	test('has its icons and its codex file beside each node', () => {
		const nodes = scripts.filter((file) => file.endsWith('.node.js'));
		expect(nodes.length).toBeGreaterThan(0);
		for (const node of nodes) {
			const names = iconsOf(join(dist, node)).map(([, icon = '']) => icon.split('/').pop()!);
			const icons = [...new Set(names)];
			expect(icons).toHaveLength(2);
			const beside = [...icons, `${basename(node, '.js')}.json`];
			for (const file of beside) expect(files).toContain(join(dirname(node), file));
		}
	});

	test('has the icons of its credentials where they say', () => {
		const credentials = scripts.filter((file) => file.endsWith('.credentials.js'));
		expect(credentials.length).toBeGreaterThan(0);
		for (const credential of credentials) {
			const className = basename(credential, '.credentials.js');
			const module = jest.requireActual<Record<string, new () => ICredentialType>>(
				join(dist, credential),
			);
			const { icon } = new module[className]!();
			const { light, dark } = icon as { light: string; dark: string };
			for (const file of [light, dark]) {
				expect(files).toContain(join(dirname(credential), file.replace(/^file:/, '')));
			}
		}
	});
});

const singles = packages.filter(({ isWhole }) => !isWhole);

test.each(singles.map((each) => [each.name, each] as const))(
	'node and credential of %s share one memory',
	(_, { folder, nodes, credentials }) => {
		const [node = '', credential = ''] = [...nodes, ...credentials];
		const className = basename(credential, '.credentials.js');
		const load = (file: string) => jest.requireActual<Record<string, unknown>>(join(folder, file));
		expect(load(credential)[className]).toBeDefined();
		// The same class and not one that looks like it: what it keeps, such as tokens, is the node's too.
		expect(load(credential)[className]).toBe(load(node)[className]);
	},
);

describe('The reader of requires', () => {
	test('sees every way to load a module', () => {
		const text = `
			const a = require('axios'); const b = require("./b");
			const c = await import('c'); require(name);
			const d = __importDefault(require(\`d\`));`;
		expect(readRequires(text)).toEqual(['axios', './b', 'c', 'name', 'd']);
	});
});
