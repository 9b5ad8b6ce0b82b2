import type { SandboxRecord } from './sandboxRecord';

/** A record as the page shows it: what it is called, and a few words. */
export interface ShownRecord {
	readonly key: string;
	readonly words: string;
}

/** A record, or a part of one, that is gone. */
export interface ShownDeletion extends ShownRecord {
	/** Counts up for as long as the sandbox runs. */
	readonly number: number;
	/** Milliseconds since the epoch. */
	readonly at: number;
	/** The key of the record that it was a part of. */
	readonly of?: string;
}

/** What can be seen of a vendor's records from outside. */
export interface HeldRecords {
	/** What the vendor calls them, in the plural. */
	readonly noun: string;
	readonly size: number;
	/** Another number after every change. */
	readonly version: number;
	/** How many were deleted since the records were filled in. */
	readonly deleted: number;
	/** At most so many from the start and, if that leaves any out, from the end. */
	ends(first: number, last: number): { first: ShownRecord[]; last: ShownRecord[] };
	/** The latest deletions, oldest first. */
	latestDeletions(): ShownDeletion[];
}

interface Deletion<R> {
	readonly number: number;
	readonly key: string;
	readonly at: number;
	readonly was:
		{ readonly record: R } | { readonly part: { readonly of: string; readonly words: string } };
}

const deletionsKept = 20;

/**
 * The records of a vendor by key. It counts its changes and keeps its latest deletions, so that the
 * page can ask what is new: nobody has to be told while a request is answered.
 */
export class RecordStore<R extends SandboxRecord> extends Map<string, R> implements HeldRecords {
	version = 0;

	deleted = 0;

	private deletions: Array<Deletion<R>> = [];

	private deletionNumber = 0;

	/** @param describe a few words on a record, without anything that must not be seen */
	constructor(
		readonly noun: string,
		private readonly describe: (record: R) => string,
	) {
		super();
	}

	override set(key: string, record: R): this {
		this.version += 1;
		return super.set(key, record);
	}

	override delete(key: string): boolean {
		const was = this.get(key);
		if (was === undefined) return false;
		this.noteDeletion(key, { record: was });
		return super.delete(key);
	}

	override clear(): void {
		this.version += 1;
		this.deleted = 0;
		this.deletions = [];
		super.clear();
	}

	/** A part of the record `of` is gone; the record stays. */
	partDeleted(key: string, of: string, words: string): void {
		this.noteDeletion(key, { part: { of, words } });
	}

	ends(first: number, last: number): { first: ShownRecord[]; last: ShownRecord[] } {
		const all = this.size <= first + last;
		const [firstEnd, lastStart] = all ? [this.size, this.size] : [first, this.size - last];
		const ends: { first: ShownRecord[]; last: ShownRecord[] } = { first: [], last: [] };
		let index = 0;
		for (const [key, record] of this) {
			if (index < firstEnd) ends.first.push({ key, words: this.describe(record) });
			else if (all) break;
			else if (index >= lastStart) ends.last.push({ key, words: this.describe(record) });
			index += 1;
		}
		return ends;
	}

	latestDeletions(): ShownDeletion[] {
		return this.deletions.slice(-deletionsKept).map(({ was, ...deletion }) => ({
			...deletion,
			...('part' in was ? was.part : { words: this.describe(was.record) }),
		}));
	}

	private noteDeletion(key: string, was: Deletion<R>['was']): void {
		this.version += 1;
		this.deleted += 1;
		this.deletionNumber += 1;
		this.deletions.push({ number: this.deletionNumber, key, at: Date.now(), was });
		// Cut now and then only: shifting one out for every one that comes in would be slower.
		if (this.deletions.length >= 10 * deletionsKept) {
			this.deletions = this.deletions.slice(-deletionsKept);
		}
	}
}
