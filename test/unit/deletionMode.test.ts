import { describe, expect, test } from '@jest/globals';
import { UserError, type WorkflowExecuteMode } from 'n8n-workflow';

import { isPreview } from '../../nodes/shared/deletionMode';

const modes: WorkflowExecuteMode[] = [
	'chat',
	'cli',
	'error',
	'evaluation',
	'integrated',
	'internal',
	'manual',
	'retry',
	'trigger',
	'webhook',
];

describe('Deletion Mode', () => {
	test.each(modes)('Always Delete and Always Preview mean what they say in mode %s', (mode) => {
		expect(isPreview('delete', mode)).toBe(false);
		expect(isPreview('preview', mode)).toBe(true);
	});

	test.each(['manual', 'evaluation'] as const)('auto previews in test runs: %s', (mode) => {
		expect(isPreview('auto', mode)).toBe(true);
	});

	test.each(['chat', 'cli', 'error', 'trigger', 'webhook'] as const)(
		'auto deletes in production: %s',
		(mode) => {
			expect(isPreview('auto', mode)).toBe(false);
		},
	);

	test.each([
		[
			'integrated',
			'This workflow was started by another one, so n8n does not say whether this is a test run',
		],
		[
			'retry',
			'This is a retry of an earlier execution, and n8n does not say whether that was a test run',
		],
	] as const)('auto guesses nothing where n8n does not tell: %s', (mode, why) => {
		expect(() => isPreview('auto', mode)).toThrow(
			new UserError(`${why}. Set Deletion Mode to Always Delete or Always Preview`),
		);
	});

	test.each([undefined, '', 'Delete', true, 'production'])('%j deletes nothing', (mode) => {
		expect(() => isPreview(mode, 'trigger')).toThrow(
			new UserError('Deletion Mode must be one of auto, delete, preview. Choose it again'),
		);
	});
});
