import type { Trouble } from './blame';
import { Delivery, type Arrival, type DeliveryOptions, type Parcel } from './delivery';
import { Endings, type Ending } from './ending';
import { judge, type Judgement } from './judgement';
import type { Reading } from './reading';
import type { Answer, Reply } from './reply';

/** How a vendor is asked for something, without changing anything there. */
export interface Question<About, Content> {
	readonly vendorName: string;
	/** Puts one request on the wire. Never rejects. */
	send(about: About): Promise<Reply>;
	/** Undefined where the answer is not as documented. */
	read(answer: Answer, about: About): Reading<Content> | undefined;
}

/** How asking ended, in how many requests, and when (ISO 8601 in UTC). */
export type Asked<Content> = Ending<Content> & { readonly attempts: number; readonly at: string };

/**
 * Asks a vendor the same about several things, one in a request, with the pauses and repeats of
 * deletions. The promise never rejects because of what a vendor does, and resolves soon after the
 * signal aborts.
 *
 * @returns what came of each, in the order in which they were answered
 */
export async function ask<About, Content>(
	abouts: readonly About[],
	question: Question<About, Content>,
	options: DeliveryOptions,
): Promise<ReadonlyMap<About, Asked<Content>>> {
	options.watcher?.begun(abouts.length);
	const asking = new Asking(question, options);
	const kind = `look ${options.kind ?? ''}`;
	const delivery = new Delivery<Inquiry<About>, Judgement<Content>>(asking, { ...options, kind });
	await delivery.deliver(inquiriesAbout(abouts), abouts.length);
	return asking.answers;
}

/** One question on its way. */
interface Inquiry<About> extends Parcel {
	readonly about: About;
}

function inquiriesAbout<About>(abouts: readonly About[]) {
	let [start, end] = [0, abouts.length];
	const take = (from: () => number): Inquiry<About> | undefined => {
		if (start === end) return undefined;
		return {
			about: abouts[from()] as About,
			attempts: 0,
			counted: 0,
			trouble: undefined as Trouble | undefined,
		};
	};
	return { first: () => take(() => start++), last: () => take(() => --end) };
}

class Asking<About, Content> {
	readonly answers = new Map<About, Asked<Content>>();

	private readonly endings: Endings;

	constructor(
		private readonly question: Question<About, Content>,
		private readonly options: DeliveryOptions,
	) {
		this.endings = new Endings(question.vendorName);
	}

	async send({ about }: Inquiry<About>): Promise<Reply> {
		return await this.question.send(about);
	}

	read(reply: Reply, { about }: Inquiry<About>): Judgement<Content> {
		const { vendorName } = this.question;
		return judge(reply, { vendorName, effect: 'none' }, (answer) =>
			this.question.read(answer, about),
		);
	}

	arrived({ about, attempts }: Inquiry<About>, arrival: Arrival<Judgement<Content>>): readonly [] {
		const at = new Date(this.options.clock.now()).toISOString();
		this.answers.set(about, { ...this.endings.of(arrival), attempts, at });
		this.options.watcher?.settled(1);
		return [];
	}
}
