import { describe, expect, test } from '@jest/globals';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { readIssueSettings } from '../../../nodes/ErasureCertificate/issueSettings';
import { certificatesIn, textsIn, UnreadableTexts } from '../../../nodes/ErasureCertificate/texts';

function settings(options: IDataObject, timeZone = 'Europe/Berlin') {
	const parameters: IDataObject = { options, notCovered: 'Backups' };
	const context = {
		getNodeParameter: (name: string) => parameters[name],
		getTimezone: () => timeZone,
		getExecutionId: () => '17',
	};
	return readIssueSettings(context as unknown as IExecuteFunctions).particulars;
}

describe('A date from the editor, which has no zone, is one of the workflow’s', () => {
	test.each([
		['in winter', '2026-01-15T09:00:00', 'Europe/Berlin', '2026-01-15T08:00:00.000Z'],
		['in summer', '2026-07-15T09:00:00', 'Europe/Berlin', '2026-07-15T07:00:00.000Z'],
		[
			'just after the clocks changed',
			'2026-03-29T03:30:00',
			'Europe/Berlin',
			'2026-03-29T01:30:00.000Z',
		],
		['west of UTC', '2026-01-15T09:00:00', 'America/New_York', '2026-01-15T14:00:00.000Z'],
		[
			'with a zone of its own',
			'2026-01-15T09:00:00Z',
			'America/New_York',
			'2026-01-15T09:00:00.000Z',
		],
	])('%s', (_, received, timeZone, expected) => {
		expect(settings({ received }, timeZone).received).toBe(expected);
	});
});

describe('Certificates and disclosures are read', () => {
	const text = 'a.b.c~d~';
	test.each<[string, unknown, string[]]>([
		['one', text, [text]],
		['one a line', 'a~\r\nb~\n', ['a~', 'b~']],
		['with commas', 'a~, b~', ['a~', 'b~']],
		['as an array', ['a~', 'b~'], ['a~', 'b~']],
		['as the JSON text of one', '["a~","b~"]', ['a~', 'b~']],
		['as what the items hold that the node gave', [{ certificate: 'a~', jti: 'x' }], ['a~']],
		[
			"as $('Node').all()",
			[{ json: { certificate: 'a~' } }, { json: { certificate: 'b~' } }],
			['a~', 'b~'],
		],
		["as $('Node').first()", { json: { certificate: 'a~' }, pairedItem: 0 }, ['a~']],
		['as the JSON text of it', ' {"json":{"certificate":"a~"}}', ['a~']],
		[
			'as a row that holds a list of them',
			[{ json: { certificate: '["a~","b~"]' } }],
			['a~', 'b~'],
		],
		['nothing', undefined, []],
		['blanks', ' \n', []],
		['an empty list', [], []],
	])('%s', (_, value, texts) => {
		expect(textsIn(value, 'certificate', 'Amends')).toEqual(texts);
	});

	test('a disclosure does not keep its ~', () => {
		expect(textsIn('a~b~\nc', 'disclosure', 'Disclosures')).toEqual(['a', 'b', 'c']);
	});
});

describe('What holds no text is never left out without a word', () => {
	const endless: unknown[] = ['a~'];
	endless.push(endless);
	const deep = '['.repeat(20_000) + ']'.repeat(20_000);
	test.each<[string, unknown, string]>([
		['a number', 7, 'holds no certificate'],
		['another name', { Certificate: 'a~' }, 'holds no certificate'],
		['broken JSON', '["a~"', 'holds no certificate'],
		['another name in a list', ['a~', { Certificate: 'a~' }], 'at position 2'],
		['an item of a test run', [{ json: { test: true } }], 'at position 1'],
		['null in a list', ['a~', 'b~', null], 'at position 3'],
		['an empty text in a list', ['', 'a~'], 'at position 1'],
		['an empty list in a list', ['a~', []], 'at position 2'],
		['nothing but commas', ',;', 'holds no certificate'],
		['a list nested deep, as text', deep, 'at position 1'],
		['a list that holds itself', endless, 'at position 2'],
	])('%s', (_, value, where) => {
		const read = () => textsIn(value, 'certificate', 'Amends');
		expect(read).toThrow(UnreadableTexts);
		expect(read).toThrow(where);
	});
});

describe('Amends that is filled in and gives nothing is not taken for an empty one', () => {
	test.each<[string, unknown, unknown]>([
		['an expression that finds no field', undefined, '={{ $json.certificate }}'],
		['one that gives null', null, '={{ null }}'],
		['one that gives an empty text', '', '={{ $json.certificate }}'],
		['one that gives no items', [], "={{ $('Node').all() }}"],
		['an empty list as text', '[]', '[]'],
	])('%s', (_, value, raw) => {
		expect(() => certificatesIn(value, raw, 'Amends')).toThrow(
			'Amends is filled in and gives no certificate',
		);
	});

	test('and one that was left empty is', () => {
		expect(certificatesIn('', '', 'Amends')).toEqual([]);
		expect(certificatesIn(undefined, undefined, 'Amends')).toEqual([]);
	});
});
