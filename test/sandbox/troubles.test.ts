import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { Sandbox } from '../../sandbox/sandbox';
import { PageReader } from './pageReader';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await Sandbox.start();
	for (const vendor of sandbox.vendors) vendor.fill(10);
});

afterEach(async () => await sandbox.stop());

async function make(trouble: string, vendor = 'flyflow'): Promise<number> {
	const address = `${sandbox.address()}/sandbox/${vendor}/trouble?trouble=${trouble}`;
	return (await fetch(address, { method: 'PUT' })).status;
}

async function deleteCall(id: string): Promise<Response> {
	return await fetch(`${sandbox.address('flyflow')}/v1/call/${id}`, {
		method: 'DELETE',
		headers: { authorization: `Bearer ${sandbox.flyflow.apiKey}` },
	});
}

test('a vendor that is down answers nothing and deletes nothing, until the trouble ends', async () => {
	await make('down');
	await expect(deleteCall('call_1')).rejects.toThrow('fetch failed');
	expect(sandbox.flyflow.calls.has('call_1')).toBe(true);
	const verba = await fetch(`${sandbox.address('verba')}/api?action=RequestToken`);
	expect(verba.status).toBe(200);
	await make('');
	expect((await deleteCall('call_1')).status).toBe(200);
});

test.each([
	['tooManyRequests', 429, ''],
	['wrongKey', 401, ''],
	['signInPage', 200, '<!DOCTYPE html>'],
])('%s answers %i and deletes nothing', async (trouble, status, beginning) => {
	await make(trouble);
	const answer = await deleteCall('call_1');
	expect(answer.status).toBe(status);
	expect((await answer.text()).startsWith(beginning)).toBe(true);
	expect(sandbox.flyflow.calls.size).toBe(10);
});

test('slow: it is done, and the answer takes three seconds', async () => {
	await make('slow');
	const start = Date.now();
	expect((await deleteCall('call_1')).status).toBe(200);
	expect(Date.now() - start).toBeGreaterThan(2900);
});

test('503 for one record is for the first that is there, and for no other whose name begins like it', async () => {
	await make('unavailableForOne');
	expect(sandbox.troubles.view()).toEqual({
		flyflow: { trouble: 'unavailableForOne', record: 'call_1' },
	});
	expect((await deleteCall('call_1')).status).toBe(503);
	expect((await deleteCall('call_10')).status).toBe(200);
	expect((await deleteCall('call_2')).status).toBe(200);
});

test("a wrong key at Verba is said in Verba's way, with HTTP 200", async () => {
	await make('wrongKey', 'verba');
	const answer = await fetch(`${sandbox.address('verba')}/api?action=RequestToken`);
	expect([answer.status, await answer.text()]).toEqual([
		200,
		expect.stringContaining('<ErrorMessage>Invalid API key.</ErrorMessage>'),
	]);
});

test('one trouble takes the place of another, and the tests start without any', async () => {
	await make('down');
	await make('wrongKey');
	expect((await deleteCall('call_1')).status).toBe(401);
	sandbox.forget();
	expect(sandbox.troubles.view()).toEqual({});
	expect((await deleteCall('call_1')).status).toBe(200);
});

test('what is no trouble, and what is no vendor, is not taken', async () => {
	expect(await make('fire')).toBe(404);
	expect(await make('constructor')).toBe(404);
	expect(await make('down', 'nobody')).toBe(404);
	expect(sandbox.troubles.view()).toEqual({});
});

test('every open page is told', async () => {
	const reader = await PageReader.open(sandbox.address());
	await make('slow', 'kaleyra');
	await reader.until(() => reader.events.some(({ event }) => event === 'troubles'));
	const told = reader.events.filter(({ event }) => event === 'troubles').at(-1);
	expect(told?.data).toEqual({ kaleyra: { trouble: 'slow' } });
	reader.close();
});
