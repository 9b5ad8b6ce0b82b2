import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { moveTypes, readNodes } from '../../scripts/workflows/moveTypes';

const root = join(__dirname, '..', '..');

const whole = 'n8n-nodes-call-erasure';

const packages = readNodes(root);

const singles = [...packages.keys()].filter((name) => name !== whole);

const examples = readdirSync(join(root, 'workflows'))
	.filter((file) => file.endsWith('.json'))
	.map((file) => [file, readFileSync(join(root, 'workflows', file), 'utf8')] as const);

interface Node {
	readonly name: string;
	readonly type: string;
}

const nodesOf = (text: string) => (JSON.parse(text) as { nodes: Node[] }).nodes;

/** The name of the one vendor's node that a package has. */
const nodeOf = (single: string) => [...packages.get(single)!][0]!;

const isOf = (single: string) => (node: Node) =>
	[`${whole}.${nodeOf(single)}`, `${whole}.${nodeOf(single)}Tool`].includes(node.type);

/** A workflow with one node, as text that JSON.stringify would write otherwise. */
const workflowOf = (type: string, parameters = '{ "n" : 1.0e3 }') =>
	`{"nodes":\r\n\t[ { "parameters":${parameters},"name":"N\\u0041", "type" :"${type}" } ], "connections":{}}`;

describe.each(examples)('The example %s', (_, text) => {
	test.each(singles)('goes to %s and comes back, to the byte', (single) => {
		const there = moveTypes(text, single, packages);
		const back = moveTypes(there.text, whole, packages);

		expect(back.text).toBe(text);
		expect(there.moved).toEqual(
			nodesOf(text)
				.filter(isOf(single))
				.map(({ name }) => name),
		);
		const expected = nodesOf(text).map((node) =>
			isOf(single)(node) ? { ...node, type: node.type.replace(whole, single) } : node,
		);
		expect(JSON.parse(there.text)).toEqual({ ...(JSON.parse(text) as object), nodes: expected });
	});

	test.each(singles)('says which nodes do not go to %s, and where they are', (single) => {
		const { left } = moveTypes(text, single, packages);

		const staying = nodesOf(text).filter(
			(node) => node.type.startsWith(`${whole}.`) && !isOf(single)(node),
		);
		expect(left.map(({ node }) => node)).toEqual(staying.map(({ name }) => name));
		for (const { type, why } of left) {
			expect(why).toContain(`${single} has no such node. It is in ${whole}`);
			const ofAVendor = singles.some((each) => isOf(each)({ name: '', type }));
			expect(why.includes(' and n8n-nodes-')).toBe(ofAVendor);
		}
	});
});

test('the examples hold nodes of every package, tools and certificates among them', () => {
	const types = new Set(examples.flatMap(([, text]) => nodesOf(text).map(({ type }) => type)));
	for (const single of singles) expect(types).toContain(`${whole}.${nodeOf(single)}`);
	expect(types).toContain(`${whole}.flyflowTool`);
	expect(types).toContain(`${whole}.erasureCertificate`);
});

