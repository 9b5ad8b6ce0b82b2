import { describe, expect, test } from '@jest/globals';
import { NodeOperationError, type IExecuteFunctions, type INode } from 'n8n-workflow';

import type { Asked } from '../../erasure/asking';
import type { Finder, Finding } from '../../erasure/find';
import { emptyMemory } from '../../erasure/memory';
import { notErased, type Verdict } from '../../erasure/outcome';
import { told } from '../../erasure/reading';
import type { Answer } from '../../erasure/reply';
import { targetKey, type Target } from '../../erasure/target';
import { clock } from '../../nodes/shared/sending/clock';
import type { Deletion } from '../../nodes/shared/deletion/deletion';
import {
	closeAll,
	unusable as unusableRecord,
	type RunRecord,
} from '../../nodes/shared/receipts/finishedRun';
import { BadInput } from '../../nodes/shared/parameters/itemParameters';
import type { PreparedRun } from '../../nodes/shared/deletion/preparedRun';
import {
	openTargets,
	remembered,
	resolveSelected,
	selectAll,
} from '../../nodes/shared/deletion/selection';

const call = (callId: string): Target => ({ identifiers: { callId } });

/** "The last call of this extension", whose number the receipt masks. */
const last = (extension: string): Target => ({
	identifiers: { extension },
	shown: { extension: `*${extension.slice(-1)}` },
});

const badInput = new BadInput('Call ID is empty in item 1', 1);

describe('what the items select', () => {
	const node = (items: number, continueOnFail: boolean) =>
		({
			continueOnFail: () => continueOnFail,
			getInputData: () => Array.from({ length: items }, () => ({ json: {} })),
			getNode: () => ({ name: 'Under Test', type: 'test' }) as INode,
			getNodeParameter: (_: string, __: number, fallback: unknown) => fallback,
		}) as unknown as IExecuteFunctions;

	const deletion = (thrown: Error) =>
		({
			select: ({ itemIndex }: { itemIndex: number }) => {
				if (itemIndex === 1) throw thrown;
				return [call(`${itemIndex}a`), call(`${itemIndex}b`)];
			},
		}) as unknown as Deletion;

	test('is read item by item; what cannot be used keeps its place under Continue', () => {
		const { selected } = selectAll(node(3, true), deletion(badInput));
		expect(selected).toEqual([
			{ kind: 'open', itemIndex: 0, target: call('0a') },
			{ kind: 'open', itemIndex: 0, target: call('0b') },
			{
				...unusableRecord(1, badInput.message),
				settlement: expect.objectContaining(unusable.settlement) as unknown,
			},
			{ kind: 'open', itemIndex: 2, target: call('2a') },
			{ kind: 'open', itemIndex: 2, target: call('2b') },
		]);
		expect(openTargets(selected)).toEqual(['0a', '0b', '2a', '2b'].map(call));
	});

	test.each([
		['unusable input under Stop', badInput, false],
		['anything else, whatever the setting', new Error('A defect'), true],
	])('is not read any further after %s', (_, thrown, continueOnFail) => {
		const read = () => selectAll(node(3, continueOnFail), deletion(thrown));
		expect(read).toThrow(NodeOperationError);
		expect(read).toThrow(
			expect.objectContaining({
				message: thrown.message,
				description: 'Nothing was sent.',
				context: expect.objectContaining({ itemIndex: 1 }) as unknown,
			}),
		);
	});
});

const selected: RunRecord[] = [
	{ kind: 'open', itemIndex: 0, target: last('88') },
	unusableRecord(1, badInput.message),
];

const unusable = {
	kind: 'closed',
	itemIndex: 1,
	shown: {},
	settlement: {
		verdict: notErased('failed', 'badInput', 'Call ID is empty in item 1'),
		attempts: 0,
		final: true,
	},
};

