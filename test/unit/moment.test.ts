import { describe, expect, test } from '@jest/globals';

import { readMoment } from '../../erasure/moment';

const show = (value: unknown) => {
	const moment = readMoment(value);
	return (
		moment && `${new Date(moment.time).toISOString()}${moment.hasZone ? '' : ' without a zone'}`
	);
};

describe('a date', () => {
	test.each([
		['2026-01-31', '2026-01-31T00:00:00.000Z without a zone'],
		['2026-01-31 14:30', '2026-01-31T14:30:00.000Z without a zone'],
		['2026-01-31T14:30', '2026-01-31T14:30:00.000Z without a zone'],
		['  2026-01-31 14:30:59 ', '2026-01-31T14:30:59.000Z without a zone'],
		['2026-01-31T14:30:59.123456789', '2026-01-31T14:30:59.123Z without a zone'],
		['2026-01-31T14:30:59.5', '2026-01-31T14:30:59.500Z without a zone'],
		['2026-01-31T14:30:00Z', '2026-01-31T14:30:00.000Z'],
		['2026-01-31t14:30:00z', '2026-01-31T14:30:00.000Z'],
		['2026-01-31 14:30 +01:00', '2026-01-31T13:30:00.000Z'],
		['2026-01-31T14:30:00+0530', '2026-01-31T09:00:00.000Z'],
		['2026-01-31T14:30:00-05', '2026-01-31T19:30:00.000Z'],
		['2024-02-29', '2024-02-29T00:00:00.000Z without a zone'],
		// Skipped or met twice in some zones, and neither in UTC.
		['2026-03-08 02:30', '2026-03-08T02:30:00.000Z without a zone'],
		['2026-11-01 01:30', '2026-11-01T01:30:00.000Z without a zone'],
	])('%s', (text, moment) => {
		expect(show(text)).toBe(moment);
	});

	test.each([
		["JavaScript's", new Date('2026-01-31T14:30:00Z')],
		["Luxon's, as it writes itself", { toISO: () => '2026-01-31T14:30:00.000Z' }],
		["Luxon's in another zone", { toISO: () => '2026-01-31T23:30:00.000+09:00' }],
		['milliseconds', Date.UTC(2026, 0, 31, 14, 30)],
	])('%s', (_, value) => {
		expect(show(value)).toBe('2026-01-31T14:30:00.000Z');
	});
});

describe('no date', () => {
	test.each([
		'',
		'soon',
		'2026-02-30',
		'2026-04-31',
		'2026-02-29',
		'2026-00-10',
		'2026-13-01',
		'2026-01-00',
		'2026-1-31',
		'0026-01-31',
		'2026-01-31junk',
		'2026-01-31 (comment)',
		'2026-01-31T',
		'2026-01-31 14',
		'2026-01-31 24:00',
		'2026-01-31 14:60',
		'2026-01-31 14:30:60',
		'2026-01-31 14:30 CET',
		'2026-01-31T14:30:00+15:00',
		'2026-01-31T14:30:00+01:75',
		'2026-01-31Z',
		'31.01.2026',
		'01/31/2026',
		'Sat, 31 Jan 2026 14:30:00 GMT',
		'1769869800000',
	])('%p', (text) => {
		expect(readMoment(text)).toBeUndefined();
	});

	test.each([
		['nothing', undefined],
		['null', null],
		['an object', { a: 1 }],
		['an object that cannot write', { toISO: 'soon' }],
		['a list', ['2026-01-31']],
		['true', true],
		["a date of JavaScript's that is none", new Date(Number.NaN)],
		["a date of Luxon's that is none", { toISO: () => null }],
		['seconds', 1_769_869_800],
		['a year', 2026],
		['half a millisecond', 1_769_869_800_000.5],
		['no number', Number.NaN],
		['the next century', Date.UTC(2100, 0, 1)],
	])('%s', (_, value) => {
		expect(readMoment(value)).toBeUndefined();
	});
});
