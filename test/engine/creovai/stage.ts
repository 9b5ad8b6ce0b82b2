/** What the engine tests of Creovai share: a sandbox, the account, and the node run against it. */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import type { Receipt } from '../../../erasure/receipt';
import type { LoggedRequest } from '../../../sandbox/loggedRequest';
import { Sandbox } from '../../../sandbox/sandbox';
import { runNode, type RunOptions, type RunResult } from '../engine';

export let sandbox: Sandbox;

/** Another one for each test: what a process keeps of tokens is kept by account. */
export let clientSecret: string;

beforeAll(async () => {
	sandbox = await Sandbox.start();
});

afterAll(async () => await sandbox.stop());

beforeEach(() => {
	sandbox.forget();
	sandbox.creovai.fill(300);
	sandbox.creovai.purgeMs = 0;
	clientSecret = `sandbox-secret-${randomUUID()}`;
	sandbox.creovai.clientSecret = clientSecret;
});

export const byCallId = '/purge/v1/calls';

export const bySessionId = '/purge/v1/calls/sessions';

export const byCustomer = '/purge/v1/calls/customer';

export const whatIf = '/purge/v1/calls/customer?whatIf=true';

export const status = '/callCapture/v1/status';

export const html = { 'content-type': 'text/html' };

export interface Given extends Partial<Omit<RunOptions, 'type'>> {
	operation: string;
	options?: IDataObject;
}

export async function run({
	operation,
	parameters,
	options,
	...others
}: Given): Promise<RunResult> {
	const address = sandbox.address('creovai');
	return await runNode({
		type: 'creovai',
		parameters: {
			resource: 'call',
			operation,
			callId: '={{ $json.id }}',
			sessionId: '={{ $json.id }}',
			phoneNumber: '={{ $json.phone }}',
			options: options ?? {},
			...parameters,
		},
		items: [{}],
		credentials: {
			creovaiOAuth2Api: {
				baseUrl: address,
				tokenBaseUrl: address,
				clientId: 'creovai-sandbox-user',
				clientSecret,
			},
		},
		...others,
	});
}

export function requestsTo(url: string): LoggedRequest[] {
	return sandbox.requestsTo('creovai').filter((request) => request.url === url);
}

/** The IDs that requests carried, by request. */
export function idsSentTo(url: string): string[][] {
	return requestsTo(url).map(({ body }) => (JSON.parse(body) as { ids: string[] }).ids);
}

export function receipts(result: RunResult): Receipt[] {
	const thrown = result.error?.context?.receipts as Receipt[] | undefined;
	return thrown ?? (result.outputs.flat().map(({ json }) => json) as unknown as Receipt[]);
}

export const outcomesOf = (result: RunResult) => receipts(result).map(({ outcome }) => outcome);

export const callIds = (count: number) =>
	Array.from({ length: count }, (_, index) => `c${String(index + 1).padStart(6, '0')}`);

export const asItems = (ids: readonly string[]) => ids.map((id) => ({ id }));

/** Has the sandbox do what was asked and change the entries of its reply. */
export function garbleItems(change: (items: IDataObject[]) => unknown[], name = 'items'): void {
	sandbox.faults.add({
		when: ({ url }) => !url.includes('/Token'),
		fault: {
			kind: 'garble',
			change: (payload) => {
				const body = JSON.parse(payload) as Record<string, IDataObject[]>;
				return JSON.stringify({ [name]: change(body[name] ?? []) });
			},
		},
	});
}

export async function waitFor(condition: () => boolean): Promise<void> {
	while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

export const phone = '444-555-9876';

export const masked = '********76';

export const notation = 'as written';

/** Three calls of one customer: one of them without a call ID. */
export function fillCustomer(count = 3): void {
	for (let number = 1; number <= count; number++) {
		const id = `customer-${number}`;
		const withoutCallId = number === 3;
		sandbox.creovai.calls.set(id, {
			id,
			sessionId: `session-${number}`,
			phoneNumber: phone,
			withoutCallId,
		});
	}
}

export const found = [
	{ callId: 'customer-1', sessionId: 'session-1', phoneNumber: masked, notation },
	{ callId: 'customer-2', sessionId: 'session-2', phoneNumber: masked, notation },
	{ sessionId: 'session-3', phoneNumber: masked, notation },
];

export const searched = () =>
	sandbox
		.requestsTo('creovai')
		.filter(({ url }) => url.startsWith('/purge/v1/calls/customer'))
		.map(({ body }) => (JSON.parse(body) as { phoneNumber: string }).phoneNumber);
