import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { readPackages } from '../../scripts/build/packages';
import { carriedExamples, makeExample } from '../../scripts/workflows/vendorExamples';
import { vendorWords } from '../../scripts/workflows/vendorWords';

const root = join(__dirname, '..', '..');

const whole = 'n8n-nodes-call-erasure';

const singles = readPackages(root).filter(({ isWhole }) => !isWhole);

interface Node {
	readonly name: string;
	readonly type: string;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly id: string;
	readonly webhookId?: string;
	readonly [field: string]: unknown;
}

interface Workflow {
	readonly name: string;
	readonly nodes: readonly Node[];
	readonly connections: unknown;
	readonly settings: unknown;
}

const read = (...path: string[]) =>
	JSON.parse(readFileSync(join(root, ...path), 'utf8')) as Workflow;

const isOurs = ({ type }: Node) => /^n8n-nodes-[a-z]+-erasure\./.test(type);

/** What may differ: IDs, names with the vendor's in them, what is told of it, and its node's fields. */
function shape(node: Node) {
	const { type, name, parameters, ...others } = node;
	const rest = { ...others, id: undefined, webhookId: undefined };
	const told = ['content', 'message', 'path', 'systemMessage', 'toolDescription', 'responseBody'];
	const untold = JSON.parse(JSON.stringify(parameters), (field: string, value: unknown) =>
		told.includes(field) ? undefined : value,
	) as Record<string, unknown>;
	const { deletionMode, options, descriptionType } = untold;
	return {
		...rest,
		type: isOurs(node) ? `ours${type.endsWith('Tool') ? ' as a tool' : ''}` : type,
		name: name.replace(/ at [A-Z]\w+$/, ' at the vendor'),
		parameters: isOurs(node) ? { deletionMode, options, descriptionType } : untold,
	};
}

test('each package for one vendor has words, and carries the examples and no others', () => {
	expect(vendorWords.map(({ packageName }) => packageName)).toEqual(
		singles.map(({ name }) => name),
	);
	for (const { folder } of singles) {
		expect(readdirSync(join(folder, 'workflows')).sort()).toEqual([...carriedExamples].sort());
	}
});

describe.each(vendorWords.map((words) => [words.packageName, words] as const))(
	'%s',
	(name, words) => {
		describe.each(carriedExamples)('carries %s', (file) => {
			const top = read('workflows', file);
			const carried = read('packages', name, 'workflows', file);
			const text = JSON.stringify(carried);

			test('the same workflow but for vendor, fields and type names', () => {
				expect(carried.nodes.map(shape)).toEqual(top.nodes.map(shape));
				const generic = (connections: unknown) =>
					JSON.stringify(connections).replaceAll(/ at [A-Z]\w+"/g, ' at the vendor"');
				expect(generic(carried.connections)).toBe(generic(top.connections));
				expect(carried.settings).toEqual(top.settings);
			});

			test('with its own type names, and IDs that no other package’s example has', () => {
				const types = carried.nodes.filter(isOurs).map(({ type }) => type);
				const own = new RegExp(`^${name}\\.${words.node}(Tool)?$`);
				expect(types.length).toBeGreaterThan(0);
				expect(types.filter((type) => !own.test(type))).toEqual([]);
				expect(text).not.toContain(whole);
				const others = [
					top,
					...vendorWords
						.filter(({ packageName }) => packageName !== name)
						.map(({ packageName }) => read('packages', packageName, 'workflows', file)),
				];
				const ids = (workflow: Workflow) =>
					workflow.nodes.flatMap(({ id, webhookId }) => [id, webhookId]);
				const elsewhere = new Set(others.flatMap(ids));
				expect(ids(carried).filter((id) => id !== undefined && elsewhere.has(id))).toEqual([]);
			});

			test('names no other vendor, and offers none', () => {
				for (const { vendor, node } of vendorWords) {
					expect(text.includes(vendor)).toBe(vendor === words.vendor);
					if (node !== words.node) expect(text).not.toContain(`'${node}'`);
				}
				expect(text).not.toContain("another vendor's node");
			});

			test('as it is made from the one at the top: npm run workflows:examples', () => {
				expect(text).toBe(JSON.stringify(makeExample(root, file, words)));
			});
		});
	},
);

test("Flyflow's are those at the top, but for the other vendors that they offer", () => {
	for (const file of carriedExamples) {
		const own = read('packages', 'n8n-nodes-flyflow-erasure', 'workflows', file);
		const fields = ({ nodes }: Workflow) =>
			nodes.filter(isOurs).map(({ parameters }) => parameters);
		const told = fields(read('workflows', file));
		expect(fields(own).map(({ toolDescription: _, ...rest }) => rest)).toEqual(
			told.map(({ toolDescription: _, ...rest }) => rest),
		);
	}
});
