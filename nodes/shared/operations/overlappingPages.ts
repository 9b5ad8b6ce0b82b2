/** A list that is read by how many entries to leave out from its start. */
export interface OffsetList<T> {
	/** Asks for the entries from there on. */
	page(skip: number): Promise<readonly T[]>;
	keyOf(entry: T): unknown;
	/** Takes entries that no page has shown before. @returns whether more are wanted */
	take(entries: readonly T[]): boolean;
}

/** How many requests in a row may bring nothing new before it is clear that no more will. */
const mostBarren = 20;

/**
 * Reads a list to its end although it changes meanwhile. Where an earlier entry goes, those after it
 * move up, and the next page would leave one out: so each page has to begin with an entry that is
 * known already, and is asked for from further up where it does not. Where one comes in, some are
 * given twice; they are taken once.
 *
 * The end is where a page holds nothing but what it overlaps by: neither a total nor a short page
 * says for certain that there is no more.
 *
 * @returns false if the vendor keeps giving the same entries
 */
export async function readOverlapping<T>(list: OffsetList<T>): Promise<boolean> {
	const seen = new Set<unknown>();
	let [skip, overlap, back, barren, repeated] = [0, 0, 1, 0, 0];
	let firstBefore: unknown;
	while (barren < mostBarren) {
		const page = await list.page(skip);
		const keys = page.map((entry) => list.keyOf(entry));
		if (overlap > 0 && !seen.has(keys[0])) {
			skip = Math.max(0, skip - back);
			overlap = Math.min(overlap, skip);
			back *= 2;
			barren += 1;
			continue;
		}
		const fresh = page.filter((_, index) => !seen.has(keys[index]));
		if (fresh.length === 0) {
			if (page.length <= overlap) return true;
			// Once it may be because as many came in meanwhile as were left out.
			repeated = back === 1 && keys[0] === firstBefore ? repeated + 1 : 0;
			if (repeated === 2) return false;
			barren += 1;
		} else {
			for (const key of keys) seen.add(key);
			if (!list.take(fresh)) return true;
			[barren, repeated] = [0, 0];
		}
		[firstBefore] = keys;
		back = 1;
		overlap = Math.min(1, page.length - 1);
		skip += page.length - overlap;
	}
	return false;
}
