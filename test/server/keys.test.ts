/**
 * A key in a real n8n: what its HTTP Request node does with each credential of this package, stored
 * and decrypted by n8n itself. test/engine/keys.test.ts has all versions of the node, and GraphQL.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readyN8n } from '../../scripts/n8n/anyN8n';
import type { ReadyN8n } from '../../scripts/n8n/readyN8n';
import { startTimeout } from './n8n';

const key = 'sandbox-key-1234';

/** A server that writes down what reaches it; `/redirect` leads elsewhere, `/Token` gives a token. */
async function listen(redirectTo = '') {
	const requests: IncomingMessage[] = [];
	const server = createServer((request, response) => {
		requests.push(request);
		const status = request.url?.startsWith('/redirect') === true ? 307 : 200;
		const headers = { 'content-type': 'application/json', location: redirectTo };
		const token = { access_token: key, token_type: 'bearer', expires_in: 86_400 };
		response.writeHead(status, headers).end(JSON.stringify(token));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const stop = async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
	const { port } = server.address() as AddressInfo;
	return { requests, stop, address: `http://127.0.0.1:${port}` };
}

type Listener = Awaited<ReturnType<typeof listen>>;

let n8n: ReadyN8n;
let own: Listener;
let elsewhere: Listener;
beforeAll(async () => {
	elsewhere = await listen();
	own = await listen(elsewhere.address);
	n8n = await readyN8n();
}, startTimeout);
afterAll(async () => {
	await n8n?.stop();
	await own?.stop();
	await elsewhere?.stop();
}, 60_000);

const accounts = (address: string): Record<string, ICredentialDataDecryptedObject> => ({
	flyflowApi: { baseUrl: `${address}/v1`, apiKey: key },
	happyRobotApi: { baseUrl: `${address}/api/v1`, apiKey: key },
	kaleyraApi: { region: 'other', baseUrl: address, sid: 'HX1', apiKey: key },
	verbaApi: { baseUrl: address, apiKey: key },
	creovaiOAuth2Api: {
		baseUrl: address,
		tokenBaseUrl: address,
		clientId: 'ann',
		clientSecret: 'secret',
	},
});

/** The oldest and the newest that take these credentials, and one in wide use. */
const versions = [2, 4.2, 4.5];

function requestNode(type: string, version: number, url: string, proxy = '') {
	return {
		id: `${type} ${version} ${url}`,
		name: `${type} ${version} ${url}`,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: version,
		position: [200, 0] as [number, number],
		onError: 'continueRegularOutput' as const,
		parameters: {
			url,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: type,
			options:
				version < 3
					? { followRedirect: true, proxy }
					: { proxy, redirect: { redirect: { followRedirects: true } } },
		},
	};
}

const carriesKey = ({ headers, url = '' }: IncomingMessage) =>
	headers.authorization === `Bearer ${key}` ||
	headers['api-key'] === key ||
	new URL(url, own.address).searchParams.get('apiKey') === key;

test('a key that HTTP Request uses goes to its own address and nowhere else', async () => {
	const types = Object.keys(accounts(''));
	const credentials = await Promise.all(
		Object.entries(accounts(own.address)).map(
			async ([type, data]) => await n8n.api.createCredential(type, data),
		),
	);
	const nodes = types.flatMap((type) =>
		versions.flatMap((version) => [
			requestNode(type, version, `${own.address}/own/${type}/${version}`),
			requestNode(type, version, `${own.address}/redirect/${type}/${version}`),
			requestNode(type, version, `${elsewhere.address}/${type}/${version}`),
			requestNode(type, version, `${own.address}/proxy/${type}/${version}`, elsewhere.address),
		]),
	);
	const webhook = {
		id: 'webhook',
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		position: [0, 0] as [number, number],
		webhookId: 'try-keys',
		parameters: { httpMethod: 'POST', path: 'try-keys', responseMode: 'lastNode', options: {} },
	};
	const targets = nodes.map(({ name }) => ({ node: name, type: 'main' as const, index: 0 }));
	await n8n.api.publishWorkflow(
		{
			name: 'Keys',
			nodes: [webhook, ...nodes],
			connections: { Webhook: { main: [targets] } },
			settings: { executionOrder: 'v1' },
		},
		credentials,
	);
	await n8n.api.callWebhook('try-keys', {});

	expect(elsewhere.requests.map(({ url }) => url)).toEqual([]);
	const withKey = own.requests.filter(carriesKey).map(({ url }) => url?.split('?')[0]);
	const expected = types.flatMap((type) =>
		versions.flatMap((version) => [`/own/${type}/${version}`, `/redirect/${type}/${version}`]),
	);
	expect(withKey.sort()).toEqual(expected.sort());
}, 60_000);
