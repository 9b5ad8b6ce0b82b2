/** A vendor that works on so many requests at a time and lets the others wait in line. */
export class Workers {
	private busy = 0;

	private readonly line: Array<() => void> = [];

	constructor(readonly count: number) {}

	/** Does the work once one of the workers is free. */
	async carryOut(work: () => Promise<void>): Promise<void> {
		if (this.busy < this.count) this.busy += 1;
		else await new Promise<void>((resolve) => this.line.push(resolve));
		try {
			await work();
		} finally {
			// Whoever is next takes over the place, so that nobody gets ahead of the line.
			const next = this.line.shift();
			if (next === undefined) this.busy -= 1;
			else next();
		}
	}
}
