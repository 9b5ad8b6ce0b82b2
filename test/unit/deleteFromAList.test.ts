import { describe, expect, test } from '@jest/globals';

import { readReceipt } from '../../erasure/receiptReader';
import { readExample, runCodeNode, type Json } from './exampleWorkflow';

const example = readExample('delete-from-a-list.json');

const flyflow = 'Flyflow: calls by call ID';

interface Found {
	readonly problem: string;
	readonly said?: string;
	readonly entries: ReadonlyArray<{ readonly row: number; readonly text: string }>;
	readonly left: ReadonlyArray<{ readonly row: number; readonly reason: string }>;
}

/** What "Find the IDs" makes of a file's text. */
function find(text: string, column = '', what = flyflow): Found {
	const file = { kind: 'text', name: 'list.csv', text, encoding: 'UTF-8' };
	const [found] = runCodeNode(example, 'Find the IDs', [], {
		'Upload a list': [{ what, column }],
		'Look at the file': [file],
	});
	return found!.json as unknown as Found;
}

/** The same of a spreadsheet's cells, as "Read the spreadsheet" gives them. */
function findInCells(rows: ReadonlyArray<readonly unknown[]>): Found {
	const items: Json[] = rows.map((row) => ({ row }));
	const [found] = runCodeNode(example, 'Find the IDs', items, {
		'Upload a list': [{ what: flyflow }],
		'Look at the file': [{ kind: 'spreadsheet', name: 'list.xlsx' }],
	});
	return found!.json as unknown as Found;
}

const ids = ({ entries }: Found) => entries.map(({ row, text }) => `${row} ${text}`);

describe('The cells of a list', () => {
	test.each([
		['commas', 'id,name\ncall_1,a\ncall_2,b'],
		['semicolons beside decimal commas', 'id;price\ncall_1;1,5\ncall_2;2,0'],
		['tabs', 'id\tname\r\ncall_1\ta, b\r\ncall_2\tc; d'],
		['vertical bars', 'id|name\ncall_1|a\ncall_2|b'],
		['old line ends of a Mac', 'id\rcall_1\rcall_2\r'],
		[
			'quotes with quotes and line breaks inside',
			'"id","n"\n"call_1","a ""b"", c"\n"call_2","d\ne"',
		],
		['rows that are shorter or longer than the others', 'id,a,b\ncall_1,1,2\ncall_2\n'],
	])('%s', (_, text) => {
		expect(ids(find(text))).toEqual(['2 call_1', '3 call_2']);
	});

	test('under the line by which Excel names the separator, which counts as a row', () => {
		expect(ids(find('sep=;\nid;a\ncall_1;1,5\n'))).toEqual(['3 call_1']);
	});

	test('keep their row whatever is empty above them', () => {
		expect(ids(find('id\n\n\ncall_1\n,,\ncall_2'))).toEqual(['4 call_1', '6 call_2']);
	});

	test('that nobody can tell apart stop the list, with the row to look at', () => {
		expect(find('id\ncall_1\n"call_2\ncall_3').problem).toContain('opens in row 3');
	});
});

describe('The column of the IDs', () => {
	test.each([
		['by a header of its own before a general one', 'id,call_id\nx1,call_1', '', '2 call_1'],
		['by the name that is given', 'call_id,other\nx1,call_1', 'OTHER', '2 call_1'],
		['by a letter', 'call_id,other\nx1,call_1', 'b', '2 call_1'],
		['by a number', 'x1,call_1\nx2,call_2', '2', '1 call_1'],
		['the only one with anything in it', ',call_1\n,call_2', '', '1 call_1'],
	])('is chosen %s', (_, text, column, first) => {
		expect(ids(find(text, column))[0]).toBe(first);
	});

	test('is that of the kind that was chosen', () => {
		const text = 'call_id,session_id\nc1,s1\n';
		expect(ids(find(text, '', 'Creovai: calls by session ID'))).toEqual(['2 s1']);
		expect(ids(find(text, '', 'Creovai: calls by call ID'))).toEqual(['2 c1']);
	});

	test('is asked for where it is not clear, and where there is none of the name', () => {
		expect(find('a1,b1\na2,b2').problem).toContain('2 columns and no header');
		expect(find('Name,City\nA1,B1').problem).toContain('Its columns: Name, City');
		expect(find('id\ncall_1', 'Z').problem).toContain('has no column "Z"');
	});
});

describe('What is not an ID', () => {
	test('is named with its row: a row without one, and a word among IDs with digits', () => {
		const found = find('id,n\ncall_1,1\n,2\nTotal,3\nSumme,3');
		expect(ids(found)).toEqual(['2 call_1']);
		expect(found.left.map(({ row }) => row)).toEqual([3, 4, 5]);
	});

	test('is no word where no ID has a digit', () => {
		expect(ids(find('id\nalpha\nbeta'))).toEqual(['2 alpha', '3 beta']);
	});

	test('leaves a sentence if nothing else is there', () => {
		expect(find('id,n\n,1\n').problem).toContain('row 2: This row has no ID');
	});

	test('is a number of which a spreadsheet has lost digits, but none that it holds whole', () => {
		const found = findInCells([
			['id'],
			[1_120_000_000_000_010],
			[1_120_000_000_000_003],
			[120_000_000_000_000],
			[1.5],
			[true],
			['1120000000000010'],
		]);
		expect(ids(found)).toEqual(['3 1120000000000003', '4 120000000000000', '7 1120000000000010']);
		expect(found.left.map(({ row }) => row)).toEqual([2, 5, 6]);
	});
});

