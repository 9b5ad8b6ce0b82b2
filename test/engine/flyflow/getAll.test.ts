import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { coreVersion, runNode, searchList } from '../engine';
import { options, sandbox, urls } from './stage';

describe(`Flyflow on n8n-core ${coreVersion}: get many`, () => {
	test('stops at the limit', async () => {
		const result = await runNode(options('getAll', { parameters: { limit: 7 } }));
		expect(result.json).toHaveLength(7);
		expect(urls()).toEqual(['GET /v1/calls?limit=7']);
	});

	test('goes through all pages for Return All', async () => {
		sandbox.flyflow.fill(250);
		const result = await runNode(options('getAll', { parameters: { returnAll: true } }));
		expect(result.json.map(({ id }) => id)).toEqual([...sandbox.flyflow.calls.keys()]);
		expect(urls()).toEqual([
			'GET /v1/calls?limit=100',
			'GET /v1/calls?limit=100&cursor=cursor_100',
			'GET /v1/calls?limit=100&cursor=cursor_200',
		]);
	});

	test('filters, with the plus sign encoded', async () => {
		const [call] = sandbox.flyflow.records();
		const filters = { clientNumber: call?.to, agentId: call?.agent_id };
		const result = await runNode(options('getAll', { parameters: { filters } }));
		expect(result.json.map(({ id }) => id)).toEqual([call?.id]);
		expect(urls()[0]).toContain('client_number=%2B1512555');
	});

	test.each<[IDataObject, string[]]>([
		[{ clientNumber: '+15125551002' }, ['call_2']],
		[{ clientNumber: '+1 (512) 555-1002' }, ['call_2']],
		[{ clientNumber: '(512) 555-1002' }, []],
		[{ clientNumber: '15125551002' }, []],
		[{ clientNumber: '5551002' }, []],
		[{ clientNumber: '+13035551002' }, []],
		[{ clientNumber: '+1 512 555 0100' }, ['call_1', 'call_2', 'call_3']],
		[{ agentId: 'agent_2' }, ['call_2']],
		[{ agentId: 'agent_2', clientNumber: '+15125551001' }, []],
	])('does not give what does not match where the vendor ignores %j', async (filters, left) => {
		const calls = sandbox.flyflow.records().slice(0, 3);
		const body = JSON.stringify({ num_items: 3, cursor: null, calls });
		sandbox.faults.add({ fault: { kind: 'status', status: 200, body } });
		const parameters = { returnAll: true, filters };
		const { json } = await runNode(options('getAll', { parameters }));
		expect(json.map(({ id }) => id)).toEqual(left);
	});

	test('gives what may match: a list need not show numbers and agents', async () => {
		const calls = [{ id: 'call_1', created_at: '2026-01-01', transcript: null }];
		const body = JSON.stringify({ num_items: 1, cursor: null, calls });
		sandbox.faults.add({ fault: { kind: 'status', status: 200, body } });
		const filters = { clientNumber: '+15125551002', agentId: 'agent_2' };
		const parameters = { returnAll: true, filters };
		const { json } = await runNode(options('getAll', { parameters }));
		expect(json).toEqual(calls);
	});

	test.each([null, 'call_1', 1, [], {}])('says that a page is not understood: %j', async (odd) => {
		const body = JSON.stringify({ calls: [{ id: 'call_1' }, odd] });
		sandbox.faults.add({ fault: { kind: 'status', status: 200, body } });
		const parameters = { returnAll: true, filters: { agentId: 'agent_1' } };
		const { json } = await runNode(
			options('getAll', { parameters, onError: 'continueRegularOutput' }),
		);
		expect(json).toEqual([{ error: expect.stringContaining('not as it documents') as unknown }]);
	});

	test('does not take an empty filter for "all calls"', async () => {
		const filters = { clientNumber: '={{ $json.nothing }}' };
		const result = await runNode(options('getAll', { parameters: { filters } }));
		expect(result.error?.message).toBe(
			'Client Number in item 0 is empty. Fill it in or remove the filter',
		);
		expect(urls()).toEqual([]);
	});

	test('does not go round in circles', async () => {
		const body = JSON.stringify({ num_items: 1, cursor: 'same', calls: [{ id: 'call_1' }] });
		sandbox.faults.add({ fault: { kind: 'status', status: 200, body } });
		const result = await runNode(options('getAll', { parameters: { returnAll: true } }));
		expect(result.error?.message).toMatch(/^Flyflow keeps giving the same page/);
		expect(urls()).toHaveLength(2);
	});

	test('waits when the vendor asks for it', async () => {
		const fault = { kind: 'status', status: 429, headers: { 'retry-after': '1' } } as const;
		sandbox.faults.add({ fault, times: 1 });
		const result = await runNode(options('getAll'));
		expect(result.json).toHaveLength(50);
	});

	test('lists calls for the Call ID field, without phone numbers', async () => {
		sandbox.flyflow.fill(120);
		const first = await searchList(options('get'), 'searchCalls');
		const second = await searchList(
			options('get'),
			'searchCalls',
			'',
			String(first.paginationToken),
		);

		expect(first.results).toHaveLength(100);
		expect(first.results[0]).toEqual({
			name: 'call_1 · 2026-01-01T01:00:00.000Z · completed',
			value: 'call_1',
		});
		expect(second.results.map(({ value }) => value)).toContain('call_120');
		expect(second.paginationToken).toBeUndefined();
		expect(JSON.stringify(first)).not.toContain('+1512555');
	});
});
