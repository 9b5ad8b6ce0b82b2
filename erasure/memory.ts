import type { Findings } from './find';
import type { Settlement } from './settlement';

/** What one node run has learnt, kept from one try of "Retry On Fail" to the next. */
export interface RunMemory {
	/** How often the node has been started for this run, this time included. */
	tries: number;
	/** The account and the mode that all of this was learnt in, once known. */
	account?: string;
	/** It has been said in the log what was done until the execution was cancelled. */
	isCancelTold?: true;
	readonly settlements: Map<string, Settlement>;
	/** What came of asking what selectors stand for. */
	readonly findings: Findings;
	/** Targets that the vendor has shown before anything was sent for them, by key. */
	readonly seen: Set<string>;
}

export function emptyMemory(): RunMemory {
	return {
		tries: 0,
		settlements: new Map(),
		seen: new Set(),
		findings: new Map(),
	};
}

/** Begins to use a memory for an account: what was learnt of another one says nothing of it. */
export function holdFor(memory: RunMemory, account: string): void {
	if (memory.account !== account) {
		memory.settlements.clear();
		memory.seen.clear();
		memory.findings.clear();
	}
	memory.account = account;
}

/** What tells one run from all others, in all of its tries. */
export interface RunName {
	readonly name: string;
	/**
	 * What is one object in all tries of a call, where an agent makes several equal calls of a tool
	 * at once: nothing else tells those apart. Undefined where runs of one name cannot overlap.
	 */
	readonly call?: object;
}

interface Waiting {
	readonly run: RunName;
	readonly memory: RunMemory;
	/** When the try ended, in milliseconds of the clock. */
	readonly since: number;
}

const keepForMs = 60 * 60 * 1000;

/**
 * n8n retries a whole node: without a memory, every target would be sent again. The memories live
 * in the process that runs the execution, as the tries do, and only between two tries: while one
 * is in use, nobody else can have it.
 */
export class RunMemories {
	private waiting: readonly Waiting[] = [];

	/** Takes the memory of a run out, for one try: the one that was kept, or an empty one. */
	take({ name, call }: RunName, now: number): RunMemory {
		// An execution that ended between two tries never comes back for its memory.
		const waiting = this.waiting.filter(({ since }) => now - since <= keepForMs);
		const own = waiting.find(({ run }) => run.name === name && run.call === call);
		this.waiting = waiting.filter((other) => other !== own);
		const memory = own?.memory ?? emptyMemory();
		memory.tries += 1;
		return memory;
	}

	/** The try is over, and n8n will start the node again. */
	keep(run: RunName, memory: RunMemory, now: number): void {
		this.waiting = [...this.waiting, { run, memory, since: now }];
	}

	/** How many memories wait for a next try. */
	get size(): number {
		return this.waiting.length;
	}
}
