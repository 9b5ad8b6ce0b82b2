import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

const folder = join(__dirname, '..', '..', 'workflows');

/** Those of the recipes in `recipes/`. */
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.replaceAll('\\', '/'));

interface WorkflowNode {
	readonly name: string;
	readonly type: string;
	readonly position: readonly [number, number];
	readonly parameters: Readonly<Record<string, unknown>>;
}

interface WorkflowFile {
	readonly name: string;
	readonly nodes: readonly WorkflowNode[];
	readonly connections: Readonly<
		Record<string, Readonly<Record<string, ReadonlyArray<ReadonlyArray<{ node: string }>>>>>
	>;
}

function read(file: string): WorkflowFile {
	return JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowFile;
}

/** Every name of a field, at any depth. */
function fieldNames(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) =>
		Array.isArray(value) ? fieldNames(inner) : [name, ...fieldNames(inner)],
	);
}

const isNote = ({ type }: WorkflowNode) => type === 'n8n-nodes-base.stickyNote';

interface Box {
	readonly name: string;
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

/** What a node takes up on the canvas: n8n draws 96 by 96, broader for agents, with a name of two lines below. */
function boxOf(node: WorkflowNode): Box {
	const { name, position, parameters } = node;
	const [left, top] = position;
	const { width, height } = isNote(node)
		? { width: Number(parameters.width), height: Number(parameters.height) }
		: { width: node.type.endsWith('.agent') ? 224 : 96, height: 96 + 48 };
	return { name, left, top, right: left + width, bottom: top + height };
}

function overlap(a: Box, b: Box): boolean {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

test('There are example workflows', () => {
	expect(files.length).toBeGreaterThanOrEqual(6);
});

test('The list of examples names every one and no other, each by its title', () => {
	const listed = [
		...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/\[([^\]]+)\]\(([\w/-]+\.json)\)/g),
	].map(([, title, file]) => `${file}: ${title}`);
	const titled = files.map((file) => `${file}: ${read(file).name}`);
	expect([...new Set(listed)].sort()).toEqual(titled.sort());
});

test('Examples that share a data table make it with the same columns', () => {
	const made = files.flatMap((file) =>
		read(file)
			.nodes.filter(({ parameters }) => 'tableName' in parameters)
			.map(({ parameters }) =>
				[parameters.tableName, JSON.stringify(parameters.columns)].join(': '),
			),
	);
	const tables = new Set(made.map((one) => one.split(':')[0]));
	expect(new Set(made).size).toBe(tables.size);
});

describe.each(files)('The example %s', (file) => {
	const workflow = read(file);
	const { nodes, connections } = workflow;

	test('holds nothing of the n8n that it was made in', () => {
		expect(Object.keys(workflow).sort()).toEqual(['connections', 'name', 'nodes', 'settings']);
		const tied = ['credentials', 'pinData', 'staticData', 'instanceId', 'cachedResultUrl'];
		expect(fieldNames(workflow).filter((name) => tied.includes(name))).toEqual([]);
	});

	test('has a title of its own, and says in a note what to set up', () => {
		expect(files.filter((other) => read(other).name === workflow.name)).toEqual([file]);
		const [about] = nodes.filter(isNote);
		expect(about?.parameters.content).toContain(`## ${workflow.name}`);
		expect(about?.parameters.content).toContain('**Set up');
	});

	test('connects nodes that are there, all of them', () => {
		const names = nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		const linked = Object.entries(connections).flatMap(([from, kinds]) => [
			from,
			...Object.values(kinds)
				.flat(2)
				.map(({ node }) => node),
		]);
		const expected = nodes.filter((node) => !isNote(node)).map(({ name }) => name);
		expect([...new Set(linked)].sort()).toEqual(expected.sort());
	});

	test('lays its nodes and notes out without overlaps', () => {
		const boxes = nodes.map(boxOf);
		const overlaps = boxes.flatMap((box, index) =>
			boxes
				.slice(index + 1)
				.filter((other) => overlap(box, other))
				.map((other) => `${box.name} and ${other.name}`),
		);
		expect(overlaps).toEqual([]);
	});

	/** A tool that runs only once a person has approved the call, and only for what was previewed. */
	const isReviewed = ({ name, parameters }: WorkflowNode) => {
		const to = Object.values(connections[name] ?? {}).flatMap((outputs) => outputs.flat());
		const reviews = to.filter(({ node }) =>
			nodes.some((other) => other.name === node && other.type.endsWith('HitlTool')),
		);
		const { approvedPlan } = (parameters.options ?? {}) as { approvedPlan?: string };
		return to.length > 0 && reviews.length === to.length && Boolean(approvedPlan);
	};

	test('never deletes in a test run without a person, and says where it does, or that it never does', () => {
		const deletions = nodes.filter(({ parameters }) => 'deletionMode' in parameters);
		const modes = deletions.map(({ parameters }) => parameters.deletionMode);
		const unreviewed = deletions
			.filter(({ parameters: { deletionMode } }) => deletionMode !== 'auto')
			.filter(({ parameters: { deletionMode } }) => deletionMode !== 'preview')
			.filter((node) => !isReviewed(node));
		expect(unreviewed.map(({ name }) => name)).toEqual([]);
		const notes = nodes.filter(isNote).map(({ parameters }) => String(parameters.content));
		const says = modes.length > 0 ? /for good|cannot be undone/ : /Nothing is ever deleted/;
		expect(notes.join('\n')).toMatch(says);
		if (modes.length > 0) return;
		const own = nodes.filter(({ type }) => type.startsWith('n8n-nodes-call-erasure.'));
		const operations = new Set(own.map(({ parameters }) => parameters.operation));
		expect([...operations].sort()).toEqual(['issue', 'recheck']);
	});
});
