import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { listenForCallbacks, type Callbacks } from '../server/requests/sender';
import { accepted, receipt, unknown } from '../unit/certificate/receipts';
import {
	headerCall,
	headerIntake,
	headerValue,
	ketchBody,
	secret,
	standardWebhooks,
	vendors,
} from '../unit/requests/senders';
import { takeRequest } from '../../erasure/requests/takeRequest';
import { coreVersion, runNode, type RunOptions } from './engine';
import { fieldsNotShown } from './outputSchema';
import { reportTo, rowOf, signing } from './reports';
import { testTroublesOfCallbacks } from './troublesOfCallbacks';

let callbacks: Callbacks;
beforeAll(async () => {
	callbacks = await listenForCallbacks();
});
afterAll(async () => await callbacks.stop());
beforeEach(() => {
	callbacks.calls.length = 0;
	callbacks.answers.length = 0;
});

const row = (path = '/erasures') => rowOf(`http://${callbacks.host}${path}`);

const report = async (items: readonly object[], changes?: Partial<RunOptions>) =>
	await reportTo(callbacks.host, items, changes);

const statusOf = (body: string) => (JSON.parse(body) as { data: IDataObject }).data.status;

describe(`Report Status on n8n-core ${coreVersion}`, () => {
	test('sends what the sender verifies, byte for byte', async () => {
		const { json, error } = await report([{ ...row('/%C3%BC?a=1%20'), receipts: [receipt(1)] }]);
		expect(error).toBeUndefined();
		expect(json).toEqual([
			{
				requestKey: row('/%C3%BC?a=1%20').requestKey,
				state: 'deleted',
				reported: true,
				callbackHosts: [callbacks.host],
				at: expect.stringMatching(/Z$/),
			},
		]);
		expect(fieldsNotShown('erasureRequest', 'request', 'reportStatus', json[0] ?? {})).toEqual([]);
		const [{ headers, body } = { headers: {}, body: '' }] = callbacks.calls;
		const verified = new standardWebhooks.Webhook(secret).verify(
			body,
			headers as Record<string, string>,
		);
		expect(verified).toMatchObject({ data: { status: 'completed', result: 'deleted' } });
		expect(headers['content-type']).toBe('application/json');
	});

	test.each([
		['all erased', [receipt(1), receipt(2)], 'completed'],
		['one taken on by its vendor', [receipt(1), receipt(2, accepted)], 'in_progress'],
		['one of which nobody knows', [receipt(1), receipt(2, unknown)], 'action_required'],
	])('%s', async (_, receipts, status) => {
		await report([{ ...row(), receipts }]);
		expect(callbacks.calls.map(({ body }) => statusOf(body))).toEqual([status]);
	});

	test('goes on after a request that cannot be reported, under On Error = Continue', async () => {
		const items = [
			{ ...row('/a'), receipts: [receipt(1)], callback: `${row('/a').callback}x` },
			{ ...row('/b'), receipts: [] },
			{ ...row('/c'), receipts: [receipt(1)] },
			{ requestKey: row('/d').requestKey, receipts: [receipt(1)] },
		];
		const { json } = await report(items, { onError: 'continueRegularOutput' });
		expect(json).toMatchObject([
			{ error: expect.stringMatching(/^Callback in item 0 cannot be opened/) },
			{ error: expect.stringMatching(/^Receipts in item 1 holds none/) },
			{ reported: true },
			{ reported: false, callbackHosts: [] },
		]);
		expect(callbacks.calls.map(({ url }) => url)).toEqual(['/c']);
	});

	test('does not send the callback of one request for another', async () => {
		const { callback } = row('/one');
		const { error } = await report([{ ...row('/two'), callback, receipts: [receipt(1)] }]);
		expect(error?.message).toMatch(/^Callback in item 0 cannot be opened/);
		expect(callbacks.calls).toEqual([]);
	});

	test('calls all of a request, also where one of them takes nothing', async () => {
		const closed = { url: 'http://127.0.0.1:9/', headers: {} };
		const open = { url: `http://${callbacks.host}/ketch`, headers: { 'X-Key': 'k-secret' } };
		const ketch = ketchBody({ callbacks: [closed, open] });
		const result = takeRequest(headerCall(ketch), headerIntake(), vendors);
		if ('refusal' in result) throw new Error('It was not taken');
		const { callback = '', requestKey } = result.taken;
		const credentials = {
			erasureRequestHeaderApi: {
				sender: 'shop',
				headerName: 'Authorization',
				secret: headerValue,
				previousSecret: '',
			},
		};
		const { error } = await report([{ callback, requestKey, receipts: [receipt(1)] }], {
			credentials,
			parameters: { protocol: 'fixedHeader', allowedHosts: `127.0.0.1:9, ${callbacks.host}` },
		});
		expect(error?.message).toMatch(/^127\.0\.0\.1:9 was not reached: the connection was refused/);
		const [event] = callbacks.calls;
		expect(event?.headers['x-key']).toBe('k-secret');
		// What the sender is known by is for its own calls alone.
		expect(JSON.stringify(event)).not.toContain(headerValue.slice('Bearer '.length));
	});

	test('repeats a sender’s own key in no message', async () => {
		const url = `http://${callbacks.host}/`;
		const ketch = ketchBody({ callbacks: [{ url, headers: { 'X-Key': 'k-secret-of-ketch' } }] });
		const result = takeRequest(headerCall(ketch), headerIntake(), vendors);
		if ('refusal' in result) throw new Error('It was not taken');
		callbacks.answers.push({ status: 400, headers: { 'x-said': 'k-secret-of-ketch' } });
		const { callback = '', requestKey } = result.taken;
		const credentials = {
			erasureRequestHeaderApi: {
				sender: 'shop',
				headerName: 'Authorization',
				secret: headerValue,
				previousSecret: '',
			},
		};
		const { run } = await report([{ callback, requestKey, receipts: [receipt(1)] }], {
			credentials,
			parameters: { protocol: 'fixedHeader' },
		});
		expect(JSON.stringify(run)).toContain('answered 400');
		expect(JSON.stringify(run)).not.toContain('k-secret-of-ketch');
	});
});

describe(
	`A callback that gives no good answer, on n8n-core ${coreVersion}`,
	testTroublesOfCallbacks,
);

describe(`Answer on n8n-core ${coreVersion}`, () => {
	test('that cannot be given lets nothing go on as if it had been', async () => {
		const { json, passedOn } = await runNode({
			type: 'erasureRequest',
			parameters: {
				resource: 'request',
				operation: 'answer',
				protocol: 'standardWebhooks',
				request: '{}',
			},
			items: [{ records: { flyflow: ['call_1'] } }],
			credentials: signing,
			onError: 'continueRegularOutput',
		});
		expect(json).toEqual([
			{ error: expect.stringMatching(/^Request in item 0 is not what the trigger gives/) },
		]);
		expect(JSON.stringify(passedOn)).not.toContain('call_1');
	});
});
