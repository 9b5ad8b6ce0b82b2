import { describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { kaleyraFailures } from '../../../sandbox/vendors/kaleyra';
import { coreVersion, searchList } from '../engine';
import { account, asked, outcomes, run, sandbox } from './stage';

describe(`Kaleyra on n8n-core ${coreVersion}: reading`, () => {
	test('gets flows', async () => {
		sandbox.kaleyra.put('112', 'PUBLISHED');
		sandbox.kaleyra.put('113');
		const result = await run({ operation: 'get', ids: ['112, 113'] });
		expect(result.json).toMatchObject([
			{ id: '112', status: 'PUBLISHED' },
			{ id: '113', status: 'DRAFT' },
		]);
	});

	test.each([
		['noSuchFlow', /^Kaleyra has no flow "112" \(item 0\)\. Check Flow ID$/],
		['unauthorized', /did not accept the SID and the API key/],
		['wrongAccount', /Ask Kaleyra support/],
	] as const)('a flow that cannot be had: %s', async (failure, words) => {
		sandbox.kaleyra.failures.set('112', kaleyraFailures[failure]);
		const result = await run({ operation: 'get', ids: ['112'], onError: 'stopWorkflow' });
		expect(result.error?.message).toMatch(words);
		expect(asked()).toEqual(['GET /112']);
	});

	const wabaId = '102290129340398';

	test('gets many, page by page', async () => {
		sandbox.kaleyra.fill(60);
		const parameters = { wabaId, returnAll: true };
		const result = await run({ operation: 'getAll', parameters });
		expect(result.json.map(({ id }) => id)).toEqual(sandbox.kaleyra.records().map(({ id }) => id));
		expect(asked()).toEqual([
			`GET /${wabaId}/flows`,
			`GET /${wabaId}/flows?after=after_25`,
			`GET /${wabaId}/flows?after=after_50`,
		]);
	});

	test('gets as many as the limit allows, from no more pages than it takes', async () => {
		sandbox.kaleyra.fill(60);
		const result = await run({ operation: 'getAll', parameters: { wabaId, limit: 30 } });
		expect(result.json).toHaveLength(30);
		expect(asked()).toHaveLength(2);
	});

	test('gets drafts only', async () => {
		sandbox.kaleyra.fill(30);
		sandbox.kaleyra.put('112', 'PUBLISHED');
		const parameters = { wabaId, returnAll: true, filters: { status: 'PUBLISHED' } };
		const result = await run({ operation: 'getAll', parameters });
		expect(result.json.map(({ id }) => id)).toEqual(['112']);
	});

	test('a filter that resolved to nothing is no filter for all', async () => {
		sandbox.kaleyra.fill(3);
		const parameters = { wabaId, filters: { status: '={{ $json.nothing }}' } };
		const result = await run({ operation: 'getAll', parameters });
		expect(result.json).toEqual([
			{ error: expect.stringMatching(/^Status in item 0 must be one of/) },
		]);
		expect(asked()).toEqual([]);
	});

	test('a page whose next one cannot be asked for is not taken for the last', async () => {
		sandbox.kaleyra.fill(60);
		sandbox.faults.add({
			fault: { kind: 'garble', change: (payload) => payload.replace(/"cursors":{[^}]*},/, '') },
		});
		const result = await run({ operation: 'getAll', parameters: { wabaId, returnAll: true } });
		expect(result.json).toEqual([{ error: expect.stringMatching(/not as it documents/) }]);
	});

	test('a page that comes again ends the reading', async () => {
		sandbox.kaleyra.fill(60);
		const change = (payload: string) => payload.replace(/after_50/g, 'after_25');
		sandbox.faults.add({ fault: { kind: 'garble', change } });
		const result = await run({ operation: 'getAll', parameters: { wabaId, returnAll: true } });
		expect(result.json).toEqual([{ error: expect.stringMatching(/same page/) }]);
		expect(asked()).toHaveLength(2);
	});

	describe('the list of Flow ID', () => {
		const search = async (
			wabaId?: string,
			cursor?: string,
			changes?: ICredentialDataDecryptedObject,
		) =>
			await searchList(
				{
					type: 'kaleyra',
					parameters: {},
					items: [],
					credentials: { kaleyraApi: account(changes) },
				},
				'searchFlows',
				wabaId,
				cursor,
			);

		test('shows the flows of the WABA ID that is searched for, a page at a time', async () => {
			sandbox.kaleyra.fill(26);
			const first = await search(' 102290129340398 ');
			expect(first.results).toHaveLength(25);
			expect(first.results[0]).toEqual({
				name: 'sandbox_flow_000001 · DRAFT · 1120000000000001',
				value: '1120000000000001',
			});
			const second = await search('102290129340398', first.paginationToken);
			expect(second).toEqual({ results: [expect.objectContaining({ value: '1120000000000026' })] });
		});

		test('is empty while the ID is being typed', async () => {
			sandbox.kaleyra.fill(1);
			expect(await search('10229')).toEqual({ results: [] });
			expect(asked()).toEqual(['GET /10229/flows']);
		});

		test.each([undefined, '', '../x', 'abc'])('asks nothing for "%s"', async (text) => {
			expect(await search(text)).toEqual({ results: [] });
			expect(asked()).toEqual([]);
		});

		test('says what is wrong', async () => {
			await expect(search('10229', undefined, { apiKey: 'Awrong' })).rejects.toThrow(
				/SID and the API/,
			);
			sandbox.faults.add({ fault: { kind: 'garble', change: () => '<html>' } });
			await expect(search('102290129340398')).rejects.toThrow(/did not list its flows/);
		});

		test('an ID chosen from it is deleted', async () => {
			sandbox.kaleyra.put('112');
			const flowId = { __rl: true, mode: 'list', value: '112', cachedResultName: 'Draft · 112' };
			expect(outcomes(await run({ parameters: { flowId } }))).toEqual(['deleted']);
		});
	});
});
