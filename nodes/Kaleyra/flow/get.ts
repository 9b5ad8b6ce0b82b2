import { getOperation } from '../../shared/vendor/getOperation';
import { flow } from './flow';

export const getFlow = getOperation(flow, { description: 'Get a flow with its status' });
