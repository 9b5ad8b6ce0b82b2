import { describe, expect, test } from '@jest/globals';

import { coreVersion } from '../engine';
import { asked, conversation, run, sandbox } from './stage';

describe(`Verba on n8n-core ${coreVersion}: reading`, () => {
	describe('get', () => {
		test('gives what Verba knows', async () => {
			const { id, from } = conversation(3);
			const { json } = await run({ operation: 'get', identifyBy: 'nativeID', identifier: 'TRS3' });
			expect(json).toMatchObject([
				{ ccdr_id: id, native_id: 'TRS3', source_caller_id: from, state: '1', do_not_delete: '0' },
			]);
		});

		test('says what is not there, with the number masked', async () => {
			const missing = { operation: 'get', identifyBy: 'extension', status: 'last' };
			const { json } = await run({ ...missing, identifier: '+15125550000' });
			expect(json).toMatchObject([
				{
					error: expect.stringMatching(
						/^Verba has no conversation "\*{9}00, last" \(item 0\)/,
					) as unknown,
				},
			]);
		});
	});

	describe('search', () => {
		const period = { start: '2026-01-01', end: '2026-02-01' };

		const search = { operation: 'search', ...period };

		test('leaves out numbers that only contain the one asked for', async () => {
			Object.assign(conversation(2), { from: '8001' });
			Object.assign(conversation(3), { to: '18001' });
			const { json } = await run({ ...search, returnAll: true, filters: { number: '8001' } });

			expect(json.map(({ ccdr_id: id }) => id)).toEqual([conversation(1).id, conversation(2).id]);
			expect(asked('SearchCalls')).toMatchObject([
				{
					start: '2026-01-01 00:00:00.000',
					end: '2026-02-01 00:00:00.000',
					status: 'recorded',
					anynum: '8001',
				},
			]);
		});

		test('Return All finds more than fit into one reply, each once', async () => {
			sandbox.verba.fill(1000);
			const { json } = await run({ ...search, returnAll: true });
			expect(json).toHaveLength(1000);
			expect(new Set(json.map(({ ccdr_id: id }) => id)).size).toBe(1000);
		});

		test('Limit', async () => {
			sandbox.verba.fill(1000);
			const { json } = await run({ ...search, returnAll: false, limit: 30 });
			expect(json).toHaveLength(30);
			expect(asked('SearchCalls')).toHaveLength(1);
		});

		test('too many within one second: says so instead of leaving some out', async () => {
			sandbox.verba.fill(150);
			for (const each of sandbox.verba.records()) {
				Object.assign(each, { startTime: '2026-01-01 12:00:00' });
			}
			const { json } = await run({ ...search, returnAll: true });
			expect(json).toMatchObject([
				{
					error: expect.stringMatching(
						/^Verba has 100 conversations or more within one second/,
					) as unknown,
				},
			]);
		});

		test('by name and status; nothing there is no items', async () => {
			conversation(5).ongoing = true;
			const ongoing = await run({ ...search, filters: { status: 'ongoing', name: 'Customer' } });
			expect(ongoing.json).toMatchObject([{ ccdr_id: conversation(5).id }]);
			const nobody = await run({ ...search, filters: { name: 'Nobody' } });
			expect(nobody.json).toEqual([]);
		});

		test.each([
			[{ filters: { number: '' } }, 'Number in item 0 is empty. Fill it in or remove the filter'],
			[{ filters: { name: ' ' } }, 'Name in item 0 is empty. Fill it in or remove the filter'],
			[
				{ start: '={{ $json.none }}' },
				'Start in item 0 is not a date and time. Enter one such as 2026-01-31 14:30',
			],
			[
				{ end: '2026-04-31' },
				'End in item 0 is not a date and time. Enter one such as 2026-01-31 14:30',
			],
		])('%j is turned down', async (change, error) => {
			const { json } = await run({ ...search, ...change });
			expect(json).toEqual([{ error }]);
			expect(asked()).toEqual([]);
		});
	});
});
