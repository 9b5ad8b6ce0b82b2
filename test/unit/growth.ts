const lengths = [4_000, 15_000, 60_000, 250_000, 1_000_000] as const;

/** Below this, a measurement says more about the machine than about the work. */
const quickMs = 1000;

/** Sixteen times the text: in proportion it takes 16 times as long, and 256 times if it is quadratic. */
const mostGrowth = 64;

/**
 * Does something with longer and longer texts, up to 1 MB, and holds how much longer it takes against
 * how much longer the text is, two lengths apart. Time is the processor's: a busy machine makes others
 * wait, and nothing grow. The best of three runs counts, and what is quick anyway is not compared.
 *
 * @returns a sentence about the first length at which it takes far too long, or undefined
 */
export function findGrowth(
	textOf: (length: number) => string,
	work: (text: string) => unknown,
): string | undefined {
	const taken: number[] = [];
	for (const length of lengths) {
		const text = textOf(length);
		const before = taken.at(-2);
		const most = Math.max(quickMs, (before ?? 0) * mostGrowth);
		const ms = bestOf(() => work(text), most);
		if (before !== undefined && ms > most) {
			return `${length} characters took ${Math.round(ms)} ms, a sixteenth of them ${Math.round(before)} ms`;
		}
		taken.push(ms);
	}
	return undefined;
}

/** Runs again only what seems too slow. */
function bestOf(work: () => unknown, most: number): number {
	let best = Infinity;
	for (let run = 0; run === 0 || (run < 3 && best > most); run++) {
		best = Math.min(best, processorMs(work));
	}
	return best;
}

/** How long the processor was at it, in milliseconds, whatever else the machine did meanwhile. */
export function processorMs(work: () => unknown): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}
