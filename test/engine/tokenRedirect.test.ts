/**
 * What n8n's own OAuth2 client does where the address for tokens leads elsewhere. The package cannot
 * change it; docs/security.md says so, and this test says when that is no longer true.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, test } from '@jest/globals';

import { sandboxAccounts } from '../../sandbox/accounts';
import { Sandbox } from '../../sandbox/sandbox';
import { coreVersion, runNode } from './engine';

const closing: Array<() => Promise<unknown>> = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

async function listen(
	answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<number> {
	const server: Server = createServer(answer);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	closing.push(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	return (server.address() as AddressInfo).port;
}

/** Purges while the address for tokens leads elsewhere. @returns what reached the other host */
async function whereTokensLeadElsewhere(status: number): Promise<string[]> {
	const sandbox = await Sandbox.start();
	closing.push(async () => await sandbox.stop());
	sandbox.creovai.fill(1);
	const bodies: string[] = [];
	const elsewhere = await listen((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			bodies.push(`${request.method} ${body}`);
			response.writeHead(400).end('{}');
		});
	});
	const leading = await listen((request, response) => {
		request.resume();
		// Another host by its name, so that nothing takes it for the same one.
		response.writeHead(status, { location: `http://localhost:${elsewhere}/Token` }).end();
	});
	const account = sandboxAccounts(sandbox).creovaiOAuth2Api;
	const { json } = await runNode({
		type: 'creovai',
		items: [{}],
		parameters: { resource: 'call', operation: 'purgeByCallId', callId: 'c000001' },
		credentials: {
			creovaiOAuth2Api: { ...account, tokenBaseUrl: `http://127.0.0.1:${leading}` },
		},
		onError: 'continueRegularOutput',
	});
	expect(json).toMatchObject([{ deleted: false, target: { callId: 'c000001' } }]);
	expect(sandbox.creovai.calls.has('c000001')).toBe(true);
	return bodies;
}

describe(`A redirect of the address for tokens, on n8n-core ${coreVersion}`, () => {
	test.each([307, 308])('%i: n8n sends the client secret on to the other host', async (status) => {
		expect(await whereTokensLeadElsewhere(status)).toEqual([
			expect.stringMatching(/^POST .*client_secret=creovai-sandbox-secret/) as unknown,
		]);
	});

	test.each([301, 302, 303])('%i: n8n goes there without the secret', async (status) => {
		expect(await whereTokensLeadElsewhere(status)).toEqual(['GET ']);
	});
});
