import { Sandbox } from '../../sandbox/sandbox';

/** Sandboxes for tests that run side by side: each has one to itself for as long as it needs it. */
export class SandboxPool {
	private readonly free: Sandbox[] = [];

	private readonly all: Sandbox[] = [];

	private lastLent = Promise.resolve();

	/** Lends an empty-logged sandbox without faults, and takes it back once nothing is under way. */
	async with(use: (sandbox: Sandbox) => Promise<'good' | 'spoilt'>): Promise<void> {
		await this.turn();
		const sandbox = this.free.pop() ?? (await this.open());
		sandbox.forget();
		if ((await use(sandbox)) === 'spoilt') return;
		await sandbox.quiet();
		this.free.push(sandbox);
	}

	async stop(): Promise<void> {
		await Promise.all(this.all.map(async (sandbox) => await sandbox.stop()));
	}

	/** One after another: hundreds at once would keep replies from arriving in time. */
	private async turn(): Promise<void> {
		const before = this.lastLent;
		this.lastLent = before.then(
			async () => await new Promise((resolve) => setTimeout(resolve, 10)),
		);
		await before;
	}

	private async open(): Promise<Sandbox> {
		const sandbox = await Sandbox.start();
		this.all.push(sandbox);
		return sandbox;
	}
}
