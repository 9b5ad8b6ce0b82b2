import { beforeEach, expect, test } from '@jest/globals';

import type { Receipt } from '../../../erasure/receipt';
import { readReceipt } from '../../../erasure/receiptReader';
import type { Stage } from '../n8n';
import { changes, keyHeader, withExample } from './published';
import { deactivate } from './sideBySide';

const example = 'delete-at-one-vendor';

export function testDeleteAtOneVendor(stage: () => Stage): void {
	beforeEach(() => {
		stage().sandbox.forget();
		stage().sandbox.flyflow.fill(5);
	});

	const erase = async (body: object, headers: Record<string, string> = keyHeader) =>
		await stage().n8n.api.callWebhook<{ receipts: Receipt[] }>('delete-calls', body, headers);

	test('deletes, and answers with a receipt for each call', async () => {
		await withExample(stage(), example, async () => {
			const { receipts } = await erase({ callIds: ['call_2', 'call_unknown', 'call_4'] });

			expect(receipts.map(({ target, outcome }) => [target.callId, outcome])).toEqual([
				['call_2', 'deleted'],
				['call_unknown', 'notFound'],
				['call_4', 'deleted'],
			]);
			expect(
				stage()
					.sandbox.flyflow.records()
					.map(({ id }) => id),
			).toEqual(['call_1', 'call_3', 'call_5']);
		});
	});

	test('answers also for what cannot be deleted', async () => {
		await withExample(stage(), example, async () => {
			stage().sandbox.faults.add({
				fault: { kind: 'status', status: 403 },
				when: ({ url }) => url.endsWith('/call_2'),
			});
			const { receipts } = await erase({ callIds: 'call_1, call_2' });
			expect(receipts.map(({ outcome }) => outcome)).toEqual(['deleted', 'refused']);

			const { receipts: none } = await erase({});
			expect(none.map(({ outcome, reason }) => [outcome, reason?.code])).toEqual([
				['failed', 'badInput'],
			]);
			expect(stage().sandbox.flyflow.records()).toHaveLength(4);
		});
	});

	test('does nothing for a caller without the key', async () => {
		await withExample(stage(), example, async () => {
			await expect(erase({ callIds: 'call_1' }, {})).rejects.toThrow('The webhook answered 403');
			expect(stage().sandbox.requests).toEqual([]);
		});
	});

	test('says that nobody knows where its node is deactivated, and gives back nothing that it got', async () => {
		const work = async () => {
			const answer = await erase({ callIds: 'call_1' });
			expect(answer.receipts).toMatchObject([
				{ vendor: 'flyflow', outcome: 'unknown', target: {} },
			]);
			expect(readReceipt(answer.receipts[0])).toMatchObject({ valid: true });
			expect(JSON.stringify(answer)).not.toContain('call_1');
			expect(JSON.stringify(answer)).not.toContain(Object.values(keyHeader)[0]);
		};
		await withExample(stage(), example, work, (copy) => deactivate(copy, 'Delete at Flyflow'));
	});

	test('only previews in a test run', async () => {
		await withExample(stage(), example, async (workflowId) => {
			const { api } = stage().n8n;
			expect(await api.runManually(workflowId, 'Deletion request')).toBeUndefined();
			const { receipts } = await api.callTestWebhook<{ receipts: Receipt[] }>(
				'delete-calls',
				{ callIds: ['call_1'] },
				keyHeader,
			);
			expect(receipts.map(({ outcome }) => outcome)).toEqual(['preview']);
			expect(changes(stage())).toEqual([]);
		});
	});
}
