import { UserError, type WorkflowExecuteMode } from 'n8n-workflow';

export type DeletionMode = 'auto' | 'delete' | 'preview';

const testModes: ReadonlySet<string> = new Set(['manual', 'evaluation']);

const productionModes: ReadonlySet<string> = new Set([
	'chat',
	'cli',
	'error',
	'retry',
	'trigger',
	'webhook',
]);

/**
 * Whether this run only previews.
 *
 * @throws UserError where the mode is automatic and n8n does not tell a test from production: a
 *   workflow started by another workflow is `integrated` whatever started that one. Guessing
 *   "production" would delete in a test run; guessing "test" would leave records in place unnoticed.
 */
export function isPreview(deletionMode: DeletionMode, executionMode: WorkflowExecuteMode): boolean {
	if (deletionMode !== 'auto') return deletionMode === 'preview';
	if (testModes.has(executionMode)) return true;
	if (productionModes.has(executionMode)) return false;
	throw new UserError(
		'This workflow was started by another one, so n8n does not say whether this is a test run. Set Deletion Mode to Always Delete or Always Preview',
	);
}
