import { describe, expect, test } from '@jest/globals';

import { deleted, expectReceipts } from './exampleReceipts';
import { readExample, runCodeNode, type Given, type Json } from './exampleWorkflow';

// What a node gives that is deactivated or breaks down is what it was given; where it gives nothing at
// all, n8n gives an item with nothing in it (Always Output Data). Neither is an answer of the vendor.

/** What comes of a search that fails with On Error = Continue (using error output). */
const astray: Given = { found: [{}], errors: [{ error: 'No.' }] };

/** What a search is given in these two examples, so that it can be told from what it finds. */
const notSearched = { notSearched: true };

describe.each<[string, ReadonlyArray<readonly [string, string, Json]>]>([
	[
		'retention.json',
		[
			['All calls at Flyflow', 'flyflow', { id: 'f', created_at: '2020-02-29 12:00:00' }],
			['Old conversations at Verba', 'verba', { ccdr_id: 'v' }],
		],
	],
	[
		'clean-up-after-tests.json',
		[
			['Draft flows', 'kaleyra', { id: 'k', name: 'test' }],
			['Latest calls', 'happyRobot', { id: 'h', notes: [{ id: 'n', content: 'test' }] }],
		],
	],
])('The searches of %s', (file, searches) => {
	const example = readExample(file);
	const settings = { keepDays: 90, flowNamePattern: 'test', notePattern: 'test' };
	const rounds = (given: Readonly<Record<string, Given>>) =>
		runCodeNode(example, 'What is to be deleted', [], {
			Settings: [settings],
			'Table of receipts': [{}],
			...Object.fromEntries(searches.map(([node, , record]) => [node, [record]])),
			...given,
		}).map(({ json }) => json);
	const vendors = searches.map(([, vendor]) => vendor);

	test('are given what nobody takes for what they find', () => {
		for (const [node] of searches) {
			const [before] = Object.entries(example.connections).flatMap(([from, { main }]) =>
				main.flat().some((link) => link.node === node) ? [from] : [],
			);
			const mark = example.nodes.find(({ name }) => name === before)!.parameters;
			expect(mark).toMatchObject({ jsonOutput: '={{ { notSearched: true } }}' });
		}
	});

	test('find what is to be deleted, or nothing', () => {
		expect(rounds({}).map(({ round }) => round)).toEqual(vendors);
		expect(rounds(Object.fromEntries(searches.map(([node]) => [node, [{}]])))).toEqual([]);
	});

	test.each(searches)('that are not made have a receipt that says so: %s', (node, vendor) => {
		const saying = `The search failed, so nothing was deleted here: the node "${node}" is deactivated, or broke down`;
		for (const [given, message] of [
			[[notSearched], saying],
			[[{ error: 'No.' }], 'The search failed, so nothing was deleted here: No.'],
			[astray, 'The search failed, so nothing was deleted here: No.'],
		] as const) {
			const [decided, other, ...more] = rounds({ [node]: given });
			const { records } = decided as { records: Json[] };
			expect(records).toMatchObject([{ vendor, outcome: 'failed', reason: { message } }]);
			expectReceipts(records);
			expect(vendors).toContain(other!.round);
			expect(other!.round).not.toBe(vendor);
			expect(more).toEqual([]);
		}
	});
});

