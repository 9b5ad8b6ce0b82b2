import { describe, expect, test } from '@jest/globals';

import { coreVersion, nodeType } from '../engine';
import { asked, outcomes, reasonOf, run, sandbox } from './stage';

describe(`Kaleyra on n8n-core ${coreVersion}: deprecating`, () => {
	test('a published flow is deprecated by one request, and never called deleted', async () => {
		sandbox.kaleyra.put('112', 'PUBLISHED');
		const result = await run({ operation: 'deprecate', ids: ['112'] });
		expect(result.json).toMatchObject([
			{ deleted: false, outcome: 'deprecated', evidence: 'confirmed', target: { flowId: '112' } },
		]);
		expect(asked()).toEqual(['POST /112/deprecate']);
		expect(result.hints[0]?.message).toMatch(/^1 flow: 1 deprecated\. Took [\d.]+ s\.$/);
	});

	test('a draft is refused, with a way out', async () => {
		sandbox.kaleyra.put('112');
		const result = await run({ operation: 'deprecate', ids: ['112'] });
		expect(outcomes(result)).toEqual(['refused']);
		expect(reasonOf(result).message).toMatch(/draft, use the operation Delete/);
		expect(sandbox.kaleyra.records()).toMatchObject([{ status: 'DRAFT' }]);
	});

	test('the message that stops the workflow speaks of deprecating', async () => {
		sandbox.kaleyra.put('112');
		const result = await run({
			operation: 'deprecate',
			ids: ['112'],
			onError: 'stopWorkflow',
		});
		expect(result.error?.message).toBe('1 of 1 flow was not deprecated');
	});

	test('the mode says what it does', async () => {
		const { description } = await nodeType('kaleyra');
		const modes = description.properties
			.filter(({ name }) => name === 'deletionMode')
			.map(({ options }) => options?.map(({ name }) => name));
		expect(modes).toContainEqual([
			'Always Deprecate',
			'Always Preview',
			'Preview in Test Runs, Deprecate in Production',
		]);
	});
});
