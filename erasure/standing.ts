import { Blame } from './blame';
import type { Clock } from './clock';
import { PushBacks } from './pushBacks';

/**
 * What all runs at an account have met with one kind of request. A run for a single record cannot
 * tell by itself whether a push-back is about its record: others are answered in other runs.
 */
export class Standing {
	readonly blame = new Blame();

	readonly pushBacks: PushBacks;

	constructor(clock: Clock) {
		this.pushBacks = new PushBacks(clock);
	}
}
