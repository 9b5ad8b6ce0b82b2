import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { kaleyraFailures } from '../../../sandbox/vendors/kaleyra';
import { coreVersion } from '../engine';
import { asked, outcomes, reasonOf, run, sandbox } from './stage';

describe(`Kaleyra on n8n-core ${coreVersion}: previews`, () => {
	const expected = {
		refuse: ['deleted', 'refused', 'refused', 'refused', 'refused', 'notFound'],
		deprecate: ['deleted', 'deprecated', 'deprecated', 'deprecated', 'deprecated', 'notFound'],
		deprecation: ['refused', 'deprecated', 'deprecated', 'deprecated', 'refused', 'notFound'],
	};

	test.each([
		['delete', { ifPublished: 'refuse' }, expected.refuse],
		['delete', { ifPublished: 'deprecate' }, expected.deprecate],
		['deprecate', {}, expected.deprecation],
	])(
		'%s with %j looks once at each flow and changes nothing',
		async (operation, options, wouldBe) => {
			const states = ['DRAFT', 'PUBLISHED', 'THROTTLED', 'BLOCKED', 'DEPRECATED'] as const;
			for (const [index, status] of states.entries()) sandbox.kaleyra.put(`11${index}`, status);
			const before = sandbox.kaleyra.records();
			const ids = ['110', '111', '112', '113', '114', '115'];
			const result = await run({ operation, ids, options, mode: 'manual' });

			expect(outcomes(result)).toEqual(Array(6).fill('preview'));
			const previews = result.json.map(({ preview }) => preview as IDataObject);
			expect(previews.map((preview) => preview.wouldBe)).toEqual(wouldBe);
			expect(previews.map(({ found }) => found)).toEqual([true, true, true, true, true, false]);
			expect(asked().sort()).toEqual(ids.map((id) => `GET /${id}`));
			expect(sandbox.kaleyra.records()).toEqual(before);
		},
	);

	test('of a published flow names the way out', async () => {
		sandbox.kaleyra.put('112', 'PUBLISHED');
		const result = await run({ ids: ['112'], mode: 'manual' });
		const { note } = result.json[0]?.preview as IDataObject;
		expect(note).toMatch(/published.*If Published.*Deprecate Instead/);
	});

	test('of a flow in an unknown state claims nothing', async () => {
		sandbox.kaleyra.put('112');
		sandbox.faults.add({
			fault: { kind: 'garble', change: (payload) => payload.replace('"status":"DRAFT",', '') },
		});
		const result = await run({ ids: ['112'], mode: 'manual' });
		expect(result.json).toMatchObject([{ preview: { found: true, wouldBe: 'unknown' } }]);
	});

	test('a flow given in `data` is understood too; another flow than asked for is not', async () => {
		sandbox.kaleyra.put('112');
		sandbox.faults.add({
			fault: { kind: 'garble', change: (payload) => `{"code":"","data":${payload}}` },
			times: 1,
		});
		const wrapped = await run({ ids: ['112'], mode: 'manual' });
		expect(wrapped.json).toMatchObject([{ outcome: 'preview', preview: { wouldBe: 'deleted' } }]);

		sandbox.faults.add({
			fault: { kind: 'garble', change: (payload) => payload.replace('"id":"112"', '"id":"113"') },
		});
		expect(outcomes(await run({ ids: ['112'], mode: 'manual' }))).toEqual(['failed']);
	});

	test.each(['unauthorized', 'wrongAccount'] as const)('answered %s says why', async (failure) => {
		sandbox.kaleyra.failures.set('112', kaleyraFailures[failure]);
		const result = await run({ ids: ['112'], mode: 'manual' });
		expect(outcomes(result)).toEqual([failure === 'unauthorized' ? 'skipped' : 'refused']);
		expect(reasonOf(result).message).toMatch(failure === 'unauthorized' ? /SID/ : /support/);
	});
});
