import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';

import { EraseInBulk, type BulkRequest } from '../../../scripts/queueMode/eraseInBulk';
import type { Stage } from '../n8n';
import { keyHeader } from './published';
import { refuse } from './sideBySide';

const table = 'erase-in-bulk';

const finishDeadlineMs = 60_000;

/** In one process, with SQLite: test/queue runs the same in queue mode, with PostgreSQL. */
export function testEraseInBulk(stage: () => Stage): void {
	let bulk: EraseInBulk;
	beforeAll(async () => {
		const { n8n, sandbox } = stage();
		await n8n.api.deleteDataTable(table);
		bulk = await EraseInBulk.publish(n8n.api, sandbox);
	}, 60_000);
	afterAll(async () => {
		await stage().n8n.api.deleteWorkflow(bulk.workflowId);
		await stage().n8n.api.deleteDataTable(table);
	}, 60_000);
	beforeEach(() => {
		const { sandbox } = stage();
		sandbox.forget();
		sandbox.flyflow.fill(40);
		sandbox.creovai.fill(5);
	});

	/** The IDs that were sent to be deleted at Flyflow, each as often as it was sent. */
	const sent = () =>
		stage()
			.sandbox.requestsTo('flyflow')
			.filter(({ method }) => method === 'DELETE')
			.map(({ url }) => url.replace('/v1/call/', ''))
			.sort();

	const outcomes = async (requestId: string) => {
		const { receipts } = await bulk.untilFinished(requestId, finishDeadlineMs);
		return receipts.map(({ id, outcome }) => `${id} ${outcome}`);
	};

	test('takes one of ten requests that come at the same moment under one ID, with other IDs each', async () => {
		const requests = Array.from({ length: 10 }, (_, index) => ({
			requestId: 'twice',
			flyflowCallIds: [`call_${index + 11}`, 'call_10'],
		}));
		const answers = await Promise.allSettled(requests.map(async (one) => await bulk.send(one)));
		const taken = requests.filter((_, index) => answers[index]?.status === 'fulfilled');

		expect(taken).toHaveLength(1);
		for (const answer of answers) {
			if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ status: 409 });
		}
		const [winner] = taken;
		expect(await outcomes('twice')).toEqual(winner?.flyflowCallIds.map((id) => `${id} deleted`));
		expect(sent()).toEqual([...winner!.flyflowCallIds].sort());
		expect(await bulk.send(winner!)).toMatchObject({ known: true });
	}, 90_000);

	test('sends each ID once where equal requests come at the same moment', async () => {
		const request = { requestId: 'equal', flyflowCallIds: ['call_31', 'call_32'] };
		const answers = await Promise.all(
			Array.from({ length: 8 }, async () => await bulk.send(request)),
		);

		expect(answers.filter(({ known }) => !known)).toHaveLength(1);
		expect(await outcomes('equal')).toEqual(['call_31 deleted', 'call_32 deleted']);
		expect(sent()).toEqual(request.flyflowCallIds);
	}, 90_000);

	test.each<[unknown, string]>([
		[7, 'requestId has to be text'],
		[' r1 ', 'requestId begins or ends with a space'],
		['a\u0000b', 'requestId holds a character that cannot be seen'],
		['r'.repeat(1_000_000), 'requestId has 1000000 characters'],
	])('turns down a requestId that it could not report: %#', async (requestId, message) => {
		const request = { requestId, flyflowCallIds: ['call_1'] } as BulkRequest;
		await expect(bulk.send(request)).rejects.toThrow(
			`The webhook answered 400: {"message":"${message}`,
		);
		expect(stage().sandbox.requests).toEqual([]);
	});

	test.each([
		['flyflow', /DELETE .*flyflow/, ['call_1 refused', 'call_2 refused', 'c000001 accepted']],
		['creovai', /creovai.*purge/, ['call_1 deleted', 'call_2 deleted', 'c000001 refused']],
	])(
		'goes on with the other vendor where %s fails',
		async (vendor, requests, expected) => {
			refuse(stage().sandbox, requests);
			const flyflowCallIds = ['call_1', 'call_2'];
			await bulk.send({
				requestId: `${vendor} fails`,
				flyflowCallIds,
				creovaiCallIds: ['c000001'],
			});
			expect(await outcomes(`${vendor} fails`)).toEqual(expected);
		},
		90_000,
	);

	test('starts a chunk whatever else stands in the call that starts it', async () => {
		const call = { vendor: 'flyflow', chunksAtOnce: 'many' };
		const { api } = stage().n8n;
		await expect(api.callWebhook('erase-in-bulk-chunk', call, keyHeader)).resolves.toBeDefined();
		await bulk.send({ requestId: 'after', flyflowCallIds: ['call_3'] });
		expect(await outcomes('after')).toEqual(['call_3 deleted']);
	}, 90_000);
}
