import { clock } from './clock';

/** What can be cancelled from outside, as n8n's contexts of what runs. */
interface Cancellable {
	getExecutionCancelSignal?(): AbortSignal | undefined;
}

/**
 * Why a request's signal was aborted; nothing reads it. Without it, every abort would make an exception
 * of its own with the stack it came from, and there is one abort for each request.
 */
const requestIsOver = new Error('The request is over');

/**
 * Does something that has to be over in time.
 *
 * n8n's own `timeout` waits for the beginning of a reply and then ends a silence: a reply that drips
 * on never runs into it. And the signal that it hands to the HTTP client is that of the context,
 * whatever the request says. So the work is given a context whose signal ends with the time as well:
 * what is still under way then is broken off, and no connection is left behind.
 *
 * @param ms milliseconds
 * @param work gets the context to use; what becomes of it after the time does not matter
 * @returns undefined if the time was over first, or the execution was cancelled
 */
export async function inTime<Context extends Cancellable, Result>(
	context: Context,
	ms: number,
	work: (context: Context) => Promise<Result>,
): Promise<Result | undefined> {
	const over = new AbortController();
	const end = () => over.abort(requestIsOver);
	const cancelled = context.getExecutionCancelSignal?.();
	if (cancelled?.aborted === true) return undefined;
	cancelled?.addEventListener('abort', end);
	const bounded = Object.create(context, {
		getExecutionCancelSignal: { value: () => over.signal },
	}) as Context;
	try {
		return await Promise.race([work(bounded), clock.sleep(ms, over.signal).then(() => undefined)]);
	} finally {
		cancelled?.removeEventListener('abort', end);
		// The timer as well, if the work was done first.
		end();
	}
}
