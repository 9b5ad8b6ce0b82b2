/* eslint max-lines: "off" -- one workflow with many ways to go; its stage is needed by all of them */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import type { Receipt } from '../../../erasure/receipt';
import type { Sandbox } from '../../../sandbox/sandbox';
import type { HappyRobotCall } from '../../../sandbox/vendors/happyRobot';
import type { Stage } from '../n8n';
import {
	changes,
	keepExecutions,
	keyHeader,
	receiptTable,
	setSettings,
	withExample,
} from './published';
import { inShort, recheckRows, settledAt } from './recheckedRows';
import {
	allAtOnce,
	deactivate,
	loseCredential,
	refuse,
	withCopy,
	type ReceiptRow,
} from './sideBySide';

const example = 'clean-up-after-tests';

const day = 86_400_000;

const drafts = ['1120000000000000', '1120000000000004'];

function fillFlows({ kaleyra }: Sandbox): void {
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
}

/** One call with a note of a test, and one with notes that nobody could read. */
function fillNotes({ happyRobot }: Sandbox): void {
	happyRobot.fill(2);
	const [call, other] = happyRobot.records();
	const created = new Date().toISOString();
	const note = { ...call!.notes![0]!, id: 'note_1', content: '[test] hello' };
	happyRobot.calls.set(call!.id, { ...call!, created, notes: [note] });
	const unreadable = [7, null, { ...note, id: 'note_2', content: 7 }] as never;
	happyRobot.calls.set(other!.id, { ...other!, created, notes: unreadable });
}

const bothDrafts = drafts.map((id) => `kaleyra flowId: ${id}`);

const oneNote = ['happyRobot callId: 64b7f0c20000000000000001, noteId: note_1'];

/** What goes wrong, what is deleted all the same, and what is in the table beside that. */
const failures: ReadonlyArray<{
	readonly what: string;
	readonly prepare?: (sandbox: Sandbox) => void;
	readonly deactivated?: string;
	readonly lostCredential?: string;
	readonly deleted: readonly string[];
	readonly others: readonly string[];
}> = [
	{
		what: 'nothing',
		deleted: [...bothDrafts, ...oneNote],
		others: [],
	},
	{
		what: "Kaleyra's list",
		prepare: (sandbox) => refuse(sandbox, /^GET .*flows/),
		deleted: oneNote,
		others: ['kaleyra  failed'],
	},
	{
		what: "HappyRobot's list",
		prepare: (sandbox) => refuse(sandbox, /^GET .*happyRobot.*calls/),
		deleted: bothDrafts,
		others: ['happyRobot  failed'],
	},
	{
		what: "Kaleyra's deletions",
		prepare: (sandbox) => refuse(sandbox, /^DELETE .*kaleyra/),
		deleted: oneNote,
		others: bothDrafts.map((row) => `${row} refused`),
	},
	{
		what: "HappyRobot's deletions",
		prepare: (sandbox) => refuse(sandbox, /^DELETE .*happyRobot/),
		deleted: bothDrafts,
		others: oneNote.map((row) => `${row} refused`),
	},
	{
		what: "HappyRobot's list, deactivated",
		deactivated: 'Latest calls',
		deleted: bothDrafts,
		others: ['happyRobot  failed'],
	},
	{
		what: "HappyRobot's deletions, deactivated",
		deactivated: 'Delete notes',
		deleted: bothDrafts,
		others: oneNote.map((row) => `${row} unknown`),
	},
	{
		what: "Kaleyra's credential, which cannot be read",
		lostCredential: 'kaleyraApi',
		deleted: oneNote,
		others: ['kaleyra  failed'],
	},
];

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

	beforeEach(async () => {
		const { sandbox, n8n } = stage();
		await n8n.api.deleteDataTable(receiptTable);
		sandbox.forget();
		sandbox.happyRobot.fill(4);
		calls = sandbox.happyRobot.records();
		fillFlows(sandbox);
	});

	afterEach(async () => await stage().n8n.api.deleteDataTable(receiptTable));

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

	test.each([
		{ notePattern: '[test] *(' },
		{ flowNamePattern: '*' },
		{ wabaId: ' ' },
		{ lastDays: 0 },
	])('asks no vendor for anything with the settings %j', async (settings) => {
		write(0, 1, ['[test] hello']);
		await withExample(
			stage(),
			example,
			async () => {
				await expect(cleanUp()).rejects.toThrow('The webhook answered 500');
				expect(stage().sandbox.requests).toEqual([]);
			},
			(copy) => setSettings(copy, settings),
		);
	});

	describe('Whatever fails', () => {
		let ended: (what: string) => Promise<{
			rows: ReceiptRow[];
			receipts: Receipt[];
			left: string[];
			rechecked: Awaited<ReturnType<typeof recheckRows>>;
		}>;
		beforeAll(async () => {
			const run = async ({ prepare, deactivated, lostCredential }: (typeof failures)[number]) =>
				await withCopy(
					stage(),
					example,
					(sandbox) => {
						fillFlows(sandbox);
						fillNotes(sandbox);
						prepare?.(sandbox);
					},
					async (running) => {
						const { stage: own, sandbox, table, pathOf, rows } = running;
						if (lostCredential !== undefined) await loseCredential(running, lostCredential);
						const { receipts } = await stage().n8n.api.callWebhook<{ receipts: Receipt[] }>(
							pathOf('clean-up-after-tests'),
							{},
							keyHeader,
						);
						const flows = sandbox.kaleyra.records().map(({ id }) => `kaleyra flowId: ${id}`);
						const notes = sandbox.happyRobot
							.records()
							.flatMap(({ id, notes: all }) =>
								(all ?? []).map(
									(note) => `happyRobot callId: ${id}, noteId: ${(note as typeof note | null)?.id}`,
								),
							);
						const found = { rows: await rows(), receipts, left: [...flows, ...notes] };
						return { ...found, rechecked: await recheckRows(own, table) };
					},
					(copy) => {
						if (deactivated !== undefined) deactivate(copy, deactivated);
					},
				);
			ended = await allAtOnce(failures, run);
		}, 120_000);

		test.each(failures)('the other vendor goes on: $what', async ({ what, deleted }) => {
			const { left } = await ended(what);
			const gone = [...bothDrafts, ...oneNote].filter((record) => !left.includes(record));
			expect(gone).toEqual(deleted);
		});

		test.each(failures)(
			'Recheck takes every row for a receipt: $what',
			async ({ what, deleted, others }) => {
				const { before, after } = (await ended(what)).rechecked;
				expect(after).toHaveLength(before.length);
				const gone = after.filter((row) => row.deleted);
				expect(inShort(gone).sort()).toEqual(
					deleted.map((record) => settledAt(record.split(' ')[0]!)).sort(),
				);
				expect(after.length - gone.length).toBe(others.length);
			},
		);

		test.each(failures)(
			'each has its row, and its receipt in the answer: $what',
			async (failure) => {
				const { rows, receipts } = await ended(failure.what);
				const named = rows.map(({ vendor, target }) => `${vendor} ${target}`);
				expect(named.filter((_, index) => rows[index]!.deleted).sort()).toEqual(
					[...failure.deleted].sort(),
				);
				const others = named.flatMap((name, index) =>
					rows[index]!.deleted ? [] : [`${name} ${rows[index]!.outcome}`],
				);
				expect(others.sort()).toEqual([...failure.others].sort());
				expect(receipts.map(({ vendor, outcome }) => `${vendor} ${outcome}`)).toEqual(
					rows.map(({ vendor, outcome }) => `${vendor} ${outcome}`),
				);
			},
		);
	});
}
