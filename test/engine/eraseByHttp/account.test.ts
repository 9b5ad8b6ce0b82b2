/** Keys and tokens of Erase by HTTP: what reaches the vendor with them, and what does not. */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { coreVersion, runNode } from '../engine';
import { gives } from '../spellings';

interface Seen {
	readonly path: string;
	readonly authorization: string | undefined;
	readonly version: string | string[] | undefined;
	readonly body: string;
}

/** Gives tokens at /token, and answers everything else with one status. */
class Vendor {
	readonly seen: Seen[] = [];

	/** What the next requests that are not for a token are answered with; then 204. */
	statuses: number[] = [];

	token: IDataObject | undefined;

	redirectTo: string | undefined;

	private tokens = 0;

	private readonly server: Server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { url: path = '', headers } = request;
			const { authorization, 'x-version': version } = headers;
			this.seen.push({ path, authorization, version, body: Buffer.concat(chunks).toString() });
			const isForToken = path === '/token';
			if (isForToken && this.redirectTo === undefined) {
				const given = { access_token: `t${++this.tokens}`, token_type: 'bearer', ...this.token };
				response.setHeader('content-type', 'application/json').end(JSON.stringify(given));
				return;
			}
			const to = this.redirectTo === undefined ? {} : { location: this.redirectTo };
			const status = isForToken ? 307 : (this.statuses.shift() ?? 204);
			response.writeHead(status, to).end(status === 204 ? undefined : `"${path}"`);
		});
	});

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	get address(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	reset(): void {
		this.seen.length = 0;
		Object.assign(this, { statuses: [], token: undefined, redirectTo: undefined, tokens: 0 });
	}
}

const vendor = new Vendor();
const elsewhere = new Vendor();
beforeAll(async () => await Promise.all([vendor.start(), elsewhere.start()]));
afterAll(async () => await Promise.all([vendor.stop(), elsewhere.stop()]));

let client: ICredentialDataDecryptedObject;
beforeEach(() => {
	vendor.reset();
	elsewhere.reset();
	client = {
		baseUrl: `${vendor.address}/v1`,
		tokenUrl: `${vendor.address}/token`,
		clientId: 'ann',
		// Another account for each test: what a process keeps of tokens is kept by account.
		clientSecret: randomUUID(),
	};
});

async function erase(
	authentication: string,
	credential: ICredentialDataDecryptedObject,
	{ ids = ['1'], options = {} }: { ids?: string[]; options?: IDataObject } = {},
) {
	const { json } = await runNode({
		type: 'eraseByHttp',
		items: ids.map((id) => ({ id })),
		parameters: {
			...{ resource: 'record', operation: 'delete', deletionMode: 'delete' },
			...{ vendorName: 'Example', path: '/calls/{id}', recordId: '={{ $json.id }}' },
			...{ authentication, options: { includeVendorResponse: true, ...options } },
		},
		credentials: { [authentication]: credential },
		onError: 'continueRegularOutput',
	});
	return json;
}

const withToken = async (ids?: string[]) =>
	await erase('eraseByHttpOAuth2Api', client, ids === undefined ? {} : { ids });

/** Paths, and the tokens that they came with. */
const seen = () =>
	vendor.seen.map(({ path, authorization }) =>
		path === '/token' ? 'token' : `${path} ${authorization}`,
	);

describe(`Erase by HTTP on n8n-core ${coreVersion}: the key`, () => {
	const key = 'sandbox-key-1234';

	test.each<[string, ICredentialDataDecryptedObject, Partial<Seen>]>([
		['bearer', { key }, { path: '/v1/calls/1', authorization: `Bearer ${key}` }],
		['query', { sendKeyAs: 'query', queryName: 'k', key }, { path: `/v1/calls/1?k=${key}` }],
		[
			'basic',
			{ sendKeyAs: 'basic', user: 'ann', password: key },
			{ authorization: `Basic ${Buffer.from(`ann:${key}`).toString('base64')}` },
		],
	])(
		'is sent once, with the headers of the node, and repeated nowhere: %s',
		async (_, fields, sent) => {
			vendor.statuses = [422];
			const headers = { header: [{ name: 'X-Version', value: '2' }] };
			const account = { baseUrl: `${vendor.address}/v1`, ...fields };
			const json = await erase('eraseByHttpApi', account, { options: { headers } });
			expect(vendor.seen).toMatchObject([{ ...sent, version: '2' }]);
			expect(gives(JSON.stringify(json), key)).toBe(false);
		},
	);
});

describe(`Erase by HTTP on n8n-core ${coreVersion}: tokens`, () => {
	test('are asked for as the fields say, once for runs side by side', async () => {
		Object.assign(client, {
			sendClientAs: 'basic',
			grantType: 'account_credentials',
			tokenParameters: 'account_id=abc',
		});
		const [first] = await Promise.all([withToken(['1', '2']), withToken(['3'])]);
		expect(first).toMatchObject([{ outcome: 'deleted' }, { outcome: 'deleted' }]);
		expect(seen().sort()).toEqual([
			...['1', '2', '3'].map((id) => `/v1/calls/${id} Bearer t1`),
			'token',
		]);
		const login = Buffer.from(`ann:${client.clientSecret as string}`).toString('base64');
		const [request] = vendor.seen;
		expect(request?.authorization).toBe(`Basic ${login}`);
		expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
			grant_type: 'account_credentials',
			account_id: 'abc',
		});
	});

	test.each<[string, IDataObject, number]>([
		['as text', { expires_in: '3600' }, 1],
		['not at all', {}, 1],
		['of type Bearer', { token_type: 'Bearer', expires_in: 3600 }, 1],
		['without a type', { token_type: undefined, expires_in: 3600 }, 1],
		['that are over', { expires_in: '0.01' }, 2],
	])('are kept for as long as is said: %s', async (_, token, times) => {
		vendor.token = token;
		await withToken();
		await new Promise((resolve) => setTimeout(resolve, 20));
		await withToken();
		expect(seen().filter((request) => request === 'token')).toHaveLength(times);
	});

	test('are renewed once where one is turned down', async () => {
		vendor.statuses = [401];
		expect(await withToken()).toMatchObject([{ outcome: 'deleted' }]);
		expect(seen()).toEqual(['token', '/v1/calls/1 Bearer t1', 'token', '/v1/calls/1 Bearer t2']);
	});

	test('are renewed no more than once: the run ends', async () => {
		vendor.statuses = [401, 401, 401, 401];
		expect(await withToken(['1', '2'])).toMatchObject([
			{ outcome: 'skipped', reason: { code: 'badCredentials' } },
			{ outcome: 'skipped' },
		]);
		expect(seen()).toHaveLength(4);
	});

	test('come from the Token URL and from nowhere that it leads to', async () => {
		vendor.redirectTo = `http://localhost:${elsewhere.port}/token`;
		expect(await withToken()).toMatchObject([
			{
				outcome: 'skipped',
				reason: {
					message: expect.stringMatching(
						/^What answered at the Token URL \(HTTP 307\) gave no token\. /,
					) as unknown,
				},
			},
		]);
		expect(seen()).toEqual(['token']);
		expect(elsewhere.seen).toEqual([]);
	});

	test('that are none leave their secret nowhere', async () => {
		vendor.token = { access_token: `no token: ${client.clientSecret as string}` };
		const json = await withToken();
		expect(json).toMatchObject([{ outcome: 'skipped' }]);
		expect(gives(JSON.stringify(json), client.clientSecret as string)).toBe(false);
	});
});
