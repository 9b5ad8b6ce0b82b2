import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { Sandbox } from '../../../sandbox/sandbox';
import { coreVersion, runNode, type RunOptions } from '../engine';
import { afterTheFirstTry, options, sandbox, urls } from './stage';

describe(`Flyflow on n8n-core ${coreVersion}: delete, one run after another`, () => {
	describe('the same calls a second time in one execution, as in a loop', () => {
		test.each<[string, Partial<RunOptions>]>([
			['after a good run', {}],
			['after a good run with tries left', { maxTries: 3 }],
			['after a run that stopped', { onError: 'stopWorkflow' }],
		])('are asked for again %s', async (_, changes) => {
			const isBad = changes.onError === 'stopWorkflow';
			if (isBad) sandbox.faults.add({ fault: { kind: 'status', status: 403 }, times: 1 });
			const parameters = { callId: 'call_1' };
			const executionId = 'a-loop';
			const first = await runNode(options('delete', { parameters, executionId, ...changes }));
			expect(first.error === undefined).toBe(!isBad);

			sandbox.flyflow.fill(100);
			const second = await runNode(options('delete', { parameters, executionId, ...changes }));
			expect(second.json).toMatchObject([{ outcome: 'deleted', attempts: 1 }]);
			expect(urls()).toHaveLength(2);
		});

		test('and every try starts afresh where n8n gives no execution ID', async () => {
			sandbox.faults.add({ fault: { kind: 'status', status: 500 } });
			const result = await runNode(
				options('delete', {
					parameters: { callId: 'call_1' },
					executionId: '',
					maxTries: 2,
					onError: 'continueRegularOutput',
				}),
			);
			expect(result.json).toMatchObject([{ outcome: 'unknown', attempts: 4 }]);
			expect(urls()).toHaveLength(8);
		});
	});

	describe('a try of Retry On Fail that cannot start', () => {
		const account = { baseUrl: '', apiKey: '' };

		/** The credentials break after the first try, in which call_1 was deleted and call_2 failed. */
		async function runAndBreak(onError: RunOptions['onError'], maxTries = 2) {
			const { apiKey } = sandbox.flyflow;
			Object.assign(account, { apiKey, baseUrl: `${sandbox.address('flyflow')}/v1` });
			afterTheFirstTry(() => {
				account.baseUrl = 'nowhere';
			});
			const parameters = { callId: 'call_1,call_2' };
			const credentials = { flyflowApi: account };
			return await runNode(options('delete', { parameters, onError, maxTries, credentials }));
		}

		test('takes back no receipt', async () => {
			const { json } = await runAndBreak('continueRegularOutput');
			expect(json).toMatchObject([
				{ outcome: 'deleted', target: { callId: 'call_1' }, attempts: 1 },
				{ outcome: 'unknown', target: { callId: 'call_2' }, attempts: 4 },
			]);
		});

		test('does not say that nothing was sent', async () => {
			const { error } = await runAndBreak('stopWorkflow');
			expect(error?.message).toBe('Nobody can say whether 1 of 2 calls was erased');
			expect(error?.description).toContain('1 deleted, 1 unknown');
			expect(error?.context?.receipts).toMatchObject([{ deleted: true }, { deleted: false }]);
		});

		test.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
			'lets no later try send a settled call again, under %s',
			async (onError) => {
				await runAndBreak(onError, 5);
				expect(urls().filter((url) => url.endsWith('/call_1'))).toHaveLength(1);
			},
		);
	});

	describe('what Retry On Fail remembers between two tries', () => {
		const parameters = { callId: 'call_1,call_2' };

		const changes = { parameters, maxTries: 2, onError: 'continueRegularOutput' } as const;

		test('is of one account: at another one all of them are deleted', async () => {
			const other = await Sandbox.start();
			try {
				other.flyflow.fill(2);
				const { apiKey } = sandbox.flyflow;
				const account = { apiKey, baseUrl: `${sandbox.address('flyflow')}/v1` };
				afterTheFirstTry(() => {
					account.baseUrl = `${other.address('flyflow')}/v1`;
				});
				const credentials = { flyflowApi: account };
				const { json } = await runNode(options('delete', { ...changes, credentials }));

				expect(json).toMatchObject([{ outcome: 'deleted' }, { outcome: 'deleted' }]);
				expect(other.flyflow.records()).toEqual([]);
			} finally {
				await other.stop();
			}
		});

		test('is of one execution: another one asks for itself', async () => {
			let second: ReturnType<typeof runNode> | undefined;
			afterTheFirstTry(() => {
				second = runNode(options('delete', changes));
			});
			const first = await runNode(options('delete', changes));

			expect(first.json[0]).toMatchObject({ outcome: 'deleted' });
			expect((await second)?.json[0]).toMatchObject({ outcome: 'notFound', attempts: 1 });
			expect(urls().filter((url) => url.endsWith('/call_1'))).toHaveLength(2);
		});

		test.each(['continueRegularOutput', 'stopWorkflow'] as const)(
			'ends with the last try: the same node in a loop asks again, under %s',
			async (onError) => {
				const refusal = { kind: 'status', status: 403 } as const;
				const isForSecond = ({ url }: { url: string }) => url.endsWith('/call_2');
				sandbox.faults.add({ fault: refusal, when: isForSecond });
				const loop = { ...changes, onError, executionId: `loop under ${onError}` };
				await runNode(options('delete', loop));
				const { json, error } = await runNode(options('delete', loop));

				const again = (error?.context?.receipts as IDataObject[] | undefined) ?? json;
				expect(again[0]).toMatchObject({ outcome: 'notFound', attempts: 1 });
				expect(urls().filter((url) => url.endsWith('/call_2'))).toHaveLength(2);
			},
		);

		test('is of one node: another one of the same execution asks for itself', async () => {
			const executionId = 'one execution with two nodes';
			const waiting = { ...changes, executionId, waitBetweenTries: 1500 };
			const run = async (nodeId: string) =>
				await runNode(options('delete', { ...waiting, nodeId }));
			let second: ReturnType<typeof runNode> | undefined;
			afterTheFirstTry(() => {
				// While the first node waits for its second try.
				second = sleep(500).then(async () => await run('second'));
			});
			const first = await run('first');

			expect(first.json[0]).toMatchObject({ outcome: 'deleted' });
			expect((await second)?.json[0]).toMatchObject({ outcome: 'notFound', attempts: 1 });
			expect(urls().filter((url) => url.endsWith('/call_1'))).toHaveLength(2);
		});
	});
});
