/** Where the address for tokens leads elsewhere, the client secret goes no further. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, test } from '@jest/globals';

import { sandboxAccounts } from '../../sandbox/accounts';
import { Sandbox } from '../../sandbox/sandbox';
import { testCredential } from './credentialTest';
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

/** An address for tokens that leads to another host, and the two servers' logs. */
async function leadElsewhere(status: number) {
	const elsewhere: string[] = [];
	const there = await listen(({ method, url }, response) => {
		elsewhere.push(`${method} ${url}`);
		response.writeHead(400).end('{}');
	});
	const asked: string[] = [];
	const here = await listen((request, response) => {
		asked.push(`${request.method} ${request.url}`);
		request.resume();
		// Another host by its name, so that nothing takes it for the same one.
		response.writeHead(status, { location: `http://localhost:${there}/Token` }).end();
	});
	const sandbox = await Sandbox.start();
	closing.push(async () => await sandbox.stop());
	sandbox.creovai.fill(1);
	const account = {
		...sandboxAccounts(sandbox).creovaiOAuth2Api,
		tokenBaseUrl: `http://127.0.0.1:${here}`,
	};
	return { account, asked, elsewhere, sandbox };
}

describe.each([301, 302, 303, 307, 308])(
	`The address for tokens redirects with %i, on n8n-core ${coreVersion}`,
	(status) => {
		test('a purge ends there, and nothing goes to the other host', async () => {
			const { account, asked, elsewhere, sandbox } = await leadElsewhere(status);
			const { json } = await runNode({
				type: 'creovai',
				items: [{}],
				parameters: { resource: 'call', operation: 'purgeByCallId', callId: 'c000001' },
				credentials: { creovaiOAuth2Api: account },
				onError: 'continueRegularOutput',
			});
			expect(json).toMatchObject([
				{
					outcome: 'skipped',
					reason: {
						code: 'badCredentials',
						message: expect.stringContaining(`Token Base URL (HTTP ${status})`) as unknown,
					},
				},
			]);
			expect(sandbox.requests).toEqual([]);
			expect(asked).toEqual(['POST /Token']);
			expect(elsewhere).toEqual([]);
		});

		test('the Test button ends there as well', async () => {
			const { account, asked, elsewhere } = await leadElsewhere(status);
			expect(await testCredential('creovai', 'creovaiOAuth2Api', account)).toMatchObject({
				status: 'Error',
				message: expect.stringContaining('Check Token Base URL') as unknown,
			});
			expect(asked).toEqual(['POST /Token']);
			expect(elsewhere).toEqual([]);
		});
	},
);
