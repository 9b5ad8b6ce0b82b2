/* eslint max-lines: "off" -- one promise, held for every credential in every version of a node */
/**
 * Whatever node of n8n's uses a credential of this package, its key goes to its own address and
 * nowhere else. Tried with the nodes themselves, against servers that write down what reaches them.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { coreVersion, runNode, type RunOptions } from './engine';
import { requestNodes, type Ask, type RequestNode } from './requestNodes';

const key = 'sandbox-key-1234';

interface Account {
	readonly type: string;
	/** How the key is sent, where a credential knows several ways. */
	readonly way?: string;
	data(own: string): ICredentialDataDecryptedObject;
	/** The fields that a person copies or types, and that travel in a header or an address. */
	readonly secrets: readonly string[];
	/** The package's own node, and what it would delete. */
	readonly deletion: Pick<RunOptions, 'type' | 'parameters'>;
	/** The key, as the request that has it carries it. */
	readonly keyIn: (request: IncomingMessage) => unknown;
}

const deleteOne = { operation: 'delete', deletionMode: 'delete' };

const eraseByHttp = {
	type: 'eraseByHttp',
	parameters: {
		...deleteOne,
		resource: 'record',
		vendorName: 'Example',
		path: '/calls/{id}',
		recordId: '1',
	},
};

const bearerKey = ({ headers }: IncomingMessage) => headers.authorization?.replace('Bearer ', '');

const accounts: readonly Account[] = [
	{
		type: 'flyflowApi',
		data: (own) => ({ baseUrl: `${own}/v1`, apiKey: key }),
		secrets: ['apiKey'],
		deletion: { type: 'flyflow', parameters: { ...deleteOne, resource: 'call', callId: '1' } },
		keyIn: bearerKey,
	},
	{
		type: 'happyRobotApi',
		data: (own) => ({ baseUrl: `${own}/api/v1`, apiKey: key }),
		secrets: ['apiKey'],
		deletion: {
			type: 'happyRobot',
			parameters: { ...deleteOne, resource: 'call', callId: '1'.repeat(24) },
		},
		keyIn: bearerKey,
	},
	{
		type: 'kaleyraApi',
		data: (own) => ({ region: 'other', baseUrl: own, sid: 'HX1', apiKey: key }),
		secrets: ['apiKey'],
		deletion: { type: 'kaleyra', parameters: { ...deleteOne, resource: 'flow', flowId: '1' } },
		keyIn: ({ headers }) => headers['api-key'],
	},
	{
		type: 'verbaApi',
		data: (own) => ({ baseUrl: own, apiKey: key, user: 'ann', password: 'p' }),
		secrets: ['apiKey', 'user', 'password'],
		deletion: {
			type: 'verba',
			parameters: { ...deleteOne, resource: 'conversation', identifyBy: 'callID', identifier: '1' },
		},
		keyIn: ({ url = '' }) => new URL(url, 'http://verba').searchParams.get('apiKey'),
	},
	{
		type: 'creovaiOAuth2Api',
		data: (own) => ({ baseUrl: own, tokenBaseUrl: own, clientId: 'ann', clientSecret: 's' }),
		// Client ID and secret travel in a form, which carries any character.
		secrets: [],
		deletion: {
			type: 'creovai',
			parameters: { resource: 'call', operation: 'purgeByCallId', callId: '1' },
		},
		keyIn: bearerKey,
	},
	{
		type: 'eraseByHttpApi',
		way: 'query',
		data: (own) => ({ baseUrl: `${own}/v1`, sendKeyAs: 'query', queryName: 'k', key }),
		secrets: ['key'],
		deletion: eraseByHttp,
		keyIn: ({ url = '' }) => new URL(url, 'http://example').searchParams.get('k'),
	},
	{
		type: 'eraseByHttpApi',
		way: 'header',
		data: (own) => ({ baseUrl: own, sendKeyAs: 'header', headerName: 'X-Api-Key', key }),
		secrets: ['key'],
		deletion: eraseByHttp,
		keyIn: ({ headers }) => headers['x-api-key'],
	},
	{
		type: 'eraseByHttpOAuth2Api',
		data: (own) => ({
			...{ baseUrl: own, tokenUrl: `${own}/Token`, clientId: 'ann', clientSecret: 's' },
			...{ sendClientAs: 'basic', grantType: 'account_credentials' },
		}),
		// Client ID and secret are encoded.
		secrets: [],
		deletion: eraseByHttp,
		keyIn: bearerKey,
	},
];

