import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { coreVersion } from '../engine';
import {
	answerInstead,
	call,
	changeReply,
	deleteNotes,
	isLook,
	missingNote,
	notes,
	personal,
	requests,
	sandbox,
} from './stage';

describe(`HappyRobot on n8n-core ${coreVersion}: note: delete, previews and inputs`, () => {
	describe('preview', () => {
		async function preview(noteId: string, callId = call(1)): Promise<unknown> {
			const { json } = await deleteNotes(noteId, { mode: 'manual' }, callId);
			expect(requests().every((request) => request.startsWith('GET'))).toBe(true);
			for (const text of personal) expect(JSON.stringify(json)).not.toContain(text);
			return json[0]?.preview ?? json[0];
		}

		test('looks at the call of the note', async () => {
			expect(await preview(notes[0])).toMatchObject({ found: true, wouldBe: 'deleted' });
			expect(requests()).toEqual([`GET /api/v1/calls/${call(1)}`]);
		});

		test('a call that has other notes, and a call that is not there', async () => {
			const gone = { found: false, wouldBe: 'notFound' };
			expect(await preview(missingNote)).toMatchObject(gone);
			expect(await preview(notes[0], call(99))).toMatchObject(gone);
		});

		test('a reply that lists no notes does not tell', async () => {
			changeReply({ notes: undefined }, isLook);
			expect(await preview(notes[0])).toMatchObject({
				found: null,
				wouldBe: 'notFound',
				note: 'HappyRobot has the call, but its reply does not list any notes',
			});
		});

		test('an answer that is not understood is no preview', async () => {
			answerInstead(200, '<html>Sign in</html>', isLook);
			expect(await preview(notes[0])).toMatchObject({ outcome: 'failed' });
		});
	});

	test.each([
		['23 characters', call(1).slice(1), 23],
		['25 characters', `${call(1)}0`, 25],
	])('a call ID of %s is never sent', async (_, callId, length) => {
		const items = [{ call: call(1) }, { call: callId }];
		const changes = { items, onError: 'stopWorkflow' } as const;
		const { error } = await deleteNotes(notes[0], changes, '={{ $json.call }}');

		expect(error?.message).toBe(
			`Call ID has ${length} characters in item 1. HappyRobot's call IDs have exactly 24. Check the expression or the data that it reads`,
		);
		expect(requests()).toEqual([]);
	});

	test('all notes of the calls that Get Many gives, as docs/happyrobot.md says', async () => {
		const items = sandbox.happyRobot.records() as unknown as IDataObject[];
		const ids = '={{ $json.notes.map(note => note.id) }}';
		const { json } = await deleteNotes(ids, { items }, '={{ $json.id }}');

		expect(json.map(({ outcome }) => outcome)).toEqual(new Array(9).fill('deleted'));
		const left = sandbox.happyRobot.records().flatMap((record) => record.notes);
		expect(left).toEqual([]);
	});

	test('two call IDs are one too many', async () => {
		const { json } = await deleteNotes(notes[0], {}, `${call(1)}, ${call(2)}`);
		expect(json[0]?.error).toMatch(/^Call ID holds 2 IDs in item 0/);
		expect(requests()).toEqual([]);
	});
});
