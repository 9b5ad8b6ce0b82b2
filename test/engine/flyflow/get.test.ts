import { describe, expect, test } from '@jest/globals';

import { coreVersion, runNode } from '../engine';
import { options, sandbox, urls } from './stage';

describe(`Flyflow on n8n-core ${coreVersion}: get`, () => {
	test('gives the call; the ID stands in the query here', async () => {
		const result = await runNode(options('get', { parameters: { callId: 'call_3' } }));
		expect(result.json).toMatchObject([{ id: 'call_3', duration: 120 }]);
		expect(urls()).toEqual(['GET /v1/call?id=call_3']);
	});

	test.each<[string, string]>([
		['another call', '{"id":"call_OTHER"}'],
		['an error', '{"error":"maintenance"}'],
		['an error beside the ID', '{"id":"call_1","error":"maintenance"}'],
		['the ID with other letters in capitals', '{"id":"cAll_1"}'],
		['a list', '[{"id":"call_1"}]'],
		['null', 'null'],
	])('does not take %s for the call', async (_, body) => {
		sandbox.faults.add({ fault: { kind: 'status', status: 200, body } });
		const parameters = { callId: 'call_1' };
		const { json } = await runNode(
			options('get', { parameters, onError: 'continueRegularOutput' }),
		);
		expect(json).toEqual([{ error: expect.stringContaining('not as it documents') as unknown }]);
	});

	test('finds the call in what it is wrapped in', async () => {
		const body = '{"call":{"id":"call_1","status":"completed"}}';
		sandbox.faults.add({ fault: { kind: 'status', status: 200, body } });
		const { json } = await runNode(options('get', { parameters: { callId: 'call_1' } }));
		expect(json).toEqual([{ id: 'call_1', status: 'completed' }]);
	});

	test('says which call does not exist', async () => {
		const result = await runNode(options('get', { parameters: { callId: 'a&b' } }));
		expect(result.error?.message).toBe('Flyflow has no call "a&b" (item 0). Check Call ID');
		expect(urls()).toEqual(['GET /v1/call?id=a%26b']);
	});

	test('carries on with the next item under Continue', async () => {
		const items = [{ id: 'nowhere' }, { id: 'call_5' }];
		const parameters = { callId: '={{ $json.id }}' };
		const changes = { parameters, items, onError: 'continueRegularOutput' } as const;
		const result = await runNode(options('get', changes));
		expect(result.json).toMatchObject([
			{ error: 'Flyflow has no call "nowhere" (item 0). Check Call ID' },
			{ id: 'call_5' },
		]);
	});
});
