import { UserError, type IExecuteFunctions } from 'n8n-workflow';

import { isTool } from './deletionMode';

/**
 * Turns down a call of an AI agent's tool that says two things. n8n reads what the model fills in
 * (`$fromAI`) from an own `query` before it reads what stands beside it, and shows whoever reviews the
 * call the latter: a model could have one record approved and another deleted.
 *
 * @throws UserError
 */
export function checkToolInput(context: IExecuteFunctions): void {
	if (!isTool(context.getNode())) return;
	const isTwofold = context.getInputData().some(({ json }) => {
		const query: unknown = Object.hasOwn(json, 'query') ? json.query : undefined;
		return typeof query === 'object' && query !== null;
	});
	if (!isTwofold) return;
	throw new UserError(
		'The model gave the tool "query" beside its parameters, which hides from a reviewer what would be used. Let it call the tool again with the parameters alone',
	);
}
