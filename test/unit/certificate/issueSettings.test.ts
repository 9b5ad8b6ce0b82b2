import { describe, expect, test } from '@jest/globals';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { readIssueSettings } from '../../../nodes/ErasureCertificate/issueSettings';
import { textsIn } from '../../../nodes/ErasureCertificate/texts';

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
	test.each<[string, unknown, string[]]>([
		['one', 'a.b.c~d~', ['a.b.c~d~']],
		['one a line', 'a~\r\nb~\n', ['a~', 'b~']],
		['with commas', 'a~, b~', ['a~', 'b~']],
		['as an array', ['a~', 'b~'], ['a~', 'b~']],
		['as the JSON text of one', '["a~","b~"]', ['a~', 'b~']],
		['as the items that the node gave', [{ certificate: 'a~' }, { other: 1 }], ['a~']],
		['nothing', undefined, []],
		['a number', 7, []],
	])('%s', (_, value, texts) => {
		expect(textsIn(value, 'certificate')).toEqual(texts);
	});

	test('a disclosure does not keep its ~', () => {
		expect(textsIn('a~b~\nc', 'disclosure')).toEqual(['a', 'b', 'c']);
	});
});
