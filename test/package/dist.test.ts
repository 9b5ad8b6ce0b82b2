import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { foreignRequires } from '../../scripts/release/contents';
import { readRequires } from '../../scripts/release/requires';

const dist = join(__dirname, '..', '..', 'dist');

const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
	statSync(join(dist, file)).isFile(),
);
const scripts = files.filter((file) => file.endsWith('.js'));

describe('The build', () => {
	test('requires only what is there on a user’s machine', () => {
		expect(scripts.length).toBeGreaterThan(50);
		expect(foreignRequires(dist)).toEqual([]);
	});

	test('has its icons and its codex file beside each node', () => {
		const nodes = scripts.filter((file) => file.endsWith('.node.js'));
		expect(nodes.length).toBeGreaterThan(0);
		for (const node of nodes) {
			const icons = [...readFileSync(join(dist, node), 'utf8').matchAll(/'file:([^']+)'/g)];
			expect(icons).toHaveLength(2);
			const beside = [...icons.map(([, icon]) => icon ?? ''), `${node.slice(0, -3)}.json`];
			for (const file of beside)
				expect(files).toContain(join(dirname(node), file.split('/').pop()!));
		}
	});

	test('has the icons of its credentials where they say', () => {
		const credentials = scripts.filter((file) => file.endsWith('.credentials.js'));
		expect(credentials.length).toBeGreaterThan(0);
		for (const credential of credentials) {
			const icons = [...readFileSync(join(dist, credential), 'utf8').matchAll(/'file:([^']+)'/g)];
			expect(icons).toHaveLength(2);
			for (const [, icon] of icons) {
				expect(files).toContain(join(dirname(credential), icon ?? ''));
			}
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