describe('selectors turned into targets', () => {
	const answer: Answer = { kind: 'answered', status: 200, headers: {}, body: '' };

	function asking(read: Finder['read'], preview = false) {
		const asked: Target[] = [];
		const finder: Finder = {
			send: async (selector) => {
				asked.push(selector);
				return await Promise.resolve(answer);
			},
			read,
		};
		const memory = emptyMemory();
		const watched: string[] = [];
		const run = {
			connection: { finder, exchange: { vendorName: 'Example' } },
			deletion: { noun: { one: 'call', many: 'calls' } },
			memory,
			options: {
				maxConcurrency: 1,
				keepVendorResponse: false,
				signal: new AbortController().signal,
				clock,
				settlements: memory.settlements,
			},
			progress: {
				begin: (done: string, noun: string) => {
					watched.push(`${done} ${noun}`);
					return { begun: () => {}, settled: () => {}, pushedBack: () => {} };
				},
			},
			settings: { preview },
		} as unknown as PreparedRun;
		return { asked, memory, run, watched };
	}

	/** What becomes of one selector that the vendor says this of. */
	async function resolve(
		finding: Finding | undefined,
		preview = false,
	): Promise<readonly RunRecord[]> {
		const { run } = asking(() => finding && told(finding), preview);
		return await resolveSelected(run, selected.slice(0, 1));
	}

	const settledAs = (verdict: Verdict): Finding => ({ kind: 'settled', verdict });

	test('are what was found, each of it', async () => {
		const found: Finding = { kind: 'targets', targets: [call('a'), call('b')] };
		const { asked, memory, run, watched } = asking(() => told(found));
		expect(await resolveSelected(run, selected)).toMatchObject([
			{ itemIndex: 0, target: call('a') },
			{ itemIndex: 0, target: call('b') },
			unusable,
		]);
		expect(watched).toEqual(['Looked up calls']);
		expect(memory.settlements.size).toBe(0);

		await resolveSelected(run, selected);
		expect(asked).toEqual([last('88')]);
	});

	test('are themselves where nothing is looked up', async () => {
		const { asked, run } = asking(() => undefined);
		const { finder: _, ...connection } = run.connection;
		expect(await resolveSelected({ ...run, connection }, selected)).toMatchObject([
			{ itemIndex: 0, target: last('88') },
			unusable,
		]);
		expect(asked).toEqual([]);
	});

	const notFound: Verdict = { outcome: 'notFound', evidence: 'confirmed' };
	const refused = notErased('refused', 'refusedByVendor', 'It is protected');
	const failed = notErased('failed', 'notUnderstood', 'Too many match');

	test.each([notFound, refused, failed])('have the verdict that was found: %j', async (verdict) => {
		expect(await resolve(settledAs(verdict))).toMatchObject([
			{
				itemIndex: 0,
				shown: { extension: '*8' },
				settlement: { verdict, attempts: 1, final: true },
			},
		]);
	});

	test('may be a record of which all is known already: it is in the plan, and nothing is sent', async () => {
		const finding: Finding = { kind: 'settledTarget', target: call('a'), verdict: refused };
		const records = await resolve(finding);
		expect(openTargets(records)).toEqual([call('a')]);
		expect(records).toMatchObject([{ kind: 'open', found: { verdict: refused, attempts: 1 } }]);
	});

	test('are marked where one comes twice, which was looked up once', async () => {
		const { asked, run } = asking(() => told(settledAs(notFound)));
		const twice = [0, 1].map(
			(itemIndex) => ({ kind: 'open', itemIndex, target: last('88') }) as const,
		);
		const lines = closeAll(await resolveSelected(run, twice), () => undefined);
		expect(lines).toMatchObject([
			{ duplicate: false, settlement: { verdict: notFound, attempts: 1 } },
			{ duplicate: true, settlement: { verdict: notFound, attempts: 1 } },
		]);
		expect(asked).toHaveLength(1);
	});

	test.each<[Verdict, Verdict]>([
		[
			notFound,
			{
				outcome: 'preview',
				evidence: 'none',
				preview: { found: false, wouldBe: 'notFound' },
			},
		],
		[refused, refused],
		[failed, failed],
	])('say in a preview what would become of them: %j', async (verdict, previewed) => {
		const [entry] = await resolve(settledAs(verdict), true);
		expect(entry).toHaveProperty('settlement.verdict', previewed);
	});

	test('have what became of asking where no good answer came', async () => {
		expect(await resolve(undefined)).toMatchObject([
			{
				shown: { extension: '*8' },
				settlement: { verdict: { outcome: 'failed', reason: { code: 'notUnderstood' } } },
			},
		]);
		const { run } = asking(() => ({ kind: 'refused', why: refused }));
		expect(await resolveSelected(run, selected.slice(0, 1))).toMatchObject([
			{ settlement: { verdict: refused } },
		]);
	});
});

describe('what earlier tries found', () => {
	const key = targetKey(last('88'));

	const cancelled = notErased('skipped', 'cancelled', 'The execution was cancelled');

	const asked = (content: Finding): Asked<Finding> => ({
		kind: 'understood',
		content,
		attempts: 1,
		at: '',
	});

	test('stands for what it was found for, and nobody is asked', () => {
		const memory = emptyMemory();
		memory.findings.set(key, asked({ kind: 'targets', targets: [call('a'), call('b')] }));
		expect(remembered(selected, memory, false)).toMatchObject([
			{ itemIndex: 0, target: call('a') },
			{ itemIndex: 0, target: call('b') },
			unusable,
		]);
	});

	test('leaves a selector as it is if nobody was asked', () => {
		expect(remembered(selected, emptyMemory(), false)).toMatchObject([
			{ itemIndex: 0, target: last('88') },
			unusable,
		]);
	});

	test('is not taken back where it was no target', () => {
		const memory = emptyMemory();
		memory.findings.set(key, { kind: 'nothing', why: cancelled, attempts: 1, at: '' });
		expect(remembered(selected, memory, false)).toMatchObject([
			{ settlement: { verdict: cancelled, attempts: 1, final: false } },
			unusable,
		]);
		const verdict: Verdict = { outcome: 'notFound', evidence: 'confirmed' };
		memory.findings.set(key, asked({ kind: 'settled', verdict }));
		expect(remembered(selected, memory, false)).toMatchObject([
			{ itemIndex: 0, shown: { extension: '*8' }, settlement: { verdict, attempts: 1 } },
			unusable,
		]);
		expect(remembered(selected, memory, true)).toMatchObject([
			{ settlement: { verdict: { outcome: 'preview', preview: { found: false } } } },
			unusable,
		]);
	});
});