test('A list of more rows than the form takes is not read in part', () => {
	const rows = Array.from({ length: 5000 }, (_, index) => `call_${index}`);
	expect(find(`id\n${rows.join('\n')}`).problem).toContain(
		'has 5001 rows, and this form takes 5000',
	);
	expect(find(rows.join('\n')).entries).toHaveLength(5000);
});

describe('A cell that holds a number', () => {
	test('is an ID where all its digits are there, and no other ID where some are lost', () => {
		// The program that wrote the last two had more digits than a number can hold.
		const cells = [1120000000000207, 112000000000001, 2 ** 53, 1.2e21];
		const found = findInCells([['flow_id'], ...cells.map((cell) => [cell])]);
		expect(ids(found)).toEqual(['2 1120000000000207', '3 112000000000001']);
		expect(found.left.map(({ row }) => row)).toEqual([4, 5]);
	});
});

describe('The encoding of a file', () => {
	/** Runs "Look at the file" as n8n's task runner does, on these bytes. */
	async function look(bytes: Uint8Array): Promise<Json> {
		const { jsCode = '' } = example.nodes.find(
			({ name }) => name === 'Look at the file',
		)!.parameters;
		// eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is what the example is: code as text
		const body = new Function('$', `return (async function () { ${jsCode}\n}).call(this)`) as (
			this: unknown,
			other: () => unknown,
		) => Promise<[{ json: Json }]>;
		const helpers = { getBinaryDataBuffer: async () => await Promise.resolve(Buffer.from(bytes)) };
		const form = { first: () => ({ json: {}, binary: { file: { fileName: 'list.csv' } } }) };
		const [{ json }] = await body.call({ helpers }, () => form);
		return json;
	}
	const text = 'ID;Größe\r\ncall_1;é\r\n';
	const bigEndian = (given: string) => Buffer.from(given, 'utf16le').swap16();

	test.each([
		['UTF-8', Buffer.from(text)],
		['UTF-8', Buffer.from(`\ufeff${text}`)],
		['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
		['UTF-16', Buffer.from(text, 'utf16le')],
		['UTF-16', bigEndian(`\ufeff${text}`)],
		['UTF-16', bigEndian(text)],
		['Windows-1252 (it is not UTF-8)', Buffer.from(text, 'latin1')],
	])('%s is seen, with its mark and without (%#)', async (encoding, bytes) => {
		expect(await look(bytes)).toMatchObject({ kind: 'text', text, encoding });
	});

	test('of what is no text is not guessed', async () => {
		const { kind, problem } = await look(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]));
		expect([kind, problem]).toEqual(['problem', 'list.csv is not a list. Send it as CSV or XLSX.']);
	});
});

test('What a row cannot be used for is said to whoever has the form: without item, expression and options', () => {
	const message =
		'Call ID looks like one number with signs for thousands or decimals in item 3. Check the expression or the data that it reads; if IDs really look like that, add the option IDs as Written';
	const turnedDown = { outcome: 'failed', target: {}, reason: { code: 'badInput', message } };
	const [shown] = runCodeNode(example, 'Preview', [turnedDown], {
		'Find the IDs': [{ left: [], name: 'list.csv', said: '', isPhone: false }],
		'Upload a list': [{ what: flyflow }],
		'One item for each row': [{ row: 5, text: '71,627,389', at: 0 }],
	});
	const said =
		'Call ID looks like one number with signs for thousands or decimals. Correct it in the list';
	expect(shown!.json.html).toContain(`<td>71,627,389</td><td>${said}</td>`);
	expect(shown!.json.unsent).toMatchObject([{ row: 5, receipt: { reason: { message: said } } }]);
});

test('A certificate gets each record once, as it was sent, and none of what was only looked for', () => {
	const row = (callId: string | undefined, outcome: string, evidence: string, more: Json = {}) => ({
		deleted: outcome === 'deleted',
		outcome,
		evidence,
		vendor: 'flyflow',
		resource: 'call',
		attempts: 1,
		at: '2026-11-25T12:00:00.000Z',
		duplicate: false,
		certifies: { target: callId === undefined ? {} : { callId } },
		...more,
	});
	const rows = [
		row('call_1', 'failed', 'none'),
		row(undefined, 'failed', 'none', { certifies: { target: {}, code: 'badInput' } }),
		row(undefined, 'failed', 'none', { certifies: { target: {}, code: 'badInput' } }),
		row('call_2', 'notFound', 'confirmed', {
			certifies: { target: { callId: 'call_2' }, code: 'notFoundBefore' },
		}),
		row('call_1', 'deleted', 'confirmed'),
		row('call_1', 'deleted', 'confirmed', { duplicate: true }),
	];
	const given = { Preview: [{ total: 6 }], Receipts: rows };
	const receipts = runCodeNode(example, 'Receipts to certify', [], given).map(({ json }) => json);
	expect(receipts.map(({ target, outcome }) => [target, outcome])).toEqual([
		[{ callId: 'call_1' }, 'deleted'],
		[{}, 'failed'],
		[{}, 'failed'],
	]);
	for (const receipt of receipts) expect(readReceipt(receipt)).toMatchObject({ valid: true });
});
