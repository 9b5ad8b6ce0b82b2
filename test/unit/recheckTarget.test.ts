import { describe, expect, test } from '@jest/globals';

import { targetOf } from '../../nodes/shared/operations/recheckTarget';

const ofFlow = (flowId: string) => targetOf({ target: { flowId } }, ['flowId'], 'Kaleyra');

describe('the record of a stored receipt', () => {
	test('is named by its identifiers', () => {
		expect(ofFlow('1120000000000207')).toEqual({
			target: { identifiers: { flowId: '1120000000000207' } },
		});
	});

	// A look would find nothing under any of these, and what is not found may count as deleted.
	test.each([
		'1.12E+15',
		'1120000000000207.0',
		'#N/A',
		'undefined',
		'112*207',
		'112•••207',
		'11200000****0207',
		'{"flowId":"1120000000000207"}',
		'1120000000000207;1120000000000208',
		' ',
		'..',
	])('is not looked for by what is no ID any more: %j', (flowId) => {
		expect(ofFlow(flowId)).toEqual(expect.any(String));
	});
});
