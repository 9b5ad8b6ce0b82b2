import { describe, expect, test } from '@jest/globals';

import { coreVersion } from '../engine';
import {
	asItems,
	byCallId,
	bySessionId,
	callIds,
	garbleItems,
	idsSentTo,
	outcomesOf,
	receipts,
	requestsTo,
	run,
	sandbox,
} from './stage';

describe(`Creovai on n8n-core ${coreVersion}: purge by session ID`, () => {
	const operation = 'purgeBySessionId';

	const sessionIds = callIds(250).map((id) => id.replace('c', 's'));

	test('250 IDs take 3 requests to the address for sessions', async () => {
		sandbox.creovai.calls.delete('c000002');
		const result = await run({ operation, items: asItems(sessionIds) });
		expect(requestsTo('/Token')).toHaveLength(1);
		expect(requestsTo(byCallId)).toHaveLength(0);
		expect(idsSentTo(bySessionId).map(({ length }) => length)).toEqual([100, 100, 50]);
		expect(receipts(result).map(({ target }) => target)).toEqual(
			sessionIds.map((sessionId) =>
				sessionId === 's000002'
					? { sessionId }
					: { sessionId, callId: sessionId.replace('s', 'c') },
			),
		);
		expect(outcomesOf(result).slice(0, 3)).toEqual(['accepted', 'notFound', 'accepted']);
		expect(sandbox.creovai.records()).toHaveLength(50);
	});

	test('matches by session ID, in any order and letter case, also where the call ID is missing', async () => {
		garbleItems((items) =>
			items
				.map((item) => ({
					...item,
					callId: null,
					sessionId: (item.sessionId as string).toUpperCase(),
				}))
				.reverse(),
		);
		sandbox.creovai.errors.set('c000002', 'Locked');
		const result = await run({
			operation,
			items: asItems(['s000001', 's000002', 's000003']),
			onError: 'continueRegularOutput',
		});
		expect(outcomesOf(result)).toEqual(['accepted', 'failed', 'accepted']);
	});
});
