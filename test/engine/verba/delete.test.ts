import { describe, expect, test } from '@jest/globals';

import type { Malformation } from '../../../sandbox/vendors/verba';
import { coreVersion } from '../engine';
import { actionsAsked, asked, conversation, run, sandbox } from './stage';

describe(`Verba on n8n-core ${coreVersion}: delete`, () => {
	test('an ongoing conversation is accepted', async () => {
		conversation(1).ongoing = true;
		const { id } = conversation(1);
		const { json } = await run({ identifyBy: 'callID', identifier: id });

		expect(json).toMatchObject([{ outcome: 'accepted', evidence: 'accepted', deleted: false }]);
		expect(conversation(1).markedForDeletion).toBe(true);
		sandbox.verba.hangUp(id);
		expect(sandbox.verba.conversations.has(id)).toBe(false);
	});

	test('without Look First: one request, and no more than accepted', async () => {
		const { id } = conversation(1);
		const { json } = await run({
			identifyBy: 'callID',
			identifier: id,
			options: { lookFirst: false },
		});

		expect(json).toMatchObject([{ outcome: 'accepted', deleted: false }]);
		expect(actionsAsked()).toEqual(['RequestToken', 'DeleteCall']);
	});

	test('Look First takes no text for "no"', async () => {
		const { json } = await run({
			identifyBy: 'callID',
			identifier: conversation(1).id,
			options: { lookFirst: 'false' },
		});
		expect(json).toMatchObject([
			{
				outcome: 'skipped',
				reason: { message: expect.stringMatching(/^Look First /) as unknown },
			},
		]);
		expect(asked()).toEqual([]);
	});

	test.each(['callID', 'nativeID'] as const)(
		'"do not delete", by %s: refused, not sent, and the plan of the preview still fits',
		async (identifyBy) => {
			conversation(1).doNotDelete = true;
			const field = identifyBy === 'callID' ? 'id' : identifyBy;
			const parameters = {
				identifyBy,
				identifier: [conversation(1)[field], conversation(2)[field]].join(','),
			};
			const preview = await run({ ...parameters, deletionMode: 'preview' });
			expect(preview.json).toMatchObject([
				{
					outcome: 'preview',
					preview: {
						found: true,
						wouldBe: 'refused',
						note: expect.stringContaining('"do not delete"') as unknown,
					},
				},
				{ outcome: 'preview', preview: { found: true, wouldBe: 'deleted' } },
			]);

			const { plan } = preview.json[0]?.preview as { plan: string };
			const { json } = await run({ ...parameters, options: { approvedPlan: plan } });
			expect(json).toMatchObject([
				{
					outcome: 'refused',
					reason: { message: expect.stringContaining('do not delete') as unknown },
				},
				{ outcome: 'deleted' },
			]);
			expect(asked('DeleteCall')).toHaveLength(1);
			expect(sandbox.verba.records()).toHaveLength(19);
		},
	);

	test('a plan over call IDs holds whatever the look finds, and not for Look First off', async () => {
		sandbox.faults.add({
			when: ({ url }) => url.includes(conversation(2).id),
			fault: {
				kind: 'garble',
				change: () =>
					'<VerbaApi><Response code="3" type="GetCallInformation"><ErrorMessage>Not yours.</ErrorMessage></Response></VerbaApi>',
			},
		});
		const identifier = [conversation(1).id, conversation(2).id].join(',');
		const preview = await run({ identifier, deletionMode: 'preview' });
		const { plan } = preview.json[0]?.preview as { plan: string };

		const options = { approvedPlan: plan };
		const unseen = await run({ identifier, options: { ...options, lookFirst: false } });
		expect(unseen.json.map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped']);
		expect(asked('DeleteCall')).toEqual([]);

		const approved = await run({ identifier, options });
		expect(approved.json.map(({ outcome }) => outcome)).toEqual(['deleted', 'refused']);
	});

	test('previews say what is not there and what is still going on', async () => {
		conversation(2).ongoing = true;
		const preview = { deletionMode: 'preview' };
		const missing = await run({ ...preview, identifyBy: 'nativeID', identifier: 'TRSx' });
		const ongoing = await run({ ...preview, identifyBy: 'nativeID', identifier: 'TRS2' });

		expect(missing.json).toMatchObject([
			{ outcome: 'preview', preview: { found: false, wouldBe: 'notFound' } },
		]);
		expect(ongoing.json).toMatchObject([
			{ outcome: 'preview', preview: { found: true, wouldBe: 'accepted' } },
		]);
		expect(asked('DeleteCall')).toEqual([]);
	});

	test('Legal Hold is refused, in the vendor’s words', async () => {
		conversation(1).legalHold = true;
		const { json } = await run({ identifyBy: 'callID', identifier: conversation(1).id });

		expect(json).toMatchObject([
			{
				outcome: 'refused',
				reason: {
					message: 'Verba answered with code 2 and said: "The call is under legal hold"',
				},
			},
		]);
		expect(sandbox.verba.records()).toHaveLength(20);
	});

	test.each<[Malformation, string]>([
		['signInPage', 'unknown'],
		['truncated', 'unknown'],
		['twoResponses', 'unknown'],
		['empty', 'unknown'],
	])('a reply that is %s is %s, though the record is gone', async (malformation, outcome) => {
		sandbox.verba.malformation = malformation;
		const { id } = conversation(1);
		const { json } = await run({ identifyBy: 'callID', identifier: id });

		expect(json).toMatchObject([{ outcome, deleted: false }]);
		expect(sandbox.verba.conversations.has(id)).toBe(false);
		expect(asked('DeleteCall')).toHaveLength(1);
	});

	test.each([
		['tags that do not match', '</Response>', ''],
		['another code', 'code="0"', 'code="1"'],
		['no code', 'code="0"', ''],
		['another action', 'type="DeleteCall"', 'type="KeepCall"'],
	])('a success with %s is not reported as deleted', async (_, from, to) => {
		sandbox.faults.add({
			fault: { kind: 'garble', change: (body) => body.replace(from, to) },
			when: ({ url }) => url.includes('action=DeleteCall'),
		});
		const { json } = await run({ identifyBy: 'callID', identifier: conversation(1).id });
		expect(json).toMatchObject([
			{ deleted: false, outcome: to === 'code="1"' ? 'refused' : 'unknown' },
		]);
	});

	test('a look afterwards settles what the reply left open', async () => {
		sandbox.verba.malformation = 'empty';
		const { json } = await run({
			identifyBy: 'callID',
			identifier: conversation(1).id,
			options: { recheck: true },
		});
		expect(json).toMatchObject([{ outcome: 'deleted', evidence: 'rechecked' }]);
	});

	test('a message beside Response, and misspelt tags in a look, are understood', async () => {
		sandbox.verba.malformation = 'errorOutsideResponse';
		conversation(1).legalHold = true;
		const refused = await run({ identifyBy: 'callID', identifier: conversation(1).id });
		expect(refused.json).toMatchObject([{ outcome: 'refused' }]);

		sandbox.verba.malformation = 'misspeltTags';
		sandbox.verba.malformedActions = ['GetCallInformation'];
		const deleted = await run({ identifyBy: 'nativeID', identifier: 'TRS2' });
		expect(deleted.json).toMatchObject([{ outcome: 'deleted' }]);
	});

	test.each<Malformation>(['signInPage', 'truncated', 'twoResponses', 'empty'])(
		'a look that is %s leads to no deletion',
		async (malformation) => {
			sandbox.verba.malformation = malformation;
			sandbox.verba.malformedActions = ['GetCallInformation'];
			const { json } = await run({ identifyBy: 'nativeID', identifier: 'TRS2' });

			expect(json).toMatchObject([{ outcome: 'failed', reason: { code: 'notUnderstood' } }]);
			expect(asked('DeleteCall')).toEqual([]);
		},
	);

	test('a reply that gets lost is unknown, not "not delivered"', async () => {
		sandbox.faults.add({
			fault: { kind: 'resetAfter' },
			when: ({ url }) => url.includes('action=DeleteCall'),
		});
		const { json } = await run({ identifyBy: 'callID', identifier: conversation(1).id });

		expect(json).toMatchObject([{ outcome: 'unknown', reason: { code: 'replyLost' } }]);
	});

	test('odd characters reach Verba as they are, in the query and in the body', async () => {
		const nativeID = `a&b=c?d#e/f+g %41 ü'"<>`;
		Object.assign(conversation(1), { nativeID });
		Object.assign(conversation(2), { nativeID: `${nativeID}2` });
		const parameters = { identifyBy: 'nativeID', options: { idsAsWritten: true } };
		await run({ ...parameters, identifier: nativeID });
		expect(asked('GetCallInformation')[0]).toMatchObject({ nativeID });
		await run(
			{ ...parameters, identifier: `${nativeID}2` },
			{ credentials: { parametersIn: 'body' } },
		);
		expect(asked('GetCallInformation')[1]).toMatchObject({ nativeID: `${nativeID}2` });
		expect(sandbox.verba.records()).toHaveLength(18);
	});
});
