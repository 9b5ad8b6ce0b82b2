import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';

import { EraseInBulk, type BulkRequest } from '../../../scripts/queueMode/eraseInBulk';
import type { Stage } from '../n8n';
import {
	brokenIssuer,
	certificatesOf,
	disclosuresOf,
	forgetCertificates,
	verified,
} from './certificates';
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
		await forgetCertificates(stage());
		bulk = await EraseInBulk.publish(n8n.api, sandbox);
	}, 60_000);
	afterAll(async () => {
		await stage().n8n.api.deleteWorkflow(bulk.workflowId);
		await stage().n8n.api.deleteDataTable(table);
		await forgetCertificates(stage());
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

	test('ends with one certificate, if asked for it, that others verify, with its disclosures elsewhere', async () => {
		const requestId = 'DSR-2026-0017';
		await bulk.send({
			requestId,
			flyflowCallIds: ['call_4', 'call_5'],
			creovaiCallIds: ['c000002'],
		});
		await bulk.untilFinished(requestId, finishDeadlineMs);
		expect(await certificatesOf(stage())).toEqual([]);

		const report = await bulk.reportWithCertificate(requestId);
		expect(report.receipts).toHaveLength(3);
		expect(report).not.toHaveProperty('certificateProblem');
		const [issued, ...others] = report.certificates ?? [];
		expect(others).toEqual([]);
		const disclosures = await disclosuresOf(stage());
		const { signed, records } = verified(issued!.certificate, disclosures);
		expect(signed).toMatchObject({
			jti: issued?.jti,
			erasure: {
				request: { reference: requestId },
				counts: { records: 3, deleted: 2, accepted: 1 },
			},
		});
		expect(records).toHaveLength(3);

		// Asked for again, it is the same one.
		expect((await bulk.reportWithCertificate(requestId)).certificates).toEqual([issued]);
		const kept = await certificatesOf(stage());
		expect(kept).toMatchObject([{ reference: requestId, state: 'open', jti: issued?.jti }]);
		const open = issued!.certificate.split('.').map((part) => Buffer.from(part, 'base64url'));
		const elsewhere = JSON.stringify([kept, open.map(String)]);
		expect(elsewhere).not.toMatch(/call_\d|c0000/);
		for (const { disclosure } of disclosures) {
			expect(elsewhere + JSON.stringify(report)).not.toContain(disclosure);
		}
	}, 90_000);

	test('reports all receipts where no certificate can be made, and says why', async () => {
		const phone = 'for +15125551002';
		await bulk.send({ requestId: phone, flyflowCallIds: ['call_6'] });
		expect(await outcomes(phone)).toEqual(['call_6 deleted']);
		const unfit = await bulk.reportWithCertificate(phone);
		expect(unfit.receipts).toHaveLength(1);
		expect(unfit.certificateProblem).toMatch(
			/^No certificate was made: requestId has to be 1 to 64/,
		);

		await bulk.remove();
		const { n8n, sandbox } = stage();
		bulk = await EraseInBulk.publish(n8n.api, sandbox, undefined, brokenIssuer);
		await bulk.send({ requestId: 'no-key', flyflowCallIds: ['call_7'] });
		expect(await outcomes('no-key')).toEqual(['call_7 deleted']);
		const broken = await bulk.reportWithCertificate('no-key');
		expect(broken).toMatchObject({ finished: true, certificates: [] });
		expect(broken.receipts).toHaveLength(1);
		expect(broken.certificateProblem).toContain('Private Key in the credentials');
		const rows = await certificatesOf(stage());
		expect(rows.filter(({ state }) => state === 'notIssued')).toHaveLength(2);
		expect(JSON.stringify(rows)).not.toContain('5125551002');
	}, 90_000);
}
