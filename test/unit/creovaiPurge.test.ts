import { describe, expect, test } from '@jest/globals';

import type { CallTarget } from '../../nodes/Creovai/creovaiApi';
import { readItem, readPurge } from '../../nodes/Creovai/call/purgeReply';

const item = { callId: 'c1', sessionId: 's1', status: 'Purging', errorMsg: null };

test('an entry that is being purged is accepted', () => {
	expect(readItem(item, ['c1'])).toMatchObject({ outcome: 'accepted', followUpId: 's1' });
	expect(readItem({ ...item, errorMsg: '' }, ['c1'])).toMatchObject({ outcome: 'accepted' });
});

test('an entry that is being purged and has an error message is not understood', () => {
	expect(readItem({ ...item, errorMsg: 'The call is locked' }, ['c1'])).toMatchObject({
		outcome: 'unknown',
		reason: { code: 'notUnderstood' },
	});
});

describe('the other ID of a call that a reply names', () => {
	const asked = (target: CallTarget, ...items: object[]) => {
		const body = JSON.stringify({ items });
		const reading = readPurge(
			{ kind: 'answered', status: 200, headers: {}, body },
			[target],
			'callId' in target.identifiers ? 'callId' : 'sessionId',
		);
		return reading.kind === 'understood' ? reading.content.get(target)?.named : reading.kind;
	};

	test('is kept, by whichever of the two the call was asked for', () => {
		expect(asked({ identifiers: { callId: 'c1' } }, item)).toEqual({ sessionId: 's1' });
		expect(asked({ identifiers: { sessionId: 's1' } }, item)).toEqual({ callId: 'c1' });
		expect(asked({ identifiers: { callId: 'c1' } }, item, item)).toEqual({ sessionId: 's1' });
	});

	test('is not kept where a session has several calls, or one without an ID', () => {
		const session = { identifiers: { sessionId: 's1' } };
		expect(asked(session, item, { ...item, callId: 'c2' })).toBeUndefined();
		expect(asked(session, item, { ...item, callId: null })).toBeUndefined();
	});

	test('is not the phone number that led to the call', () => {
		const found = { identifiers: { callId: 'c1' }, shown: { phoneNumber: '*********34' } };
		expect(asked(found, { ...item, sessionId: '+15125551234' })).toBeUndefined();
	});
});
