import { beforeAll, expect, test } from '@jest/globals';

import { certificateIssuer } from '../../sandbox/accounts';
import type { StoredCredential } from '../../scripts/n8n/n8nApi';
import { phoneNumber, yes } from '../server/examples/customer';
import { changes } from '../server/examples/published';
import { withRequests, type TakingRequests } from '../server/examples/takeRequestsStage';
import { approver, type Stage } from '../server/n8n';
import { secret } from '../unit/requests/senders';
import type { QueueStage } from './queueStage';

/** The example "Take erasure requests" at two workers and PostgreSQL. */
export function testTakeRequests(stage: () => QueueStage): void {
	let credentials: StoredCredential[];
	beforeAll(async () => {
		const { api } = stage().topology;
		credentials = [
			await api.createCredential('httpBasicAuth', approver),
			await api.createCredential('erasureCertificateKeyApi', certificateIssuer),
			await api.createCredential('erasureRequestSecretApi', { sender: 'shop', secret }),
		];
	}, 60_000);

	/** As much of a stage as a copy of an example takes. */
	const withExample = async (work: (taking: TakingRequests) => Promise<void>) => {
		const { sandbox, topology } = stage();
		const { api } = topology;
		await withRequests({ sandbox, n8n: { api }, credentials } as unknown as Stage, work);
	};

	test('takes and erases once what comes ten times in one moment', async () => {
		await withExample(async (taking) => {
			const data = { requestId: 'ten', records: { flyflow: ['call_3'] } };
			const ten = Array.from({ length: 10 }, async () => await taking.send(data));
			const answers = (await Promise.all(ten)).map(({ status }) => status);
			expect(answers.sort()).toEqual([...Array<number>(9).fill(200), 202]);
			await taking.decide('ten', yes);
			await taking.untilState('ten', 'deleted');
			expect(changes(taking.copy.stage)).toEqual(['flyflow DELETE /v1/call/call_3']);
			expect(await taking.untilTold('ten')).toEqual([{ status: 'completed', result: 'deleted' }]);
		});
	}, 180_000);

	test('finishes what a worker that died after the answer has left, and keeps nothing secret', async () => {
		await withExample(async (taking) => {
			const { copy } = taking;
			const { topology } = stage();
			copy.sandbox.latency = 20_000;
			const identities = [{ type: 'phone', value: phoneNumber }];
			const answer = await taking.send({ requestId: 'worker-died', identities });
			expect(answer.status).toBe(202);
			await Promise.all(topology.workers.splice(0).map(async (worker) => await worker.crash()));
			await Promise.all([topology.addWorker(), topology.addWorker()]);
			copy.sandbox.latency = 0;
			await taking.changeRow('worker-died', { due: 1 });
			await Promise.all([taking.takeUp(), taking.takeUp()]);
			await taking.decide('worker-died', yes);
			await taking.untilState('worker-died', 'accepted');
			expect(copy.gone()).toHaveLength(6);
			const sent = changes(copy.stage);
			expect(sent).toEqual([...new Set(sent)]);
			expect(await taking.untilTold('worker-died')).toEqual([{ status: 'in_progress' }]);
			await expectNothingSecret(taking);
		});
	}, 300_000);

	async function expectNothingSecret({ sent }: TakingRequests): Promise<void> {
		const { postgres } = stage().topology;
		// A database that was given by its address is not ours to read out.
		if (postgres === undefined) return;
		const { rawHeaders, body } = sent.at(-1)!;
		const [signature = ''] = rawHeaders.slice(-1);
		const hidden = [
			secret.slice('whsec_'.length),
			signature.slice('v1,'.length),
			'webhook-signature',
			'?request=',
			JSON.stringify(body).slice(1, -1),
		];
		const stored = await postgres.storedOf(['worker-died', ...hidden]);
		expect([...stored]).toEqual(['worker-died']);
	}
}
