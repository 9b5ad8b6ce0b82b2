import { describe, expect, test } from '@jest/globals';
import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Reply } from '../../erasure/reply';
import {
	readKey,
	send,
	type KeyCredential,
	type Sender,
	type SendingContext,
} from '../../nodes/shared/sending/send';

const key: KeyCredential = { name: 'exampleApi', data: { apiKey: 'k' } };
const request = { method: 'DELETE', url: 'https://api.example.com/call/1', qs: { a: 1 } } as const;

interface Sent {
	by: unknown;
	credential: string;
	options: IHttpRequestOptions;
	read: unknown;
}

/** Stands where n8n's helper does; answers, or throws what n8n throws. */
function helper(...answers: Array<() => unknown>) {
	const sent: Sent[] = [];
	const sender: Sender = {
		helpers: {
			async httpRequestWithAuthentication(this: unknown, credential, options, read) {
				sent.push({ by: this, credential, options, read });
				const next = answers[sent.length - 1];
				if (next === undefined) throw new Error('The test expects no further request');
				return (await Promise.resolve(next())) as object;
			},
		},
	};
	return { sent, sender };
}

const answers = (statusCode: number, body: unknown = '', headers: unknown = {}) => {
	return () => ({ statusCode, headers, body });
};

/** What becomes of a request for which n8n throws this. */
async function after(thrown: unknown): Promise<Reply> {
	const { sender } = helper(() => {
		throw thrown;
	});
	return await send(sender, key, request, 1000);
}

/** n8n 2.x: what the HTTP client threw is the cause of what n8n throws. */
const from2 = (client: object) => ({
	message: 'n8n has a sentence of its own',
	cause: { isAxiosError: true, config: { url: request.url }, ...client },
});

/** n8n 1.x: what is left of it. */
const from1 = (httpCode: string | null, ...messages: string[]) => ({
	message: '',
	httpCode,
	messages,
});

describe('sending', () => {
	test('a key is read once for a run', async () => {
		const read: string[] = [];
		const getCredentials = async (name: string) => {
			read.push(name);
			return await Promise.resolve({ apiKey: 'k' });
		};
		const context = { getCredentials } as unknown as SendingContext;
		expect(await readKey(context, 'exampleApi')).toEqual(key);
		expect(read).toEqual(['exampleApi']);
	});

	test('goes once, through n8n, with the status in band and no redirect followed', async () => {
		const { sent, sender } = helper(answers(404, 'none'));
		const reply = await send(sender, key, request, 1234);
		expect(reply).toEqual({ kind: 'answered', status: 404, headers: {}, body: 'none' });
		// A context that stands for ours, with a signal that ends with the time as well.
		expect(Object.getPrototypeOf(sent[0]?.by)).toBe(sender);
		expect(sent).toEqual([
			{
				by: expect.anything(),
				credential: 'exampleApi',
				options: {
					...request,
					encoding: 'stream',
					returnFullResponse: true,
					disableFollowRedirect: true,
					ignoreHttpStatusErrors: { ignore: true, except: [] },
					timeout: 1234,
				},
				read: {
					credentialsDecrypted: {
						id: '',
						name: 'exampleApi',
						type: 'exampleApi',
						data: { apiKey: 'k' },
					},
				},
			},
		]);
	});

	test('a key that is turned down is not tried again', async () => {
		const { sent, sender } = helper(answers(401));
		expect(await send(sender, key, request, 1000)).toMatchObject({ status: 401 });
		expect(sent).toHaveLength(1);
	});

	test.each([
		['text', '{"a":1}', '{"a":1}'],
		['what n8n has read as JSON', { a: 1 }, '{"a":1}'],
		['nothing', undefined, ''],
	])('the body comes as text: %s', async (_, body, text) => {
		const { sender } = helper(() => ({ statusCode: 200, headers: {}, body }));
		expect(await send(sender, key, request, 1000)).toMatchObject({ body: text });
	});

	test('the names of headers come in lower case, and their values as text', async () => {
		const { sender } = helper(answers(200, '', { 'Retry-After': 5, Date: 'today' }));
		expect(await send(sender, key, request, 1000)).toMatchObject({
			headers: { 'retry-after': '5', date: 'today' },
		});
		const none = helper(() => ({ statusCode: 200, body: '' }));
		expect(await send(none.sender, key, request, 1000)).toMatchObject({ headers: {} });
	});

	test('what ends a cancelled execution is no lost reply', async () => {
		const thrown = () => {
			throw new Error('aborted');
		};
		const { sender } = helper(thrown, thrown);
		const cancelled = { ...sender, getExecutionCancelSignal: () => AbortSignal.abort() };
		expect(await send(cancelled, key, request, 1000)).toEqual({ kind: 'cancelled' });
		const alive = { ...sender, getExecutionCancelSignal: () => new AbortController().signal };
		expect(await send(alive, key, request, 1000)).toMatchObject({ kind: 'lost' });
		const endless = { ...helper(thrown).sender, getExecutionCancelSignal: () => undefined };
		expect(await send(endless, key, request, 1000)).toMatchObject({ kind: 'lost' });
	});

	test('what breaks off because the execution was cancelled is no lost reply either', async () => {
		const controller = new AbortController();
		const { sender } = helper(() => {
			controller.abort();
			throw new Error('aborted');
		});
		const context = { ...sender, getExecutionCancelSignal: () => controller.signal };
		expect(await send(context, key, request, 1000)).toEqual({ kind: 'cancelled' });
	});

	test('a reply that does not come in time is lost', async () => {
		const { sender } = helper(async () => await new Promise(() => {}));
		expect(await send(sender, key, request, 20)).toEqual({
			kind: 'lost',
			cause: 'the time for it ran out',
		});
	});
});

