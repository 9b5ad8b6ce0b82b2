import { describe, expect, test } from '@jest/globals';

import { kaleyraFailures } from '../../../sandbox/vendors/kaleyra';
import { coreVersion } from '../engine';
import { asked, outcomes, reasonOf, run, sandbox } from './stage';

describe(`Kaleyra on n8n-core ${coreVersion}: published flows`, () => {
	test('are refused, with a way out', async () => {
		sandbox.kaleyra.put('112', 'PUBLISHED');
		const result = await run({ ids: ['112'] });
		expect(outcomes(result)).toEqual(['refused']);
		expect(reasonOf(result)).toEqual({
			code: 'refusedByVendor',
			message: expect.stringMatching(/draft.*If Published.*Deprecate Instead/),
		});
		expect(asked()).toEqual(['DELETE /112']);
	});

	const states = ['DRAFT', 'PUBLISHED', 'THROTTLED', 'BLOCKED', 'DEPRECATED'] as const;

	test('Deprecate Instead looks first, deletes drafts and deprecates what is in use', async () => {
		for (const [index, status] of states.entries()) sandbox.kaleyra.put(`11${index}`, status);
		const ids = ['110', '111', '112', '113', '114', '115'];
		const result = await run({ ids, options: { ifPublished: 'deprecate' } });

		expect(result.json).toMatchObject([
			{ outcome: 'deleted', deleted: true },
			{ outcome: 'deprecated', deleted: false },
			{ outcome: 'deprecated', deleted: false },
			{ outcome: 'deprecated', deleted: false },
			{ outcome: 'deprecated', deleted: false, reason: { code: 'alreadyDeprecated' } },
			{ outcome: 'notFound', deleted: false },
		]);
		expect(result.json.map(({ target }) => target)).toEqual(ids.map((id) => ({ flowId: id })));
		const changes = asked().filter((request) => !request.startsWith('GET'));
		expect(changes.sort()).toEqual([
			'DELETE /110',
			'POST /111/deprecate',
			'POST /112/deprecate',
			'POST /113/deprecate',
		]);
		expect(asked()).toHaveLength(ids.length + changes.length);
		expect(sandbox.kaleyra.records().map(({ status }) => status)).toEqual(
			Array<string>(4).fill('DEPRECATED'),
		);
	});

	test('a flow published between look and deletion is refused and left alone', async () => {
		sandbox.kaleyra.put('112');
		sandbox.faults.add({
			fault: {
				kind: 'garble',
				change: (payload) => {
					sandbox.kaleyra.put('112', 'PUBLISHED');
					return payload;
				},
			},
			times: 1,
		});
		const result = await run({ ids: ['112'], options: { ifPublished: 'deprecate' } });
		expect(outcomes(result)).toEqual(['refused']);
		expect(asked()).toEqual(['GET /112', 'DELETE /112']);
		expect(sandbox.kaleyra.records()).toMatchObject([{ status: 'PUBLISHED' }]);
	});

	test.each([
		['lost', { kind: 'resetBefore' }, 4],
		['out of order', { kind: 'status', status: 500 }, 4],
	] as const)(
		'a look that is %s changes nothing, and is failed, not unknown',
		async (_n, fault, looks) => {
			sandbox.kaleyra.put('112', 'PUBLISHED');
			sandbox.faults.add({ fault });
			const result = await run({ ids: ['112'], options: { ifPublished: 'deprecate' } });
			expect(outcomes(result)).toEqual(['failed']);
			expect(asked()).toEqual(Array(looks).fill('GET /112'));
		},
	);

	test.each([
		['wrongAccount', 'refused'],
		['unauthorized', 'skipped'],
	] as const)('a look answered %s sends nothing else', async (failure, outcome) => {
		sandbox.kaleyra.put('112', 'PUBLISHED');
		sandbox.kaleyra.failures.set('112', kaleyraFailures[failure]);
		const result = await run({ ids: ['112'], options: { ifPublished: 'deprecate' } });
		expect(outcomes(result)).toEqual([outcome]);
		expect(asked()).toEqual(['GET /112']);
	});

	test('a status that is not known sends nothing else', async () => {
		sandbox.kaleyra.put('112');
		sandbox.faults.add({
			fault: { kind: 'garble', change: (payload) => payload.replace('DRAFT', 'ARCHIVED') },
		});
		const result = await run({ ids: ['112'], options: { ifPublished: 'deprecate' } });
		expect(outcomes(result)).toEqual(['failed']);
		expect(reasonOf(result).message).toContain('"ARCHIVED"');
		expect(asked()).toEqual(['GET /112']);
	});

	test('with Retry On Fail, a flow once seen is not looked at again, nor settled twice', async () => {
		sandbox.kaleyra.put('111', 'PUBLISHED');
		sandbox.kaleyra.put('112', 'PUBLISHED');
		const isFailing = ({ method, url }: { method: string; url: string }) =>
			method === 'POST' && url.includes('/112/');
		sandbox.faults.add({ fault: { kind: 'status', status: 500 }, when: isFailing, times: 4 });
		const result = await run({
			ids: ['111', '112'],
			options: { ifPublished: 'deprecate' },
			maxTries: 2,
		});
		expect(outcomes(result)).toEqual(['deprecated', 'deprecated']);
		const count = (request: string) => asked().filter((seen) => seen === request).length;
		expect(count('GET /111')).toBe(1);
		expect(count('GET /112')).toBe(1);
		expect(count('POST /111/deprecate')).toBe(1);
		expect(count('POST /112/deprecate')).toBe(5);
	});

	test('a plan holds whatever the look finds, and not for another choice', async () => {
		sandbox.kaleyra.put('111');
		sandbox.kaleyra.put('112', 'DEPRECATED');
		sandbox.kaleyra.put('113', 'PUBLISHED');
		const ids = ['111', '112', '113', '114'];
		const planFor = async (ifPublished: string) => {
			const preview = await run({ ids, options: { ifPublished }, mode: 'manual' });
			return (preview.json[0]?.preview as { plan: string }).plan;
		};
		const [refusing, deprecating] = [await planFor('refuse'), await planFor('deprecate')];

		const deprecate = { ifPublished: 'deprecate' };
		const other = await run({ ids, options: { ...deprecate, approvedPlan: refusing } });
		expect(outcomes(other)).toEqual(['skipped', 'skipped', 'skipped', 'skipped']);
		expect(reasonOf(other).code).toBe('planChanged');
		expect(asked().filter((request) => !request.startsWith('GET'))).toEqual([]);

		const approved = await run({ ids, options: { ...deprecate, approvedPlan: deprecating } });
		expect(outcomes(approved)).toEqual(['deleted', 'deprecated', 'deprecated', 'notFound']);
	});

	test('an option that holds anything else sends nothing', async () => {
		const result = await run({ ids: ['112'], options: { ifPublished: '={{ "delete" }}' } });
		expect(outcomes(result)).toEqual(['skipped']);
		expect(reasonOf(result).message).toContain('If Published');
		expect(asked()).toEqual([]);
	});
});
