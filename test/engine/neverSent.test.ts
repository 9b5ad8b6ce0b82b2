import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { Sandbox } from '../../sandbox/sandbox';
import { testCredential } from './credentialTest';
import { coreVersion, runNode } from './engine';
import { ssrfProtection } from './ssrfProtection';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.forget();
	sandbox.flyflow.fill(2);
});

const account = (baseUrl = `${sandbox.address('flyflow')}/v1`) => ({
	apiKey: sandbox.flyflow.apiKey,
	baseUrl,
});

/** The one receipt, and what a look and the Test button say of the same. */
async function meet(baseUrl?: string) {
	const receiptOf = async (deletionMode: string) => {
		const { json } = await runNode({
			type: 'flyflow',
			items: [{}],
			onError: 'continueRegularOutput',
			credentials: { flyflowApi: account(baseUrl) },
			parameters: { resource: 'call', operation: 'delete', callId: 'call_1', deletionMode },
		});
		return json[0];
	};
	return {
		receipt: await receiptOf('delete'),
		preview: await receiptOf('preview'),
		button: await testCredential('flyflow', 'flyflowApi', account(baseUrl)),
	};
}

/** Never sent: failed for certain, with the same words in each place. */
async function expectNotDelivered(words: string, baseUrl?: string): Promise<void> {
	const said = expect.stringContaining(words) as unknown;
	const notDelivered = {
		outcome: 'failed',
		reason: { code: 'notDelivered', message: said },
	};
	expect(await meet(baseUrl)).toMatchObject({
		receipt: notDelivered,
		preview: notDelivered,
		button: { status: 'Error', message: said },
	});
	expect(sandbox.requests).toEqual([]);
}

// n8n 1.x has no such protection.
if (!coreVersion.startsWith('1.')) {
	describe(`n8n's own block of an address, on n8n-core ${coreVersion}`, () => {
		const { Container, config } = ssrfProtection();
		afterEach(() => {
			config.enabled = false;
			expect(Container).toBeDefined();
		});

		test.each(['127.0.0.1', 'localhost'])(
			'%s: names the block and where it is set',
			async (host) => {
				config.enabled = true;
				const { port } = new URL(sandbox.address());
				await expectNotDelivered(
					"Flyflow was not reached: n8n blocks requests to its address (N8N_SSRF_PROTECTION_ENABLED). Name it in n8n's environment, in N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES",
					`http://${host}:${port}/flyflow/v1`,
				);
			},
		);
	});
}

describe(`a proxy on the way, on n8n-core ${coreVersion}`, () => {
	const asked: string[] = [];
	const proxy = http.createServer();
	proxy.on('connect', ({ url }: http.IncomingMessage, socket) => {
		asked.push(String(url));
		socket.end(
			url?.startsWith('silent')
				? undefined
				: 'HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="p"\r\nContent-Length: 0\r\n\r\n',
		);
	});
	beforeAll(async () => {
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	});
	afterAll(() => {
		proxy.close();
	});
	const own = process.env.HTTPS_PROXY;
	afterEach(() => {
		if (own === undefined) delete process.env.HTTPS_PROXY;
		else process.env.HTTPS_PROXY = own;
	});
	const checkProxy = "Check the proxy in n8n's environment (HTTP_PROXY, HTTPS_PROXY";

	test('that answers 407 is named, and nothing is final', async () => {
		process.env.HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
		await expectNotDelivered(
			`the proxy on the way asked for a user and password (HTTP 407). ${checkProxy}`,
			'https://vendor.example/v1',
		);
		expect(asked).toContain('vendor.example:443');
	});

	test('that closes the connection is named', async () => {
		process.env.HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
		await expectNotDelivered(
			`the proxy on the way closed the connection. ${checkProxy}`,
			'https://silent.example/v1',
		);
	});

	test('that is not there is named', async () => {
		process.env.HTTPS_PROXY = 'http://127.0.0.1:9';
		await expectNotDelivered(
			`the proxy 127.0.0.1:9 was not reached (ECONNREFUSED). ${checkProxy}`,
			'https://vendor.example/v1',
		);
	});

	test('that has no address is named', async () => {
		process.env.HTTPS_PROXY = 'http://proxy.invalid:3128';
		await expectNotDelivered(
			'the proxy proxy.invalid was not reached (E',
			'https://vendor.example/v1',
		);
	});
});

describe(`an answer that takes nothing on, on n8n-core ${coreVersion}`, () => {
	test.each([421, 425])('%i once: sent again, and done', async (status) => {
		sandbox.faults.add({ fault: { kind: 'status', status }, times: 1 });
		const { receipt } = await meet();
		expect(receipt).toMatchObject({ outcome: 'deleted', attempts: 2 });
	});

	test.each([421, 425])('%i for ever: failed, since it certainly was not done', async (status) => {
		sandbox.faults.add({ fault: { kind: 'status', status } });
		const { receipt } = await meet();
		expect(receipt).toMatchObject({
			outcome: 'failed',
			attempts: 4,
			reason: { code: 'vendorError', message: expect.stringContaining(`${status}`) as unknown },
		});
		expect(sandbox.flyflow.calls.has('call_1')).toBe(true);
	});
});
