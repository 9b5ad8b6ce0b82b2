import { max, quantile } from 'simple-statistics';

import type { LoggedRequest } from '../sandbox/loggedRequest';

/** What a vendor saw of a run that had had time to find its pace. */
export interface VendorLoad {
	/** Requests in flight when one arrived, itself included: of 98 in 100 at least so many. */
	readonly inFlightLow: number;
	readonly inFlightMost: number;
	/** Milliseconds from a request's arrival to its answer, which 95 of 100 stay below. */
	readonly latency95: number;
}

/**
 * @param afterMs how long the run may take to find its pace
 * @throws Error if it was over by then
 */
export function loadOf(requests: readonly LoggedRequest[], afterMs: number): VendorLoad {
	const spans = requests
		.map(({ at, ms = 0 }) => ({ from: Date.parse(at), ms }))
		.sort((one, other) => one.from - other.from);
	const begun = spans[0]?.from ?? 0;
	const ends = spans.map(({ from, ms }) => from + ms).sort((one, other) => one - other);
	let ended = 0;
	const arrivals = spans.map(({ from, ms }, index) => {
		while ((ends[ended] ?? Infinity) <= from) ended += 1;
		return { from, ms, inFlight: index + 1 - ended };
	});
	const settled = arrivals.filter(({ from }) => from - begun > afterMs);
	if (settled.length === 0) throw new Error(`The run was over within ${afterMs} ms`);
	const inFlight = settled.map((one) => one.inFlight);
	return {
		inFlightLow: Math.floor(quantile(inFlight, 0.02)),
		inFlightMost: max(inFlight),
		latency95: quantile(
			settled.map(({ ms }) => ms),
			0.95,
		),
	};
}
