import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

const root = join(__dirname, '..', '..');
const folder = join(root, '.github', 'ISSUE_TEMPLATE');

interface Field {
	readonly type: string;
	readonly id?: string;
	readonly attributes: {
		readonly value?: string;
		readonly options?: ReadonlyArray<string | { readonly required?: boolean }>;
	};
}

const read = (name: string) =>
	parse(readFileSync(join(folder, name), 'utf8')) as { readonly body: readonly Field[] };

describe.each(['wrong-result.yml', 'vendor-fact.yml'])('The issue form %s', (name) => {
	const { body } = read(name);

	test('warns first about personal data, and is sent only with the word that there is none', () => {
		expect(body[0]?.type).toBe('markdown');
		expect(body[0]?.attributes.value).toMatch(/phone numbers, names, .*IDs, .*keys/);
		const word = body.find(({ id }) => id === 'personal');
		expect(word?.attributes.options).toEqual([expect.objectContaining({ required: true })]);
	});
});

test('The form for wrong results names every node', () => {
	const node = read('wrong-result.yml').body.find(({ id }) => id === 'node');
	const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[] };
	};
	const names = n8n.nodes.map((file) => {
		const source = readFileSync(
			join(root, file.replace(/^dist\//, '').replace(/\.js$/, '.ts')),
			'utf8',
		);
		return /displayName: '([^']+)'/.exec(source)?.[1];
	});
	expect(node?.attributes.options).toEqual(expect.arrayContaining(names));
});

test('No issue without a form, and what could harm users goes another way', () => {
	const config = parse(readFileSync(join(folder, 'config.yml'), 'utf8')) as {
		blank_issues_enabled: boolean;
		contact_links: Array<{ url: string }>;
	};
	expect(config.blank_issues_enabled).toBe(false);
	expect(config.contact_links[0]?.url).toMatch(/\/security\/advisories\/new$/);
	expect(readdirSync(folder)).toHaveLength(4);
});
