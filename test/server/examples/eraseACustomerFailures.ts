import { beforeAll, expect, test } from '@jest/globals';

import { approver, type Stage } from '../n8n';
import { answers, fill, flows, name, ownRecords, phoneNumber, yes, type Due } from './customer';
import { certificateTable, type CertificateRow } from './certificates';
import { submitForm } from './form';
import { keyHeader } from './published';
import { inShort, recheckRows, settledAt } from './recheckedRows';
import { allAtOnce, deactivate, refuse, withCopy, type ReceiptRow } from './sideBySide';

const example = 'erase-a-customer';

interface Failure {
	readonly what: string;
	readonly vendor: string;
	readonly step: 'search' | 'preview' | 'deletion';
	/** What the vendor refuses. */
	readonly requests?: RegExp;
	/** The node that is deactivated. */
	readonly deactivated?: string;
}

const steps: ReadonlyArray<Omit<Failure, 'what'>> = [
	{ vendor: 'creovai', step: 'search', requests: /creovai.*whatIf=true$/ },
	{ vendor: 'creovai', step: 'deletion', requests: /creovai.*\/purge\/v1\/calls$/ },
	{ vendor: 'flyflow', step: 'search', requests: /GET .*flyflow\/v1\/calls/ },
	{ vendor: 'flyflow', step: 'preview', requests: /GET .*flyflow\/v1\/call\?id=call_2$/ },
	{ vendor: 'flyflow', step: 'deletion', requests: /DELETE .*flyflow/ },
	{ vendor: 'happyRobot', step: 'search', requests: /GET .*happyRobot\/api\/v1\/calls\?/ },
	{ vendor: 'happyRobot', step: 'preview', requests: /GET .*happyRobot\/api\/v1\/calls\/\w/ },
	{ vendor: 'happyRobot', step: 'deletion', requests: /DELETE .*happyRobot/ },
	{ vendor: 'kaleyra', step: 'preview', requests: /GET .*kaleyra/ },
	{ vendor: 'kaleyra', step: 'deletion', requests: /DELETE .*kaleyra/ },
	{ vendor: 'verba', step: 'search', requests: /verba.*SearchCalls/i },
	{ vendor: 'verba', step: 'preview', requests: /verba.*GetCallInfo/i },
	{ vendor: 'verba', step: 'deletion', requests: /verba.*DeleteCall/i },
	{ vendor: 'creovai', step: 'search', deactivated: 'Preview at Creovai' },
	{ vendor: 'flyflow', step: 'search', deactivated: 'Find at Flyflow' },
	{ vendor: 'happyRobot', step: 'preview', deactivated: 'Preview at HappyRobot' },
	{ vendor: 'verba', step: 'deletion', deactivated: 'Delete at Verba' },
];

const failures: readonly Failure[] = steps.map((one) => ({
	...one,
	what: `${one.vendor}, ${one.step}${one.deactivated === undefined ? '' : ', deactivated'}`,
}));

/** Each vendor fails at each step, side by side. */
export function testEraseACustomerFailures(stage: () => Stage): void {
	let ended: (what: string) => Promise<{
		rows: ReceiptRow[];
		gone: string[];
		answer: string;
		certificate: string | undefined;
		rechecked: Awaited<ReturnType<typeof recheckRows>>;
	}>;
	beforeAll(async () => {
		const run = async (failure: Failure) =>
			await withCopy(
				stage(),
				example,
				(sandbox) => {
					fill(sandbox);
					if (failure.requests !== undefined) refuse(sandbox, failure.requests);
				},
				async ({ stage: own, table, tableOf, pathOf, rows: kept, gone }) => {
					const request = { requestId: 'first', phoneNumber, kaleyraFlowIds: flows };
					const path = pathOf('erase-customer');
					const due = await stage().n8n.api.callWebhook<Due>(path, request, keyHeader);
					const { text } = await submitForm(due.approveAt, answers(yes), approver);
					const certificates = await stage().n8n.api.dataTableRows(tableOf(certificateTable));
					const [{ certificate } = {}] = certificates as unknown as CertificateRow[];
					const found = { rows: await kept(), gone: gone(), answer: text, certificate };
					return { ...found, rechecked: await recheckRows(own, table) };
				},
				(copy) => {
					if (failure.deactivated !== undefined) deactivate(copy, failure.deactivated);
				},
			);
		ended = await allAtOnce(failures, run);
	}, 240_000);

	test.each(failures)('the other vendors go on: $what', async (failure) => {
		const others = ownRecords.filter((record) => !record.startsWith(failure.vendor));
		expect((await ended(failure.what)).gone.sort()).toEqual([...others].sort());
	});

	test.each(failures)(
		'what was deleted has its row, and so has what was not: $what',
		async (failure) => {
			const { rows: kept, gone, answer } = await ended(failure.what);
			const erased = kept.filter(({ outcome }) => ['deleted', 'accepted'].includes(outcome));
			const named = erased.map(
				({ vendor, target }) => `${vendor} ${/: ([^,]+)/.exec(target)?.[1]}`,
			);
			expect(named.sort()).toEqual(gone.sort());

			const others = kept.filter((row) => !erased.includes(row));
			const own = ownRecords.filter((record) => record.startsWith(failure.vendor));
			expect(others).toHaveLength(failure.step === 'search' ? 1 : own.length);
			for (const { vendor, outcome, reason } of others) {
				expect(vendor).toBe(failure.vendor);
				expect(['failed', 'refused', 'skipped', 'unknown']).toContain(outcome);
				expect(reason).not.toBe('');
				expect(answer).toContain(`<td>${outcome}</td>`);
			}
			expect(new Set(kept.map(({ approvedBy }) => approvedBy))).toEqual(new Set([name]));
		},
	);

	test.each(failures)('the certificate counts what is not erased: $what', async ({ what }) => {
		const { rows: kept, certificate = '' } = await ended(what);
		const payload = Buffer.from(certificate.split('.')[1] ?? '', 'base64url').toString();
		const { erasure } = JSON.parse(payload) as { erasure: Record<string, unknown> };
		const counts = new Map<string, number>();
		for (const { outcome } of kept) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
		expect(erasure.state).toBe('open');
		expect(erasure.counts).toEqual({ records: kept.length, ...Object.fromEntries(counts) });
	});

	test.each(failures)('Recheck takes every row for a receipt: $what', async ({ what }) => {
		const { rechecked, rows: kept, gone } = await ended(what);
		expect(rechecked.after).toHaveLength(kept.length);
		const settled = rechecked.after.filter((row) => row.deleted);
		expect(settled).toHaveLength(gone.length);
		expect(inShort(settled)).toEqual(settled.map(({ vendor }) => settledAt(vendor)));
		expect(new Set(kept.map(({ reference }) => reference))).toEqual(new Set(['first']));
	});
}
