import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

import { describe, expect, jest, test } from '@jest/globals';
import type { ICredentialType, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { readPackages, type Package } from '../../scripts/build/packages';
import { foreignRequires } from '../../scripts/release/contents';
import { readRequires } from '../../scripts/release/requires';

const packages = readPackages(join(__dirname, '..', '..'));

const filesIn = (folder: string) =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
		statSync(join(folder, file)).isFile(),
	);

type Exports = Readonly<Record<string, unknown>>;

const load = (file: string) => jest.requireActual<Exports>(file);

const classNameOf = (file: string) => basename(file).replace(/\.(node|credentials)\.js$/, '');

/** The icons that a node or a credential names, as paths in its package. */
function iconsOf({ folder }: Package, file: string): string[] {
	const Class = load(join(folder, file))[classNameOf(file)] as new () =>
		INodeType | ICredentialType;
	const made = new Class();
	const { icon } = 'description' in made ? made.description : made;
	const { light, dark } = icon as { light: string; dark: string };
	return [light, dark].map((each) => join(dirname(file), each.replace(/^file:/, '')));
}

function descriptionOf({ folder }: Package, file: string): INodeTypeDescription {
	const Class = load(join(folder, file))[classNameOf(file)] as new () => INodeType;
	return new Class().description;
}

describe.each(packages.map((each) => [each.name, each] as const))('The build of %s', (_, each) => {
	const dist = join(each.folder, 'dist');
	const files = filesIn(dist);
	const scripts = files.filter((file) => file.endsWith('.js'));

	test('requires only what is there on a user’s machine', () => {
		expect(scripts.length).toBe(1 + each.nodes.length + each.credentials.length);
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
		for (const node of each.nodes) {
			const icons = iconsOf(each, node);
			expect(new Set(icons).size).toBe(2);
			for (const icon of icons) expect(dirname(icon)).toBe(dirname(node));
			for (const file of [...icons, node.replace(/\.js$/, '.json')]) {
				expect(files).toContain(relative('dist', file));
			}
		}
	});

	test.each(each.nodes)('leaves no field for n8n to hide, and no markup: %s', (node) => {
		const { credentials = [], properties } = descriptionOf(each, node);
		const dependents = credentials.flatMap(({ displayOptions }) =>
			Object.keys(displayOptions?.show ?? {}),
		);
		// Where a field chooses among credentials, n8n hides it and all that it depends on.
		const choosing = properties.filter(
			({ name }) => dependents.filter((one) => one === name).length > 1,
		);
		for (const { displayOptions } of choosing) expect(displayOptions?.show).toBeUndefined();
		const notices = properties.filter(({ type }) => type === 'notice');
		for (const { displayName } of notices) expect(displayName).not.toMatch(/<(?!\/?a\b)/);
	});

	test('has the icons of its credentials where they say', () => {
		expect(each.credentials.length).toBeGreaterThan(0);
		for (const icon of each.credentials.flatMap((file) => iconsOf(each, file))) {
			expect(files).toContain(relative('dist', icon));
		}
	});

	test('is one bundle: nodes and credentials share what is kept in memory', () => {
		const everything = load(join(dist, 'bundle.js'));
		for (const file of [...each.nodes, ...each.credentials]) {
			const className = classNameOf(file);
			const { [className]: Class } = load(join(each.folder, file));
			expect(Class).toBeInstanceOf(Function);
			// The same class and not one that looks like it: what it keeps, such as tokens, is one too.
			expect(Class).toBe((everything[className] as Exports)[className]);
		}
	});

	test('can be read: names, lines and the sources’ names are as they were written', () => {
		const lines = readFileSync(join(dist, 'bundle.js'), 'utf8').split('\n');
		expect(lines.filter((line) => line.length > 1000)).toEqual([]);
		for (const file of [...each.nodes, ...each.credentials]) {
			const source = relative('dist', file).replace(/\.js$/, '.ts');
			expect(lines).toContain(`// ${source}`);
			expect(lines).toContainEqual(expect.stringMatching(`^var ${classNameOf(file)} = class `));
		}
	});
});

describe('The reader of requires', () => {
	test('sees every way to load a module', () => {
		const text = `
			const a = require('axios'); const b = require("./b");
			const c = await import('c'); require(name);
			const d = __importDefault(require(\`d\`));`;
		expect(readRequires(text)).toEqual(['axios', './b', 'c', 'name', 'd']);
	});
});
