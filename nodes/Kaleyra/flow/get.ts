import { getOperation } from '../../shared/vendor/getOperation';
import { flow } from './flow';
import { exampleFlow } from './flowReply';

export const getFlow = getOperation(flow, {
	description: 'Get a flow with its status',
	example: exampleFlow,
});
