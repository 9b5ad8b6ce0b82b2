import { executeDeletion } from '../../shared/deletion/executeDeletion';
import { exampleReceipt } from '../../shared/receipts/exampleReceipt';
import type { Operation } from '../../shared/operations/operations';
import { callId } from './callFields';
import { purgeById, purgeFieldsWith } from './purge';

const deletion = purgeById('purgeByCallId', 'callId', callId);

export const purgeByCallId: Operation = {
	name: 'Purge by Call ID',
	action: 'Purge calls by call ID',
	subtitle: 'purge calls',
	description: 'Purge calls for good. Creovai takes the request on and purges them a little later.',
	fields: [callId, ...purgeFieldsWith()],
	example: exampleReceipt(deletion, ['callId', 'sessionId']),
	execute: async (context) => await executeDeletion(context, deletion),
};
