/* eslint max-lines: "off" -- one workflow with many ways to go; its stage is needed by all of them */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { approver, exampleWorkflow, type Stage } from '../n8n';
import {
	brokenIssuer,
	certificatesOf,
	disclosuresOf,
	forgetCertificates,
	verified,
} from './certificates';
import { role } from './customer';
import { openForm } from './form';
import { decide, uploadList, type Content, type FormPage } from './listForm';
import { inShort, recheckRows, settledAt } from './recheckedRows';
import { changes, nodeOf, receiptTable, withExample, type Example } from './published';
import { deactivate } from './sideBySide';

const yes = 'Delete exactly these, for good';

const no = 'Delete nothing';

type Row = Readonly<Record<'request' | 'target' | 'outcome' | 'reason', string>>;

/** A list of test/server/examples/lists, byte by byte. */
function list(name: string) {
	return { name, content: readFileSync(join(__dirname, 'lists', name)) };
}

/** A spreadsheet as n8n's own library writes it. A cell may be text, a number, a formula or empty. */
function spreadsheet(rows: readonly unknown[][], name = 'list.xlsx') {
	const library = createRequire(join(process.env.N8N_SERVER_FOLDER ?? '', 'package.json'));
	const { utils, write } = library('@e965/xlsx') as {
		readonly utils: { readonly aoa_to_sheet: (rows: readonly unknown[][]) => object };
		readonly write: (book: object, options: object) => Buffer;
	};
	const book = { SheetNames: ['List'], Sheets: { List: utils.aoa_to_sheet(rows) } };
	const bookType = name.split('.').pop();
	return { name, content: write(book, { type: 'buffer', bookType }) };
}

function csv(text: string, name = 'list.csv') {
	return { name, content: Buffer.from(text, 'utf8') };
}

/** The lines of the CSV of receipts: row, ID, outcome. */
function receiptsIn({ download }: FormPage): string[] {
	const [, ...lines] = (download?.text ?? '').trim().split('\r\n');
	return lines.map((line) => line.slice(1, -1).split('","').slice(0, 3).join(' '));
}

