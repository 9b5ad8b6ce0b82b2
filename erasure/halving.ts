import type { Batch, Division, Split } from './batch';

const nothing: Division = { parts: [], refused: [] };

/** Batches that are divided in one run, at most: enough for some 35 bad IDs in batches of 100. */
export const mostDivisions = 250;

/**
 * Finds the targets for which a vendor refuses a whole batch: halves it until the bad one stands
 * alone. If both halves are refused, one target of each is asked for alone; only if one of these goes
 * well are there several bad ones. If neither does, it is not about the targets, and nothing more is
 * divided in this run. Until the first division has told that, other batches that are refused are held:
 * a vendor that refuses everything gets four requests more than without, however many are in flight.
 */
export class Halving {
	private isOver = false;

	private divisions = 0;

	/** Whether the first division has told that it is about the targets. */
	private first: 'none' | 'underWay' | 'told' = 'none';

	private held: Batch[] = [];

	/**
	 * A batch or a part of one has arrived.
	 *
	 * @param isRefused as a whole, or alone, by a status that may be about one target
	 */
	arrived(batch: Batch, isRefused: boolean): Division {
		const division = this.after(batch, isRefused);
		const isTold = this.isOver || this.first === 'told';
		if (!isTold || this.held.length === 0) return division;
		const held = this.held.splice(0);
		return joined([division, ...held.map((waiting) => this.divide(waiting))]);
	}

	private after(batch: Batch, isRefused: boolean): Division {
		const { split } = batch;
		if (split === undefined) return isRefused ? this.begin(batch) : nothing;
		split.open -= 1;
		if (isRefused) split.refused.push(batch);
		return split.open > 0 ? nothing : split.then(split.refused);
	}

	private begin(batch: Batch): Division {
		// Alone, it has its verdict already.
		if (batch.targets.length === 1) return nothing;
		if (this.first === 'underWay') {
			this.held.push(batch);
			return nothing;
		}
		if (this.first === 'none') this.first = 'underWay';
		return this.divide(batch);
	}

	private divide(batch: Batch): Division {
		const { targets } = batch;
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
		if (refused.length < 2) this.first = 'told';
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
		this.first = 'told';
		const badTargets = new Set(bad.flatMap(({ targets }) => targets));
		const divisions = rests.map((rest, index) => {
			const [probe] = halves[index]?.targets ?? [];
			const mayBeGood = probe !== undefined && badTargets.has(probe);
			return mayBeGood || rest.targets.length === 1
				? { ...nothing, parts: [rest] }
				: this.divide(rest);
		});
		return joined(divisions);
	}

	private giveUp(refused: readonly Batch[]): Division {
		this.isOver = true;
		return { parts: [], refused };
	}
}

function joined(divisions: readonly Division[]): Division {
	return {
		parts: divisions.flatMap(({ parts }) => parts),
		refused: divisions.flatMap(({ refused }) => refused),
	};
}

function splitInto(open: number, then: Split['then']): Split {
	return { open, refused: [], then };
}
