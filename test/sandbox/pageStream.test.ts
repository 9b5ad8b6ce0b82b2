import { PassThrough } from 'node:stream';

import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';

import { FlyflowSandbox } from '../../sandbox/vendors/flyflow';
import { Faults } from '../../sandbox/faults/faults';
import { Troubles } from '../../sandbox/faults/troubles';
import { PageStream } from '../../sandbox/pageFeed/pageStream';
import type { LoggedRequest } from '../../sandbox/loggedRequest';

let flyflow: FlyflowSandbox;

let log: LoggedRequest[];

let stream: PageStream;

let page: PassThrough;

beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
	flyflow = new FlyflowSandbox();
	flyflow.fill(1000);
	log = [];
	stream = new PageStream([flyflow], log, new Troubles(new Faults()));
	page = new PassThrough({ highWaterMark: 10 });
	stream.open(page);
});

afterEach(() => {
	page.destroy();
	jest.useRealTimers();
});

function read(): string {
	return String(page.read() ?? '');
}

/** Streams tell a little later that they were read or closed. */
async function settle(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

function arrive(path: string): LoggedRequest {
	const at = new Date().toISOString();
	const request = { at, vendor: 'flyflow', method: 'DELETE', url: path, headers: {}, body: '' };
	log.push(request);
	return log.at(-1)!;
}

test('nothing is sent while nothing happens, but for a sign of life every 15 seconds', () => {
	expect(read()).toMatch(/^retry: 1000\n\nevent: state\ndata: .*\n\n$/);
	jest.advanceTimersByTime(14_900);
	expect(read()).toBe('');
	jest.advanceTimersByTime(100);
	expect(read()).toBe(': still here\n\n');
});

test('what happens within a tenth of a second comes at once', () => {
	read();
	for (let number = 1; number <= 500; number++) {
		flyflow.calls.delete(`call_${number}`);
		Object.assign(arrive(`/${number}`), { end: 'answered', status: 200, ms: 1 });
	}
	jest.advanceTimersByTime(99);
	expect(read()).toBe('');
	jest.advanceTimersByTime(1);
	const events = read();
	expect(events.match(/^event: .*$/gm)).toEqual(['event: records', 'event: requests']);
	expect(events).toContain('"count":500');
	expect(events.match(/"number":\d+,"at"/g)).toHaveLength(100);
});

test('for a page that does not read nothing piles up, and it is up to date when it reads again', async () => {
	const held = page.writableLength + page.readableLength;
	for (let number = 1; number <= 100; number++) {
		flyflow.calls.delete(`call_${number}`);
		arrive(`/${number}`);
		jest.advanceTimersByTime(100);
	}
	expect(page.writableLength + page.readableLength).toBe(held);
	read();
	await settle();
	jest.advanceTimersByTime(100);
	const events = read();
	expect(events.match(/^event: .*$/gm)).toEqual(['event: records', 'event: requests']);
	expect(events).toContain('"count":900');
	expect(events).toContain('"flyflow":100');
});

test('a page that has not read for half a minute is let go', () => {
	jest.advanceTimersByTime(30_000);
	expect(page.destroyed).toBe(false);
	jest.advanceTimersByTime(100);
	expect(page.destroyed).toBe(true);
});

test('no timer runs once the last page is gone', async () => {
	expect(jest.getTimerCount()).toBe(1);
	page.destroy();
	await settle();
	expect(jest.getTimerCount()).toBe(0);
});
