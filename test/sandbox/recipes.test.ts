import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { Sandbox } from '../../sandbox/sandbox';

// The stand-ins of the recipes' vendors have the traps that the recipes avoid; whoever falls into one
// here would fall into it at the vendor.

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());

interface Answered {
	readonly status: number;
	readonly text: string;
}

async function ask(
	vendor: string,
	method: string,
	path: string,
	authorization: string,
	body?: string,
): Promise<Answered> {
	const response = await fetch(`${sandbox.address(vendor)}${path}`, {
		method,
		headers: { authorization },
		...(body === undefined ? {} : { body }),
	});
	return { status: response.status, text: await response.text() };
}

const basic = (user: string, password: string) => `Basic ${btoa(`${user}:${password}`)}`;

describe('Twilio', () => {
	const key = () => basic(sandbox.recipes.twilio.accountSid, sandbox.recipes.twilio.authToken);
	const folder = () => `/2010-04-01/Accounts/${sandbox.recipes.twilio.accountSid}/Recordings`;

	test('deletes once, and keeps what is no sound for whoever asks for it', async () => {
		const { twilio } = sandbox.recipes;
		twilio.fill(2);
		const sid = twilio.records()[0]!.sid;
		const path = `${folder()}/${sid}.json`;
		expect(await ask('twilio', 'DELETE', path, key())).toEqual({ status: 204, text: '' });
		expect(twilio.records()).toHaveLength(1);
		expect((await ask('twilio', 'GET', path, key())).status).toBe(404);
		const kept = await ask('twilio', 'GET', `${path}?IncludeSoftDeleted=true`, key());
		expect(JSON.parse(kept.text)).toMatchObject({ sid, status: 'deleted' });
	});

	test.each(['/Accounts/AC0/Recordings/RE1.json', '/2010-04-01/Recording/RE1.json'])(
		'answers a wrong path like a recording that is not there: %s',
		async (path) => {
			const { status, text } = await ask('twilio', 'DELETE', path, key());
			expect([status, JSON.parse(text)]).toEqual([404, expect.objectContaining({ code: 20404 })]);
		},
	);

	test('answers in XML without .json', async () => {
		const { text } = await ask('twilio', 'DELETE', `${folder()}/RE1`, key());
		expect(text).toMatch(/^<\?xml/);
	});

	test('turns a wrong password down', async () => {
		const path = `${folder()}/RE1.json`;
		expect((await ask('twilio', 'DELETE', path, basic('AC1', 'x'))).status).toBe(401);
	});
});

test('Telnyx says "ok" of what is not there, and of what stays', async () => {
	const { telnyx } = sandbox.recipes;
	telnyx.fill(2);
	const [gone, stays] = telnyx.records().map(({ id }) => id);
	telnyx.left.add(stays!);
	const body = JSON.stringify({ ids: [gone, stays, 'missing'] });
	const key = `Bearer ${telnyx.apiKey}`;
	expect(await ask('telnyx', 'POST', '/v2/recordings/actions/delete', key, body)).toEqual({
		status: 200,
		text: '{"status":"ok"}',
	});
	expect(telnyx.records().map(({ id }) => id)).toEqual([stays]);
});

test('Retell answers what is not there with 422, and a path that is not there with 404', async () => {
	const { retell } = sandbox.recipes;
	retell.fill(1);
	const key = `Bearer ${retell.apiKey}`;
	const missing = await ask('retell', 'DELETE', '/v2/delete-call/x', key);
	expect([missing.status, JSON.parse(missing.text)]).toEqual([
		422,
		{ status: 'error', message: 'Cannot find requested asset under given api key.' },
	]);
	expect((await ask('retell', 'DELETE', '/delete-call/x', key)).status).toBe(404);
	expect(retell.records()).toHaveLength(1);
});

