import { UserError, type INode, type WorkflowExecuteMode } from 'n8n-workflow';

/** The field's name in workflows. */
export const deletionModeField = 'deletionMode';

const testModes: ReadonlySet<string> = new Set(['manual', 'evaluation']);

const productionModes: ReadonlySet<string> = new Set([
	'chat',
	'cli',
	'error',
	'trigger',
	'webhook',
]);

/**
 * Whether this run only previews.
 *
 * An agent's tool previews unless its user chose otherwise: a model decides there what is called,
 * and may have been talked into it.
 *
 * @param deletionMode the value of Deletion Mode
 * @param asTool whether the node runs as an agent's tool
 * @throws UserError for a mode that does not exist, and where it is automatic and n8n does not tell a test
 *   from production: a workflow started by another workflow is `integrated` whatever started that
 *   one, and a test run that stopped can be retried from the list of executions as `retry`. Guessing
 *   "production" would delete in a test run; guessing "test" would leave records in place unnoticed.
 */
export function isPreview(
	deletionMode: unknown,
	executionMode: WorkflowExecuteMode,
	asTool: boolean,
): boolean {
	if (deletionMode === 'preview') return true;
	if (deletionMode === 'delete') return false;
	// A workflow that was not made in the editor may hold anything; only "delete" means it.
	if (deletionMode !== 'auto') {
		throw new UserError('Deletion Mode must be one of auto, delete, preview. Choose it again');
	}
	if (asTool || testModes.has(executionMode)) return true;
	if (productionModes.has(executionMode)) return false;
	throw new UserError(
		executionMode === 'retry'
			? 'This is a retry of an earlier execution, and n8n does not say whether that was a test run. Run the workflow anew, or set Deletion Mode to Always Delete or Always Preview'
			: 'This workflow was started by another one, so n8n does not say whether this is a test run. Set Deletion Mode to Always Delete or Always Preview',
	);
}

/** n8n makes a second node type of each node that can be a tool, with this ending. */
export function isTool({ type }: Pick<INode, 'type'>): boolean {
	return type.endsWith('Tool');
}
