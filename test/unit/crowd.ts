import { Pace, type Load, type PaceLimits, type Turn } from '../../erasure/pace';
import { VirtualClock } from './virtualClock';

export const keptUp: Load = { kind: 'keptUp' };
export const strained: Load = { kind: 'strained' };
export const pushedBack = (pauseMs: number): Load => ({ kind: 'pushedBack', pauseMs });

/** A pace with as many asking for a turn as there can be. */
export class Crowd {
	readonly clock = new VirtualClock();

	readonly turns: Turn[] = [];

	/** When each turn came, in milliseconds since the test began. */
	readonly starts: number[] = [];

	turnedAway = 0;

	private readonly pace: Pace;

	private readonly controller = new AbortController();

	constructor(limits: PaceLimits, people = 100) {
		this.pace = new Pace(limits, this.clock, this.controller.signal);
		for (let index = 0; index < people; index++) void this.ask();
	}

	private async ask(): Promise<void> {
		const turn = await this.pace.turn();
		if (turn === undefined) {
			this.turnedAway += 1;
			return;
		}
		this.turns.push(turn);
		this.starts.push(this.clock.elapsed);
	}

	abort(): void {
		this.controller.abort();
	}

	/** Ends the oldest turns, one for each load, and says how many are running then. */
	async end(...loads: Load[]): Promise<number> {
		for (const load of loads) {
			const turn = this.turns.shift();
			if (turn === undefined) throw new Error('No turn to end');
			this.pace.end(turn, load);
		}
		return await this.running();
	}

	/** Ends all turns of this moment, as a round of replies does. */
	async round(load: Load): Promise<number> {
		return await this.end(...this.turns.map(() => load));
	}

	async running(): Promise<number> {
		await this.clock.run(this.clock.pass(0));
		return this.turns.length;
	}

	async after(ms: number): Promise<number> {
		await this.clock.run(this.clock.pass(ms));
		return await this.running();
	}
}
