import type { IExecuteFunctions } from 'n8n-workflow';

/** Aborts when the execution is cancelled; never where n8n gives no signal. */
export function cancelSignalOf(
	context: Pick<IExecuteFunctions, 'getExecutionCancelSignal'>,
): AbortSignal {
	return context.getExecutionCancelSignal() ?? new AbortController().signal;
}
