import type { Batch, Division, Split } from './batch';

const nothing: Division = { parts: [], refused: [] };

/** Batches that are divided in one run, at most: enough for some 35 bad IDs in batches of 100. */
export const mostDivisions = 250;

/**
 * Finds the targets for which a vendor refuses a whole batch: halves it until the bad one stands
 * alone. If both halves are refused, one target of each is asked for alone; only if one of these goes
 * well are there several bad ones. If neither does, it is not about the targets, and nothing more is
 * divided in this run. A vendor that refuses everything gets four requests more than without.
 */
export class Halving {
	private isOver = false;

	private divisions = 0;

	/**
	 * A batch or a part of one has arrived.
	 *
	 * @param isRefused as a whole, or alone, by a status that may be about one target
	 */
	arrived(batch: Batch, isRefused: boolean): Division {
		const { split } = batch;
		if (split === undefined) return isRefused ? this.divide(batch) : nothing;
		split.open -= 1;
		if (isRefused) split.refused.push(batch);
		return split.open > 0 ? nothing : split.then(split.refused);
	}

	private divide(batch: Batch): Division {
		const { targets } = batch;
		// Alone, it has its verdict already.
		if (targets.length === 1) return nothing;
		this.divisions += 1;
		if (this.divisions > mostDivisions) this.isOver = true;
		if (this.isOver) return { parts: [], refused: [batch] };
		const middle = Math.ceil(targets.length / 2);
		const split = splitInto(2, (refused) => this.afterHalves(refused));
		const halves = [targets.slice(0, middle), targets.slice(middle)];
		return { ...nothing, parts: halves.map((half) => batch.part(half, split)) };
	}

	private afterHalves(refused: readonly Batch[]): Division {
		const [only] = refused;
		if (only === undefined) return nothing;
		if (refused.length === 1) return this.divide(only);
		const large = refused.filter(({ targets }) => targets.length > 1);
		if (this.isOver || large.length === 0) return this.giveUp(large);
		const split = splitInto(large.length, (bad) => this.afterProbes(large, bad));
		const probes = large.map((half) => half.part(half.targets.slice(0, 1), split));
		return { ...nothing, parts: probes };
	}

	/** @param bad the probes that were refused, of those that were made of each half */
	private afterProbes(halves: readonly Batch[], bad: readonly Batch[]): Division {
		const rests = halves.map((half) => half.part(half.targets.slice(1)));
		if (bad.length === halves.length) return this.giveUp(rests);
		const badTargets = new Set(bad.flatMap(({ targets }) => targets));
		const divisions = rests.map((rest, index) => {
			const [probe] = halves[index]?.targets ?? [];
			const mayBeGood = probe !== undefined && badTargets.has(probe);
			return mayBeGood || rest.targets.length === 1
				? { ...nothing, parts: [rest] }
				: this.divide(rest);
		});
		return {
			parts: divisions.flatMap(({ parts }) => parts),
			refused: divisions.flatMap(({ refused }) => refused),
		};
	}

	private giveUp(refused: readonly Batch[]): Division {
		this.isOver = true;
		return { parts: [], refused };
	}
}

function splitInto(open: number, then: Split['then']): Split {
	return { open, refused: [], then };
}
