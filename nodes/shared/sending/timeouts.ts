/** How long a request's whole reply may take unless the user sets Timeout, in milliseconds. */
export const defaultTimeoutMs = 30_000;

/** Node's timers hold no more: beyond it they run out at once. */
export const longestTimeoutMs = 2 ** 31 - 1;

/** How long a Test button waits for an answer, in milliseconds. */
export const testTimeoutMs = 10_000;
