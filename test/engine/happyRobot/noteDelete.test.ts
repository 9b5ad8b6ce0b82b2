import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { coreVersion } from '../engine';
import {
	answerInstead,
	call,
	changeReply,
	deleteNotes,
	holdsNote,
	isLook,
	missingNote,
	notes,
	personal,
	requests,
	sandbox,
} from './stage';

describe(`HappyRobot on n8n-core ${coreVersion}: note: delete`, () => {
	test('the reply without the note is the look afterwards: one request, `rechecked`', async () => {
		const { json } = await deleteNotes(notes[0]);

		expect(json).toMatchObject([
			{
				deleted: true,
				outcome: 'deleted',
				evidence: 'rechecked',
				resource: 'note',
				target: { callId: call(1), noteId: notes[0] },
			},
		]);
		expect(requests()).toEqual([`DELETE /api/v1/calls/${call(1)}/notes/${notes[0]}`]);
		expect(sandbox.requests[0]).toMatchObject({
			headers: { authorization: 'Bearer happyrobot-sandbox-key' },
			body: '',
		});
		expect(holdsNote(notes[0])).toBe(false);
	});

	test.each([
		['a list in text', () => notes.join(', ')],
		['an array', () => `={{ ${JSON.stringify(notes)} }}`],
	])('several notes of one call, as %s: a target each', async (_, ids) => {
		const { json } = await deleteNotes(ids());

		expect(json.map(({ target }) => target)).toEqual(
			notes.map((noteId) => ({ callId: call(1), noteId })),
		);
		expect(json.map(({ outcome }) => outcome)).toEqual(['deleted', 'deleted', 'deleted']);
		expect(sandbox.happyRobot.notes(call(1))).toEqual([]);
		expect(sandbox.happyRobot.notes(call(2))).toHaveLength(3);
	});

	test('the same note ID in two calls is two targets', async () => {
		const items = [{ call: call(1) }, { call: call(2) }];
		const { json } = await deleteNotes(notes[0], { items }, '={{ $json.call }}');

		expect(json.map(({ outcome, duplicate }) => [outcome, duplicate])).toEqual([
			['deleted', undefined],
			['notFound', undefined],
		]);
		expect(requests()).toHaveLength(2);
	});

	test('what the call holds stays out of everything, unless it is asked for', async () => {
		const silent = await deleteNotes(`${notes[0]}, ${missingNote}`);
		const everything = JSON.stringify([silent.outputs, silent.hints]);
		for (const text of personal) expect(everything).not.toContain(text);

		const asked = await deleteNotes(notes[1], { options: { includeVendorResponse: true } });
		expect(asked.json[0]?.vendorResponse).toMatchObject({
			id: call(1),
			notes: [{ id: notes[2], content: 'The caller asked to be forgotten.' }],
		});
	});

	test.each([
		['as it was sent', (id: string) => id],
		['in other letter case', (id: string) => id.toUpperCase()],
	])('a reply that still lists the note is no deletion: %s', async (_, change) => {
		answerInstead(200, sandbox.happyRobot.calls.get(call(1)));
		const { json } = await deleteNotes(change(notes[0]));

		expect(json).toMatchObject([
			{ deleted: false, outcome: 'unknown', evidence: 'none', reason: { code: 'stillThere' } },
		]);
		expect(json[0]?.error).toContain('add the Recheck option');
		for (const text of personal) expect(JSON.stringify(json)).not.toContain(text);
	});

	test('Recheck settles a reply that still listed the note', async () => {
		changeReply({ notes: [{ id: notes[0], content: '' }] });
		const { json } = await deleteNotes(notes[0], { options: { recheck: true } });

		expect(json).toMatchObject([{ outcome: 'deleted', evidence: 'rechecked' }]);
		expect(requests().slice(1)).toEqual([`GET /api/v1/calls/${call(1)}`]);
	});

	test.each([undefined, null])(
		'a documented reply whose `notes` are %s is the word of the vendor and no look',
		async (none) => {
			changeReply({ notes: none });
			const { json } = await deleteNotes(notes[0]);
			expect(json).toMatchObject([{ outcome: 'deleted', evidence: 'confirmed' }]);
		},
	);

	test('Recheck turns that word into a look, and leaves it if the look lists no notes', async () => {
		changeReply({ notes: undefined });
		const seen = await deleteNotes(notes[0], { options: { recheck: true } });
		expect(seen.json).toMatchObject([{ outcome: 'deleted', evidence: 'rechecked' }]);

		changeReply({ notes: undefined }, isLook);
		const untold = await deleteNotes(notes[1], { options: { recheck: true } });
		expect(untold.json).toMatchObject([{ outcome: 'deleted', evidence: 'confirmed' }]);
	});

	test.each<[string, IDataObject]>([
		['another call', { id: call(2) }],
		['no ID', { id: undefined }],
		['a required field missing', { organization_id: undefined }],
		['notes that are no list', { notes: { count: 0 } }],
		['notes without IDs', { notes: [{ content: 'x' }] }],
	])('a reply with %s is not understood', async (_, changes) => {
		changeReply(changes);
		const { json } = await deleteNotes(notes[0]);

		expect(json).toMatchObject([{ outcome: 'unknown', reason: { code: 'notUnderstood' } }]);
		expect(requests()).toHaveLength(1);
	});

	test.each<[string, IDataObject]>([
		['an error', { error: 'note could not be deleted' }],
		['errors', { errors: [{ message: 'locked' }] }],
		['no success', { success: false }],
		['a code', { code: 'NOTE_LOCKED' }],
		['another message', { message: 'Not deleted' }],
	])('a good reply that also says otherwise is a contradiction: %s', async (_, changes) => {
		changeReply(changes);
		const { json } = await deleteNotes(notes[0]);
		expect(json).toMatchObject([{ outcome: 'unknown', reason: { code: 'notUnderstood' } }]);
	});

	test.each([400, 401, 403, 500])(
		'a documented call with %i is a contradiction, and sent once',
		async (status) => {
			const other = { ...sandbox.happyRobot.calls.get(call(1)), notes: [] };
			answerInstead(status, other);
			const { json } = await deleteNotes(notes.join());
			expect(json.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'unknown']);
			expect(requests()).toHaveLength(3);
		},
	);

	test('a documented call with another status than 200 is not understood', async () => {
		const other = { ...sandbox.happyRobot.calls.get(call(1)), notes: [] };
		answerInstead(202, other);
		const { json } = await deleteNotes(notes[0]);
		expect(json).toMatchObject([{ outcome: 'unknown', reason: { code: 'notUnderstood' } }]);
	});
});
