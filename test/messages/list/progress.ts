import type { IExecuteFunctions } from 'n8n-workflow';

import { Progress, sayCancelled } from '../../../nodes/shared/deletion/progress';
import type { Listed } from '../listed';
import type { Met } from '../stage';

const counted = 'it tells how far the run is';

/** What a run says that has lasted for some seconds, at a clock that does not make the test wait. */
async function said(work: (progress: Progress, context: IExecuteFunctions) => void): Promise<Met> {
	let now = 0;
	let text = '';
	const context = {
		getMode: () => 'manual',
		getNode: () => ({ name: 'Flyflow' }),
		sendMessageToUI: (message: string) => (text = message),
	} as unknown as IExecuteFunctions;
	const clock = {
		now: () => now,
		random: () => 0,
		sleep: async () => await Promise.resolve(),
	};
	const progress = new Progress(context, 'Flyflow', clock);
	now = 65_000;
	work(progress, context);
	return await Promise.resolve({ text });
}

function soFar(done: string): Listed {
	return {
		text: `${done} 1 of 2 calls in 1 min 5 s`,
		because: counted,
		meet: async () =>
			await said((progress) => {
				const watcher = progress.begin(done, 'calls');
				watcher.begun(2);
				watcher.settled(1);
			}),
	};
}

/** What a long run says of itself, in the browser's console or in n8n's log. */
export const progress: readonly Listed[] = [
	...['Looked up', 'Previewed', 'Rechecked', 'Seen purged', 'Settled'].map(soFar),
	{
		text: 'Cancelled. 2 calls: 1 deleted, 1 skipped. n8n may keep no output of a node that is cancelled: run it again with the same input to get a receipt for each',
		wayOut: 'run it again with the same input to get a receipt for each',
		meet: async () =>
			await said((_, context) => sayCancelled(context, '2 calls: 1 deleted, 1 skipped.')),
	},
	{
		text: '1 call: 1 deleted. Took ‹time›; Flyflow pushed back 1 request.',
		because: counted,
		meet: async (stage) => {
			stage.fails({ kind: 'status', status: 429 }, 'DELETE', 1);
			const call = { resource: 'call', operation: 'delete', callId: 'call_1' };
			return await stage.hint('flyflow', call);
		},
	},
];