/** What Creovai answers at /Token; the other vendors' own addresses are not asked for it. */
const token = { access_token: key, token_type: 'bearer', expires_in: 86_400 };

const titleOf = ({ type, way }: Account) => (way === undefined ? type : `${type} (${way})`);

const redirects = [301, 302, 303, 307, 308];

/** A server that writes down what reaches it, down to connections that become no request. */
class Listener {
	readonly requests: IncomingMessage[] = [];
	connections = 0;

	private constructor(private readonly server: Server) {}

	static async start(redirectTo?: string): Promise<Listener> {
		const server = createServer((request, response) => {
			listener.requests.push(request);
			const status = Number(/redirect\/(\d+)/.exec(request.url ?? '')?.[1] ?? 200);
			const headers = { 'content-type': 'application/json', connection: 'close' };
			const location = status === 200 || redirectTo === undefined ? {} : { location: redirectTo };
			response
				.writeHead(status, { ...headers, ...location })
				.end(JSON.stringify(request.url === '/Token' ? token : { calls: [] }));
		});
		const listener = new Listener(server);
		server.on('connection', () => (listener.connections += 1));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return listener;
	}

	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	get address(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	get paths(): Array<string | undefined> {
		return this.requests.map(({ url }) => url?.split('?')[0]);
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}

/** What became of one credential in one node. */
interface Tried {
	readonly own: Listener;
	readonly elsewhere: Listener;
	readonly redirected: Listener;
	readonly proxy: Listener;
	/** What the node said of each address that is another one, by the address. */
	readonly said: ReadonlyMap<string, string>;
	readonly saidOfProxy: string;
	readonly saidOfCertificate: string;
}

/** Addresses that are not the own one, some of which look like it. */
const otherAddresses = (own: Listener, elsewhere: Listener) => [
	`${elsewhere.address}/v1`,
	`http://localhost:${own.port}/other-host`,
	`https://127.0.0.1:${own.port}/other-scheme`,
	`http://127.0.0.1:${own.port}@127.0.0.1:${elsewhere.port}/`,
	`http://127.0.0.1:${elsewhere.port}\\@127.0.0.1:${own.port}/`,
];

/** Runs the node with an item for each way out. */
async function tryOut(account: Account, node: RequestNode): Promise<Tried> {
	const [elsewhere, redirected, proxy] = await Promise.all([
		Listener.start(),
		Listener.start(),
		Listener.start(),
	]);
	// Another host by its name, so that nothing takes it for the same one.
	const own = await Listener.start(`http://localhost:${redirected.port}/`);
	const others = otherAddresses(own, elsewhere);
	const asks: Ask[] = [
		...others.map((url) => ({ url })),
		{ url: `${own.address}/by-proxy`, proxy: proxy.address },
		{ url: `${own.address}/own` },
		...redirects.map((status) => ({ url: `${own.address}/redirect/${status}` })),
	];
	const run = async (items: Ask[], ignoreSslIssues: boolean) =>
		await saidOfEach(items, {
			type: node.type,
			foreign: node,
			parameters: node.parameters(account.type, ignoreSslIssues),
			credentials: { [account.type]: account.data(own.address) },
			onError: 'continueRegularOutput',
		});
	const said = await run(asks, false);
	// An option that takes no expression.
	const [saidOfCertificate = ''] = await run([{ url: `${own.address}/unchecked` }], true);
	return {
		own,
		elsewhere,
		redirected,
		proxy,
		said: new Map(others.map((url, item) => [url, said[item] ?? ''])),
		saidOfProxy: said[others.length] ?? '',
		saidOfCertificate,
	};
}

/** Runs the node. @returns what came out for each item */
async function saidOfEach(items: Ask[], options: Omit<RunOptions, 'items'>): Promise<string[]> {
	const { outputs } = await runNode({ ...options, items });
	return items.map((_, item) => {
		const found = (outputs[0] ?? []).find(
			({ pairedItem }) => (pairedItem as { item?: number } | undefined)?.item === item,
		);
		return JSON.stringify(found?.json ?? {});
	});
}

const nodes = requestNodes();
const cases = accounts.flatMap((account) =>
	nodes.map((node) => ({ account, node, name: `${titleOf(account)} in ${node.title}` })),
);
const tried = new Map<string, Tried>();

beforeAll(async () => {
	await Promise.all(
		cases.map(async ({ account, node, name }) => tried.set(name, await tryOut(account, node))),
	);
});
afterAll(async () => {
	const listeners = [...tried.values()].flatMap(({ own, elsewhere, redirected, proxy }) => [
		own,
		elsewhere,
		redirected,
		proxy,
	]);
	await Promise.all(listeners.map(async (listener) => await listener.stop()));
});

function resultOf(name: string): Tried {
	const result = tried.get(name);
	if (result === undefined) throw new Error(`${name} was not tried`);
	return result;
}

const names = cases.map(({ name }) => name);

describe(`A key that another node uses, on n8n-core ${coreVersion}`, () => {
	test.each(cases)('goes to its own address: $name', ({ account, name }) => {
		const { own } = resultOf(name);
		const arrived = own.requests.filter(({ url }) => url?.startsWith('/own'));
		expect(arrived.map(account.keyIn)).toEqual([key]);
	});

	test.each(names)('goes to no other address: %s', (name) => {
		const { own, elsewhere, said } = resultOf(name);
		expect(elsewhere.connections).toBe(0);
		expect(own.paths).not.toContain('/other-host');
		for (const [url, words] of said) {
			expect(words).toContain(
				`These credentials are for ${own.address} and are not sent to ${new URL(url).origin}. Use an address there, or other credentials`,
			);
		}
	});

	test.each(names)('follows no redirect of its own address: %s', (name) => {
		const { own, redirected } = resultOf(name);
		const followed = redirects.map((status) => `/redirect/${status}`);
		expect(own.paths.filter((path) => path?.startsWith('/redirect')).sort()).toEqual(followed);
		expect(redirected.connections).toBe(0);
	});

	test.each(cases.filter(({ node }) => node.hasProxy).map(({ name }) => name))(
		'goes through no proxy that the node names: %s',
		(name) => {
			const { own, proxy, saidOfProxy } = resultOf(name);
			expect(proxy.connections).toBe(0);
			expect(own.paths).not.toContain('/by-proxy');
			expect(saidOfProxy).toContain(
				'These credentials are not sent through a proxy that a node names. Remove Proxy ',
			);
		},
	);

	test.each(names)('goes nowhere without a check of the certificate: %s', (name) => {
		const { own, saidOfCertificate } = resultOf(name);
		expect(own.paths).not.toContain('/unchecked');
		expect(saidOfCertificate).toContain(
			"These credentials are only sent where n8n itself checks the server's certificate. ",
		);
	});
});

/** What a copy brings along, and what no header carries. */
const unsendable = ['ab\ncd', 'ab\r\nx-other: 1', 'ab\u0000cd', 'ab\u200bcd', '\ufeffab\u200e'];

/** People choose these characters in passwords; keys do not have them. */
const notInKeys = ['ab cd', 'ab cd ef', '“abcd”', 'abcd’', 'ключ', 'ab\u00a0cd'];

function notSentAs({ way }: Account, secret: string): readonly string[] {
	if (!['apiKey', 'key'].includes(secret)) return unsendable;
	// As in `Token abc`, which some vendors want in their header.
	const allowed = way === 'header' ? ['ab cd'] : [];
	return [...unsendable, ...notInKeys].filter((text) => !allowed.includes(text));
}

describe(`What no header carries, on n8n-core ${coreVersion}`, () => {
	const fields = accounts.flatMap((account) =>
		account.secrets.map((secret) => ({ account, secret, name: `${titleOf(account)}, ${secret}` })),
	);

	test.each(fields)('is not sent changed: $name', async ({ account, secret }) => {
		const own = await Listener.start();
		const [requestNode] = nodes;
		const bad = notSentAs(account, secret);
		const said = await Promise.all(
			bad.flatMap((text) => {
				const credentials = { [account.type]: { ...account.data(own.address), [secret]: text } };
				return [
					saidOfEach([{ url: `${own.address}/` }], {
						type: requestNode?.type ?? '',
						...(requestNode === undefined ? {} : { foreign: requestNode }),
						parameters: requestNode?.parameters(account.type, false) ?? {},
						credentials,
						onError: 'continueRegularOutput',
					}),
					saidOfEach([{ url: '' }], {
						...account.deletion,
						credentials,
						onError: 'continueRegularOutput',
					}),
				];
			}),
		);
		await own.stop();
		expect(own.connections).toBe(0);
		expect(said).toHaveLength(2 * bad.length);
		for (const [words = ''] of said) {
			expect(words).toMatch(/(Key|User|Password) in the credentials holds a character that /);
		}
	});
});
