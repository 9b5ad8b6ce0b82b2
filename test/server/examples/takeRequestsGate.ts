import { expect } from '@jest/globals';

import { nodeOf } from './published';
import { deactivate } from './sideBySide';
import { until, untilFailed, type RequestCase, type TakingRequests } from './takeRequestsStage';

const named = (requestId: string, callId = 'call_3') => ({
	...{ requestId, records: { flyflow: [callId] } },
});

/** Sends what cannot be taken on, several times and in two bodies. */
async function expectNothingTaken(taking: TakingRequests, message: RegExp): Promise<void> {
	for (const callId of ['call_3', 'call_3', 'call_4']) {
		const { status, json } = await taking.send(named('lost', callId));
		expect([status, json]).toEqual([500, { message: 'Error in workflow' }]);
	}
	expect(await taking.rows()).toEqual([]);
	expect(await taking.holders()).toEqual([]);
	await untilFailed(taking, message);
}

/** Who is let in, and who is not answered as if: the gate and the table of requests. */
export const gateCases: Readonly<Record<string, RequestCase>> = {
	'that comes again keeps no other out': {
		run: async (taking) => {
			const statuses: number[] = [];
			const sendNext = async (data: object) => {
				statuses.push((await taking.send(data)).status);
				expect(await taking.holders()).toEqual([]);
			};
			await sendNext(named('first'));
			await sendNext(named('first'));
			await sendNext(named('second'));
			await sendNext(named('first', 'call_4'));
			await sendNext(named('third'));
			expect(statuses).toEqual([202, 200, 202, 409, 202]);
		},
	},

	'is not taken on where nobody can see what is stored': {
		change: (example) => deactivate(example, 'Rows and gates'),
		run: async (taking) =>
			await expectNothingTaken(taking, /the node "Rows and gates" is deactivated/),
	},

	'is not taken on where nobody says what is known': {
		change: (example) => deactivate(example, 'What is known'),
		run: async (taking) =>
			await expectNothingTaken(taking, /the node "What is known", "Store" or .* is deactivated/),
	},

	'that cannot be stored keeps no other out': {
		change: (example) => {
			const { parameters } = nodeOf(example, 'Store');
			parameters.dataTableId = { __rl: true, mode: 'id', value: 'there-is-none' };
		},
		run: async (taking) => await expectNothingTaken(taking, /^Nothing was taken on: /),
	},

	'of another copy of the workflow is left to it': {
		run: async (taking) => {
			for (const requestId of ['own', 'other']) await taking.send(named(requestId));
			const form = await taking.formOf('other');
			await taking.formOf('own');
			await taking.changeRow('other', { workflow: 'of-another', due: 1, reportAt: 1 });
			await taking.changeRow('own', { due: 2, reportAt: 1 });
			await taking.takeUp();
			await until(async () => (await taking.row('own')).starts === 2, 'Its own is taken up');
			await taking.report();
			await taking.untilTold('own');
			expect(taking.told('other')).toEqual([]);
			const left = { starts: 1, due: 1, reportAt: 1, approveAt: form };
			expect(await taking.row('other')).toMatchObject(left);
		},
	},
};
