import { describe, expect, test } from '@jest/globals';

import type { Json } from './exampleWorkflow';
import { ago, none, row, run, type Given } from './followUpRows';

describe('Somebody is told', () => {
	const told = (given: Given): unknown =>
		run('What to tell', [], {
			'Check the settings': [{ openDays: 7 }],
			'What is open': [{ requestsOpen: [] }],
			'Open receipts': [],
			'Still open': [none],
			...given,
		}).map(({ message }) => message);
	const request = (name: string, days: number, outcomes: Json = { accepted: 1 }) => ({
		name,
		outcomes,
		since: ago(days),
	});

	test('nothing where there is nothing to say', () => {
		expect(told({})).toEqual([]);
		expect(told({ 'What is open': [{ requestsOpen: [request('young', 6.9)] }] })).toEqual([]);
	});

	test('in one message, of the oldest requests first, and of ten at most by name', () => {
		const late = { accepted: 2, unknown: 1 };
		const requestsOpen = [request('a', 8.2), request('b', 40.5, late), request('c', 2)];
		expect(told({ 'What is open': [{ requestsOpen }] })).toEqual([
			'2 requests have been open for more than 7 days: b (40 days: 2 accepted, 1 unknown); a (8 days: 1 accepted).',
		]);
		const many = Array.from({ length: 30 }, (_, index) => request(`r${index}`, 50 - index));
		const [message] = told({ 'What is open': [{ requestsOpen: many }] }) as string[];
		expect(message).toMatch(/^30 requests have been open .*; r9 \(41 days: 1 accepted\); …\.$/);
	});

	test('of each receipt that was not looked at, and of none that came after the start', () => {
		const why = 'Not understood. Not rechecked: The key was not accepted.';
		const seen = row();
		const rows = [
			row({ id: 71, reason: why }),
			row({ id: 72, reason: why }),
			row({ id: 73 }),
			seen,
		];
		const before = rows.map((one) => (one === seen ? { ...one, recheckedAt: ago(1) } : one));
		expect(told({ 'Open receipts': before, 'Still open': [...rows, row()] })).toEqual([
			'3 receipts were not looked at: row 71, 72: The key was not accepted; row 73: no node has looked at it: the node "Recheck" of creovai is missing, deactivated or cannot read the row.',
		]);
	});

	test('of what no look can settle only when it is late', () => {
		const rows = [
			row({ reason: 'Not rechecked: its target has a masked "callId"' }),
			row({ reason: 'Not rechecked: the node has no look at Kaleyra for the resource "x"' }),
			row({ target: '' }),
		];
		expect(told({ 'Open receipts': rows, 'Still open': rows })).toEqual([]);
	});

	test('of rows that are no receipts, and of certificates that stay open', () => {
		expect(
			told({
				'Still open': [row({ id: 81, outcome: 'Deleted' }), row({ id: 82, outcome: null })],
				'One request after another': [
					none,
					{ reference: 'r', state: 'amended', reason: '' },
					{ reference: 's', state: 'open', reason: 'Not amended: Private Key is empty.' },
				],
			}),
		).toEqual([
			'2 rows have no outcome that a receipt can have: row 81, 82. 1 certificate could not be amended: s: Private Key is empty.',
		]);
	});
});
