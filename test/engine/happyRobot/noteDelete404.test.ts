import { describe, expect, test } from '@jest/globals';

import { coreVersion } from '../engine';
import { answerInstead, call, deleteNotes, missingNote, notes, retired } from './stage';

describe(`HappyRobot on n8n-core ${coreVersion}: note: delete, a 404`, () => {
	test('that speaks of the note is the "not there" of the API', async () => {
		const { json } = await deleteNotes(missingNote);
		expect(json).toMatchObject([{ outcome: 'notFound', evidence: 'confirmed' }]);
		expect(json[0]).not.toHaveProperty('error');
	});

	test.each<[string, unknown]>([
		['the plain words', { message: 'Note not found' }],
		['its call', { error: 'Not Found', message: 'Call not found.' }],
		['the shape of version 2', { error: 'NOT_FOUND', message: 'Note not found', statusCode: 404 }],
		['a code', { error: { code: 'NOTE_NOT_FOUND' } }],
		['the name of a class', { name: 'NoteNotFoundError', message: 'No such note' }],
		['another sentence', { detail: 'The requested note does not exist' }],
		['one more', { error: 'Could not find note' }],
		['both IDs', { message: `Note ${missingNote} was not found in call ${call(1)}` }],
		['the address', { message: 'Note not found', path: '/api/v1/calls/1', requestId: 'r-1' }],
	])('in other words of the same meaning counts: %s', async (_, body) => {
		answerInstead(404, body);
		const { json } = await deleteNotes(missingNote);
		expect(json).toMatchObject([{ outcome: 'notFound', evidence: 'confirmed' }]);
	});

	test.each<[string, unknown]>([
		['a version that was retired', retired],
		['an API call', { message: 'Unknown API call' }],
		['an API call that was not found', { message: 'API call not found' }],
		['a page, and a call to support', { message: 'Page not found. Please call support' }],
		['a hint to call', { hint: 'call your administrator' }],
		['the note, and an API that is gone', { message: 'Note not found', hint: 'API retired' }],
		['another note', { message: `Note ${call(7)} not found` }],
		['the note, and success', { success: true, message: 'Note not found' }],
		['the note, and another status', { statusCode: 500, message: 'Note not found' }],
		['a call that cannot be made', { error: 'Call could not be completed' }],
		['no call for it', { message: 'There is no call for notes at this endpoint' }],
		['a note on something else', { message: 'Note: resource not found' }],
		['nesting', JSON.parse(`${'{"a":'.repeat(50)}{"message":"Note not found"}${'}'.repeat(50)}`)],
		['nothing', ''],
		['a page', '<html>Not found</html>'],
		['a list', []],
		['the words of a framework', { message: 'Route DELETE:/calls/x not found' }],
		['the words of another', { statusCode: 404, message: 'Cannot DELETE /calls/x' }],
		['words that any server has', { detail: 'Not Found' }],
		['an address', { error: 'Not Found', path: '/api/v1/calls/note' }],
		['an empty object', {}],
	])('with %s says nothing about the note', async (_, body) => {
		answerInstead(404, body);
		const { json } = await deleteNotes(notes[0]);
		expect(json).toMatchObject([{ outcome: 'unknown', reason: { code: 'notUnderstood' } }]);
	});

	test('does not stand against a look, with Recheck', async () => {
		answerInstead(404, { message: 'Note not found' });
		const { json } = await deleteNotes(notes[0], { options: { recheck: true } });
		expect(json).toMatchObject([{ outcome: 'unknown', reason: { code: 'stillThere' } }]);
	});
});
