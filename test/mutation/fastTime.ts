/**
 * Lets time pass faster for all that waits in a test: n8n, the package, the sandbox. A mutant costs
 * seconds instead of minutes then. Jest's own times are taken before this is loaded.
 */
const factor = 10;

const { setTimeout: inRealTime } = globalThis;
const realNow = Date.now.bind(Date);
const start = realNow();
const now = () => Math.floor(start + (realNow() - start) * factor);

globalThis.setTimeout = Object.assign(
	(callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
		inRealTime(callback, ms / factor, ...args),
	inRealTime,
);

globalThis.Date = class extends Date {
	constructor(...args: [] | ConstructorParameters<typeof Date>) {
		if (args.length === 0) super(now());
		else super(...args);
	}

	static override now(): number {
		return now();
	}
} as DateConstructor;
