import { expect, test } from '@jest/globals';

import { readGone } from '../../nodes/Creovai/call/statusReply';

const answered = (callSessions: unknown) =>
	({
		kind: 'answered',
		status: 200,
		headers: {},
		body: JSON.stringify({ callSessions }),
	}) as const;

test.each([
	['first', ['NotFound', 'Complete']],
	['last', ['Complete', 'NotFound']],
])('a session of which only the %s entry says "not found" is not gone', (_, statuses) => {
	const entries = statuses.map((status) => ({ sessionId: 's1', status }));
	expect(readGone(answered(entries), ['s1'])).toEqual(new Set());
});

test('a session of which every entry says "not found" is gone', () => {
	const entry = { sessionId: 's1', status: 'NotFound' };
	expect(readGone(answered([entry, entry]), ['s1', 's2'])).toEqual(new Set(['s1']));
});