describe('Moving types', () => {
	const flyflow = 'n8n-nodes-flyflow-erasure';
	const move = (text: string, to = flyflow) => moveTypes(text, to, packages);

	test('leaves blanks, line breaks, escapes and numbers as they are written', () => {
		const { text, moved } = move(workflowOf(`${whole}.flyflow`));
		expect(text).toBe(workflowOf(`${flyflow}.flyflow`));
		expect(moved).toEqual(['NA']);
	});

	test('takes a byte order mark and leaves it', () => {
		const { text } = move(`\uFEFF${workflowOf(`${whole}.flyflow`)}`);
		expect(text).toBe(`\uFEFF${workflowOf(`${flyflow}.flyflow`)}`);
	});

	test('takes an array of workflows, as n8n exports all of them', () => {
		const [one, other] = [workflowOf(`${whole}.flyflowTool`), workflowOf(`${whole}.flyflow`)];
		const { text, moved } = move(`[${one}, ${other}]`);
		expect(text).toBe(`[${one}, ${other}]`.replaceAll(`${whole}.`, `${flyflow}.`));
		expect(moved).toHaveLength(2);
	});

	test.each([
		'n8n-nodes-base.httpRequest',
		'n8n-nodes-other-erasure.flyflow',
		`${flyflow}.flyflow`,
		`x-${whole}.flyflow`,
		'@n8n/n8n-nodes-langchain.agent',
	])('has nothing to do with %s', (type) => {
		expect(move(workflowOf(type))).toEqual({ text: workflowOf(type), moved: [], left: [] });
	});

	test('goes from one vendor’s package to the whole one alone', () => {
		const text = workflowOf(`${flyflow}.flyflow`);
		const { left, ...rest } = move(text, 'n8n-nodes-verba-erasure');
		expect(rest).toEqual({ text, moved: [] });
		expect(left).toHaveLength(1);
	});

	test('tells of a type that stands in a text, such as a workflow inside a node', () => {
		const inner = JSON.stringify(JSON.stringify({ nodes: [{ type: `${whole}.flyflow` }] }));
		const text = workflowOf('n8n-nodes-base.executeWorkflow', `{"workflowJson":${inner}}`);
		expect(move(text)).toEqual({
			text,
			moved: [],
			left: [
				{
					node: 'NA',
					type: `${whole}.flyflow`,
					why: 'it stands in a text inside this node. Change it there by hand',
				},
			],
		});
	});

	test.each([
		['a truncated file', '{"nodes": [', /^This is not JSON: /],
		['an empty file', '', /^This is not JSON: /],
		['JSON of something else', '{"rows": []}', /^This is no workflow: /],
		['a list of something else', '[1]', /^This is no workflow: /],
	])('turns down %s', (_, text, sentence) => {
		expect(() => move(text)).toThrow(sentence);
	});
});

describe('npm run workflows:move', () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'call-erasure-move-'));
		for (const [file, text] of examples) writeFileSync(join(folder, file), text);
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	const run = async (...args: string[]): Promise<{ code: number; output: string }> =>
		await new Promise((resolve) => {
			const command = ['run', '--silent', '--prefix', root, 'workflows:move', '--', ...args];
			execFile('npm', command, { cwd: folder }, (error, stdout, stderr) => {
				resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
			});
		});
	const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');

	test('moves files where they are called from, says what stays, and moves them back', async () => {
		const files = ['agent-tool.json', 'erase-a-customer.json'];
		const there = await run('--to', 'n8n-nodes-flyflow-erasure', ...files);

		expect(there.code).toBe(0);
		expect(there.output).toContain('agent-tool.json: 2 nodes moved to n8n-nodes-flyflow-erasure\n');
		expect(there.output).toMatch(
			/not moved: Issue a certificate \(n8n-nodes-call-erasure\.erasureCertificate\): n8n-nodes-flyflow-erasure has no such node\. It is in n8n-nodes-call-erasure\n/,
		);
		expect(textOf('agent-tool.json')).toContain('"n8n-nodes-flyflow-erasure.flyflowTool"');
		await run('--to', whole, ...files);
		for (const [file, text] of examples) expect(textOf(file)).toBe(text);
	});

	test.each([
		[['--to', 'n8n-nodes-verba-erasure', 'retention.json', 'none.json'], 'none.json: '],
		[['--to', 'n8n-nodes-moon-erasure', 'retention.json'], 'There is no package'],
		[['retention.json'], 'Say where to and which files'],
	])('changes nothing where it cannot do all: %j', async (args, sentence) => {
		const { code, output } = await run(...args);
		expect(code).toBe(1);
		expect(output).toContain(sentence);
		for (const [file, text] of examples) expect(textOf(file)).toBe(text);
	});

	test('writes no file that is not UTF-8, and shows no name as a line of its own', async () => {
		const type = `${whole}.verba`;
		const text = workflowOf(type).replace('N\\u0041', '\\n/x.json: 9 nodes moved');
		const latin = Buffer.from(
			workflowOf(`${whole}.flyflow`).replace('N\\u0041', '\u00e9'),
			'latin1',
		);
		writeFileSync(join(folder, 'names.json'), text);
		writeFileSync(join(folder, 'latin.json'), latin);

		const named = await run('--to', 'n8n-nodes-flyflow-erasure', 'names.json');
		expect(named.output).toContain('not moved: ?/x.json: 9 nodes moved (');
		const { code, output } = await run('--to', 'n8n-nodes-flyflow-erasure', 'latin.json');
		expect(code).toBe(1);
		expect(output).toContain('latin.json: It is not UTF-8');
		expect(readFileSync(join(folder, 'latin.json'))).toEqual(latin);
	});
});
