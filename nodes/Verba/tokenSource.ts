/** Holds the one token of a run: fetched once however many ask for it, and again when it ran out. */
export class TokenSource<Refusal> {
	private fetched: Promise<Token | Refusal> | undefined;

	constructor(private readonly fetch: () => Promise<Token | Refusal>) {}

	async current(): Promise<Token | Refusal> {
		const fetched = (this.fetched ??= this.fetch());
		const result = await fetched;
		if (!(result instanceof Token) && this.fetched === fetched) this.fetched = undefined;
		return result;
	}

	/** @param ranOut the token to replace; one that was replaced already is not replaced again */
	async renew(ranOut: Token): Promise<Token | Refusal> {
		const { fetched } = this;
		const held = await fetched;
		if (held === ranOut && this.fetched === fetched) this.fetched = undefined;
		return await this.current();
	}
}

export class Token {
	constructor(readonly text: string) {}
}
