import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { FaultRule } from '../../sandbox/faults/faults';
import { Sandbox } from '../../sandbox/sandbox';
import { testCredential } from './credentialTest';
import {
	coreVersion,
	nodeType,
	runNode,
	searchList,
	type RunOptions,
	type RunResult,
} from './engine';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());

const call = (number: number) => `64b7f0c2${number.toString(16).padStart(16, '0')}`;

const missingNote = '70e70e70ffffffffffffffff';

let notes: [string, string, string];
beforeEach(() => {
	sandbox.forget();
	sandbox.happyRobot.fill(3, 3);
	notes = sandbox.happyRobot.notes(call(1)).map(({ id }) => id) as typeof notes;
});

const account = () => ({
	apiKey: sandbox.happyRobot.apiKey,
	baseUrl: `${sandbox.address('happyRobot')}/api/v1`,
});

type Changes = Partial<RunOptions> & { options?: IDataObject };

async function run(
	parameters: IDataObject,
	{ options, items = [{}], ...changes }: Changes = {},
): Promise<RunResult> {
	return await runNode({
		type: 'happyRobot',
		items,
		onError: 'continueRegularOutput',
		credentials: { happyRobotApi: account() },
		...changes,
		parameters: { ...parameters, ...(options === undefined ? {} : { options }) },
	});
}

const deleteNotes = async (noteId: string, changes: Changes = {}, callId = call(1)) =>
	await run({ resource: 'note', operation: 'delete', callId, noteId }, changes);

const deleteCalls = async (callId: string, changes: Changes = {}) =>
	await run({ resource: 'call', operation: 'delete', callId }, changes);

/** What reached the vendor, as "METHOD path". */
const requests = () => sandbox.requests.map(({ method, url }) => `${method} ${url}`);

type When = NonNullable<FaultRule['when']>;

const isDelete: When = ({ method }) => method === 'DELETE';

const isLook: When = ({ method, url }) => method === 'GET' && /\/calls\/[^/]+$/.test(url);

/** Answers by this instead of doing what was asked. */
function answerInstead(status: number, body: unknown, when = isDelete): void {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	sandbox.faults.add({ fault: { kind: 'status', status, body: text }, when });
}

/** Does what was asked, and answers the documented call with these changes. */
function changeReply(changes: IDataObject, when = isDelete): void {
	const change = (payload: string) =>
		JSON.stringify({ ...(JSON.parse(payload) as IDataObject), ...changes });
	sandbox.faults.add({ fault: { kind: 'garble', change }, when });
}

const holdsNote = (id: string) => sandbox.happyRobot.notes(call(1)).some((note) => note.id === id);

const personal = [
	'asked to be forgotten',
	'5125550100',
	'+1512555',
	'A. Customer',
	'agent@example.com',
	'happyrobot-sandbox-key',
];

const retired = { message: 'Please note that version 1 of this API has been retired.' };

