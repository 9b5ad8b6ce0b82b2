/** A call of a webhook, as it came in: nothing of it is believed yet. */
export interface Arrival {
	/** Names and values in turn, as Node keeps them: a header that came twice is there twice. */
	readonly rawHeaders: readonly string[];
	/** The bytes of the body, unpacked if they came packed; empty where there is none. */
	readonly body: Uint8Array;
	/** When it came, in milliseconds since the epoch. */
	readonly at: number;
}

/**
 * The values of a header in the order in which they came. Node's own object of headers joins what
 * came twice, or keeps the first of them, so that what is checked need not be what another program
 * reads.
 */
export function valuesOf({ rawHeaders }: Pick<Arrival, 'rawHeaders'>, name: string): string[] {
	const wanted = name.toLowerCase();
	return rawHeaders.filter(
		(_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === wanted,
	);
}

/** @returns undefined unless the header came exactly once */
export function onlyValueOf(
	arrival: Pick<Arrival, 'rawHeaders'>,
	name: string,
): string | undefined {
	const [value, ...others] = valuesOf(arrival, name);
	return others.length === 0 ? value : undefined;
}
