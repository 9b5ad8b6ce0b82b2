import { describe, expect, test } from '@jest/globals';

import { coreVersion } from '../engine';
import { actionsAsked, asked, conversation, run, sandbox } from './stage';

describe(`Verba on n8n-core ${coreVersion}: delete: which conversation`, () => {
	test.each([
		['callID', 'id'],
		['nativeID', 'nativeID'],
		['platformCallID', 'platformCallID'],
		['meetingID', 'meetingID'],
	] as const)('by %s: looks, then deletes by callID alone', async (identifyBy, field) => {
		const { id, [field]: identifier } = conversation(7);
		const { json } = await run({ identifyBy, identifier });

		expect(json).toMatchObject([
			{
				deleted: true,
				outcome: 'deleted',
				evidence: 'confirmed',
				target: { callID: id, [identifyBy]: identifier },
			},
		]);
		expect(actionsAsked()).toEqual(['RequestToken', 'GetCallInformation', 'DeleteCall']);
		expect(asked('GetCallInformation')[0]).toMatchObject({ [identifyBy]: identifier });
		const [deletion] = asked('DeleteCall');
		expect(Object.keys(deletion ?? {}).sort()).toEqual(
			['action', 'apiKey', 'callID', 'responseType', 'token'].sort(),
		);
		expect(deletion?.callID).toBe(id);
		expect(sandbox.verba.conversations.has(id)).toBe(false);
	});

	test('by extension: the number is masked, and a retry deletes no second call', async () => {
		const extension = conversation(20).from;
		sandbox.verba
			.records()
			.slice(15)
			.forEach((each) => Object.assign(each, { from: extension }));
		const { id } = conversation(20);
		sandbox.faults.add({
			fault: { kind: 'resetAfter' },
			when: ({ url }) => url.includes('action=DeleteCall'),
			times: 1,
		});
		const result = await run(
			{ identifyBy: 'extension', identifier: extension, status: 'last' },
			{ maxTries: 3 },
		);

		expect(result.json).toMatchObject([
			{
				outcome: 'notFound',
				reason: { code: 'goneAfterRepeat' },
				target: { callID: id, extension: '****', status: 'last' },
			},
		]);
		expect(JSON.stringify(result.outputs)).not.toContain(extension);
		expect(asked('GetCallInformation')).toHaveLength(1);
		expect(asked('DeleteCall').map(({ callID }) => callID)).toEqual([id, id]);
		expect(sandbox.verba.records()).toHaveLength(19);
	});

	test('more than one match is refused, in the vendor’s words', async () => {
		const extension = conversation(1).from;
		for (const number of [1, 2]) {
			Object.assign(conversation(number), { from: extension, ongoing: true });
		}
		const { json } = await run({
			identifyBy: 'extension',
			identifier: extension,
			status: 'ongoing',
		});

		expect(json).toMatchObject([
			{
				outcome: 'refused',
				reason: {
					code: 'refusedByVendor',
					message: 'Verba answered with code 2 and said: "More than one call was found for ****"',
				},
				target: { extension: '****', status: 'ongoing' },
			},
		]);
		expect(asked('DeleteCall')).toEqual([]);
	});

	test('what is found is held against what was asked for', async () => {
		sandbox.faults.add({
			fault: {
				kind: 'garble',
				change: (body) => body.replace('<native_id>TRS1<', '<native_id>TRS11<'),
			},
		});
		const { json } = await run({ identifyBy: 'nativeID', identifier: 'TRS1' });

		expect(json).toMatchObject([
			{
				outcome: 'refused',
				reason: {
					message:
						'Verba found a conversation with another Native ID. If it is meant, identify it by Call ID',
				},
			},
		]);
		expect(asked('DeleteCall')).toEqual([]);
	});

	test('a number that only holds the extension is not the extension', async () => {
		const { from } = conversation(1);
		sandbox.faults.add({
			fault: {
				kind: 'garble',
				change: (body) => body.replace(`<source_caller_id>${from}<`, `<source_caller_id>1${from}<`),
			},
		});
		const { json } = await run({ identifyBy: 'extension', identifier: from, status: 'last' });

		expect(json).toMatchObject([{ outcome: 'refused' }]);
		expect(JSON.stringify(json)).not.toContain(from);
		expect(asked('DeleteCall')).toEqual([]);
	});

	test('an answer about another call ID is not acted on', async () => {
		const { id } = conversation(1);
		sandbox.faults.add({
			fault: { kind: 'garble', change: (body) => body.replace(id, conversation(2).id) },
			when: ({ url }) => url.includes('GetCallInformation'),
		});
		const { json } = await run({ identifyBy: 'callID', identifier: id });

		expect(json).toMatchObject([{ outcome: 'failed', reason: { code: 'notUnderstood' } }]);
		expect(asked('DeleteCall')).toEqual([]);
	});
});
