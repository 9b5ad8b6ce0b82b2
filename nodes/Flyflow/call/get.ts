import { getOperation } from '../../shared/vendor/getOperation';
import { call } from './call';

export const getCall = getOperation(call, { description: 'Get a call with its transcript' });
