/* eslint max-lines: "off" -- what the page is told, vendor by vendor, on one stage */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { Sandbox } from '../../sandbox/sandbox';
import { openStream, PageReader } from './pageReader';

let sandbox: Sandbox;

let readers: PageReader[];

beforeEach(async () => {
	sandbox = await Sandbox.start();
	for (const vendor of sandbox.vendors) vendor.fill(100);
	readers = [];
});

afterEach(async () => {
	for (const reader of readers) reader.close();
	await sandbox.stop();
});

async function openPage(): Promise<PageReader> {
	const reader = await PageReader.open(sandbox.address());
	readers.push(reader);
	return reader;
}

async function deleteCall(id: string, key = sandbox.flyflow.apiKey): Promise<number> {
	const address = `${sandbox.address('flyflow')}/v1/call/${id}`;
	const reply = await fetch(address, {
		method: 'DELETE',
		headers: { authorization: `Bearer ${key}` },
	});
	await reply.text();
	return reply.status;
}

async function askVerba(parameters: Readonly<Record<string, string>>): Promise<string> {
	const { apiKey } = sandbox.verba;
	const body = new URLSearchParams({ ...parameters, apiKey });
	const reply = await fetch(`${sandbox.address('verba')}/api`, { method: 'POST', body });
	return await reply.text();
}

async function creovaiToken(): Promise<string> {
	const { clientId, clientSecret } = sandbox.creovai;
	const body = new URLSearchParams({
		grant_type: 'client_credentials',
		client_id: clientId,
		client_secret: clientSecret,
	});
	const reply = await fetch(`${sandbox.address('creovai')}/Token`, { method: 'POST', body });
	return ((await reply.json()) as { access_token: string }).access_token;
}

async function purge(path: string, body: unknown): Promise<string> {
	const token = await creovaiToken();
	const reply = await fetch(`${sandbox.address('creovai')}/purge/v1/calls${path}`, {
		method: 'POST',
		headers: { authorization: `Bearer ${token}` },
		body: JSON.stringify(body),
	});
	await reply.text();
	return token;
}

