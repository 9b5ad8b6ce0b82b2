import { describe, expect, test } from '@jest/globals';
import type { IExecuteFunctions, WorkflowExecuteMode } from 'n8n-workflow';

import { Progress, sayCancelled } from '../../nodes/shared/deletion/progress';

/** As much of n8n as Progress talks to, and what it was told. */
function listen(mode: WorkflowExecuteMode) {
	const editor: unknown[] = [];
	const log: unknown[] = [];
	const context = {
		getNode: () => ({ name: 'Delete calls' }),
		getMode: () => mode,
		getExecutionId: () => '17',
		sendMessageToUI: (message: unknown) => editor.push(message),
		logger: { info: (message: string, metadata: object) => log.push([message, metadata]) },
	} as unknown as IExecuteFunctions;
	let now = 1000;
	const clock = {
		now: () => now,
		random: () => 0,
		sleep: async () => await Promise.resolve(),
	};
	const wait = (ms: number) => {
		now += ms;
	};
	return { context, progress: new Progress(context, 'Flyflow', clock), wait, editor, log };
}

/** A run of ten targets, one a second. */
function work({ progress, wait }: ReturnType<typeof listen>): void {
	const watcher = progress.begin('Settled', 'calls');
	watcher.begun(10);
	for (let done = 0; done < 10; done += 1) {
		wait(1000);
		watcher.settled(1);
	}
}

describe('A long run', () => {
	test('says every five seconds how far it is: in production in the log', () => {
		const run = listen('webhook');
		work(run);
		expect(run.log).toEqual([
			['Delete calls: Settled 5 of 10 calls in 5 s', { executionId: '17' }],
			['Delete calls: Settled 10 of 10 calls in 10 s', { executionId: '17' }],
		]);
		expect(run.editor).toEqual([]);
	});

	test('in a test run in the editor', () => {
		const run = listen('manual');
		work(run);
		expect(run.editor).toEqual(['Settled 5 of 10 calls in 5 s', 'Settled 10 of 10 calls in 10 s']);
		expect(run.log).toEqual([]);
	});

	test('says so too while the vendor only pushes back', () => {
		const run = listen('manual');
		const watcher = run.progress.begin('Settled', 'calls');
		watcher.begun(10);
		watcher.pushedBack();
		run.wait(5000);
		watcher.pushedBack();
		expect(run.editor).toEqual(['Settled 0 of 10 calls in 5 s; Flyflow pushed back 2 requests']);
	});

	test('ends with what came of it', () => {
		const run = listen('webhook');
		work(run);
		run.progress.end('10 calls: 10 deleted.');
		expect(run.log.slice(2)).toEqual([
			['Delete calls: 10 calls: 10 deleted.', { executionId: '17' }],
		]);
	});

	test('counts push-backs and time over all of its parts', () => {
		const run = listen('webhook');
		run.progress.begin('Looked up', 'calls').pushedBack();
		run.wait(700);
		run.progress.begin('Settled', 'calls').pushedBack();
		expect(run.progress.effort).toEqual({ elapsedMs: 700, pushBacks: 2, vendorName: 'Flyflow' });
	});
});

test('a short run says nothing', () => {
	const run = listen('webhook');
	const watcher = run.progress.begin('Settled', 'calls');
	watcher.begun(1);
	run.wait(4999);
	watcher.settled(1);
	run.progress.end('1 call: 1 deleted.');
	expect([...run.log, ...run.editor]).toEqual([]);
});

test('a cancelled run says at once what was done, because n8n may keep no output of it', () => {
	const run = listen('webhook');
	sayCancelled(run.context, '2 calls: 1 deleted, 1 skipped.');
	expect(run.log).toEqual([
		[
			'Delete calls: Cancelled. 2 calls: 1 deleted, 1 skipped. n8n may keep no output of a node that is cancelled: run it again with the same input to get a receipt for each',
			{ executionId: '17' },
		],
	]);
});
