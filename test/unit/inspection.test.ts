import { expect, test } from '@jest/globals';

import type { Clock } from '../../erasure/clock';
import { inspect, type Inspection, type Sightings } from '../../erasure/inspection';
import type { Reply } from '../../erasure/reply';
import type { Target } from '../../erasure/target';

const hurried: Clock = {
	now: () => 0,
	random: () => 0,
	sleep: async () => await Promise.resolve(),
};

const targets = Array.from({ length: 250 }, (_, index) => ({
	identifiers: { sessionId: `s${index}` },
}));

/** A vendor that takes 100 in a request, and refuses those that hold one that it does not like. */
class Vendor implements Inspection {
	readonly targetsPerRequest = 100;

	readonly sizes: number[] = [];

	constructor(private readonly dislikes: (id: string) => boolean) {}

	async send(asked: readonly Target[]): Promise<Reply> {
		this.sizes.push(asked.length);
		const status = asked.some((target) => this.dislikes(idOf(target))) ? 400 : 200;
		return await Promise.resolve({ kind: 'answered', status, headers: {}, body: '' });
	}

	read(
		{ status }: { status: number },
		asked: readonly Target[],
	): { kind: 'understood'; content: Sightings } | undefined {
		if (status !== 200) return undefined;
		const there = asked.filter((target) => idOf(target) !== 's3');
		return {
			kind: 'understood',
			content: new Map(there.map((target) => [target, { found: false }])),
		};
	}
}

function idOf({ identifiers }: Target): string {
	return identifiers.sessionId ?? '';
}

async function ask(vendor: Vendor, about: readonly Target[] = targets) {
	const inspected = await inspect(about, 'Creovai', vendor, {
		maxConcurrency: 4,
		signal: new AbortController().signal,
		clock: hurried,
	});
	const silent = [...inspected.values()].filter(({ kind }) => kind === 'nothing');
	return { inspected, silent };
}

test('asks for each record once, as many in a request as the vendor takes', async () => {
	const vendor = new Vendor(() => false);
	const { inspected, silent } = await ask(vendor, [...targets, ...targets]);
	expect(vendor.sizes.sort((one, other) => other - one)).toEqual([100, 100, 50]);
	expect(inspected.size).toBe(250);
	// The one that the answer does not mention.
	expect(silent).toEqual([
		{ kind: 'nothing', why: "Creovai's answer does not say whether the record is there" },
	]);
});

test('one ID that is refused leaves the others of its request', async () => {
	const vendor = new Vendor((id) => id === 's7');
	const { silent } = await ask(vendor);
	expect(silent).toHaveLength(2);
	expect(vendor.sizes.length).toBeLessThan(3 + 2 * 8);
});

test('a vendor that refuses everything is not asked in ever smaller parts', async () => {
	const vendor = new Vendor(() => true);
	const { silent } = await ask(vendor);
	expect(silent).toHaveLength(250);
	expect(vendor.sizes).toHaveLength(3);
	const alone = new Vendor(() => true);
	await ask(alone, targets.slice(0, 100));
	expect(alone.sizes).toEqual([100, 50, 50]);
});
