import type { Trouble } from './blame';
import type { Parcel } from './delivery';
import type { Doubt } from './doubt';
import type { Exchange } from './exchange';
import type { Verdict } from './outcome';
import type { Supply } from './sendQueue';
import type { Target } from './target';

/** The parts of a refused batch that are under way together. */
export interface Split {
	/** Parts that have not arrived yet. */
	open: number;
	/** Those that were refused in their turn. */
	readonly refused: Batch[];
	/** What to do once all have arrived. */
	readonly then: (refused: readonly Batch[]) => Division;
}

/** What becomes of a refused batch. */
export interface Division {
	/** Sent in its place. */
	readonly parts: readonly Batch[];
	/** Refused for good: nothing more is tried for these. */
	readonly refused: readonly Batch[];
}

/** The targets of one request, and how they fared so far. */
export class Batch implements Parcel {
	attempts = 0;

	counted = 0;

	trouble: Trouble | undefined;

	doubt: Doubt = 'none';

	/** What the vendor said when it refused the batch as a whole. */
	refusal: ((target: Target) => Verdict) | undefined;

	constructor(
		readonly targets: readonly Target[],
		/** Of which refused batch it is a part. */
		readonly split?: Split,
	) {}

	/** Some of its targets, to be sent by themselves: with what has happened to them. */
	part(targets: readonly Target[], split?: Split): Batch {
		const part = new Batch(targets, split);
		part.attempts = this.attempts;
		part.doubt = this.doubt;
		part.refusal = this.refusal;
		return part;
	}
}

/** Batches as large as the vendor takes, each made when it is its turn. */
export class Batches implements Supply<Batch> {
	private readonly groups: readonly Group[];

	private readonly size: number;

	constructor(
		targets: readonly Target[],
		{ groupOf, targetsPerRequest }: Pick<Exchange, 'groupOf' | 'targetsPerRequest'>,
	) {
		this.size = targetsPerRequest;
		this.groups = inGroups(targets, groupOf).map((members) => ({
			members,
			start: 0,
			end: members.length,
		}));
	}

	first(): Batch | undefined {
		const group = this.groups.find(({ start, end }) => start < end);
		if (group === undefined) return undefined;
		const { start } = group;
		group.start = Math.min(group.end, start + this.size);
		return new Batch(group.members.slice(start, group.start));
	}

	last(): Batch | undefined {
		const group = this.groups.findLast(({ start, end }) => start < end);
		if (group === undefined) return undefined;
		const { end } = group;
		group.end = Math.max(group.start, end - this.size);
		return new Batch(group.members.slice(group.end, end));
	}
}

/** Of those that may share a request: what was not taken is between start and end. */
interface Group {
	readonly members: readonly Target[];
	start: number;
	end: number;
}

function inGroups(
	targets: readonly Target[],
	groupOf: Exchange['groupOf'],
): ReadonlyArray<readonly Target[]> {
	if (groupOf === undefined) return [targets];
	const groups = new Map<string, Target[]>();
	for (const target of targets) {
		const group = groupOf(target);
		const members = groups.get(group);
		if (members === undefined) groups.set(group, [target]);
		else members.push(target);
	}
	return [...groups.values()];
}
