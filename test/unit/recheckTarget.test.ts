import { describe, expect, test } from '@jest/globals';

import { targetOf } from '../../nodes/shared/operations/recheckTarget';

const ofFlow = (flowId: string, asWritten = false) =>
	targetOf({ target: { flowId } }, ['flowId'], 'Kaleyra', asWritten);

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

	test('may look like an accident if its seal shows that it was deleted by that', () => {
		expect(ofFlow('22-11-2026')).toEqual(expect.any(String));
		expect(ofFlow('22-11-2026', true)).toEqual({
			target: { identifiers: { flowId: '22-11-2026' } },
		});
		for (const masked of ['112*207', '112•••207', '..']) {
			expect(ofFlow(masked, true)).toEqual(expect.any(String));
		}
	});
});