describe('A vendor of erase-a-customer.json that was not asked', () => {
	const example = readExample('erase-a-customer.json');
	const vendors = ['creovai', 'flyflow', 'happyRobot', 'kaleyra', 'verba'];
	const phoneNumber = '+15125551009';
	const searches = ['creovai', 'flyflow', 'happyRobot', 'verba'].map((vendor) => ({
		...{ vendor, phoneNumber },
	}));
	const request = { requestId: 'r', vendors, searches, kaleyraFlowIds: ['k'] };
	const preview = (vendor: string, target: Json): Json => ({
		...deleted(vendor, target),
		...{ deleted: false, outcome: 'preview', evidence: 'none' },
		preview: { wouldBe: 'deleted', plan: `plan of ${vendor}` },
	});
	const finding: Readonly<Record<string, readonly Json[]>> = {
		'Preview at Creovai': [preview('creovai', { callId: 'c' })],
		'Find at Flyflow': [{ id: 'f' }],
		'Find at HappyRobot': [{ id: 'h' }],
		'Find at Verba': [{ ccdr_id: 'v' }],
	};
	const found = (given: Readonly<Record<string, Given>>) =>
		runCodeNode(example, 'What was found', [], {
			Request: [request],
			'Table of receipts': [{}],
			...given,
		}).map(({ json }) => json);
	const nodes = Object.keys(finding).map((node, index) => [node, searches[index]!.vendor] as const);

	test.each(nodes)('has a receipt that says so: %s', (node, vendor) => {
		const { [node]: _, ...others } = finding;
		const number = { vendor, phoneNumber };
		const failed = { vendor, outcome: 'failed', resource: expect.any(String), target: {} };
		for (const given of [
			{ [node]: [number] },
			{ [node]: [{ error: 'No.' }] },
			{ [node]: astray },
			{},
		]) {
			const all = found({ ...others, ...given });
			const own = all.filter((one) => one.vendor === vendor);
			expect(own).toMatchObject([{ ...failed, next: 'decided' }]);
			const { message } = own[0]!.reason as { message: string };
			expect(message).toMatch(/^The search failed, so nothing was deleted here: ./);
			expectReceipts(own);
			expect(all).toHaveLength(5);
			expect(JSON.stringify(all)).not.toContain('555');
		}
	});

	test('is told from one that has nothing', () => {
		for (const [node, vendor] of nodes.slice(1)) {
			const own = found({ ...finding, [node]: [{}] }).filter((one) => one.vendor === vendor);
			const target = { phoneNumber: '*********09' };
			expect(own).toMatchObject([{ outcome: 'notFound', evidence: 'confirmed', target }]);
			expectReceipts(own);
		}
		const own = found({ ...finding, 'Preview at Creovai': [{}] });
		expect(own).toContainEqual(expect.objectContaining({ vendor: 'creovai', outcome: 'failed' }));
	});

	test('at Creovai for one of two numbers has a receipt that says so', () => {
		const two = [...searches, { vendor: 'creovai', phoneNumber: '+15125551003' }];
		const all = runCodeNode(example, 'What was found', [], {
			Request: [{ ...request, searches: two }],
			'Table of receipts': [{}],
			...finding,
		}).map(({ json }) => json);
		const own = all.filter(({ vendor }) => vendor === 'creovai');
		expect(own.map(({ outcome }) => outcome)).toEqual(['preview', 'failed']);
	});

	describe('for a preview', () => {
		const asked = found(finding);
		const shown = (given: readonly Json[]) =>
			runCodeNode(example, 'What would happen', given, {
				Request: [request],
				'What was found': asked,
				'Find at Flyflow': [],
				'Find at HappyRobot': [],
				'Find at Verba': [],
			})[0]!.json as Json & { count: number; rounds: Json[]; page: string };
		const previews = [
			preview('creovai', { callId: 'c' }),
			preview('flyflow', { callId: 'f' }),
			preview('happyRobot', { callId: 'h' }),
			preview('kaleyra', { flowId: 'k' }),
			preview('verba', { callID: 'v' }),
		];

		test.each(vendors)('is not deleted at, and has a receipt that says so: %s', (vendor) => {
			const others = previews.filter((one) => one.vendor !== vendor);
			const own = asked.filter((one) => one.vendor === vendor && one.outcome === undefined);
			for (const given of [[], [{}], own]) {
				const { count, rounds, page } = shown([...others, ...given]);
				expect(count).toBe(4);
				const [decided, ...going] = rounds as Array<Json & { records: Json[] }>;
				expect(going.map(({ round }) => round)).toEqual(vendors.filter((one) => one !== vendor));
				expect(decided?.records).toMatchObject([{ vendor, outcome: 'failed' }]);
				expectReceipts(decided!.records);
				expect(page).toContain(`<b>${vendor}</b>`);
			}
		});

		test('of one of its records is deleted at not at all', () => {
			const more = { vendor: 'flyflow', callId: 'f2' };
			const { rounds } = runCodeNode(example, 'What would happen', previews, {
				Request: [request],
				'What was found': [...asked, more],
				...{ 'Find at Flyflow': [], 'Find at HappyRobot': [], 'Find at Verba': [] },
			})[0]!.json as { rounds: Array<Json & { records: Json[] }> };
			expect(rounds.map(({ round }) => round)).toEqual(
				['decided', ...vendors].filter((one) => one !== 'flyflow'),
			);
			expect(rounds[0]?.records.map(({ outcome }) => outcome)).toEqual(['skipped', 'failed']);
		});
	});
});
