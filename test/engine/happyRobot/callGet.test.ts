import { describe, expect, test } from '@jest/globals';

import { coreVersion } from '../engine';
import { call, changeReply, isLook, requests, run, sandbox } from './stage';

describe(`HappyRobot on n8n-core ${coreVersion}: call: get`, () => {
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
		expect((await get('call_1')).json[0]?.error).toMatch(/^Call ID has 6 characters in item 0\. /);
		expect(requests()).toEqual([]);
	});

	test('another call than the one asked for is not handed out', async () => {
		changeReply({ id: call(2) }, isLook);
		const { json } = await get(call(1));
		expect(json).toEqual([{ error: expect.stringContaining('not as it documents') as unknown }]);
	});
});
