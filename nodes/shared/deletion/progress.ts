import type { IExecuteFunctions } from 'n8n-workflow';

import type { Clock } from '../../../erasure/clock';
import type { RunWatcher } from '../../../erasure/watcher';
import { describeEffort, type Effort } from '../receipts/effort';

/** How often a long run says how far it is, in milliseconds. */
export const sayEveryMs = 5000;

/**
 * Shows that a long run is alive: to the editor, which puts it into the browser's console, while
 * somebody tests, and in n8n's log in production. Says numbers and no record, because a log is
 * read by others than the output.
 */
export class Progress {
	private readonly startedAt: number;

	private saidAt: number;

	private pushBacks = 0;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly vendorName: string,
		private readonly clock: Clock,
	) {
		this.startedAt = clock.now();
		this.saidAt = this.startedAt;
	}

	get effort(): Effort {
		const { vendorName, pushBacks } = this;
		return { elapsedMs: this.clock.now() - this.startedAt, vendorName, pushBacks };
	}

	/**
	 * A part of the run.
	 *
	 * @param done what becomes of its targets, for example "Looked up"
	 * @param noun what the targets are, for example "calls"
	 */
	begin(done: string, noun: string): RunWatcher {
		let total = 0;
		let settled = 0;
		const soFar = () => `${done} ${settled} of ${total} ${noun}`;
		return {
			begun: (targets) => {
				total = targets;
			},
			settled: (targets) => {
				settled += targets;
				this.sayNowAndThen(soFar);
			},
			pushedBack: () => {
				this.pushBacks += 1;
				this.sayNowAndThen(soFar);
			},
		};
	}

	/** The last word, for a run that has said something before. */
	end(summary: string): void {
		if (this.saidAt !== this.startedAt) say(this.context, summary);
	}

	private sayNowAndThen(message: () => string): void {
		const now = this.clock.now();
		if (now - this.saidAt < sayEveryMs) return;
		this.saidAt = now;
		say(this.context, `${message()} in ${describeEffort(this.effort)}`);
	}
}

/**
 * n8n stores the data of a cancelled execution without waiting for its nodes, so what was done
 * until then is told to those who can still hear it.
 */
export function sayCancelled(context: IExecuteFunctions, summary: string): void {
	say(
		context,
		`Cancelled. ${summary} n8n may keep no output of a node that is cancelled: run it again with the same input to get a receipt for each`,
	);
}

function say(context: IExecuteFunctions, message: string): void {
	const { name } = context.getNode();
	if (context.getMode() === 'manual') context.sendMessageToUI(message);
	else {
		const executionId = context.getExecutionId();
		context.logger.info(`${name}: ${message}`, { executionId });
	}
}
