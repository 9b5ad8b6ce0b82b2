import type { Clock } from '../../erasure/clock';
import type { Reply } from '../../erasure/reply';
import type { Suspicion } from './suspicion';
import type { VerbaReply } from './verbaReply';

/** One request with the run's credentials, what its answer says, and what it makes suspect. */
export interface Attempt {
	readonly reply: Reply;
	readonly read?: VerbaReply | undefined;
	readonly suspicion?: Suspicion | undefined;
}

/** What a harmless request shows of a suspicion. */
export type Finding =
	| { readonly kind: 'account'; readonly suspicion: Suspicion }
	| { readonly kind: 'record' }
	/** The request got no answer of Verba's that can be made sense of. */
	| { readonly kind: 'unclear'; readonly reply: Reply };

/** How long an answer shows that the account is good, in milliseconds. */
const goodForMs = 30_000;

/** How many suspicious answers in a row are believed without asking again. */
const longestStreak = 100;

/** A vendor whose words differ for every record has been asked often enough by then. */
const enoughWords = 10;

/**
 * Tells whether words that may be about the account are about the account or about one record, by one
 * request that changes nothing. What it showed is kept, so that a hundred records which are
 * refused in the same words cost one such request; but not for long, because the account may be
 * turned down later in those very words.
 */
export class AccountCheck {
	private readonly wordsOfRecords = new Set<string>();

	private goodUntil = -Infinity;

	private streak = 0;

	private asking: Promise<Attempt> | undefined;

	/** @param ask sends a request that any account in order may send, and that needs no record */
	constructor(
		private readonly ask: () => Promise<Attempt>,
		private readonly clock: Clock,
	) {}

	/** An answer that no account would get that is turned down. */
	sawGoodAnswer(): void {
		this.goodUntil = this.clock.now() + goodForMs;
		this.streak = 0;
	}

	/** Whether a record was refused in such words before, at an account that was in order. */
	knows({ kindOfWords }: Suspicion): boolean {
		return this.wordsOfRecords.has(kindOfWords) || this.wordsOfRecords.size >= enoughWords;
	}

	/** Whether it need not be asked: the words are known, and the account was in order just now. */
	isAboutRecord(suspicion: Suspicion): boolean {
		if (!this.knows(suspicion) || this.clock.now() >= this.goodUntil) return false;
		this.streak += 1;
		return this.streak < longestStreak;
	}

	/** Asks, once for all that want to know at the same time. */
	async find(suspicion: Suspicion): Promise<Finding> {
		this.asking ??= this.ask().finally(() => (this.asking = undefined));
		const { reply, read, suspicion: own } = await this.asking;
		if (
			own !== undefined &&
			(own.soundsLike !== 'other' || own.kindOfWords === suspicion.kindOfWords)
		) {
			return { kind: 'account', suspicion: own };
		}
		if (read === undefined || read.kind === 'contradiction') return { kind: 'unclear', reply };
		this.sawGoodAnswer();
		this.wordsOfRecords.add(suspicion.kindOfWords);
		return { kind: 'record' };
	}
}
