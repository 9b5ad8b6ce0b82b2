import { describe, expect, test } from '@jest/globals';

import { coreVersion, runNode, type RunOptions } from '../engine';
import { options, sandbox, urls } from './stage';

describe(`Flyflow on n8n-core ${coreVersion}: delete`, () => {
	describe('Recheck looks at whatever is not certain', () => {
		const recheck = { callId: 'call_1', options: { recheck: true } };

		/** Carried out or not, the vendor says that it broke down. */
		function breaksDown(isCarriedOut: boolean, times?: number) {
			sandbox.faults.add({
				fault: isCarriedOut
					? { kind: 'garble', status: 500, change: () => '' }
					: { kind: 'status', status: 500 },
				when: ({ method }) => method === 'DELETE',
				...(times === undefined ? {} : { times }),
			});
		}

		async function receiptOf(changes: Partial<RunOptions>) {
			const onError = 'continueRegularOutput';
			const { json } = await runNode(
				options('delete', { parameters: recheck, onError, ...changes }),
			);
			return json[0];
		}

		test('deleted, and answered 500 each time: what was never seen is not found, with a reason', async () => {
			breaksDown(true);
			expect(await receiptOf({})).toMatchObject({
				deleted: false,
				outcome: 'notFound',
				evidence: 'rechecked',
				attempts: 4,
				reason: { code: 'goneAtLook' },
			});
			expect(urls().at(-1)).toBe('GET /v1/call?id=call_1');
		});

		test('answered 500 each time, and still there: unknown, and the reason is that it was seen', async () => {
			breaksDown(false);
			expect(await receiptOf({})).toMatchObject({
				outcome: 'unknown',
				seen: true,
				attempts: 4,
				reason: { code: 'stillThere' },
			});
		});

		test('seen by the look of one try, and gone after the next without a clear answer: deleted', async () => {
			breaksDown(false, 4);
			breaksDown(true);
			expect(await receiptOf({ maxTries: 2 })).toMatchObject({
				deleted: true,
				outcome: 'deleted',
				evidence: 'rechecked',
				seen: true,
				attempts: 8,
			});
		});

		test('told to come back tomorrow: what is gone failed to be deleted by this run', async () => {
			sandbox.faults.add({
				fault: { kind: 'status', status: 429, headers: { 'retry-after': '86400' } },
				when: ({ method }) => method === 'DELETE',
			});
			expect(await receiptOf({})).toMatchObject({
				outcome: 'failed',
				seen: true,
				reason: { code: 'pushedBack' },
			});
			sandbox.flyflow.calls.delete('call_1');
			expect(await receiptOf({})).toMatchObject({
				outcome: 'notFound',
				evidence: 'rechecked',
				reason: {
					code: 'goneAtLook',
					message: 'This run did not delete it, and a later look-up did not find it',
				},
			});
		});
	});
});
