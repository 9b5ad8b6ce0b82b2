import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { issue } from '../../erasure/certificate/issue';
import { isUsable, readSigningKey } from '../../erasure/certificate/key';
import { entriesOf, oneForEachRecord } from '../../erasure/certificate/records';
import { readReceipt } from '../../erasure/receiptReader';
import type { Receipt } from '../../erasure/receipt';
import { recordKinds } from '../../nodes/ErasureCertificate/knownVendors';
import { certificateIssuer, sandboxAccounts } from '../../sandbox/accounts';
import {
	certificateTable,
	disclosureTable,
	verified,
	type CertificateRow,
	type DisclosureRow,
} from '../server/examples/certificates';
import {
	createTable,
	store,
	storedReceipts,
	whenAsked,
	type StoredReceipt,
} from '../server/examples/followUpStage';
import { nodeOf, receiptTable, type Example } from '../server/examples/published';
import { exampleWorkflow } from '../server/n8n';
import type { QueueStage } from './queueStage';
import { askEveryMs, until } from './waiting';

const reference = 'followed-up';

const calls = 60;

/** How many the example looks at before it stores what it knows: fewer than by itself. */
const batch = 50;

const day = 86_400_000;

/** Real Redis and PostgreSQL: a worker dies in the middle, and the next run finishes. */
export function testFollowUp(stage: () => QueueStage): void {
	let workflowId: string;
	beforeAll(async () => {
		const { sandbox, topology } = stage();
		const { api } = topology;
		const accounts = {
			...sandboxAccounts(sandbox),
			erasureCertificateKeyApi: certificateIssuer,
		};
		const credentials = await Promise.all(
			Object.entries(accounts).map(async ([type, data]) => await api.createCredential(type, data)),
		);
		const example = exampleWorkflow('follow-up') as Example;
		whenAsked(example);
		nodeOf(example, 'In batches').parameters.batchSize = batch;
		// The caller does not wait for a worker that may die.
		nodeOf(example, 'Every night').parameters.responseMode = 'onReceived';
		workflowId = await api.publishWorkflow(example, credentials);
	}, 120_000);
	afterAll(async () => {
		stage().sandbox.creovai.purgeMs = 0;
		await stage().topology.api.deleteWorkflow(workflowId);
	});

	const start = async () => await stage().topology.api.callWebhook('start', {});
	const tableOf = async <Row>(name: string) =>
		(await stage().topology.api.dataTableRows(name)) as unknown as Row[];
	const settled = (rows: readonly StoredReceipt[]) =>
		rows.filter(({ outcome, evidence }) => outcome === 'deleted' && evidence === 'rechecked');

	test('is finished by the next run where a worker dies in the middle, and amends once', async () => {
		const { sandbox, topology, bulk } = stage();
		sandbox.creovai.fill(calls);
		sandbox.creovai.purgeMs = day;
		const creovaiCallIds = sandbox.creovai.records().map(({ id }) => id);
		await bulk.send({ requestId: reference, creovaiCallIds });
		const { receipts } = await bulk.untilFinished(reference, 120_000);
		await store(topology.api, receipts, (row) => ({ ...row, reference }));
		await storeCertificate(receipts);
		sandbox.creovai.purgeMs = 0;
		sandbox.forget();

		const looks = () => sandbox.requests.filter(({ url }) => url === '/callCapture/v1/status');
		await start();
		await until(() => looks().length === 1, 'The first batch is looked at');
		sandbox.latency = 3000;
		await until(() => looks().length === 2, 'The rest is being looked at');
		await Promise.all(topology.workers.splice(0).map(async (worker) => await worker.crash()));
		sandbox.latency = 0;
		await Promise.all([topology.addWorker(), topology.addWorker()]);

		const between = await storedReceipts(topology.api);
		expect(between).toHaveLength(calls);
		expect(settled(between)).toHaveLength(batch);
		const openStill = await tableOf<CertificateRow>(certificateTable);
		expect(openStill.map(({ state }) => state)).toEqual(['open']);

		await start();
		await until(
			async () => (await tableOf<CertificateRow>(certificateTable))[0]?.state === 'amended',
			'The certificate is amended',
			askEveryMs,
		);
		const [first, second, ...others] = await tableOf<CertificateRow>(certificateTable);
		expect([first?.state, second?.state, others]).toEqual(['amended', 'final', []]);
		const disclosures = await tableOf<DisclosureRow>(disclosureTable);
		const own = disclosures.filter(({ jti }) => jti === second?.jti);
		expect(verified(second!.certificate, own).signed).toMatchObject({
			erasure: {
				state: 'final',
				amends: { jti: first?.jti },
				total: { records: calls, deleted: calls },
			},
		});
		expect(own).toHaveLength(calls);
		const rows = await storedReceipts(topology.api);
		expect([rows.length, settled(rows).length]).toEqual([calls, calls]);
		await topology.api.deleteDataTable(receiptTable);
	}, 400_000);

	/** As an example that ends with a certificate stores it. */
	async function storeCertificate(receipts: readonly Receipt[]): Promise<void> {
		const { api } = stage().topology;
		const key = readSigningKey(certificateIssuer.privateKey);
		if (!isUsable(key)) throw new Error(key.complaint);
		const given = receipts.map((json, itemIndex) => {
			const check = readReceipt(json);
			if (!check.valid) throw new Error(check.problem);
			return { receipt: check.receipt, place: `in item ${itemIndex}`, itemIndex };
		});
		const entries = entriesOf(oneForEachRecord(given, recordKinds), recordKinds);
		const made = { package: 'n8n-nodes-call-erasure', version: '0.1.0', execution: '1' };
		const [certificate] = issue(
			{
				issuer: certificateIssuer.issuer,
				key,
				issuedAt: new Date(),
				reference,
				notCovered: ['Backups'],
				made,
			},
			entries,
		);
		const { jti, erasure } = certificate!.payload;
		await createTable(api, 'Table of certificates');
		await createTable(api, 'Table of disclosures');
		const row = { reference, jti, issuedAt: new Date().toISOString(), state: erasure.state };
		await api.insertDataTableRows(certificateTable, [
			{ ...row, certificate: certificate!.text, reason: '' },
		]);
		const disclosures = certificate!.records.map(({ disclosure }) => ({
			jti,
			digest: disclosure.digest,
			disclosure: disclosure.text,
		}));
		await api.insertDataTableRows(disclosureTable, disclosures);
	}
}
