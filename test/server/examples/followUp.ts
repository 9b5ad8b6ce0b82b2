import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import type { Stage } from '../n8n';
import {
	brokenIssuer,
	certificatesOf,
	certificateTable,
	disclosuresOf,
	forgetCertificates,
	verified,
} from './certificates';
import { fill } from './customer';
import {
	deactivate,
	eraseCustomer,
	followUp,
	followUpOnce,
	purge,
	store,
	storedReceipts,
	waitBeforeAmending,
	whenAsked,
	type StoredReceipt,
} from './followUpStage';
import { changes, receiptTable, withExample, type Example } from './published';

const example = 'follow-up';

/** Longer than any test takes, in milliseconds. */
const notYet = 86_400_000;

export function testFollowUp(stage: () => Stage): void {
	const forget = async () => {
		await stage().n8n.api.deleteDataTable(receiptTable);
		await forgetCertificates(stage());
	};
	beforeEach(async () => {
		await forget();
		stage().sandbox.forget();
		fill(stage().sandbox);
	});
	afterEach(async () => {
		stage().sandbox.creovai.purgeMs = 0;
		await forget();
	});

	const changeFirst = async (change: Readonly<Record<string, string>>) =>
		await stage().n8n.api.updateDataTableRow(certificateTable, 1, change);

	const outcomesAt = async (vendor: string) =>
		(await storedReceipts(stage().n8n.api))
			.filter((row) => row.vendor === vendor)
			.map(({ outcome, evidence }) => `${outcome} ${evidence}`);

	test('settles what Creovai deletes later, and amends the certificate once', async () => {
		const { sandbox } = stage();
		sandbox.creovai.purgeMs = notYet;
		await eraseCustomer(stage(), 'DSR-2026-0017');
		const before = await storedReceipts(stage().n8n.api);
		expect(await outcomesAt('creovai')).toEqual(['accepted accepted', 'accepted accepted']);
		sandbox.forget();

		const work = async (workflowId: string) => {
			expect(await followUp(stage(), workflowId)).toBeUndefined();
			const early = await storedReceipts(stage().n8n.api);
			expect(early.map(({ outcome }) => outcome)).toEqual(before.map(({ outcome }) => outcome));
			const looked = early.filter(({ recheckedAt }) => recheckedAt !== null);
			expect(looked.map(({ vendor }) => vendor)).toEqual(['creovai', 'creovai']);
			expect((await certificatesOf(stage())).map(({ state }) => state)).toEqual(['open']);

			sandbox.creovai.purgeMs = 0;
			await Promise.all([followUp(stage(), workflowId), followUp(stage(), workflowId)]);
			const executions = await stage().n8n.api.finishedExecutions(workflowId);
			expect(executions.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
			expect(await outcomesAt('creovai')).toEqual(['deleted rechecked', 'deleted rechecked']);
			const [first, second, ...others] = await certificatesOf(stage());
			expect([first?.state, second?.state, others]).toEqual(['amended', 'final', []]);
			const disclosures = await disclosuresOf(stage());
			const of = (jti = '') => disclosures.filter((disclosure) => disclosure.jti === jti);
			const { signed } = verified(first!.certificate, of(first?.jti));
			expect(signed).toMatchObject({ jti: first?.jti, erasure: { state: 'open' } });
			const amended = verified(second!.certificate, of(second?.jti));
			expect(amended.signed).toMatchObject({
				erasure: {
					state: 'final',
					request: { reference: 'DSR-2026-0017' },
					amends: { jti: first?.jti },
					counts: { records: 2, deleted: 2 },
				},
			});
			expect(amended.records).toHaveLength(2);

			// As a run leaves it that died after it had stored the new certificate.
			const held = (since: number) => ({
				state: `amending since ${new Date(since).toISOString()} by execution 1`,
			});
			await changeFirst(held(Date.now()));
			sandbox.forget();
			expect(await followUp(stage(), workflowId)).toBeUndefined();
			expect((await certificatesOf(stage()))[0]?.state).toContain('amending');
			await changeFirst(held(Date.now() - notYet));
			expect(await followUp(stage(), workflowId)).toBeUndefined();
			const states = (await certificatesOf(stage())).map(({ state }) => state);
			expect(states).toEqual(['amended', 'final']);
			expect(sandbox.requests).toEqual([]);
			expect(await disclosuresOf(stage())).toHaveLength(disclosures.length);
		};
		await withExample(stage(), example, work, (copy) => {
			whenAsked(copy);
			waitBeforeAmending(copy);
		});
		expect(changes(stage())).toEqual([]);
	});

	test('leaves what it cannot settle, and tells of it once, with the numbers', async () => {
		const { sandbox } = stage();
		sandbox.creovai.purgeMs = notYet;
		sandbox.creovai.fill(10);
		const ids = sandbox.creovai.records().map(({ id }) => id);
		const changesOf: ReadonlyArray<Readonly<Record<string, unknown>>> = [
			{ reference: 'late', settledAt: new Date(Date.now() - 10.5 * notYet).toISOString() },
			{},
			{ target: 'callId: c000003, sessionId: s0000033' },
			{ account: '0123456789abcdef' },
			{ evidence: '' },
			{ outcome: 'acepted' },
			{ vendor: 'zoom' },
		];
		const receipts = await purge(stage(), ids.slice(0, changesOf.length));
		await store(stage().n8n.api, receipts, (row, index) => ({ ...row, ...changesOf[index] }));
		sandbox.creovai.calls.delete('c000002');
		const stored = await storedReceipts(stage().n8n.api);
		const late = '1 request has been open for more than 7 days: late (10 days: 1 accepted)';
		const odd = '1 row has no outcome that a receipt can have: row 6.';

		const unread = (vendor: string) =>
			`no node has looked at it: the node "Recheck" of ${vendor} is missing, deactivated or cannot read the row`;

		const runOnce = async (change?: (copy: Example) => void) => {
			const told = await followUpOnce(stage(), change);
			return { told, rows: await storedReceipts(stage().n8n.api) };
		};
		const unchanged = (rows: readonly StoredReceipt[]) =>
			rows.map(({ outcome, evidence, settledAt }) => ({ outcome, evidence, settledAt }));

		sandbox.troubles.set(sandbox.creovai, 'down');
		const down = await runOnce();
		expect(unchanged(down.rows)).toEqual(unchanged(stored));
		expect(down.told).toMatch(
			`${late}. 6 receipts were not looked at: row 1, 2, 3: The request was sent, but no reply came from Creovai`,
		);
		sandbox.troubles.clear();

		const deactivated = await runOnce((copy) => deactivate(copy, 'Recheck at Creovai'));
		expect(unchanged(deactivated.rows)).toEqual(unchanged(stored));
		expect(deactivated.told).toContain(late);
		expect(deactivated.told).toContain('6 receipts were not looked at: row ');

		const { told, rows } = await runOnce();
		expect(rows.map(({ outcome, evidence }) => `${outcome} ${evidence}`)).toEqual([
			'accepted accepted',
			'deleted rechecked',
			'notFound rechecked',
			'accepted accepted',
			'accepted ',
			'acepted accepted',
			'accepted accepted',
		]);
		expect(rows.map(({ recheckedAt }) => recheckedAt !== null)).toEqual([
			true,
			true,
			true,
			false,
			false,
			false,
			false,
		]);
		expect(told).toBe(
			`${late}. 3 receipts were not looked at: row 4: the receipt is from another account, or from this one with another key. If it is from this one, switch on the option Receipts of Other Accounts; row 5: ${unread('creovai')}; row 7: ${unread('zoom')}. ${odd}`,
		);
		expect(await certificatesOf(stage())).toEqual([]);
		expect(sandbox.requests.filter(({ url }) => url.startsWith('/purge'))).toHaveLength(1);
	});

	test('leaves a row as another run has left it while this one looked', async () => {
		const { sandbox, n8n } = stage();
		sandbox.creovai.purgeMs = notYet;
		const receipts = await purge(stage(), ['c000001', 'c000002']);
		await store(n8n.api, receipts);
		sandbox.creovai.purgeMs = 0;
		sandbox.latency = 2000;
		sandbox.requests.length = 0;
		const work = async (workflowId: string) => {
			const run = followUp(stage(), workflowId);
			while (!sandbox.requests.some(({ url }) => url === '/callCapture/v1/status')) await sleep(20);
			const change = { reason: 'Another run was here' };
			await n8n.api.updateDataTableRow(receiptTable, 1, change);
			expect(await run).toMatch(/^1 receipt was not looked at: row 1: /);
			const rows = await storedReceipts(n8n.api);
			expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual([
				['accepted', 'Another run was here'],
				['deleted', ''],
			]);
		};
		await withExample(stage(), example, work, whenAsked);
	});

	test('says why a certificate cannot be amended, keeps what is known, and amends it once it can be', async () => {
		const { sandbox, n8n } = stage();
		sandbox.creovai.purgeMs = notYet;
		await eraseCustomer(stage(), 'r-9');
		sandbox.creovai.purgeMs = 0;
		const altered = (await storedReceipts(stage().n8n.api)).find(
			({ vendor }) => vendor === 'creovai',
		)!;
		const target = altered.target.replace('c000002', 'c000003');
		await n8n.api.updateDataTableRow(receiptTable, altered.id, { target });
		const type = 'erasureCertificateKeyApi';
		const broken = await n8n.api.createCredential(type, brokenIssuer, 'Broken key');
		const states = async () =>
			(await certificatesOf(stage())).map(({ state, reason }) => [state, reason]);

		expect(await followUpOnce(stage())).toContain(
			'r-9: 1 of its records are open, and no receipt in the table settles them',
		);
		expect(await outcomesAt('creovai')).toEqual(['notFound rechecked', 'deleted rechecked']);
		await n8n.api.updateDataTableRow(receiptTable, altered.id, { target: altered.target });

		expect(await followUpOnce(stage(), undefined, [broken])).toMatch(
			/^1 certificate could not be amended: r-9: Private Key in the cred/,
		);
		expect(await states()).toEqual([
			['open', expect.stringMatching(/^Not amended: Private Key in the credentials /)],
		]);
		expect(
			await followUpOnce(stage(), (copy) => deactivate(copy, 'Issue a certificate')),
		).toContain('r-9: the node "Issue a certificate" gave none: it is deactivated');

		expect(await followUpOnce(stage())).toBeUndefined();
		expect(await states()).toEqual([
			['amended', ''],
			['final', ''],
		]);
	});

	test('amends each certificate of a request that was sent again', async () => {
		const { sandbox } = stage();
		sandbox.creovai.purgeMs = notYet;
		await eraseCustomer(stage(), 'again');
		await eraseCustomer(stage(), 'again');
		sandbox.creovai.purgeMs = 0;
		expect(await followUpOnce(stage())).toBeUndefined();
		const [first, second, ...later] = await certificatesOf(stage());
		expect([first?.state, second?.state]).toEqual(['amended', 'amended']);
		const disclosures = await disclosuresOf(stage());
		const amended = later.map(({ certificate, jti }) => {
			const own = disclosures.filter((one) => one.jti === jti);
			return verified(certificate, own).signed.erasure;
		});
		expect(amended).toMatchObject([
			{ state: 'final', amends: { jti: first?.jti }, total: { records: 6, deleted: 6 } },
			{ state: 'final', amends: { jti: second?.jti }, total: { records: 2, deleted: 2 } },
		]);
	});

	test('goes through more rows than n8n reads at once, and through none', async () => {
		const { sandbox } = stage();
		sandbox.creovai.purgeMs = notYet;
		sandbox.creovai.fill(60);
		const receipts = await purge(
			stage(),
			sandbox.creovai.records().map(({ id }) => id),
		);
		sandbox.creovai.purgeMs = 0;
		const work = async (workflowId: string) => {
			sandbox.forget();
			expect(await followUp(stage(), workflowId)).toBeUndefined();
			expect(sandbox.requests).toEqual([]);

			await stage().n8n.api.deleteDataTable(receiptTable);
			const [one] = receipts;
			const many = Array.from({ length: 2000 }, (_, index) => receipts[index - 1940] ?? one!);
			await store(stage().n8n.api, many, (row, index) =>
				index < 1940 ? { ...row, vendor: 'zoom' } : row,
			);
			expect(await followUp(stage(), workflowId)).toMatch(
				/^1940 receipts were not looked at: row 1, 2, 3, …: no node has looked at it: [^;]*\.$/,
			);
			const rows = await storedReceipts(stage().n8n.api);
			expect(rows).toHaveLength(2000);
			const settled = rows.filter(({ evidence }) => evidence === 'rechecked');
			expect(settled.map(({ id, outcome }) => [id, outcome])).toEqual(
				receipts.map((_, index) => [1941 + index, 'deleted']),
			);
		};
		await withExample(stage(), example, work, whenAsked);
	}, 120_000);
}
