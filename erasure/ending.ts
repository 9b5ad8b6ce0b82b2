import type { Arrival } from './delivery';
import type { Judgement } from './judgement';
import { notErased, type NotErased } from './outcome';
import { pushBackDeadlineMs } from './pushBacks';
import type { Reply } from './reply';

/** How a request ended, after all repeats: with what was asked for, or with why there is nothing. */
export type Ending<Content> =
	| { readonly kind: 'understood'; readonly content: Content }
	| { readonly kind: 'nothing'; readonly why: NotErased };

/** Says how requests ended that were delivered together, to a vendor of this name. */
export class Endings {
	/** Why nothing more is sent, if the run ended itself: bad credentials, or too long a pause asked for. */
	private stopped: NotErased | undefined;

	constructor(private readonly vendorName: string) {}

	of<Content>(arrival: Arrival<Judgement<Content>>): Ending<Content> {
		if (arrival.kind === 'notSent') return nothing(this.stopped ?? cancelledBeforeSending);
		const { meaning, reply } = arrival;
		switch (meaning.kind) {
			case 'understood':
				return meaning;
			case 'settled':
				return nothing(meaning.why);
			case 'stop': {
				const { message, vendorResponse } = meaning;
				// The reply is about these targets; the others were not asked about.
				this.stopped ??= notErased('skipped', 'badCredentials', message);
				return nothing(notErased('skipped', 'badCredentials', message, vendorResponse));
			}
			case 'cancelled':
				return nothing(cancelledBeforeSending);
			case 'again':
				return nothing(this.notSentAgain(arrival.kind, meaning, reply));
		}
	}

	/** What is left of a reply after which the request does not go out again. */
	private notSentAgain(
		why: 'answered' | 'usedUp' | 'waitsTooLong' | 'allWaitTooLong',
		{ otherwise, pushedBack }: Extract<Judgement<unknown>, { kind: 'again' }>,
		reply: Reply,
	): NotErased {
		if (!pushedBack || reply.kind !== 'answered') return otherwise;
		const said = `${this.vendorName} answered ${reply.status}: it asked for fewer requests`;
		if (why === 'allWaitTooLong') this.stopped ??= pushedBackVerdict(said, tooLong);
		// A server error leaves open what was done.
		if (otherwise.outcome !== 'failed') return otherwise;
		return pushedBackVerdict(said, why === 'usedUp' ? othersAnswered : tooLong);
	}
}

function nothing(why: NotErased): Ending<never> {
	return { kind: 'nothing', why };
}

export const cancelledBeforeSending = notErased(
	'skipped',
	'cancelled',
	'The execution was cancelled before this record was erased. Run the workflow again',
);

const tooLong = `for longer than the ${pushBackDeadlineMs / 60_000} minutes that a run waits. Try again later, or set Requests per Second in the node's options`;

const othersAnswered = 'although it answered others. Try this record again later';

function pushedBackVerdict(said: string, why: string): NotErased {
	return notErased('failed', 'pushedBack', `${said}, ${why}`);
}