describe(`HappyRobot on n8n-core ${coreVersion}`, () => {
	describe('note: delete', () => {
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

		describe('a 404', () => {
			test('that speaks of the note is the "not there" of the API', async () => {
				const { json } = await deleteNotes(missingNote);
				expect(json).toMatchObject([{ outcome: 'notFound', evidence: 'confirmed' }]);
				expect(json[0]).not.toHaveProperty('error');
			});

			test.each<[string, unknown]>([
				['the plain words', { message: 'Note not found' }],
				['its call', { error: 'Not Found', message: 'Call not found.' }],
				[
					'the shape of version 2',
					{ error: 'NOT_FOUND', message: 'Note not found', statusCode: 404 },
				],
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
				[
					'nesting',
					JSON.parse(`${'{"a":'.repeat(50)}{"message":"Note not found"}${'}'.repeat(50)}`),
				],
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

	describe('call: delete', () => {
		test('only a look before that finds the call and one afterwards that does not make it deleted', async () => {
			const { json } = await deleteCalls(call(1));

			expect(json).toMatchObject([
				{
					outcome: 'deleted',
					evidence: 'rechecked',
					resource: 'call',
					target: { callId: call(1) },
					seen: true,
				},
			]);
			expect(requests()).toEqual([
				`GET /api/v1/calls/${call(1)}`,
				`DELETE /api/v1/calls/${call(1)}`,
				`GET /api/v1/calls/${call(1)}`,
			]);
			expect([...sandbox.happyRobot.calls.keys()]).toEqual([call(2), call(3)]);
		});

		test.each<[string, number, unknown]>([
			['a good word', 200, { message: 'Call deleted' }],
			['an empty 204', 204, ''],
			['"not there"', 404, { message: 'Call not found' }],
			['a path that is not served', 404, { message: 'Cannot DELETE /calls/x' }],
			['a page', 404, '<html>Not found</html>'],
		])('%s does not stand against a look that still finds it', async (_, status, body) => {
			answerInstead(status, body);
			const { json } = await deleteCalls(call(1));

			expect(json).toMatchObject([
				{ deleted: false, outcome: 'unknown', reason: { code: 'stillThere' } },
			]);
			expect(sandbox.happyRobot.calls.has(call(1))).toBe(true);
		});

		test.each<[string, number, unknown]>([
			['a page', 200, '<html>Sign in</html>'],
			['an empty object', 202, {}],
			['an empty 204', 204, ''],
		])(
			'%s, and a look that finds nothing: not found, with a reason, where no look before has found it',
			async (_, status, body) => {
				answerInstead(status, body);
				answerInstead(404, { message: 'Call not found' }, isLook);
				const { json } = await deleteCalls(call(1));

				expect(json).toMatchObject([
					{ deleted: false, outcome: 'notFound', reason: { code: 'goneAtLook' } },
				]);
				expect(json[0]).not.toHaveProperty('seen');
			},
		);

		test.each<[string, unknown]>([
			['a version that was retired', retired],
			['a page', '<html>Not found</html>'],
		])('%s that answers each look tells nothing, whatever the deletion said', async (_, body) => {
			answerInstead(202, {});
			answerInstead(404, body, isLook);
			const { json } = await deleteCalls(call(1));
			expect(json).toMatchObject([
				{ deleted: false, outcome: 'unknown', reason: { code: 'notUnderstood' } },
			]);
		});

		test('a look that tells nothing leaves it unknown, and says what to do', async () => {
			const fault = { kind: 'status', status: 200, body: '<html>Sign in</html>' } as const;
			sandbox.faults.add({ fault, when: isLook, after: 1 });
			const { json } = await deleteCalls(call(1));

			expect(json).toMatchObject([{ outcome: 'unknown', reason: { code: 'notUnderstood' } }]);
			expect(json[0]?.error).toBe(
				'HappyRobot answered 200. It does not document what that means for a call, and the call has not been looked up since. Look for the call at HappyRobot',
			);
		});

		test('the next try of Retry On Fail does not delete again what was answered', async () => {
			sandbox.faults.add({
				fault: { kind: 'status', status: 403 },
				when: isLook,
				after: 1,
				times: 1,
			});
			const changes = { onError: 'stopWorkflow', maxTries: 2 } as const;
			const { json } = await deleteCalls(call(1), changes);

			expect(json).toMatchObject([{ outcome: 'deleted', evidence: 'rechecked', attempts: 1 }]);
			expect(requests().filter((request) => request.startsWith('DELETE'))).toHaveLength(1);
		});

		test('says where the user sees it that the request is inferred, and offers no Recheck', async () => {
			const { properties } = (await nodeType('happyRobot')).description;
			const shown = properties.filter(
				({ displayOptions: { show } = {} }) =>
					show?.resource?.includes('call') && show.operation?.includes('delete'),
			);
			const notice = shown.find(({ type }) => type === 'notice');
			expect(notice?.displayName).toMatch(/The request is inferred/);
			const options = shown.find(({ name }) => name === 'options')?.options as INodeProperties[];
			expect(options.map(({ name }) => name)).toContain('maximumTargets');
			expect(options.map(({ name }) => name)).not.toContain('recheck');
		});

		test('preview looks and deletes nothing', async () => {
			const { json } = await deleteCalls([call(1), call(99)].join(), { mode: 'manual' });

			expect(json.map(({ preview }) => preview)).toMatchObject([
				{ found: true, wouldBe: 'deleted' },
				{ found: false, wouldBe: 'notFound' },
			]);
			expect(sandbox.happyRobot.calls.size).toBe(3);
		});
	});

	describe('call: get', () => {
		const get = async (callId: string) => await run({ resource: 'call', operation: 'get', callId });

		test('gives calls with their notes', async () => {
			const { json } = await get(`${call(2)}, ${call(1)}`);
			expect(json.map(({ id }) => id)).toEqual([call(2), call(1)]);
			expect(json[0]?.notes).toHaveLength(3);
		});

		test('a call that is not there, and an ID that is none', async () => {
			expect((await get(call(99))).json[0]?.error).toBe(
				`HappyRobot has no call "${call(99)}" (item 0). Check Call ID`,
			);
			sandbox.forget();
			expect((await get('call_1')).json[0]?.error).toMatch(
				/^Call ID has 6 characters in item 0\. /,
			);
			expect(requests()).toEqual([]);
		});

		test('another call than the one asked for is not handed out', async () => {
			changeReply({ id: call(2) }, isLook);
			const { json } = await get(call(1));
			expect(json).toEqual([{ error: expect.stringContaining('not as it documents') as unknown }]);
		});
	});

	describe('call: getAll', () => {
		const getAll = async (filters: IDataObject, more: IDataObject = { returnAll: true }) =>
			await run({ resource: 'call', operation: 'getAll', filters, ...more });

		const query = (index = 0) =>
			Object.fromEntries(new URL(sandbox.requests[index]?.url ?? '', 'http://x').searchParams);

		test('Return All reads page after page until one is empty', async () => {
			sandbox.happyRobot.fill(230, 1);
			const { json } = await getAll({});

			expect(new Set(json.map(({ id }) => id)).size).toBe(230);
			expect([0, 1, 2, 3].map((index) => query(index).skip)).toEqual(['0', '99', '198', '229']);
			expect(sandbox.requests).toHaveLength(4);
		});

		test.each([1, 40])(
			'a call that goes while pages are read costs no other: %i go',
			async (count) => {
				sandbox.happyRobot.fill(250, 1);
				const happens = () => {
					for (let number = 250; number > 250 - count; number--) {
						sandbox.happyRobot.calls.delete(call(number));
					}
				};
				sandbox.faults.add({ fault: { kind: 'meanwhile', happens }, after: 1, times: 1 });
				const { json } = await getAll({});
				expect(json.map(({ id }) => id)).toEqual(
					Array.from({ length: 250 }, (_, index) => call(250 - index)),
				);
			},
		);

		test('Limit asks for no more than that', async () => {
			const { json } = await getAll({}, { returnAll: false, limit: 2 });
			expect(json).toHaveLength(2);
			expect(query()).toEqual({ limit: '2', skip: '0' });
		});

		test('a vendor that ignores `skip` does not go round for ever', async () => {
			answerInstead(200, { calls: sandbox.happyRobot.records() }, () => true);
			const { json } = await getAll({});
			expect(json[0]?.error).toMatch(/^HappyRobot keeps giving the same calls/);
			expect(sandbox.requests).toHaveLength(3);
		});

		test('an answer that lists no calls is not taken for "no calls"', async () => {
			answerInstead(200, { message: 'hello' }, () => true);
			const { json } = await getAll({});
			expect(json).toEqual([{ error: expect.stringContaining('not as it documents') as unknown }]);
		});

		test('filters go out under the names of the vendor, encoded', async () => {
			await getAll({
				from: '2026-01-01T00:00:00',
				search: ' +15125551001 ',
				statuses: ['Completed', 'No answer'],
				to: '2026-02-01',
				type: 'Inbound',
				useCases: 'u1, u2',
			});
			expect(query()).toEqual({
				limit: '100',
				skip: '0',
				from: '2026-01-01T00:00:00.000Z',
				search: '+15125551001',
				statuses: 'Completed,No answer',
				to: '2026-02-01T00:00:00.000Z',
				type: 'Inbound',
				use_cases: 'u1,u2',
			});
			expect(sandbox.requests[0]?.url).toContain('search=%2B15125551001');
		});

		test.each([
			['a date of n8n', "={{ DateTime.fromISO('2027-05-01T14:30:00Z') }}"],
			['a date of n8n in a zone', "={{ DateTime.fromISO('2027-05-01T16:30:00+02:00') }}"],
			["a date of JavaScript's", "={{ new Date('2027-05-01T14:30:00Z') }}"],
			['milliseconds', '={{ 1809181800000 }}'],
			['a zone', '2027-05-01T16:30:00+02:00'],
			['no zone, which is UTC', '2027-05-01 14:30'],
			['no zone and a T', '2027-05-01T14:30:00'],
		])('From takes %s, whatever time the server keeps', async (_, from) => {
			const { json } = await getAll({ from });
			expect(json).toEqual([]);
			expect(query().from).toBe('2027-05-01T14:30:00.000Z');
		});

		test('a call that was created at a time without a zone was created then in UTC', async () => {
			const [first, second] = sandbox.happyRobot.records();
			const calls = [
				{ ...first, created: '2026-01-31 14:29:59' },
				{ ...second, created: '2026-01-31 14:30:01' },
			];
			answerInstead(200, { calls }, ({ url }) => url.includes('skip=0'));
			answerInstead(200, { calls: calls.slice(-1) }, () => true);
			expect((await getAll({ from: '2026-01-31T14:30:00Z' })).json).toMatchObject([
				{ id: call(2) },
			]);
		});

		test.each<[IDataObject, string]>([
			[{ from: '' }, 'From in item 0 is empty'],
			[{ to: 'soon' }, 'To in item 0 is not a date'],
			[{ from: '2026-01-31junk' }, 'From in item 0 is not a date'],
			[{ from: '2026-01-31 (comment)' }, 'From in item 0 is not a date'],
			[{ from: '2026-02-30' }, 'From in item 0 is not a date'],
			[{ from: '={{ 1809181800 }}' }, 'From in item 0 is not a date'],
			[{ to: '={{ { a: 1 } }}' }, 'To in item 0 is not a date'],
			[{ search: '  ' }, 'Search in item 0 is empty'],
			[{ search: '={{ $json.nothing }}' }, 'Search in item 0 is empty'],
			[{ statuses: [] }, 'Statuses in item 0 is empty'],
			[{ statuses: ['Gone'] }, 'Statuses in item 0 must be one of'],
			[{ type: '' }, 'Type in item 0 must be one of'],
			[{ useCases: '' }, 'Use Case IDs in item 0 is empty'],
		])(
			'a filter that resolved to nothing does not turn into all calls: %j',
			async (filters, says) => {
				const { json } = await getAll(filters);
				expect(json).toEqual([{ error: expect.stringContaining(says) as unknown }]);
				expect(requests()).toEqual([]);
			},
		);

		test.each<[IDataObject, number[]]>([
			[{ search: '(512) 555-1002' }, [2]],
			[{ search: '+1 303 555 1002' }, []],
			[{ type: 'Inbound' }, [3, 1]],
			[{ from: '2026-01-01T03:00:00Z' }, [3]],
			[{ to: '2026-01-01T01:00:00Z' }, [1]],
			[{ statuses: ['No answer'] }, []],
			[{ useCases: `5e5e5e5e${'2'.padStart(16, '0')}` }, [2]],
		])(
			'a filter that the vendor ignores does not turn into all calls: %j',
			async (filters, left) => {
				const calls = sandbox.happyRobot.records().reverse();
				const isFirst: When = ({ url }) => url.includes('skip=0');
				answerInstead(200, { calls, count: 3, currentPage: 1 }, isFirst);
				answerInstead(200, { calls: calls.slice(-1) }, () => true);
				const { json } = await getAll(filters);
				expect(json.map(({ id }) => id)).toEqual(left.map(call));
			},
		);
	});

	describe('the list of the Call ID field', () => {
		const search = async (filter?: string, token?: string) => {
			const credentials = { happyRobotApi: account() };
			const parameters = { resource: 'call', operation: 'get' };
			const options = { type: 'happyRobot', items: [], credentials, parameters };
			return await searchList(options, 'searchCalls', filter, token);
		};

		test('shows calls a page at a time, without phone numbers', async () => {
			sandbox.happyRobot.fill(120);
			const first = await search();
			const second = await search('', String(first.paginationToken));
			const third = await search('', String(second.paginationToken));

			expect(first.results).toHaveLength(100);
			expect(first.results[0]).toEqual({
				name: `${call(120)} · 2026-01-06T00:00:00.000Z · No answer`,
				value: call(120),
			});
			expect(second.results.at(-1)?.value).toBe(call(1));
			expect(third).toEqual({ results: [] });
			for (const text of personal) expect(JSON.stringify([first, second])).not.toContain(text);
		});

		test('leaves searching to the vendor', async () => {
			const { results } = await search('+15125551002');
			expect(results.map(({ value }) => value)).toEqual([call(2)]);
		});

		test('says what to do where nothing is listed', async () => {
			answerInstead(200, '<html>Sign in</html>', () => true);
			await expect(search()).rejects.toThrow(/Test the credentials, or give the ID$/);
		});
	});

	describe('the Test of the credential', () => {
		const noApi =
			'There is no HappyRobot API at this Base URL. The one of version 1 is https://app.happyrobot.ai/api/v1';

		test('is good, and reads one call', async () => {
			expect(await testCredential('happyRobot', 'happyRobotApi', account())).toMatchObject({
				status: 'OK',
			});
			expect(requests()).toEqual(['GET /api/v1/calls?limit=1']);
		});

		test.each([
			['wrong key', { apiKey: 'no' }, 'HappyRobot did not accept the API key'],
			['http', { baseUrl: 'http://example.com/api/v1' }, 'Base URL in the credentials starts with'],
			['no address', { baseUrl: 'happyrobot' }, 'Base URL in the credentials is not a web address'],
		])('%s', async (_, changes, says) => {
			expect(
				await testCredential('happyRobot', 'happyRobotApi', { ...account(), ...changes }),
			).toEqual({
				status: 'Error',
				message: expect.stringContaining(says) as unknown,
			});
		});

		test.each([
			[403, 'HappyRobot accepted the API key but does not permit this', '{}'],
			[404, noApi, '<html></html>'],
			// The app leads whoever is not signed in to its sign-in page.
			[302, noApi, ''],
			[503, 'HappyRobot answered 503, which does not say whether the API key is good', ''],
		])('says plainly what is wrong: %i', async (status, words, body) => {
			const headers = { location: 'http://127.0.0.1:1/login' };
			sandbox.faults.add({ fault: { kind: 'status', status, body, headers } });
			expect(await testCredential('happyRobot', 'happyRobotApi', account())).toEqual({
				status: 'Error',
				message: expect.stringContaining(words) as unknown,
			});
			expect(requests()).toHaveLength(1);
		});

		test.each([
			['a page for people', '<html>Welcome</html>', 'text/html'],
			['another API', '{"ok":true}', 'application/json'],
		])('does not take %s for HappyRobot', async (_, body, type) => {
			const headers = { 'content-type': type };
			sandbox.faults.add({ fault: { kind: 'status', status: 200, body, headers } });
			const result = await testCredential('happyRobot', 'happyRobotApi', account());
			expect(result).toEqual({ status: 'Error', message: noApi });
		});
	});
});
