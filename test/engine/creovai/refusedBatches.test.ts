/**
 * Creovai takes 100 IDs in a request, and nobody documents what one ID that it cannot take does to the
 * others: a whole request that is refused may be refused for one of them.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { INode } from 'n8n-workflow';

import type { Receipt } from '../../../erasure/receipt';
import type { Fault } from '../../../sandbox/faults/faults';
import { Sandbox } from '../../../sandbox/sandbox';
import { creovai } from '../contract/vendors/creovai';
import type { ContractEntry } from '../contract/entry';
import { coreVersion, runNode } from '../engine';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => sandbox.forget());

describe.each(creovai)(
	`$title, on n8n-core ${coreVersion}: a batch refused as a whole`,
	(entry) => {
		/** Refuses every request that names one of these. */
		function refuse(fault: Fault, bad?: readonly string[]): void {
			sandbox.faults.add({
				fault,
				when: (request) => {
					if (!entry.deletes(request)) return false;
					const named = entry.named(request);
					return bad?.some((name) => named.includes(name)) ?? true;
				},
			});
		}

		/** The names that each request carried that asked for a deletion. */
		const batches = () =>
			sandbox
				.requestsTo(entry.type)
				.filter((request) => entry.deletes(request))
				.map((request) => ({ status: request.status, names: entry.named(request) }));

		test.each([400, 413, 422])(
			'with %d for one of 150 is halved: that one is refused, all others are accepted',
			async (status) => {
				const names = entry.fill(sandbox, 150);
				const bad = names[36] ?? '';
				refuse({ kind: 'status', status }, [bad]);
				const receipts = await erase(entry, names);

				expect(receipts[36]).toMatchObject({
					outcome: 'refused',
					target: entry.target(bad),
					reason: { code: 'refusedByVendor' },
				});
				const others = receipts.filter((_, index) => index !== 36);
				expect(new Set(others.map(({ outcome }) => outcome))).toEqual(new Set(['accepted']));
				expect(names.filter((name) => entry.holds(sandbox, name))).toEqual([bad]);
				// Two batches; and of the one, seven times two halves.
				expect(batches().length).toBeLessThanOrEqual(2 + 14);
				expect(
					batches().filter(({ names: [name, ...more] }) => name === bad && !more[0]),
				).toHaveLength(1);
				const good = batches().filter((batch) => batch.status === 200);
				expect(good.flatMap((batch) => batch.names).sort()).toEqual(
					names.filter((name) => name !== bad).sort(),
				);
			},
		);

		test.each<NonNullable<INode['onError']>>([
			'stopWorkflow',
			'continueRegularOutput',
			'continueErrorOutput',
		])('whatever it holds is halved once and no more, under %s', async (onError) => {
			const names = entry.fill(sandbox, 350);
			refuse({ kind: 'status', status: 400 });
			const receipts = await erase(entry, names, { onError, maxTries: 2 });

			expect(receipts.map(({ outcome }) => outcome)).toEqual(names.map(() => 'refused'));
			// The whole, two halves, one of each half alone; and then each batch once.
			expect(batches().length).toBeLessThanOrEqual(5 + 3);
			expect(names.filter((name) => !entry.holds(sandbox, name))).toEqual([]);
		});

		test('and carried out all the same leaves a doubt: "not found" has its reason', async () => {
			const names = entry.fill(sandbox, 8);
			const bad = names[2] ?? '';
			refuse({ kind: 'garble', status: 400, change: () => '' }, [bad]);
			const receipts = await erase(entry, names);

			const outcomes = receipts.map(({ outcome }) => outcome);
			expect(outcomes).toEqual(names.map((name) => (name === bad ? 'refused' : 'notFound')));
			for (const { outcome, reason } of receipts) {
				if (outcome === 'refused') continue;
				expect(reason).toEqual({
					code: 'goneAfterRepeat',
					message: expect.stringMatching(
						/^An earlier request for this record and others was turned down/,
					),
				});
			}
		});
	},
);

async function erase(
	entry: ContractEntry,
	names: readonly string[],
	changes: { onError?: NonNullable<INode['onError']>; maxTries?: number } = {},
): Promise<Receipt[]> {
	const { error, outputs } = await runNode({
		type: entry.type,
		items: [entry.item(names)],
		credentials: entry.credentials(sandbox),
		parameters: entry.parameters,
		onError: 'continueRegularOutput',
		...changes,
	});
	const thrown = error?.context?.receipts as Receipt[] | undefined;
	return thrown ?? (outputs.flat().map(({ json }) => json) as unknown as Receipt[]);
}
