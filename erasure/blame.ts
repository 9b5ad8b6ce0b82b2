/** What is known of something that went wrong when it was sent. */
export interface Trouble {
	/** How many others had been answered when it first went wrong. */
	readonly answeredBefore: number;
	/** How many others had been pushed back by then, as it seemed for reasons of the vendor's own. */
	readonly pushedBackBefore: number;
	/** When that was, in milliseconds since the epoch. */
	readonly since: number;
	/** It goes wrong although others are answered: it is about this one, not about the vendor. */
	isItsOwn: boolean;
}

/** Whatever may go wrong when it is sent. */
export interface Troubled {
	trouble?: Trouble | undefined;
}

/** So many that went wrong are remembered: what a vendor did long ago says little of what it does now. */
const mostRemembered = 50;

/** Fewer than this that were found to go wrong by themselves say nothing about the others. */
const fewestToPresume = 3;

/** So many others have to be answered well before the vendor is believed to take as much as before. */
const fewestToClear = 5;

/**
 * Tells a record that the vendor cannot cope with from a vendor that cannot cope. What goes wrong
 * again although others were answered since, and no fewer than were pushed back, goes wrong by
 * itself, and must not slow the others.
 *
 * Where several have turned out to go wrong by themselves, and hardly any was answered later, the
 * next is presumed to be like them, as long as the vendor answers others in between.
 */
export class Blame {
	private answered = 0;

	private pushedBack = 0;

	/** Those that went wrong again although others were answered since. */
	private proven = 0;

	/** Those that were answered in the end: it was not about them. */
	private cleared = 0;

	private answeredAtLastPresumed = 0;

	/** Whether the vendor has answered anything at all. */
	get hasAnswers(): boolean {
		return this.answered > 0;
	}

	/** Whether what this one met says nothing of the vendor, nor what others met. */
	clearsVendor({ isItsOwn, answeredBefore, pushedBackBefore }: Trouble): boolean {
		const answered = this.answered - answeredBefore;
		const pushedBack = this.pushedBack - pushedBackBefore;
		const isWell = answered >= fewestToClear && answered >= 3 * pushedBack;
		return isItsOwn && isWell && this.isAboutRecords;
	}

	/** The vendor answered this one in a way that needs no repeat. */
	answer({ trouble }: Troubled): void {
		this.answered += 1;
		if (trouble !== undefined) this.cleared += 1;
		this.forget();
	}

	/** Everything was told to wait. */
	pushesBack(): void {
		this.pushedBack += 1;
	}

	/** It went wrong. @returns what is known of it by now */
	goesWrong(troubled: Troubled, now: number): Trouble {
		const { trouble } = troubled;
		if (trouble === undefined) {
			const isItsOwn = this.presumes();
			if (isItsOwn) this.answeredAtLastPresumed = this.answered;
			const first: Trouble = {
				answeredBefore: this.answered,
				pushedBackBefore: this.pushedBack,
				since: now,
				isItsOwn,
			};
			troubled.trouble = first;
			return first;
		}
		if (!trouble.isItsOwn && this.isAnsweringOthers(trouble)) {
			trouble.isItsOwn = true;
			this.proven += 1;
			this.forget();
		}
		return trouble;
	}

	/** Whether what goes wrong is mostly about single records, as far as can be told. */
	private get isAboutRecords(): boolean {
		return this.proven > 2 * this.cleared;
	}

	/**
	 * Whether others have been answered since, and no fewer than were pushed back: at a vendor that
	 * takes one request a second, some are answered between any two push-backs of the same record.
	 */
	private isAnsweringOthers({ answeredBefore, pushedBackBefore }: Trouble): boolean {
		const answered = this.answered - answeredBefore;
		const others = this.pushedBack - pushedBackBefore - 1;
		return answered > 0 && answered >= others;
	}

	private forget(): void {
		if (this.proven + this.cleared <= mostRemembered) return;
		this.proven /= 2;
		this.cleared /= 2;
	}

	private presumes(): boolean {
		const isUsual = this.proven >= fewestToPresume && this.isAboutRecords;
		return isUsual && this.answered > this.answeredAtLastPresumed;
	}
}
