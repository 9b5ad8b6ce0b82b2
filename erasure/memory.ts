import type { Inquiry } from './find';
import type { Settlement } from './settlement';

/** What one node run has learnt, kept from one try of "Retry On Fail" to the next. */
export interface RunMemory extends Inquiry {
	/** How often the node has been started for this run, this time included. */
	tries: number;
	/** The account and the mode that all of this was learnt in, once known. */
	account?: string;
	readonly settlements: Map<string, Settlement>;
}

export function emptyMemory(): RunMemory {
	return { tries: 0, settlements: new Map(), findings: new Map(), asked: new Map() };
}

/** Begins to use a memory for an account: what was learnt of another one says nothing of it. */
export function holdFor(memory: RunMemory, account: string): void {
	if (memory.account !== account) {
		memory.settlements.clear();
		memory.findings.clear();
		memory.asked.clear();
	}
	memory.account = account;
}

const keepForMs = 60 * 60 * 1000;

/**
 * n8n retries a whole node: without a memory, every target would be sent again. The memory lives
 * in the process that runs the execution, as the tries do. Open it, run, then keep or drop it.
 */
export class RunMemories {
	private readonly runs = new Map<string, { memory: RunMemory; keptAt: number | undefined }>();

	/** Opens the memory for one try of a run, new or kept. */
	open(run: string, now: number): RunMemory {
		this.dropAbandoned(now);
		const memory = this.runs.get(run)?.memory ?? emptyMemory();
		memory.tries += 1;
		this.runs.set(run, { memory, keptAt: undefined });
		return memory;
	}

	/** The try is over, and n8n will start the node again. */
	keep(run: string, now: number): void {
		const kept = this.runs.get(run);
		if (kept !== undefined) kept.keptAt = now;
	}

	/** The run is over. */
	drop(run: string): void {
		this.runs.delete(run);
	}

	get size(): number {
		return this.runs.size;
	}

	/** An execution that was cancelled between two tries never comes back for its memory. */
	private dropAbandoned(now: number): void {
		for (const [run, { keptAt }] of this.runs) {
			if (keptAt !== undefined && now - keptAt > keepForMs) this.runs.delete(run);
		}
	}
}