export function testDeleteFromAList(stage: () => Stage): void {
	let workflowId: string;
	// Published once: no test changes it.
	beforeAll(async () => {
		const { n8n, credentials } = stage();
		workflowId = await n8n.api.publishWorkflow(exampleWorkflow('delete-from-a-list'), credentials);
	});
	afterAll(async () => await stage().n8n.api.deleteWorkflow(workflowId));
	const forget = async () => {
		await stage().n8n.api.deleteDataTable(receiptTable);
		await forgetCertificates(stage());
	};
	beforeEach(async () => {
		const { sandbox } = stage();
		await forget();
		sandbox.forget();
		for (const vendor of sandbox.vendors) vendor.fill(25);
	});
	afterEach(forget);

	const rows = async () => (await stage().n8n.api.dataTableRows(receiptTable)) as unknown as Row[];
	const upload = async (
		file: { name: string; content: Uint8Array },
		content: Content,
		column?: string,
	) => await uploadList(stage(), file, content, column);
	const calls = (...numbers: number[]) =>
		numbers.map((number) => `flyflow DELETE /v1/call/call_${number}`);

	test('01: reads a byte order mark, semicolons, CRLF, quotes and empty rows, and deletes on a yes', async () => {
		const page = await upload(list('01-bom-semicolon-crlf.csv'), 'flyflow');
		expect(page.text).toContain('Nothing has been deleted yet');
		expect(page.text).toContain('column A ("Call ID"), chosen by its header');
		expect(page.text).toContain('cells separated by semicolons');
		expect(page.text).toContain('3 | would be deleted');
		expect(page.text).not.toContain('What looks wrong');
		expect(page.text).not.toContain('Müller');
		expect(changes(stage())).toEqual([]);

		const end = await decide(page, yes);
		expect(changes(stage())).toEqual(calls(1, 2, 3));
		expect(end.text).toContain('The list is done');
		expect(end.text).toContain('3 | deleted');
		expect(end.download?.name).toMatch(/^erasure-receipts-list-\d+\.csv$/);
		expect(end.download?.text).toMatch(/^\ufeff"row","id","outcome"/);
		expect(receiptsIn(end)).toEqual(['2 call_1 deleted', '3 call_2 deleted', '4 call_3 deleted']);
		expect(
			(await rows()).map(({ request, target, outcome }) => [request, target, outcome]),
		).toEqual(
			[1, 2, 3].map((number) => [
				expect.stringMatching(new RegExp(`^list \\d+, row ${number + 1}$`)),
				`callId: call_${number}`,
				'deleted',
			]),
		);
	});

	test('02 and 03: reads UTF-16 with tabs, and a list without a header', async () => {
		const first = await upload(list('02-utf16le-tab.txt'), 'flyflow');
		expect(first.text).toContain('Read as UTF-16, cells separated by tabs');
		await decide(first, yes);
		expect(changes(stage())).toEqual(calls(4, 5));
		stage().sandbox.forget();

		const second = await upload(list('03-no-header.csv'), 'flyflow');
		expect(second.text).toContain('column A, the only one');
		expect(receiptsIn(await decide(second, yes))).toEqual([
			'1 call_6 deleted',
			'2 call_7 deleted',
			'4 call_8 deleted',
		]);
		expect(changes(stage())).toEqual(calls(6, 7, 8));
	});

	test('04: sends a call once that is in the list twice, and names the row without an ID', async () => {
		const page = await upload(list('04-quoted-and-blank.csv'), 'flyflow');
		expect(page.text).toContain('1 | of these more than once in the list');
		expect(page.text).toMatch(/\n4 \| \| This row has no ID/);
		const end = await decide(page, yes);
		expect(changes(stage())).toEqual(calls(9, 10));
		expect(receiptsIn(end)).toEqual([
			'2 call_9 deleted',
			'3 call_10 deleted',
			'4  failed',
			'5 call_9 deleted',
		]);
		expect(end.download?.text.match(/"true","confirmed","true"/g)).toHaveLength(1);
		expect(end.text).not.toContain('5125551011');
	});

	test('05: sends nothing for numbers that a spreadsheet has spoilt, and keeps leading zeros', async () => {
		const { kaleyra } = stage().sandbox;
		kaleyra.put('0011200000000005', 'DRAFT');
		const page = await upload(list('05-spreadsheet-numbers.csv'), 'kaleyra');
		for (const [row, cell] of [
			[2, '1.12E+15'],
			[4, '1120000000000004.0'],
			[5, '#N/A'],
		]) {
			expect(page.text).toContain(`\n${row} | ${cell} | `);
		}
		expect(page.text).toContain('6 | 0011200000000005');
		await decide(page, yes);
		expect(changes(stage()).map((change) => change.split('/').pop())).toEqual([
			'1120000000000003',
			'0011200000000005',
		]);
	});

	test('06: searches only for phone numbers that can be ones, and shows digits of none', async () => {
		const page = await upload(list('06-phone-notations.csv'), 'customers');
		const searched = stage()
			.sandbox.requestsTo('creovai')
			.filter(({ url }) => url.includes('whatIf=true'))
			.map(({ body }) => (JSON.parse(body) as { phoneNumber: string }).phoneNumber);
		expect(searched).toContain('+15125551001');
		for (const bad of [
			'+44 (0)20 7946 0000',
			'+1512555****',
			'512-555-1006 ext. 7',
			'5125551007.0',
		]) {
			expect(searched).not.toContain(bad);
		}
		for (const row of [7, 8, 9, 10])
			expect(page.text).toMatch(new RegExp(`\n${row} \\| \\(not shown\\) \\| `));
		expect(page.text).not.toMatch(/555|1001|7946/);
		const end = await decide(page, yes);
		expect(stage().sandbox.creovai.calls.has('c000001')).toBe(false);
		expect(receiptsIn(end)[0]).toMatch(/^2 c000001 \/ s000001 .* accepted$/);
		expect(end.text + (end.download?.text ?? '') + JSON.stringify(await rows())).not.toMatch(
			/555-?1|7946/,
		);
	});

	test('07: reads several IDs in a cell, and turns down what is not clearly several', async () => {
		const page = await upload(list('07-several-in-a-cell.csv'), 'flyflow');
		expect(page.text).toContain('\n4 | call_15 / call_16 | ');
		expect(page.text).toContain('\n5 | 71,627,389 | ');
		expect(receiptsIn(await decide(page, yes)).slice(0, 4)).toEqual([
			'2 call_11 deleted',
			'2 call_12 deleted',
			'3 call_13 deleted',
			'3 call_14 deleted',
		]);
		expect(changes(stage())).toEqual(calls(11, 12, 13, 14));
	});

	test('08 and 09: loses no row over a decimal comma, and takes a sum and a footer for no IDs', async () => {
		const first = await upload(list('08-latin1-decimal-comma.csv'), 'flyflow');
		expect(first.text).toContain('Read as Windows-1252');
		await decide(first, yes);
		expect(changes(stage())).toEqual(calls(17, 18));
		stage().sandbox.forget();

		const second = await upload(list('09-footer-and-total.csv'), 'flyflow');
		expect(second.text).toContain('\n4 | Total | This has no digit');
		expect(second.text).toContain('\n6 | Exported 2026-01-31 by report | ');
		expect(second.text).not.toContain('not found');
		await decide(second, yes);
		expect(changes(stage())).toEqual(calls(19, 20));
		const asked = stage().sandbox.requests.map(({ url }) => url);
		expect(asked.filter((url) => /Total|Exported/.test(url))).toEqual([]);
	});

	test('10: says of a web page, and of what else is no list, what it is, and asks no vendor', async () => {
		const said = async (file: { name: string; content: Uint8Array }, column?: string) =>
			(await upload(file, 'flyflow', column)).text;
		expect(await said(list('10-html-as-xls.xls'))).toContain(
			'10-html-as-xls.xls is a web page with the ending of a spreadsheet',
		);
		expect(await said(csv('%PDF-1.7', 'list.csv'))).toContain('is a PDF');
		expect(await said(csv(' \r\n'))).toContain('is empty');
		expect(await said(csv('call_1,2\ncall_2,3'))).toContain('no header: write a letter there');
		expect(await said(csv('Name,City\nA1,B2\n'))).toContain('Its columns: Name, City');
		expect(await said(csv('id\ncall_1\n'), 'Call')).toContain('has no column "Call"');
		expect(await said(csv('id\n"call_1\ncall_2\n'))).toContain('quote that opens in row 2');
		expect(await said(csv('PK\u0003\u0004 nothing', 'list.xlsx'))).toContain(
			'cannot be read as a spreadsheet',
		);
		expect(stage().sandbox.requests).toEqual([]);
		expect(await rows()).toEqual([]);
	});

	describe('XLSX', () => {
		test('is read like a text: header, empty rows, text and numbers, a column that is named', async () => {
			const page = await upload(
				spreadsheet([
					['Name', 'Flow', 'Note'],
					['a', '1120000000000001', ''],
					[],
					['b', 1120000000000002, 'as a number'],
					['c', 1120000000000010, 'of which the last digit is lost'],
					['d', '', ''],
					['e', 1.12e21, ''],
					['f', 4.5, ''],
				]),
				'kaleyra',
				'Flow',
			);
			expect(page.text).toContain('column B ("Flow"), as you said');
			expect(page.text).toContain('2 | would be deleted');
			expect(page.text).toMatch(/\n5 \| 1120000000000010 \| .*more than 15 digits/);
			expect(page.text).toMatch(/\n6 \| \| This row has no ID/);
			expect(page.text).toMatch(/\n7 \| 1.12e\+21 \| /);
			expect(page.text).toMatch(/\n8 \| 4.5 \| .*fraction/);
			expect(receiptsIn(await decide(page, yes)).slice(0, 2)).toEqual([
				'2 1120000000000001 deleted',
				'4 1120000000000002 deleted',
			]);
			expect(changes(stage())).toHaveLength(2);
		});

		test('of the old format, and of LibreOffice, is read as well', async () => {
			for (const [name, id] of [
				['list.xls', 'call_1'],
				['list.ods', 'call_2'],
			] as const) {
				await decide(await upload(spreadsheet([['Call ID'], [id]], name), 'flyflow'), yes);
			}
			expect(changes(stage())).toEqual(calls(1, 2));
		});
	});

	test('deletes at every other vendor, by what the list holds', async () => {
		const { sandbox } = stage();
		const happyRobotId = '64b7f0c20000000000000002';
		const verbaId = 'a8343631-9f35-4a3a-83f0-000000000002';
		for (const [content, id] of [
			['creovai', 'c000002'],
			['sessions', 's000003'],
			['happyRobot', happyRobotId],
			['verba', verbaId],
		] as const) {
			const page = await upload(csv(`id\n${id}\n`), content);
			expect(page.text).toContain(`2 | ${id}`);
			await decide(page, yes);
		}
		expect(sandbox.creovai.calls.has('c000002')).toBe(false);
		expect(sandbox.creovai.calls.has('c000003')).toBe(false);
		expect(sandbox.happyRobot.calls.has(happyRobotId)).toBe(false);
		expect(sandbox.verba.conversations.has(verbaId)).toBe(false);
		expect(sandbox.vendors.map((vendor) => vendor.records().length)).toEqual([25, 23, 25, 24, 24]);
	});

	test('deletes nothing after a no, and nothing the second time, when nothing is there any more', async () => {
		const file = csv('Call ID\ncall_1\ncall_2\n');
		expect((await decide(await upload(file, 'flyflow'), no)).text).toContain('Nothing was deleted');
		expect(changes(stage())).toEqual([]);
		await decide(await upload(file, 'flyflow'), yes);
		stage().sandbox.forget();

		const again = await upload(file, 'flyflow');
		expect(again.text).toContain('2 | not found: gone already, or never there');
		expect(receiptsIn(again)).toEqual(['2 call_1 notFound', '3 call_2 notFound']);
		expect(changes(stage())).toEqual([]);
		expect((await rows()).map(({ outcome }) => outcome)).toEqual([
			'deleted',
			'deleted',
			'notFound',
			'notFound',
		]);
	});

	test('keeps the receipts of each batch at once, those not erased too, also where the table is gone', async () => {
		const { sandbox } = stage();
		sandbox.flyflow.fill(130);
		const file = csv(
			['id', ...Array.from({ length: 130 }, (_, index) => `call_${index + 1}`)].join('\n'),
		);
		const page = await upload(file, 'flyflow');
		expect(page.text).toContain('130 | would be deleted');
		sandbox.faults.add({
			fault: { kind: 'status', status: 403 },
			when: ({ method, url }) => method === 'DELETE' && url.endsWith('/call_120'),
		});
		let seenInTable = 0;
		sandbox.faults.add({
			fault: { kind: 'late', ms: 1500 },
			when: ({ method, url }) => method === 'DELETE' && url.endsWith('/call_130'),
		});
		const watching = (async () => {
			while (sandbox.flyflow.calls.has('call_130'))
				seenInTable = Math.max(seenInTable, (await rows()).length);
		})();
		const end = await decide(page, yes);
		await watching;
		expect(seenInTable).toBe(100);
		expect(end.text).toContain('Not erased: 1 of 130 rows');
		expect(end.text).toMatch(/\n121 \| call_120 \| refused \| /);
		expect(receiptsIn(end)).toHaveLength(130);
		expect(await rows()).toHaveLength(130);

		const next = await upload(csv('id\ncall_120\n'), 'flyflow');
		await stage().n8n.api.deleteDataTable(receiptTable);
		sandbox.faults.clear();
		const last = await decide(next, yes);
		expect(last.text).toContain('could not be written');
		expect(receiptsIn(last)).toEqual(['2 call_120 deleted']);
	}, 60_000);

	test('says which rows a vendor did not answer for, and deletes the others', async () => {
		stage().sandbox.faults.add({
			fault: { kind: 'status', status: 403 },
			when: ({ method, url }) => method === 'GET' && url.endsWith('id=call_2'),
		});
		const page = await upload(csv('id\ncall_1\ncall_2\n=cmd\n'), 'flyflow');
		expect(page.text).toContain('\n3 | call_2 | ');
		const end = await decide(page, yes);
		expect(changes(stage())).toEqual(calls(1));
		expect(receiptsIn(end)[0]).toBe('2 call_1 deleted');
		expect(receiptsIn(end)[1]).toMatch(/^3 call_2 /);

		const again = await upload(csv('id\ncall_1\ncall_3\ncall_3\n'), 'flyflow');
		await decide(again, yes);
		const { after } = await recheckRows(stage(), receiptTable);
		expect(inShort(after)).toEqual([
			// What was not sent comes first.
			...['flyflow refused none', 'flyflow failed none', settledAt('flyflow')],
			'flyflow notFound confirmed',
			...[settledAt('flyflow'), settledAt('flyflow')],
		]);
		expect(after.map(({ duplicate }) => duplicate).lastIndexOf(true)).toBe(5);
		const lists = after.map(({ request }) => request.replace(' ', '-').replace(/,.*/, ''));
		expect(after.map(({ reference }) => reference)).toEqual(lists);
	});

	test('ends with a certificate that others verify, as a page too, with its disclosures elsewhere', async () => {
		stage().sandbox.faults.add({
			fault: { kind: 'status', status: 403 },
			when: ({ method, url }) => method === 'DELETE' && url.endsWith('/call_2'),
		});
		const text = 'id\ncall_1\ncall_2\ncall_1\ncall_99\n=cmd\n';
		const end = await decide(await upload(csv(text), 'flyflow'), yes);

		const [row, ...others] = await certificatesOf(stage());
		expect(others).toEqual([]);
		const disclosures = await disclosuresOf(stage());
		const { signed, records } = verified(row!.certificate, disclosures);
		const [list] = /list \d+/.exec((await rows())[0]!.request)!;
		expect(signed).toMatchObject({
			jti: row?.jti,
			erasure: {
				request: { reference: list.replace(' ', '-') },
				approved: { by: role },
				// Once for each record; what was not found is not in it.
				counts: { records: 3, deleted: 1, refused: 1, failed: 1 },
			},
		});
		expect(row).toMatchObject({ state: 'open', reason: '' });
		expect(records).toContainEqual(
			expect.objectContaining({ target: { callId: 'call_1' }, outcome: 'deleted' }),
		);

		expect(end.text).toContain(`Certificate ${row?.jti} of ${row?.reference}`);
		const [receipts, page, ...more] = end.downloads;
		expect([receipts?.name, page?.name, ...more]).toEqual([
			expect.stringMatching(/\.csv$/),
			`erasure-certificate-${row?.reference}.html`,
		]);
		expect(page?.text).toContain('Certificate of erasure');
		const open = row!.certificate.split('.').map((part) => Buffer.from(part, 'base64url'));
		const elsewhere = JSON.stringify([row, open.map(String), await rows()]) + page?.text;
		expect(JSON.stringify([row, open.map(String)]) + page?.text).not.toMatch(/call_\d/);
		for (const { disclosure } of disclosures) expect(elsewhere).not.toContain(disclosure);
	});

	test('deletes, and gives all receipts, where no certificate can be made, and says why', async () => {
		const { api } = stage().n8n;
		const broken = await api.createCredential(
			'erasureCertificateKeyApi',
			brokenIssuer,
			'Broken key of the list',
		);
		const elsewhere = (copy: Example) => {
			const form = nodeOf(copy, 'Upload a list');
			Object.assign(form.parameters.options as object, { path: 'list-without-a-key' });
			Object.assign(form, { webhookId: crypto.randomUUID() });
		};
		const work = async () => {
			const at = api.formUrl('list-without-a-key');
			const page = await uploadList(stage(), csv('id\ncall_1\n'), 'flyflow', '', { at });
			const end = await decide(page, yes);
			expect(end.text).toContain('No certificate was made: Private Key in the credentials');
			expect(receiptsIn(end)).toEqual(['2 call_1 deleted']);
			expect(await rows()).toHaveLength(1);
			const reason = expect.stringContaining('Private Key in the credentials');
			expect(await certificatesOf(stage())).toMatchObject([{ state: 'notIssued', reason }]);
			expect(await disclosuresOf(stage())).toEqual([]);
		};
		await withExample(stage(), 'delete-from-a-list', work, elsewhere, [broken]);
	});

	test('does not call a list done of which no receipts came, or no previews', async () => {
		const { api } = stage().n8n;
		const elsewhere = (copy: Example) => {
			const form = nodeOf(copy, 'Upload a list');
			Object.assign(form.parameters.options as object, { path: 'list-deactivated' });
			Object.assign(form, { webhookId: crypto.randomUUID() });
			deactivate(copy, 'Delete at Flyflow');
			deactivate(copy, 'Preview at Verba');
		};
		const work = async () => {
			const at = api.formUrl('list-deactivated');
			const page = await uploadList(stage(), csv('id\ncall_1\ncall_2\n'), 'flyflow', '', { at });
			const end = await decide(page, yes);
			expect(end.text).toContain('The list is done. Not erased: 2 of 2 rows');
			expect(end.text).toContain('2 | sent, but they may or may not be deleted');
			expect(end.text).toContain('gave no receipt: it is deactivated, or broke down');
			expect(receiptsIn(end)).toEqual(['2 call_1 unknown', '3 call_2 unknown']);
			expect(await certificatesOf(stage())).toMatchObject([{ state: 'open' }]);

			const id = 'a8343631-9f35-4a3a-83f0-000000000002';
			const other = await uploadList(stage(), csv(`id\n${id}\n`), 'verba', '', { at });
			expect(other.text).toContain('Not erased: 1 of 1 rows');
			expect(receiptsIn(other)).toEqual(['2  failed']);
			expect(changes(stage())).toEqual([]);
			const kept = await rows();
			expect(kept.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'failed']);
		};
		await withExample(stage(), 'delete-from-a-list', work, elsewhere);
	});

	test('asks for user and password', async () => {
		const address = stage().n8n.api.formUrl('delete-from-a-list');
		expect((await openForm(address)).status).toBe(401);
		expect((await openForm(address, { ...approver, password: 'guessed' })).status).toBe(401);
		expect((await openForm(address, approver)).text).toContain('Show what would go');
	});

	test('only previews in a test run, also after the approval', async () => {
		const { api } = stage().n8n;
		expect(await api.runManually(workflowId, 'Upload a list')).toBeUndefined();
		const at = api.formUrl('delete-from-a-list', true);
		const page = await uploadList(stage(), csv('id\ncall_1\n'), 'flyflow', '', { at });
		const end = await decide(page, yes);
		expect(end.text).toContain('this was a test run, nothing was deleted');
		expect(changes(stage())).toEqual([]);
		expect(await certificatesOf(stage())).toEqual([]);
	});
}
