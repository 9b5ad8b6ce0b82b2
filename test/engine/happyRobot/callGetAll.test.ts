import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { coreVersion, searchList } from '../engine';
import { account, answerInstead, call, personal, requests, run, sandbox, type When } from './stage';

describe(`HappyRobot on n8n-core ${coreVersion}: call: getAll`, () => {
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
		expect((await getAll({ from: '2026-01-31T14:30:00Z' })).json).toMatchObject([{ id: call(2) }]);
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
		[{ search: '+1 (512) 555-1002' }, [2]],
		[{ search: '(512) 555-1002' }, []],
		[{ search: '15125551002' }, []],
		[{ search: '5551002' }, []],
		[{ search: '+1 303 555 1002' }, []],
		[{ type: 'Inbound' }, [3, 1]],
		[{ from: '2026-01-01T03:00:00Z' }, [3]],
		[{ to: '2026-01-01T01:00:00Z' }, [1]],
		[{ statuses: ['No answer'] }, []],
		[{ useCases: `5e5e5e5e${'2'.padStart(16, '0')}` }, [2]],
	])('a filter that the vendor ignores does not turn into all calls: %j', async (filters, left) => {
		const calls = sandbox.happyRobot.records().reverse();
		const isFirst: When = ({ url }) => url.includes('skip=0');
		answerInstead(200, { calls, count: 3, currentPage: 1 }, isFirst);
		answerInstead(200, { calls: calls.slice(-1) }, () => true);
		const { json } = await getAll(filters);
		expect(json.map(({ id }) => id)).toEqual(left.map(call));
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
});
