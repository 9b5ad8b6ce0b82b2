import type { IHttpRequestHelper } from 'n8n-workflow';

import type { Sender } from './send';

/**
 * Sends by n8n's helper what needs no credential added because it holds its own: a request for a
 * token, which n8n's other helper cannot send without a token.
 *
 * @param context where it is sent from; without a cancel signal where nothing can be cancelled
 */
export function withoutCredential(
	context: IHttpRequestHelper & Pick<Sender, 'getExecutionCancelSignal'>,
): Sender {
	const { httpRequest } = context.helpers;
	return {
		helpers: {
			async httpRequestWithAuthentication(this: Sender, _, request) {
				const abortSignal = this.getExecutionCancelSignal?.();
				return (await httpRequest({
					...request,
					...(abortSignal === undefined ? {} : { abortSignal }),
				})) as unknown;
			},
		},
		getExecutionCancelSignal: () => context.getExecutionCancelSignal?.(),
	};
}
