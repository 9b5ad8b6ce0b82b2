/* eslint max-lines: "off" -- one table of what Verba may answer */
/** What Verba's replies come to that contradict themselves, put off, or speak of something else. */
import { describe, expect, test } from '@jest/globals';

import type { FaultRule } from '../../../sandbox/faults/faults';
import { coreVersion } from '../engine';
import { asked, conversation, run, sandbox } from './stage';

const reply = (content: string, attributes: string) =>
	`<?xml version="1.0" encoding="UTF-8"?>\n<VerbaApi><Response ${attributes}>${content}</Response></VerbaApi>`;

const refusal = (words: string, action = 'DeleteCall') =>
	reply(`<ErrorMessage>${words}</ErrorMessage>`, `code="2" type="${action}"`);

const success = (content = '') => reply(content, 'code="0" type="DeleteCall"');

const notThere = 'Unable to delete the call, because the call cannot be found.';

/** Answers to requests of this action, in place of what Verba would do. */
function answer(
	action: string,
	status: number,
	body: string,
	more: Partial<FaultRule> & { headers?: Record<string, string> } = {},
): void {
	const { headers = {}, ...rule } = more;
	sandbox.faults.add({
		fault: { kind: 'status', status, body, headers: { 'content-type': 'text/xml', ...headers } },
		when: ({ url }) => url.includes(`action=${action}`) && !url.includes('callID=00000000'),
		...rule,
	});
}

const deleteFirst = async (changes = {}) =>
	await run({ identifyBy: 'callID', identifier: conversation(1).id }, changes);

