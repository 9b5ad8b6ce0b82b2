import { getOperation } from '../../shared/vendor/getOperation';
import { call } from './call';
import { exampleCall } from './exampleCall';

export const getCall = getOperation(call, {
	description: 'Get a call with its notes (documented by name only: the request is inferred)',
	example: exampleCall,
});