describe('a request that was not delivered', () => {
	test.each([
		['EAI_AGAIN', 'its host name could not be looked up'],
		['ECONNREFUSED', 'the connection was refused'],
		['EHOSTUNREACH', 'its host is unreachable'],
		['ENETUNREACH', 'its network is unreachable'],
		['ENOTFOUND', 'its host name was not found'],
		['EPROTO', 'no secure connection could be made'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is self-signed'],
		['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate is self-signed'],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'its certificate is not trusted'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate is not trusted'],
		['CERT_HAS_EXPIRED', 'no secure connection could be made'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'no secure connection could be made'],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'no secure connection could be made'],
	])('%s is told in plain words, on both versions of n8n', async (code, cause) => {
		expect(await after(from2({ code }))).toEqual({ kind: 'notDelivered', cause });
		expect(await after(from1(code))).toEqual({ kind: 'notDelivered', cause });
	});

	test.each([
		'connect ETIMEDOUT 192.0.2.1:443',
		'Client network socket disconnected before secure TLS connection was established',
	])('a connection that never came about: %s', async (message) => {
		const never = { kind: 'notDelivered', cause: 'no connection could be made' };
		expect(await after(from2({ code: 'ECONNRESET', message }))).toEqual(never);
		expect(await after(from1('ECONNRESET', 'a sentence', message))).toEqual(never);
	});
});

describe('a reply that was lost', () => {
	test.each([
		['ECONNABORTED', 'the time for it ran out'],
		['ETIMEDOUT', 'the time for it ran out'],
		['ECONNRESET', 'the connection was reset'],
		['EPIPE', 'the connection broke'],
		['NOT_CERT_EXPIRED', 'the connection broke'],
	])('%s after a connection was made', async (code, cause) => {
		expect(await after(from2({ code, message: 'after connect E 1' }))).toEqual({
			kind: 'lost',
			cause,
		});
		expect(await after(from1(code))).toEqual({ kind: 'lost', cause });
	});

	test('without a code, the connection broke', async () => {
		expect(await after(from2({}))).toEqual({ kind: 'lost', cause: 'the connection broke' });
	});

	test.each([
		['an error without a word', new Error('')],
		['a text', 'no'],
		['nothing', undefined],
		['a code that is none', Object.assign(new Error('no'), { code: 'NO code' })],
		['an object of no class', Object.assign(Object.create(null) as object, { message: 'no' })],
		['an error that is its own cause', Object.assign(new Error('no'), { code: 5 })],
	])('%s claims nothing', async (_, thrown) => {
		if (thrown instanceof Error) thrown.cause = thrown;
		expect(await after(thrown)).toEqual({ kind: 'lost', cause: 'n8n reported no details' });
	});
});

describe('an answer that n8n throws', () => {
	const answer = { status: 503, headers: { 'Retry-After': '5' }, data: 'busy' };
	const read = { kind: 'answered', status: 503, headers: { 'retry-after': '5' }, body: 'busy' };

	test('is an answer', async () => {
		expect(await after(from2({ code: 'ERR_BAD_RESPONSE', response: answer }))).toEqual(read);
		expect(await after({ errorResponse: { isAxiosError: true, response: answer } })).toEqual(read);
	});

	test('is one in n8n 1.x too, of which only the status is left', async () => {
		const bare = { kind: 'answered', status: 503, headers: {}, body: '' };
		expect(await after(from1('503'))).toEqual(bare);
	});
});
