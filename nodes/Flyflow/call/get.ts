import { getOperation } from '../../shared/vendor/getOperation';
import { call } from './call';
import { exampleCall } from './callReply';

export const getCall = getOperation(call, {
	description: 'Get a call with its transcript',
	example: exampleCall,
});
