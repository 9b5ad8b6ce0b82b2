import pidusage from 'pidusage';

import type { N8nServer } from '../scripts/n8n/n8nServer';

/** What the workers took for a run. */
export interface WorkerUsage {
	/** Milliseconds of processor time that the workers spent for a receipt, waiting left out. */
	readonly processorPerReceipt: number;
	/** MB of 2^20 bytes of resident memory of each worker: before, most, and a while after. */
	readonly memory: ReadonlyArray<readonly [number, number, number]>;
}

interface Sample {
	/** MB. */
	readonly memory: number;
	/** Milliseconds of processor time since the process began. */
	readonly processor: number;
}

/** Watches the workers, without the process in which each runs Code nodes. */
export class WorkerWatch {
	private readonly samples = new Map<number, Sample[]>();

	private readonly timer = setInterval(() => void this.sample(), 1000);

	private constructor(private readonly workers: readonly N8nServer[]) {}

	static async start(workers: readonly N8nServer[]): Promise<WorkerWatch> {
		const watch = new WorkerWatch(workers);
		await watch.sample();
		return watch;
	}

	async stop(receipts: number): Promise<WorkerUsage> {
		clearInterval(this.timer);
		await this.sample();
		const workers = [...this.samples.values()];
		const processor = workers.map((samples) => last(samples).processor - first(samples).processor);
		return {
			processorPerReceipt: processor.reduce((sum, own) => sum + own, 0) / Math.max(1, receipts),
			memory: workers.map((samples) => [
				first(samples).memory,
				Math.max(...samples.map(({ memory }) => memory)),
				last(samples).memory,
			]),
		};
	}

	private async sample(): Promise<void> {
		for (const { pid } of this.workers) {
			if (pid === undefined) continue;
			// A worker that was killed has nothing to show.
			const usage = await pidusage(pid).catch(() => undefined);
			if (usage === undefined) continue;
			const samples = this.samples.get(pid) ?? [];
			samples.push({ memory: Math.round(usage.memory / 2 ** 20), processor: usage.ctime });
			this.samples.set(pid, samples);
		}
	}
}

const nothing: Sample = { memory: 0, processor: 0 };

function first(samples: readonly Sample[]): Sample {
	return samples[0] ?? nothing;
}

function last(samples: readonly Sample[]): Sample {
	return samples.at(-1) ?? nothing;
}
