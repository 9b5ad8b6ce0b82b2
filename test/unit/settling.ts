import { expect } from '@jest/globals';

import type { Exchange } from '../../erasure/exchange';
import type { Settlement } from '../../erasure/settlement';
import type { Outcome } from '../../erasure/outcome';
import { settle, type RunOptions } from '../../erasure/run';
import { targetKey, type Target } from '../../erasure/target';
import { call, ScriptedVendor, type Script } from './scriptedVendor';
import { VirtualClock } from './virtualClock';

type Traits = Partial<Pick<Exchange, 'targetsPerRequest' | 'repeatable'>>;

/** A vendor with a script, and all that a run needs to meet it. */
export class Settling {
	readonly clock = new VirtualClock();

	readonly vendor: ScriptedVendor;

	readonly settlements = new Map<string, Settlement>();

	readonly controller = new AbortController();

	readonly options: RunOptions;

	constructor(script: Script, traits: Traits & Partial<RunOptions> = {}) {
		const { targetsPerRequest, repeatable, ...options } = traits;
		const given = { targetsPerRequest, repeatable };
		const defined = Object.entries(given).filter(([, value]) => value !== undefined);
		this.vendor = new ScriptedVendor(this.clock, script, Object.fromEntries(defined));
		this.options = {
			maxConcurrency: 1,
			keepVendorResponse: false,
			signal: this.controller.signal,
			clock: this.clock,
			settlements: this.settlements,
			...options,
		};
	}

	/** Makes one try, and makes sure that the vendor met nothing that its script does not expect. */
	async settle(targets: readonly Target[]): Promise<ReadonlyMap<string, Settlement>> {
		const settlements = await this.clock.run(settle(targets, this.vendor, this.options));
		expect(this.vendor.unexpected).toEqual([]);
		return settlements;
	}

	abortAt(ms: number): void {
		this.clock.at(ms, () => this.controller.abort());
	}

	of(id: string): Settlement {
		const settlement = this.settlements.get(targetKey(call(id)));
		if (settlement === undefined) throw new Error(`${id} was never settled`);
		return settlement;
	}

	/** The outcome of each target, by ID. */
	get outcomes(): Readonly<Record<string, Outcome>> {
		return Object.fromEntries(
			[...this.settlements].map(([key, { verdict }]) => [
				(JSON.parse(key) as Array<[string, string]>)[0]?.[1] ?? key,
				verdict.outcome,
			]),
		);
	}
}
