import { beforeEach, expect, test } from '@jest/globals';

import type { Receipt } from '../../../erasure/receipt';
import type { HappyRobotCall } from '../../../sandbox/vendors/happyRobot';
import type { Stage } from '../n8n';
import { changes, keepExecutions, keyHeader, setSettings, withExample } from './published';

const example = 'clean-up-after-tests';

const day = 86_400_000;

export function testCleanUp(stage: () => Stage): void {
	let calls: HappyRobotCall[];

	/** Gives a call of the sandbox notes with these texts, and this age in days. */
	const write = (number: number, age: number, texts: readonly string[]): string[] => {
		const { happyRobot } = stage().sandbox;
		const call = calls[number]!;
		const [note] = call.notes ?? [];
		const notes = texts.map((content, index) => ({
			...note!,
			id: `note_${number}_${index}`,
			content,
		}));
		const created = new Date(Date.now() - age * day).toISOString();
		happyRobot.calls.set(call.id, { ...call, created, notes });
		return notes.map(({ id }) => `${call.id}/${id}`);
	};
	const notesLeft = () =>
		stage()
			.sandbox.happyRobot.records()
			.flatMap(({ id, notes = [] }) => notes.map((note) => `${id}/${note.id}`));
	const flowsLeft = () =>
		stage()
			.sandbox.kaleyra.records()
			.map(({ name }) => name);

	beforeEach(() => {
		const { sandbox } = stage();
		sandbox.forget();
		sandbox.happyRobot.fill(4);
		calls = sandbox.happyRobot.records();
		const { kaleyra } = sandbox;
		kaleyra.fill(0);
		const flows = [
			['test_order', 'DRAFT'],
			['order', 'DRAFT'],
			['latest_order', 'DRAFT'],
			['test_feedback', 'PUBLISHED'],
			['test_survey', 'DRAFT'],
		] as const;
		for (const [index, [name, status]] of flows.entries()) {
			const id = String(1120000000000000 + index);
			kaleyra.put(id, status);
			kaleyra.flows.set(id, { ...kaleyra.flows.get(id)!, name });
		}
	});

	const cleanUp = async () =>
		(
			await stage().n8n.api.callWebhook<{ receipts: Receipt[] }>(
				'clean-up-after-tests',
				{},
				keyHeader,
			)
		).receipts;

	test('deletes the drafts and notes that match, and nothing else', async () => {
		const [testNote, ...others] = write(0, 1, ['[test] hello', 'a real note', 'about a [test]']);
		const [second, third] = write(1, 29, ['[test] 1', '[test] 2']);
		const old = write(2, 31, ['[test] too long ago']);
		const { notes: _, ...withoutNotes } = calls[3]!;
		const created = new Date().toISOString();
		stage().sandbox.happyRobot.calls.set(withoutNotes.id, { ...withoutNotes, created });

		await withExample(stage(), example, async () => {
			const receipts = await cleanUp();

			expect(
				receipts
					.map(({ target, outcome }) => [
						target.flowId ?? `${target.callId}/${target.noteId}`,
						outcome,
					])
					.sort(),
			).toEqual(
				[
					['1120000000000000', 'deleted'],
					['1120000000000004', 'deleted'],
					[testNote, 'deleted'],
					[second, 'deleted'],
					[third, 'deleted'],
				].sort(),
			);
			expect(flowsLeft()).toEqual(['order', 'latest_order', 'test_feedback']);
			expect(notesLeft().sort()).toEqual([...others, ...old].sort());

			stage().sandbox.forget();
			expect(await cleanUp()).toEqual([]);
			expect(changes(stage())).toEqual([]);
		});
	});

	test('previews where it is started by hand', async () => {
		write(0, 1, ['[test] hello']);
		await withExample(
			stage(),
			example,
			async (workflowId) => {
				const { api } = stage().n8n;
				const executionId = await api.runManually(workflowId, 'Look by hand');
				const [execution] = await api.finishedExecutions(workflowId);
				expect(execution).toMatchObject({ id: executionId, mode: 'manual', status: 'success' });
				const output = await api.executionOutput(executionId!);
				const receipts = output['All receipts']?.[0]?.filter(
					({ outcome }) => outcome !== undefined,
				);
				expect(receipts?.map(({ vendor, outcome }) => [vendor, outcome])).toEqual([
					['kaleyra', 'preview'],
					['kaleyra', 'preview'],
					['happyRobot', 'preview'],
				]);
				expect(changes(stage())).toEqual([]);
			},
			keepExecutions,
		);
	});

	test('answers for HappyRobot also where Kaleyra refuses, and the other way round', async () => {
		const [note] = write(0, 1, ['[test] hello']);
		stage().sandbox.faults.add({
			fault: { kind: 'status', status: 403 },
			when: ({ method, url }) => method === 'DELETE' && url.startsWith('/kaleyra'),
		});
		await withExample(stage(), example, async () => {
			const receipts = await cleanUp();
			expect(receipts.map(({ vendor, outcome }) => [vendor, outcome])).toEqual([
				['kaleyra', 'refused'],
				['kaleyra', 'refused'],
				['happyRobot', 'deleted'],
			]);
			expect(notesLeft()).not.toContain(note);
			expect(flowsLeft()).toHaveLength(5);
		});
	});

	test('takes an empty pattern for none, not for all', async () => {
		write(0, 1, ['[test] hello']);
		await withExample(
			stage(),
			example,
			async () => {
				expect(await cleanUp()).toEqual([]);
				expect(changes(stage())).toEqual([]);
			},
			(copy) => setSettings(copy, { flowNamePattern: '', notePattern: '' }),
		);
	});
}
