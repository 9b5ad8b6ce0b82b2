import { expect, test } from '@jest/globals';

import { readFilters } from '../../nodes/HappyRobot/call/filters';

function isKept(search: string, metadata: object, extraction: object = {}): boolean {
	const [filter] = readFilters({ search });
	return filter?.excludes({ metadata: { ...metadata }, extraction: { ...extraction } }) === false;
}

test.each([
	['12345', { from: '+19990001234567' }],
	['555-123', { from: '+15551234567' }],
	['1234', { to: '+49301234999' }],
	['+1512', { from: '+15125551234' }],
	['5551234', { from: '030 / 5551234' }],
	['15125551234', { from: '+15125551234' }],
	['Anna 5551234', { from: '+15125551234', name: 'Anna' }],
])('a search for %s keeps no call of %j', (search, metadata) => {
	expect(isKept(search, metadata)).toBe(false);
});

test.each([
	['12345', { order: 'order 12345' }],
	['12345', { order: 12345 }],
	['555-123', { extension: '555123' }],
	['12:30', { time: '12:30' }],
	['order 20261122', { order: 'order 20261122' }],
	['64b7f0c2a91d3e5f60718293', { id: '64b7f0c2a91d3e5f60718293' }],
	['+1 (512) 555-1234', { callback: '+15125551234' }],
	['Anna', { note: 'nothing that can be held against it' }],
])('a search for %s keeps a call of %j', (search, extraction) => {
	expect(isKept(search, {}, extraction)).toBe(true);
});
