import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import type { Execution } from '../../../scripts/n8n/n8nApi';
import type { Stage } from '../n8n';
import { changes, nodeOf, receiptTable, setSettings, withExample, type Example } from './published';

const example = 'retention';

const day = 86_400_000;

type Row = Readonly<Record<'request' | 'vendor' | 'target' | 'outcome', string>> & {
	readonly deleted: boolean;
};

/** A test copy's schedule: a trigger that starts every second starts for good, as at night. */
function everySecond(copy: Example): void {
	const interval = [{ field: 'seconds', secondsInterval: 1 }];
	nodeOf(copy, 'Every night').parameters = { rule: { interval } };
	copy.settings.saveDataSuccessExecution = 'all';
}

export function testRetention(stage: () => Stage): void {
	const verbaId = (number: number) => `a8343631-9f35-4a3a-83f0-00000000000${number}`;

	/** Call or conversation 1 is the oldest, by age in days. */
	const ages = [400, 91, 89, 1];

	beforeEach(async () => {
		const { sandbox, n8n } = stage();
		await n8n.api.deleteDataTable(receiptTable);
		sandbox.forget();
		const { flyflow, verba } = sandbox;
		flyflow.fill(5);
		verba.fill(5);
		for (const [index, age] of ages.entries()) {
			const time = new Date(Date.now() - age * day).toISOString();
			const id = `call_${index + 1}`;
			flyflow.calls.set(id, { ...flyflow.calls.get(id)!, created_at: time });
			const conversation = verba.conversations.get(verbaId(index + 1))!;
			const startTime = time.slice(0, 19).replace('T', ' ');
			verba.conversations.set(conversation.id, { ...conversation, startTime });
		}
		// One without a time at Flyflow, and an old one that is to be kept at Verba.
		const { created_at: _, ...undated } = flyflow.calls.get('call_5')!;
		flyflow.calls.set('call_5', undated as never);
		const kept = verba.conversations.get(verbaId(5))!;
		const longAgo = { ...kept, startTime: '2020-02-29 12:00:00', doNotDelete: true };
		verba.conversations.set(kept.id, longAgo);
	});
	afterEach(async () => await stage().n8n.api.deleteDataTable(receiptTable));

	const rows = async () => (await stage().n8n.api.dataTableRows(receiptTable)) as unknown as Row[];
	const outcomes = (found: readonly Row[]) =>
		found.map(({ vendor, target, outcome }) => `${vendor} ${target} ${outcome}`).sort();
	const left = () => [
		...stage()
			.sandbox.flyflow.records()
			.map(({ id }) => id),
		...stage()
			.sandbox.verba.records()
			.map(({ id }) => id),
	];
	const young = [...['call_3', 'call_4', 'call_5'], ...[verbaId(3), verbaId(4), verbaId(5)]];

	/** Lets a copy run on its schedule until it has run twice. @returns the executions, the first one first */
	const runTwice = async (workflowId: string): Promise<Execution[]> => {
		for (const deadline = Date.now() + 40_000; Date.now() < deadline;) {
			const executions = await stage().n8n.api.finishedExecutions(workflowId);
			if (executions.length >= 2) return executions.reverse();
			await sleep(200);
		}
		throw new Error('The schedule did not start the workflow twice');
	};

	test('previews in a test run', async () => {
		await withExample(stage(), example, async (workflowId) => {
			const { api } = stage().n8n;
			expect(await api.runManually(workflowId, 'Every night')).toBeDefined();
			// n8n keeps test runs, also of a workflow whose other executions it does not keep.
			expect(await api.finishedExecutions(workflowId)).toMatchObject([{ mode: 'manual' }]);

			expect(changes(stage())).toEqual([]);
			expect(outcomes(await rows())).toEqual([
				'flyflow callId: call_1 preview',
				'flyflow callId: call_2 preview',
				`verba callID: ${verbaId(1)} preview`,
				`verba callID: ${verbaId(2)} preview`,
			]);
			const [row] = await rows();
			expect(row?.request).toMatch(/^retention \d{4}-\d\d-\d\d$/);
		});
	});

	test('deletes what is old once its schedule starts it, and nothing else', async () => {
		const work = async (workflowId: string) => {
			const [first, second] = await runTwice(workflowId);

			expect(first).toMatchObject({ mode: 'trigger', status: 'success' });
			expect(second).toMatchObject({ mode: 'trigger', status: 'success' });
			expect(left()).toEqual(young);
			const kept = await rows();
			// A schedule of every second may start the second before the first is through.
			const deleted = kept.filter(({ outcome }) => outcome !== 'notFound');
			expect(outcomes(deleted)).toEqual([
				'flyflow callId: call_1 deleted',
				'flyflow callId: call_2 deleted',
				`verba callID: ${verbaId(1)} deleted`,
				`verba callID: ${verbaId(2)} deleted`,
			]);
		};
		await withExample(stage(), example, work, everySecond);
	});

	test('asks no vendor for anything where keepDays is no count, and fails for all to see', async () => {
		const work = async (workflowId: string) => {
			const [first] = await runTwice(workflowId);

			expect(first).toMatchObject({ mode: 'trigger', status: 'error' });
			expect(stage().sandbox.requests).toEqual([]);
		};
		await withExample(stage(), example, work, (copy) => {
			everySecond(copy);
			setSettings(copy, { keepDays: 0 });
		});
	});

	test('deletes nothing at a vendor that has more than the limit, and fails for all to see', async () => {
		const { verba } = stage().sandbox;
		verba.conversations.get(verbaId(2))!.legalHold = true;
		const { flyflow } = stage().sandbox;
		flyflow.calls.set('call_6', { ...flyflow.calls.get('call_1')!, id: 'call_6' });
		const work = async (workflowId: string) => {
			const [first] = await runTwice(workflowId);

			expect(first).toMatchObject({ mode: 'trigger', status: 'error' });
			expect(changes(stage()).filter((change) => change.startsWith('flyflow'))).toEqual([]);
			expect(left().sort()).toEqual(['call_1', 'call_2', 'call_6', verbaId(2), ...young].sort());
			const kept = outcomes(await rows());
			expect(kept).toContain('flyflow callId: call_1 skipped');
			expect(kept).toContain('flyflow callId: call_2 skipped');
			expect(kept).toContain('flyflow callId: call_6 skipped');
			expect(kept).toContain(`verba callID: ${verbaId(1)} deleted`);
			expect(kept).toContain(`verba callID: ${verbaId(2)} refused`);
		};
		await withExample(stage(), example, work, (copy) => {
			everySecond(copy);
			setSettings(copy, { maximumTargets: 2 });
		});
	});
}
