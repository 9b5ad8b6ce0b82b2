import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import type { Execution } from '../../../scripts/n8n/n8nApi';
import type { Stage } from '../n8n';
import { changes, nodeOf, receiptTable, setSettings, withExample, type Example } from './published';
import { inShort, recheckRows, settledAt } from './recheckedRows';
import { failures, fill, verbaId } from './retentionFailures';
import {
	allAtOnce,
	loseCredential,
	startByWebhook,
	withCopy,
	type ReceiptRow,
	type Copy,
} from './sideBySide';

const example = 'retention';

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
	beforeEach(async () => {
		const { sandbox, n8n } = stage();
		await n8n.api.deleteDataTable(receiptTable);
		sandbox.forget();
		fill(sandbox);
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

	test.each([[[]], [['request', 'outcome']]])(
		'deletes nothing where the table has no columns but %j, as one of an older version',
		async (names) => {
			const columns = names.map((name) => ({ name, type: 'string' }));
			const run = async ({ table, pathOf, gone, sandbox }: Copy) => {
				const { api } = stage().n8n;
				await api.createDataTable(table, columns);
				await expect(api.callWebhook(pathOf('start'), {})).rejects.toThrow('500');
				expect(sandbox.requestsTo('flyflow')).not.toEqual([]);
				expect(gone()).toEqual([]);
			};
			await withCopy(stage(), example, fill, run, (copy) => startByWebhook(copy, 'Every night'));
		},
	);

	describe('Whatever fails', () => {
		let ended: (what: string) => Promise<{
			rows: ReceiptRow[];
			gone: string[];
			answered: boolean;
			rechecked: Awaited<ReturnType<typeof recheckRows>>;
		}>;
		beforeAll(async () => {
			const run = async ({ prepare, change, lostCredential }: (typeof failures)[number]) =>
				await withCopy(
					stage(),
					example,
					(sandbox) => {
						fill(sandbox);
						prepare?.(sandbox);
					},
					async (running) => {
						const { stage: own, table, pathOf, rows, gone } = running;
						if (lostCredential !== undefined) await loseCredential(running, lostCredential);
						const { api } = stage().n8n;
						const answered = await api.callWebhook(pathOf('start'), {}).then(
							() => true,
							() => false,
						);
						const found = { rows: await rows(), gone: gone(), answered };
						return { ...found, rechecked: await recheckRows(own, table) };
					},
					(copy) => {
						startByWebhook(copy, 'Every night');
						change?.(copy);
					},
				);
			ended = await allAtOnce(failures, run);
		}, 120_000);

		test.each(failures)('the other vendor goes on: $what', async ({ what, gone }) => {
			expect((await ended(what)).gone).toEqual(gone);
		});

		test.each(failures)('what was deleted and what was not has its row: $what', async (failure) => {
			const { rows } = await ended(failure.what);
			const deleted = rows.filter((row) => row.deleted);
			expect(
				deleted.map(({ vendor, target }) => `${vendor} ${target.replace(/^\w+: /, '')}`).sort(),
			).toEqual([...failure.gone].sort());
			const others = rows.filter((row) => !row.deleted);
			expect(
				others.map(({ vendor, outcome, target }) => `${vendor} ${outcome} ${target}`).sort(),
			).toEqual([...failure.others].sort());
			for (const { reason } of others) expect(reason).toMatch(failure.reason);
		});

		test.each(failures)(
			'Recheck takes every row for a receipt: $what',
			async ({ what, others }) => {
				const { before, after } = (await ended(what)).rechecked;
				expect(after).toHaveLength(before.length);
				const gone = after.filter(({ outcome }) => outcome === 'deleted');
				expect(inShort(gone)).toEqual(gone.map(({ vendor }) => settledAt(vendor)));
				expect(after.length - gone.length).toBe(others.length);
			},
		);

		test.each(failures)('the execution fails for all to see: $what', async ({ what }) => {
			expect((await ended(what)).answered).toBe(false);
		});
	});
}
