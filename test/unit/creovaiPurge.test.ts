import { expect, test } from '@jest/globals';

import { readItem } from '../../nodes/Creovai/call/purgeReply';

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