describe(`Verba's replies on n8n-core ${coreVersion}`, () => {
	describe('a success that is contradicted is unknown, and not sent again', () => {
		test.each([400, 401, 403, 404, 409, 422, 429, 500, 502, 503])('by HTTP %i', async (status) => {
			answer('DeleteCall', status, success());
			const { json } = await deleteFirst({ maxTries: 2 });

			expect(json).toMatchObject([
				{
					outcome: 'unknown',
					deleted: false,
					reason: {
						code: 'notUnderstood',
						message: `Verba's answer (HTTP ${status}) contradicts itself. Look for the record at Verba`,
					},
				},
			]);
			expect(asked('DeleteCall')).toHaveLength(1);
		});

		test.each([
			['an ErrorMessage', '<ErrorMessage>The call is protected.</ErrorMessage>'],
			['an empty ErrorMessage', '<ErrorMessage/>'],
			['a warning', '<Warning>Archived copies stay.</Warning>'],
			['words in CDATA', '<Message><![CDATA[The call could not be deleted]]></Message>'],
			['words beside it', 'failed'],
		])('by %s', async (_, content) => {
			answer('DeleteCall', 200, success(content));
			const { json } = await deleteFirst();

			expect(json).toMatchObject([{ outcome: 'unknown', deleted: false }]);
			expect(asked('DeleteCall')).toHaveLength(1);
		});

		test.each(['CallID', 'ccdr_id'])('by naming another conversation in %s', async (field) => {
			answer('DeleteCall', 200, success(`<${field}>${conversation(2).id}</${field}>`));
			expect((await deleteFirst()).json).toMatchObject([{ outcome: 'unknown', deleted: false }]);
		});
	});

	test('a success that names the conversation itself is one', async () => {
		answer('DeleteCall', 200, success(`<CallID> ${conversation(1).id.toUpperCase()} </CallID>`));
		expect((await deleteFirst()).json).toMatchObject([{ outcome: 'deleted' }]);
	});

	test.each([
		['code " 0"', reply('', 'code=" 0" type="DeleteCall"')],
		['code "00"', reply('', 'code="00" type="DeleteCall"')],
		['code "-0"', reply('', 'code="-0" type="DeleteCall"')],
		['code "0.0"', reply('', 'code="0.0" type="DeleteCall"')],
		['Code in another letter case', reply('', 'Code="0" type="DeleteCall"')],
		['two codes', reply('', 'code="2" code="0" type="DeleteCall"')],
		['another action in lower case', reply('', 'code="0" type="deletecall"')],
		['an answer to another action', refusal(notThere, 'KeepCall')],
		['a prefix', '<v:VerbaApi xmlns:v="v"><v:Response code="0" type="DeleteCall"/></v:VerbaApi>'],
		['two Responses', success().replace('</VerbaApi>', '<Response code="2"/></VerbaApi>')],
		['a Response in another', reply(reply('', 'code="0" type="DeleteCall"'), 'code="2"')],
		['a Response further in', `<VerbaApi><Body>${success().slice(49)}</Body></VerbaApi>`],
		['success in CDATA', `<VerbaApi><![CDATA[<Response code="0" type="DeleteCall"/>]]></VerbaApi>`],
		['success in a comment', `<VerbaApi><!--<Response code="0" type="DeleteCall"/>--></VerbaApi>`],
		['HTML', '<html><body>Deleted</body></html>'],
	])('an answer with %s is unknown', async (_, body) => {
		answer('DeleteCall', 200, body);
		const { json } = await deleteFirst();

		expect(json).toMatchObject([{ outcome: 'unknown', deleted: false }]);
		expect(asked('DeleteCall')).toHaveLength(1);
	});

	test.each([
		['with 401', 401, refusal(notThere)],
		['with 403', 403, refusal(notThere)],
		[
			'with a conversation in it',
			200,
			refusal(`${notThere}</ErrorMessage><verbacdr state="1"/><ErrorMessage>`),
		],
	])('"cannot be found" %s is not "not found"', async (_, status, body) => {
		answer('DeleteCall', status, body);
		expect((await deleteFirst()).json).toMatchObject([{ outcome: 'unknown' }]);
	});

	describe('what is put off is tried again', () => {
		const words = 'The server is busy. Try again later.';

		test.each([200, 400, 409, 403])('with HTTP %i', async (status) => {
			answer('DeleteCall', status, refusal(words), { times: 1 });
			const { json } = await deleteFirst();

			expect(json).toMatchObject([{ outcome: 'deleted' }]);
			expect(sandbox.verba.records()).toHaveLength(19);
		});

		test('and failed, not refused, if it is put off for ever', async () => {
			answer('DeleteCall', 200, refusal(words));
			const { json } = await deleteFirst();

			expect(json).toMatchObject([
				{
					outcome: 'failed',
					attempts: 4,
					reason: {
						code: 'vendorError',
						message: 'Verba answered with code 2 and said: "The server is busy. Try again later"',
					},
				},
			]);
			expect(asked('DeleteCall')).toHaveLength(4);
		});

		test('after the pause that it asks for', async () => {
			answer('DeleteCall', 400, refusal('Not now.'), { times: 1, headers: { 'retry-after': '1' } });
			expect((await deleteFirst()).json).toMatchObject([{ outcome: 'deleted', attempts: 2 }]);
		});

		test('in a look, in Get and in Search', async () => {
			const putOff = (action: string) =>
				answer(action, 200, refusal('The service is temporarily unavailable.', action), {
					times: 1,
				});
			putOff('GetCallInformation');
			expect((await deleteFirst()).json).toMatchObject([{ outcome: 'deleted' }]);
			putOff('GetCallInformation');
			const found = await run({
				operation: 'get',
				identifyBy: 'callID',
				identifier: conversation(1).id,
			});
			expect(found.json).toMatchObject([{ ccdr_id: conversation(1).id }]);
			putOff('SearchCalls');
			const search = { operation: 'search', start: '2026-01-01', end: '2026-02-01' };
			expect((await run({ ...search, returnAll: true })).json).toHaveLength(19);
		});
	});

	describe('a look that contradicts itself leads to no deletion', () => {
		test.each([400, 500])('by HTTP %i', async (status) => {
			sandbox.faults.add({
				fault: {
					kind: 'status',
					status,
					body: reply(
						`<verbacdr state="1"><ccdr_id>${conversation(1).id}</ccdr_id></verbacdr>`,
						'code="0" type="GetCallInformation"',
					),
				},
				when: ({ url }) => url.includes('GetCallInformation'),
			});
			const message = `Verba's answer (HTTP ${status}) contradicts itself. Try again later`;
			const { json } = await deleteFirst();
			expect(json).toMatchObject([{ outcome: 'failed', reason: { message } }]);
			const got = await run({
				operation: 'get',
				identifyBy: 'callID',
				identifier: conversation(1).id,
			});
			expect(got.json).toMatchObject([{ error: message }]);
			expect(asked('DeleteCall')).toEqual([]);
		});
	});

	describe('what a look shows is taken at its worst', () => {
		const garble = (change: (body: string) => string) =>
			sandbox.faults.add({
				fault: { kind: 'garble', change },
				when: ({ url }) => url.includes('GetCallInformation'),
			});

		test.each([
			['the second', '<do_not_delete>0</do_not_delete><do_not_delete>1</do_not_delete>'],
			['the first', '<do_not_delete>1</do_not_delete><do_not_delete>0</do_not_delete>'],
			[
				'one further in',
				'<do_not_delete>0</do_not_delete><flags><do_not_delete>true</do_not_delete></flags>',
			],
		])('one of several "do not delete" marks counts: %s', async (_, marks) => {
			garble((body) => body.replace('<do_not_delete>0</do_not_delete>', marks));
			const { json } = await deleteFirst();

			expect(json).toMatchObject([
				{ outcome: 'refused', reason: { message: expect.stringContaining('"do not delete"') } },
			]);
			expect(asked('DeleteCall')).toEqual([]);
			expect(sandbox.verba.records()).toHaveLength(20);
		});

		test.each(['nativeID', 'callID'] as const)(
			'of two conversations by %s neither is deleted',
			async (identifyBy) => {
				garble((body) => body.replace(/<verbacdr .*<\/verbacdr>/, '$&$&'));
				const field = identifyBy === 'callID' ? 'id' : identifyBy;
				const { json } = await run({ identifyBy, identifier: conversation(1)[field] });

				expect(json).toMatchObject([
					{
						outcome: 'refused',
						reason: {
							message: 'Verba found 2 conversations, not one. Identify it by Call ID',
						},
					},
				]);
				expect(asked('DeleteCall')).toEqual([]);
				expect(sandbox.verba.records()).toHaveLength(20);
			},
		);

		test('a conversation that ends between look and deletion is accepted, never less certain', async () => {
			conversation(1).ongoing = true;
			sandbox.faults.add({
				fault: { kind: 'meanwhile', happens: () => sandbox.verba.hangUp(conversation(1).id) },
				when: ({ url }) => url.includes('DeleteCall'),
			});
			const { id } = conversation(1);
			expect((await deleteFirst()).json).toMatchObject([{ outcome: 'accepted', deleted: false }]);
			expect(sandbox.verba.conversations.has(id)).toBe(false);
		});
	});

	describe('Ongoing, Otherwise Last', () => {
		const number = '8856';
		const parameters = { identifyBy: 'extension', identifier: number, status: 'ongoing,last' };

		/** Three conversations of one number, the second of which is still going on if it is said so. */
		function talk(isOngoing: boolean): { finished: string; ongoing: string } {
			for (const each of [4, 5, 6]) Object.assign(conversation(each), { from: number });
			conversation(5).ongoing = isOngoing;
			return { finished: conversation(6).id, ongoing: conversation(5).id };
		}

		test('one request names the conversation, and its call ID alone is deleted', async () => {
			const { ongoing } = talk(true);
			const { json } = await run(parameters);

			expect(json).toMatchObject([
				{
					outcome: 'accepted',
					target: { callID: ongoing, extension: '****', status: 'ongoing,last' },
				},
			]);
			expect(asked('GetCallInformation')).toMatchObject([
				{ extension: number, status: 'ongoing,last' },
			]);
			expect(asked('DeleteCall').map(({ callID }) => callID)).toEqual([ongoing]);
		});

		test('without an ongoing one the last is deleted, and a retry deletes no second call', async () => {
			const { finished } = talk(false);
			sandbox.faults.add({
				fault: { kind: 'resetAfter' },
				when: ({ url }) => url.includes('DeleteCall'),
				times: 1,
			});
			const { json } = await run(parameters, { maxTries: 3 });

			expect(json).toMatchObject([
				{ outcome: 'notFound', reason: { code: 'goneAfterRepeat' }, target: { callID: finished } },
			]);
			expect(asked('DeleteCall').map(({ callID }) => callID)).toEqual([finished, finished]);
			expect(sandbox.verba.records()).toHaveLength(19);
		});

		test('one that is still found after the ongoing one has ended is the one that was found', async () => {
			const { ongoing } = talk(true);
			sandbox.faults.add({
				fault: { kind: 'meanwhile', happens: () => sandbox.verba.hangUp(ongoing) },
				when: ({ url }) => url.includes('DeleteCall'),
			});
			await run(parameters);
			expect(asked('DeleteCall').map(({ callID }) => callID)).toEqual([ongoing]);
			expect(sandbox.verba.records()).toHaveLength(19);
		});
	});
});
