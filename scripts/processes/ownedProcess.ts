import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProcessOptions {
	readonly cwd: string;
	readonly env: NodeJS.ProcessEnv;
	/** The user and group that it runs as; ours if left out. */
	readonly uid?: number;
	readonly gid?: number;
}

/** How much of the end of the output is kept, in characters. */
const keptOutput = 200_000;

/**
 * A program that ends with this process, however this one ends: it heads a process group of its
 * own, so Ctrl-C reaches us alone, and nothing that it starts outlives it.
 */
export class OwnedProcess {
	/** Settles when the process has ended, whatever ended it. */
	readonly ended: Promise<void>;

	private readonly child: ChildProcess;

	private log = '';

	constructor(program: string, args: readonly string[], options: ProcessOptions) {
		this.child = spawn(program, args, { ...options, stdio: 'pipe', detached: true });
		for (const stream of [this.child.stdout, this.child.stderr]) {
			stream?.setEncoding('utf8').on('data', (text: string) => {
				this.log = (this.log + text).slice(-keptOutput);
			});
		}
		this.ended = new Promise((resolve) => {
			this.child.once('error', () => resolve());
			this.child.once('exit', () => resolve());
		});
		// A guard that waits for the pipe to close (see `guarded`) may go when its program is gone.
		void this.ended.then(() => this.child.stdin?.destroy());
		process.once('exit', this.kill);
	}

	/**
	 * Starts a program that knows nothing of us. A shell in its process group waits for our end of
	 * its standard input to close and then ends the group; the program itself takes the first
	 * shell's place and so heads the group.
	 */
	static guarded(program: string, args: readonly string[], options: ProcessOptions): OwnedProcess {
		const guard = 'exec 3<&0; (cat <&3 >/dev/null; kill -KILL 0) & exec "$@" 3<&- </dev/null';
		return new OwnedProcess('/bin/sh', ['-c', guard, 'sh', program, ...args], options);
	}

	/** Missing where the process could not even be made. */
	get pid(): number | undefined {
		return this.child.pid;
	}

	get isRunning(): boolean {
		return this.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
	}

	/** The end of what it wrote, up to 200,000 characters. */
	get output(): string {
		return this.log;
	}

	/** The last lines of what it wrote, for a person. */
	get lastLines(): string {
		return this.log.split('\n').slice(-30).join('\n');
	}

	/** Asks it to stop, and makes it stop if that takes too long. Safe to call again. */
	async stop(signal: NodeJS.Signals, graceMs: number): Promise<void> {
		if (this.isRunning) this.child.kill(signal);
		const cancel = new AbortController();
		const grace = sleep(graceMs, undefined, { signal: cancel.signal }).catch(() => undefined);
		await Promise.race([this.ended, grace]);
		cancel.abort();
		this.kill();
		await this.ended;
		process.off('exit', this.kill);
	}

	/** Ends it and everything it started, at once. */
	readonly kill = (): void => {
		if (this.child.pid === undefined) return;
		try {
			process.kill(-this.child.pid, 'SIGKILL');
		} catch {
			// Nothing of the group is left.
		}
	};

	/**
	 * Waits until the program is ready.
	 *
	 * @param name how messages call it
	 * @throws Error with a sentence for a person and its last output, or the signal's reason
	 */
	async untilReady(
		name: string,
		isReady: () => Promise<boolean>,
		deadlineMs: number,
		signal?: AbortSignal,
	): Promise<void> {
		const deadline = Date.now() + deadlineMs;
		while (Date.now() < deadline) {
			signal?.throwIfAborted();
			if (!this.isRunning)
				throw new Error(`${name} ended while it was starting.\n${this.lastLines}`);
			if (await isReady()) return;
			await sleep(100);
		}
		throw new Error(
			`${name} did not start within ${deadlineMs / 1000} seconds.\n${this.lastLines}`,
		);
	}
}
