/**
 * Creovai's credential in nodes of n8n's: a token is fetched for them, and no request goes out a
 * second time, whatever is answered.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { coreVersion, runNode } from '../engine';
import { requestNodes, type RequestNode } from '../requestNodes';

/** Gives tokens, and answers everything else with one status. */
class Vendor {
	readonly requests: string[] = [];

	status = 200;

	private tokens = 0;

	readonly server: Server = createServer((request, response) => {
		request.resume();
		const { authorization = 'nothing' } = request.headers;
		this.requests.push(request.url === '/Token' ? 'token' : `${request.url} with ${authorization}`);
		response.setHeader('content-type', 'application/json');
		if (request.url !== '/Token') {
			response.writeHead(this.status).end('{}');
			return;
		}
		const token = { access_token: `t${++this.tokens}`, token_type: 'bearer', expires_in: 1799 };
		response.end(JSON.stringify(token));
	});

	get address(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}
}

let vendor: Vendor;
let credentials: ICredentialDataDecryptedObject;
beforeAll(async () => {
	vendor = new Vendor();
	await new Promise<void>((resolve) => vendor.server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
	vendor.server.closeAllConnections();
	await new Promise((resolve) => vendor.server.close(resolve));
});
beforeEach(() => {
	vendor.requests.length = 0;
	vendor.status = 200;
	credentials = {
		baseUrl: vendor.address,
		tokenBaseUrl: vendor.address,
		clientId: 'user',
		clientSecret: randomUUID(),
	};
});

async function ask(node: RequestNode, ...paths: string[]): Promise<void> {
	await runNode({
		type: node.type,
		foreign: node,
		parameters: node.parameters('creovaiOAuth2Api', false),
		items: paths.map((path) => ({ url: `${vendor.address}${path}` })),
		credentials: { creovaiOAuth2Api: credentials },
		onError: 'continueRegularOutput',
	});
}

/** Paths and tokens, without what GraphQL puts behind a path. */
const seen = () =>
	vendor.requests.map((request) => request.replace(/\?\S*/, '').replace(/t\d+$/, 't'));

describe.each(requestNodes().map((node) => [node.title, node] as const))(
	`Creovai's credential in %s, on n8n-core ${coreVersion}`,
	(_, node) => {
		test('has a token fetched, which later requests and executions use as well', async () => {
			await ask(node, '/a', '/b', '/c');
			await ask(node, '/d');
			expect(seen().filter((request) => request === 'token')).toHaveLength(1);
			expect(seen().slice(1).sort()).toEqual(
				['/a', '/b', '/c', '/d'].map((path) => `${path} with Bearer t`),
			);
		});

		test.each([500, 400, 401, 503])('sends no request twice: %i', async (status) => {
			vendor.status = status;
			await ask(node, '/a');
			await ask(node, '/b');
			expect(seen()).toEqual(['token', '/a with Bearer t', '/b with Bearer t']);
		});

		test('does not send a token whose time is over, and the request once', async () => {
			await ask(node, '/a');
			credentials.goodUntil = Date.now() - 1;
			credentials.accessToken = 'ran-out';
			vendor.status = 500;
			await ask(node, '/b');
			expect(seen()).toEqual(['token', '/a with Bearer t', '/b with Bearer t']);
		});

		test('fetches another after a field was changed', async () => {
			await ask(node, '/a');
			credentials.clientSecret = randomUUID();
			await ask(node, '/b');
			expect(seen()).toEqual(['token', '/a with Bearer t', 'token', '/b with Bearer t']);
		});
	},
);
