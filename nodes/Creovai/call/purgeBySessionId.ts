import { executeDeletion } from '../../shared/deletion/executeDeletion';
import { exampleReceipt } from '../../shared/receipts/exampleReceipt';
import type { Operation } from '../../shared/operations/operations';
import { sessionId } from './callFields';
import { purgeById, purgeFieldsWith } from './purge';

const deletion = purgeById('purgeBySessionId', 'sessionId', sessionId);

export const purgeBySessionId: Operation = {
	name: 'Purge by Session ID',
	action: 'Purge calls by session ID',
	subtitle: 'purge calls',
	description:
		'Purge the calls of sessions for good. Creovai takes the request on and purges them a little later.',
	fields: [sessionId, ...purgeFieldsWith()],
	example: exampleReceipt(deletion, ['sessionId', 'callId']),
	execute: async (context) => await executeDeletion(context, deletion),
};
