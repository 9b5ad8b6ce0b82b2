import type { Reply } from '../../../erasure/reply';

/**
 * How many records a page is asked for. A page whose reply is larger than what is read of one is
 * asked for again at half the size, down to one record; the pages after it stay at that size.
 */
export class PageSize {
	constructor(private most: number) {}

	/**
	 * @param wanted how many records are still wanted
	 * @param list asks for a page of so many records, from the same place each time
	 */
	async ask(wanted: number, list: (limit: number) => Promise<Reply>): Promise<Reply> {
		for (;;) {
			const limit = Math.min(this.most, wanted);
			const reply = await list(limit);
			if (reply.kind !== 'tooLarge' || limit === 1) return reply;
			this.most = Math.floor(limit / 2);
		}
	}
}
