/** What a run took, apart from what came of it. */
export interface Effort {
	readonly elapsedMs: number;
	/** As a person writes it. */
	readonly vendorName: string;
	/** Requests that the vendor turned away for now. */
	readonly pushBacks: number;
}

/** "12 s" or "12 s; Flyflow pushed back 3 requests" */
export function describeEffort({ elapsedMs, vendorName, pushBacks }: Effort): string {
	const requests = pushBacks === 1 ? 'request' : 'requests';
	const pushed = pushBacks === 0 ? '' : `; ${vendorName} pushed back ${pushBacks} ${requests}`;
	return `${inWords(elapsedMs)}${pushed}`;
}

/** A time span as people say it: "0.4 s", "12 s", "3 min 5 s", "2 h 10 min". */
export function inWords(milliseconds: number): string {
	if (milliseconds < 10_000) return `${Math.ceil(milliseconds / 100) / 10} s`;
	const seconds = Math.round(milliseconds / 1000);
	if (seconds < 60) return `${seconds} s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${minutes} min${rest(seconds % 60, 's')}`;
	return `${Math.floor(minutes / 60)} h${rest(minutes % 60, 'min')}`;
}

function rest(value: number, unit: string): string {
	return value === 0 ? '' : ` ${value} ${unit}`;
}