describe('the page', () => {
	test.each([
		['/', 'text/html'],
		['/page.css', 'text/css'],
		['/page.js', 'text/javascript'],
		['/vendorCard.js', 'text/javascript'],
		['/requestTable.js', 'text/javascript'],
		['/icon.svg', 'image/svg+xml'],
	])('%s is a file that may load nothing from elsewhere', async (path, type) => {
		const reply = await fetch(sandbox.address() + path);
		expect([reply.status, reply.headers.get('content-type')]).toEqual([
			200,
			`${type}; charset=utf-8`,
		]);
		const policy = reply.headers.get('content-security-policy');
		expect(policy).toMatch(/^default-src 'none'; /);
		expect(policy).not.toMatch(/unsafe|http|\*/);
		expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
		const text = (await reply.text()).replace('http://www.w3.org/2000/svg', '');
		expect(text).not.toMatch(/https?:\/\/|innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
	});

	test('asks a vendor nothing', async () => {
		await fetch(`${sandbox.address()}/`);
		await openPage();
		expect(sandbox.requests).toEqual([]);
	});
});

describe('the first state', () => {
	test('has every vendor with its count and its first and last records', async () => {
		sandbox.flyflow.fill(5000);
		sandbox.kaleyra.fill(50);
		const reader = await openPage();
		expect(reader.contentType).toBe('text/event-stream; charset=utf-8');
		expect([...reader.vendors.keys()]).toEqual(sandbox.vendors.map(({ name }) => name));
		const { count, noun, first, last } = reader.vendor('flyflow');
		expect([count, noun, first.length, last.length]).toEqual([5000, 'calls', 40, 10]);
		expect([first[0]?.id, first[39]?.id, last[0]?.id, last[9]?.id]).toEqual([
			'call_1',
			'call_40',
			'call_4991',
			'call_5000',
		]);
		expect(reader.vendor('kaleyra').first).toHaveLength(50);
		expect(reader.vendor('kaleyra').last).toEqual([]);
	});

	test('has the latest hundred requests of each vendor, and counts all', async () => {
		for (let number = 1; number <= 103; number++) await deleteCall(`call_x${number}`);
		await askVerba({ action: 'SearchCalls' });
		const reader = await openPage();
		expect(reader.totals).toMatchObject({ flyflow: 103, verba: 1, creovai: 0 });
		expect(reader.latest).toHaveLength(101);
		expect(reader.latest.at(-1)?.path).toBe('/v1/call/call_x4');
		expect(reader.latest[0]?.vendor).toBe('verba');
	});
});

describe('what is new', () => {
	test('a deleted record, and the request with its answer', async () => {
		const reader = await openPage();
		expect(await deleteCall('call_3')).toBe(200);
		await reader.until(() => reader.latest[0]?.end === 'answered');
		expect(reader.latest[0]).toMatchObject({
			number: 0,
			vendor: 'flyflow',
			method: 'DELETE',
			path: '/v1/call/call_3',
			status: 200,
		});
		expect(reader.latest[0]?.ms).toBeGreaterThanOrEqual(0);
		const { count, deleted, first, deletions } = reader.vendor('flyflow');
		expect([count, deleted]).toEqual([99, 1]);
		expect(first.map(({ id }) => id)).not.toContain('call_3');
		expect(deletions).toMatchObject([{ number: 1, key: 'call_3', id: 'call_3' }]);
		// One vendor changed, and only that one is told.
		const told = reader.events.filter(({ event }) => event === 'records');
		expect(told.map(({ data }) => (data as { vendor: string }).vendor)).toEqual(['flyflow']);
	});

	test('a request that waits, and later its status and its time', async () => {
		sandbox.latency = 350;
		const reader = await openPage();
		const answered = deleteCall('call_3');
		await reader.until(() => reader.latest.length === 1);
		expect(reader.latest[0]).toMatchObject({ status: null, end: null, ms: null });
		await answered;
		await reader.until(() => reader.latest[0]?.end !== null);
		expect(reader.latest).toHaveLength(1);
		expect(reader.latest[0]).toMatchObject({ status: 200, end: 'answered' });
		expect(reader.latest[0]?.ms).toBeGreaterThan(340);
		expect(reader.latest[0]?.ms).toBeLessThan(3000);
	});

	test.each(['resetBefore', 'resetAfter'] as const)('%s: no answer', async (kind) => {
		const reader = await openPage();
		sandbox.faults.add({ fault: { kind } });
		await expect(deleteCall('call_3')).rejects.toThrow();
		await reader.until(() => reader.latest[0]?.end === 'cut off');
		expect(reader.latest[0]?.status).toBeNull();
		expect(reader.vendor('flyflow').count).toBe(kind === 'resetAfter' ? 99 : 100);
	});

	test('a caller that hangs up: no answer', async () => {
		const reader = await openPage();
		sandbox.faults.add({ fault: { kind: 'noAnswer' } });
		const caller = new AbortController();
		const call = fetch(`${sandbox.address('flyflow')}/v1/call/a`, { signal: caller.signal });
		await reader.until(() => reader.latest.length === 1);
		caller.abort();
		await expect(call).rejects.toThrow();
		await reader.until(() => reader.latest[0]?.end === 'cut off');
	});

	test("a note that is deleted, under its call, and the call's new words", async () => {
		const reader = await openPage();
		const { id } = sandbox.happyRobot.records()[1]!;
		const note = sandbox.happyRobot.notes(id)[0]!;
		await fetch(`${sandbox.address('happyRobot')}/api/v1/calls/${id}/notes/${note.id}`, {
			method: 'DELETE',
			headers: { authorization: `Bearer ${sandbox.happyRobot.apiKey}` },
		});
		await reader.until(() => reader.vendor('happyRobot').deleted === 1);
		const { count, first, deletions } = reader.vendor('happyRobot');
		expect(count).toBe(100);
		expect(first[1]).toMatchObject({ id, words: 'Completed, +15125551002, 1 note' });
		expect(deletions).toMatchObject([{ id: note.id, of: id }]);
	});

	test('a purge that takes time: first "being purged", then gone by itself', async () => {
		sandbox.creovai.purgeMs = 500;
		const reader = await openPage();
		await purge('', { ids: ['c000002'] });
		await reader.until(() => reader.vendor('creovai').first[1]?.words.startsWith('being') === true);
		expect(reader.vendor('creovai').count).toBe(100);
		await reader.until(() => reader.vendor('creovai').count === 99);
		expect(reader.vendor('creovai').deletions).toMatchObject([{ id: 'c000002' }]);
		expect(reader.vendor('creovai').deletions[0]?.words).not.toContain('being');
	});

	test('a purge that is put off by the page, and one that is under way when it is put off no more', async () => {
		const reader = await openPage();
		expect(reader.vendor('creovai').purgeSeconds).toBe(0);
		expect(reader.vendor('flyflow')).not.toHaveProperty('purgeSeconds');
		const put = async (vendor: string, seconds: string) => {
			const address = `${sandbox.address()}/sandbox/${vendor}/purge?seconds=${seconds}`;
			return (await fetch(address, { method: 'PUT' })).status;
		};
		expect(await put('creovai', '86400')).toBe(204);
		await reader.until(() => reader.vendor('creovai').purgeSeconds === 86_400);
		await purge('', { ids: ['c000002'] });
		await reader.until(() => reader.vendor('creovai').first[1]?.words.startsWith('being') === true);
		expect(await put('creovai', '0')).toBe(204);
		await reader.until(() => reader.vendor('creovai').count === 99);
		for (const [vendor, seconds] of [
			['creovai', ''],
			['creovai', '-1'],
			['creovai', '1e9'],
			['flyflow', '1'],
			['nobody', '1'],
		] as const) {
			expect(await put(vendor, seconds)).toBe(404);
		}
		expect(sandbox.creovai.purgeMs).toBe(0);
	});

	test('records that are filled in again: no deletions', async () => {
		const reader = await openPage();
		await deleteCall('call_1');
		await reader.until(() => reader.vendor('flyflow').deleted === 1);
		await fetch(`${sandbox.address()}/sandbox/flyflow/records?count=7`, { method: 'PUT' });
		await reader.until(() => reader.vendor('flyflow').count === 7);
		expect(reader.vendor('flyflow')).toMatchObject({ deleted: 0, deletions: [] });
	});

	test('a log that was emptied: all anew, and nothing twice', async () => {
		const reader = await openPage();
		await deleteCall('call_1');
		await reader.until(() => reader.latest.length === 1);
		sandbox.forget();
		await deleteCall('call_2');
		await reader.until(() => reader.latest[0]?.path === '/v1/call/call_2');
		expect(reader.latest).toHaveLength(1);
		expect(reader.totals.flyflow).toBe(1);
	});
});

describe('readers', () => {
	test('one that comes back is shown what it missed, once', async () => {
		const first = await openPage();
		await deleteCall('call_1');
		await first.until(() => first.latest[0]?.status === 200);
		first.close();
		await deleteCall('call_2');
		await deleteCall('call_unknown');
		const again = await openPage();
		await deleteCall('call_3');
		await again.until(() => again.latest.length === 4 && again.latest[0]?.end !== null);
		expect(again.latest.map(({ path, status }) => [path, status])).toEqual([
			['/v1/call/call_3', 200],
			['/v1/call/call_unknown', 404],
			['/v1/call/call_2', 200],
			['/v1/call/call_1', 200],
		]);
		await again.until(() => again.vendor('flyflow').count === 97);
		expect(again.vendor('flyflow').deletions.map(({ number, id }) => [number, id])).toEqual([
			[1, 'call_1'],
			[2, 'call_2'],
			[3, 'call_3'],
		]);
	});

	test('more than sixteen are turned away, until one has gone', async () => {
		const all = await Promise.all(Array.from({ length: 16 }, async () => await openPage()));
		const late = await openStream(sandbox.address());
		expect(late.statusCode).toBe(503);
		late.resume();
		all[0]?.close();
		await new Promise((resolve) => setTimeout(resolve, 100));
		const next = await openPage();
		expect(next.vendors.size).toBe(5);
	});

	test('a sandbox that stops ends the stream', async () => {
		const stream = await openStream(sandbox.address());
		const ended = new Promise((resolve) => stream.on('close', resolve));
		stream.resume().on('error', () => {});
		await sandbox.stop();
		await ended;
	});

	test('an event is a few kilobytes, whatever the number of records and requests', async () => {
		for (const vendor of sandbox.vendors) vendor.fill(100_000);
		const reader = await openPage();
		for (let number = 1; number <= 1000; number++) sandbox.flyflow.calls.delete(`call_${number}`);
		await reader.until(() => reader.vendor('flyflow').deleted === 1000);
		expect(reader.vendor('flyflow').deletions).toHaveLength(20);
		expect(reader.vendor('flyflow').deletions.at(-1)).toMatchObject({ number: 1000 });
		const sizes = reader.events.map(({ data }) => JSON.stringify(data).length);
		expect(Math.max(...sizes)).toBeLessThan(50_000);
	});
});

describe('what must not be seen', () => {
	test('keys, tokens, passwords and names do not reach the page; made-up phone numbers do', async () => {
		sandbox.verba.conversations.set('under-way', {
			...sandbox.verba.records()[0]!,
			id: 'under-way',
			to: '+15125559999',
			ongoing: true,
		});
		const reader = await openPage();
		await deleteCall('call_1', 'a-wrong-key');
		const secrets = ['a-wrong-key', sandbox.flyflow.apiKey, await purge('', { ids: ['c000001'] })];
		await purge('/customer?whatIf=true', { phoneNumber: '+15125551077', note: 'a-note' });
		await fetch(
			`${sandbox.address('flyflow')}/v1/calls?client_number=%2B15125551078&key=a-query-key&a-bare-key`,
			{ headers: { authorization: `Bearer ${sandbox.flyflow.apiKey}` } },
		);
		await deleteCall('%2B1%20512%20555%201079');
		await deleteCall('%252B15125551080');
		const { user, password } = sandbox.verba;
		await askVerba({ action: 'RequestToken', user, password, token: 'a-token' });
		await askVerba({ action: 'DeleteCall', extension: '8856', anyname: 'A. Customer' });
		await fetch(`${sandbox.address('kaleyra')}/v2/x/whatsapp/1`, {
			method: 'DELETE',
			headers: { 'api-key': 'a-kaleyra-key' },
			body: '{"broken": "a-body"',
		});
		await reader.until(() => reader.latest[0]?.vendor === 'kaleyra');
		await reader.until(() => reader.latest.every(({ end }) => end !== null));
		secrets.push('a-note', 'a-query-key', 'a-bare-key', 'a-token', 'a-kaleyra-key', 'a-body');
		secrets.push(user, password, sandbox.verba.apiKey, 'A. Customer');
		secrets.push(sandbox.creovai.clientId, sandbox.creovai.clientSecret);
		for (const secret of secrets)
			expect([secret, reader.text.includes(secret)]).toEqual([secret, false]);
		expect(reader.latest.reverse().map(({ path, body }) => `${path} ${body}`.trim())).toEqual([
			'/v1/call/call_1',
			'/Token grant_type=client_credentials&…',
			'/purge/v1/calls ids=c000001',
			'/Token grant_type=client_credentials&…',
			'/purge/v1/calls/customer?whatIf=true phoneNumber=+15125551077, …',
			'/v1/calls?client_number=+15125551078&…',
			'/v1/call/%2B1%20512%20555%201079',
			'/v1/call/%252B15125551080',
			'/api action=RequestToken&…',
			'/api action=DeleteCall&extension=8856&…',
			'/v2/x/whatsapp/1 …',
		]);
	});

	test('what cannot be seen is spelt out, and what is long is cut, yet told apart', async () => {
		const hostile = [
			'a\u202eb\r\n\r\nevent: state',
			`\ud800`,
			`${'y'.repeat(3000)}1`,
			`${'y'.repeat(3000)}2`,
		];
		const call = sandbox.flyflow.records()[0]!;
		sandbox.flyflow.fill(0);
		for (const id of hostile) sandbox.flyflow.calls.set(id, { ...call, id });
		const reader = await openPage();
		const { first } = reader.vendor('flyflow');
		expect(first.map(({ id }) => id)).toEqual([
			'a\\u202eb\\u000d\\u000a\\u000d\\u000aevent: state',
			'\\ud800',
			`${'y'.repeat(199)}…`,
			`${'y'.repeat(199)}…`,
		]);
		expect(new Set(first.map(({ key }) => key)).size).toBe(4);
		expect(Math.max(...first.map(({ key }) => key.length))).toBeLessThan(200);
		expect(reader.events).toHaveLength(1);
	});
});
