import { describe, expect, test } from '@jest/globals';
import { UserError, type WorkflowExecuteMode } from 'n8n-workflow';

import { isPreview, isTool } from '../../nodes/shared/parameters/deletionMode';

const production: WorkflowExecuteMode[] = ['chat', 'cli', 'error', 'trigger', 'webhook'];
const tests: WorkflowExecuteMode[] = ['evaluation', 'manual'];
const unclear: WorkflowExecuteMode[] = ['integrated', 'internal', 'retry'];

describe('Deletion Mode auto', () => {
	test.each(production)('deletes in %s', (mode) => {
		expect(isPreview('auto', mode, false)).toBe(false);
	});

	test.each(tests)('previews in %s', (mode) => {
		expect(isPreview('auto', mode, false)).toBe(true);
	});

	test.each([
		[
			'integrated',
			'This workflow was started by another one, so n8n does not say whether this is a test run. Set Deletion Mode to Always Delete or Always Preview',
		],
		[
			'retry',
			'This is a retry of an earlier execution, and n8n does not say whether that was a test run. Run the workflow anew, or set Deletion Mode to Always Delete or Always Preview',
		],
	] as const)('guesses nothing where n8n does not tell: %s', (mode, why) => {
		expect(() => isPreview('auto', mode, false)).toThrow(new UserError(why));
	});

	test.each([...production, ...tests, ...unclear])("previews as an agent's tool in %s", (mode) => {
		expect(isPreview('auto', mode, true)).toBe(true);
	});
});

test.each([...production, ...tests, ...unclear])(
	'the other modes mean what they say in %s',
	(mode) => {
		for (const asTool of [true, false]) {
			expect(isPreview('delete', mode, asTool)).toBe(false);
			expect(isPreview('preview', mode, asTool)).toBe(true);
		}
	},
);

test('a node runs as a tool if n8n says so in its type', () => {
	expect(isTool({ type: 'n8n-nodes-call-erasure.flyflowTool' })).toBe(true);
	expect(isTool({ type: 'n8n-nodes-call-erasure.flyflow' })).toBe(false);
});

test.each([undefined, '', 'Delete', true, 'production'])('%j deletes nothing', (mode) => {
	expect(() => isPreview(mode, 'trigger', false)).toThrow(
		new UserError('Deletion Mode must be one of auto, delete, preview. Choose it again'),
	);
});
