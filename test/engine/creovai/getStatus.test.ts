import { describe, expect, test } from '@jest/globals';

import { coreVersion } from '../engine';
import { callIds, garbleItems, requestsTo, run, sandbox, status } from './stage';

describe(`Creovai on n8n-core ${coreVersion}: get status`, () => {
	const operation = 'getStatus';

	test('gives one item for each session ID, in their order', async () => {
		const result = await run({
			operation,
			items: [{ id: 's000002,s999999' }, { id: ['s000001'] }],
		});
		expect(requestsTo(status).map(({ body }) => body)).toEqual([
			'{"CallSessionIds":["s000002","s999999"]}',
			'{"CallSessionIds":["s000001"]}',
		]);
		expect(result.json).toEqual([
			{ sessionId: 's000002', status: 'Complete', callId: 'c000002', durationSec: 120 },
			{ sessionId: 's999999', status: 'NotFound', callId: null, durationSec: null },
			{ sessionId: 's000001', status: 'Complete', callId: 'c000001', durationSec: 120 },
		]);
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1].map((item) => ({ item })),
		);
	});

	test('reads names in capitals, as the vendor’s SDK writes them', async () => {
		sandbox.faults.add({
			when: ({ url }) => url.includes(status),
			fault: {
				kind: 'garble',
				change: (text) =>
					text.replace(
						/"([a-z])(\w+)":/g,
						(_, first: string, rest: string) => `"${first.toUpperCase()}${rest}":`,
					),
			},
		});
		const result = await run({ operation, items: [{ id: 'S000001' }] });
		expect(result.json).toEqual([
			{ sessionId: 'S000001', status: 'NotFound', callId: null, durationSec: null },
		]);
	});

	test('asks for 100 at a time', async () => {
		const ids = callIds(250).map((id) => id.replace('c', 's'));
		const result = await run({ operation, items: [{ id: ids }] });
		expect(result.json.map(({ sessionId }) => sessionId)).toEqual(ids);
		expect(requestsTo(status)).toHaveLength(3);
	});

	test('does not make up a status for a session that the answer leaves out', async () => {
		garbleItems(() => [], 'callSessions');
		const result = await run({ operation, items: [{ id: 's000001' }] });
		expect(result.error?.message).toContain('not as it documents');
	});
});
