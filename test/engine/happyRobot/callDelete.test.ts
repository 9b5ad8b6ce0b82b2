import { describe, expect, test } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';

import { coreVersion, nodeType } from '../engine';
import { answerInstead, call, deleteCalls, isLook, requests, retired, sandbox } from './stage';

describe(`HappyRobot on n8n-core ${coreVersion}: call: delete`, () => {
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