describe('Zoom', () => {
	async function token(): Promise<string> {
		const { zoom } = sandbox.recipes;
		const form = `grant_type=account_credentials&account_id=${zoom.accountId}`;
		const key = basic(zoom.clientId, zoom.clientSecret);
		const { text } = await ask('zoom', 'POST', '/oauth/token', key, form);
		return `Bearer ${(JSON.parse(text) as { access_token: string }).access_token}`;
	}

	const path = (uuid: string, query = '') => `/v2/meetings/${uuid}/recordings${query}`;

	const encoded = (uuid: string) => encodeURIComponent(uuid);

	test('moves to the trash unless it is asked to delete, with the same answer', async () => {
		const { zoom } = sandbox.recipes;
		zoom.fill(3);
		const key = await token();
		const [kept, gone] = [...zoom.recordings.keys()].map(encoded).map(encoded);
		const trashed = await ask('zoom', 'DELETE', path(kept!), key);
		expect(trashed).toEqual(await ask('zoom', 'DELETE', path(gone!, '?action=delete'), key));
		expect(trashed).toEqual({ status: 204, text: '' });
		expect([zoom.records().length, zoom.trash.size]).toEqual([1, 1]);
		// A look cannot tell the two apart.
		expect(await ask('zoom', 'GET', path(kept!), key)).toEqual(
			await ask('zoom', 'GET', path(gone!), key),
		);
	});

	test('takes a UUID with slashes for another path if it is encoded once', async () => {
		const { zoom } = sandbox.recipes;
		zoom.fill(3);
		const key = await token();
		const uuids = [...zoom.recordings.keys()];
		const codes = [];
		for (const uuid of uuids) {
			const { text } = await ask('zoom', 'DELETE', path(encoded(uuid), '?action=delete'), key);
			codes.push(text === '' ? 204 : (JSON.parse(text) as { code: number }).code);
		}
		expect(uuids.map((uuid) => /^\/|\/\//.test(uuid))).toEqual(codes.map((code) => code === 2300));
		expect(new Set(codes)).toEqual(new Set([204, 2300]));
	});

	test('gives tokens for the right grant alone', async () => {
		const { zoom } = sandbox.recipes;
		const key = basic(zoom.clientId, zoom.clientSecret);
		const form = `grant_type=client_credentials&account_id=${zoom.accountId}`;
		expect((await ask('zoom', 'POST', '/oauth/token', key, form)).status).toBe(400);
		expect((await ask('zoom', 'GET', path('x'), 'Bearer x')).status).toBe(401);
	});
});

test('AssemblyAI keeps a transcript and takes out what it holds', async () => {
	const { assemblyAi } = sandbox.recipes;
	assemblyAi.fill(1);
	const id = assemblyAi.records()[0]!.id;
	const path = `/v2/transcript/${id}`;
	const deleted = await ask('assemblyAi', 'DELETE', path, assemblyAi.apiKey);
	expect(deleted).toEqual(await ask('assemblyAi', 'GET', path, assemblyAi.apiKey));
	expect(JSON.parse(deleted.text)).toMatchObject({ id, text: 'Deleted by user.' });
	expect(assemblyAi.records()).toHaveLength(1);
	const bearer = await ask('assemblyAi', 'GET', path, `Bearer ${assemblyAi.apiKey}`);
	expect(bearer.status).toBe(401);
	const missing = await ask('assemblyAi', 'DELETE', '/v2/transcript/x', assemblyAi.apiKey);
	expect(missing.status).toBe(400);
});

test('Gong deletes later, and takes on a number that nobody has', async () => {
	const { gong } = sandbox.recipes;
	gong.fill(2);
	gong.purgeMs = 60_000;
	const id = gong.records()[0]!.id;
	const key = basic(gong.accessKey, gong.accessKeySecret);
	const erase = async (number: string) => {
		const path = `/v2/data-privacy/erase-data-for-phone-number?phoneNumber=${encodeURIComponent(number)}`;
		return await ask('gong', 'POST', path, key);
	};
	expect((await erase(id)).status).toBe(200);
	expect((await erase('+15550000000')).status).toBe(200);
	expect(gong.records()).toHaveLength(2);
	gong.purgeMs = 0;
	expect(gong.records()).toHaveLength(1);
	const path = `/v2/data-privacy/data-for-phone-number?phoneNumber=${encodeURIComponent(id)}`;
	const { text } = await ask('gong', 'GET', path, key);
	expect(JSON.parse(text)).toMatchObject({ suppliedPhoneNumber: id, calls: [] });
});
