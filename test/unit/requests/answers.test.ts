import { describe, expect, test } from '@jest/globals';

import { outcomes } from '../../../erasure/outcome';
import { answerCancel, answerRequest, answerStatus } from '../../../erasure/requests/answer';
import { requestStates, stateOf, type RequestState } from '../../../erasure/requests/requestState';
import { reportIdOf, reportsOf } from '../../../erasure/requests/statusReport';
import { takeRequest, type TakenRequest } from '../../../erasure/requests/takeRequest';
import type { Intake } from '../../../erasure/requests/intake';
import type { Arrival } from '../../../erasure/requests/arrival';
import {
	headerCall,
	headerIntake,
	ketchBody,
	otherSecret,
	ownBody,
	secret,
	signedCall,
	signedIntake,
	vendors,
} from './senders';

describe('What the receipts of a request come to', () => {
	test.each([
		[{ deleted: 3 }, 'deleted'],
		[{ deleted: 3, notFound: 1 }, 'deleted'],
		[{ deprecated: 1 }, 'deleted'],
		[{ notFound: 2 }, 'notFound'],
		[{ deleted: 3, accepted: 1 }, 'accepted'],
		[{ deleted: 3, preview: 1 }, 'running'],
		[{ preview: 2 }, 'running'],
		[{}, undefined],
		[{ deleted: 0 }, undefined],
	] as const)('%p: %s', (counts, state) => {
		expect(stateOf(counts)).toBe(state);
	});

	test.each(['refused', 'failed', 'unknown', 'skipped'] as const)(
		'one %s among any others is never completed, to nobody',
		(outcome) => {
			const others = Object.fromEntries(outcomes.map((other) => [other, 1000]));
			for (const counts of [{ [outcome]: 1 }, { ...others, [outcome]: 1 }]) {
				expect(stateOf(counts)).toBe('notErased');
			}
		},
	);
});

function take(arrival: Arrival, intake: Intake): TakenRequest {
	const result = takeRequest(arrival, intake, vendors);
	if ('taken' in result) return result.taken;
	throw new Error(JSON.stringify(result.refusal));
}

const own = take(signedCall(ownBody()), signedIntake());
const ketch = take(headerCall(ketchBody()), headerIntake());
const { metadata } = ketchBody();
const url = 'https://n8n.example.com/webhook/1/requests/token';

describe('The answer to a request', () => {
	test('that is new', () => {
		expect(answerRequest(own, undefined, url)).toEqual({
			status: 202,
			body: { requestId: 'msg_1', status: 'pending', statusUrl: url },
		});
		expect(answerRequest(ketch, undefined, url)).toEqual({
			status: 200,
			body: {
				apiVersion: 'dsr/v1',
				kind: 'DeleteResponse',
				metadata,
				response: { status: 'pending', requestID: ketch.requestKey },
			},
		});
	});

	test('that is known already says how far it is', () => {
		const stored = { state: 'running', bodyHash: own.bodyHash } as const;
		expect(answerRequest(own, stored, url)).toEqual({
			status: 200,
			body: { requestId: 'msg_1', status: 'in_progress', statusUrl: url },
		});
	});

	test('with another body under a known ID is 409', () => {
		const stored = { state: 'running', bodyHash: ketch.bodyHash } as const;
		const message = 'This ID was used for another request. Send the new one with an ID of its own';
		expect(answerRequest(own, stored, url)).toEqual({
			status: 409,
			body: { error: { code: 409, message } },
		});
		expect(answerRequest(ketch, { ...stored, bodyHash: own.bodyHash }, url)).toEqual({
			status: 409,
			body: {
				apiVersion: 'dsr/v1',
				kind: 'Error',
				metadata,
				error: { code: 409, status: 'conflict', message },
			},
		});
	});

	test('is the same for a repeat that comes after the secret was changed', () => {
		const stored = { state: 'stored', bodyHash: own.bodyHash } as const;
		const during = take(signedCall(ownBody()), signedIntake(otherSecret, secret));
		expect(answerRequest(during, stored, url).status).toBe(200);
		const other = signedCall(ownBody({ records: { flyflow: ['call_2'] } }));
		const changed = take(other, signedIntake(otherSecret, secret));
		expect(answerRequest(changed, stored, url).status).toBe(409);
	});
});

describe('Our words, and theirs', () => {
	const words: Record<RequestState, [own: object, ketch: object]> = {
		stored: [{ status: 'pending' }, { status: 'pending' }],
		running: [{ status: 'in_progress' }, { status: 'in_progress' }],
		accepted: [{ status: 'in_progress' }, { status: 'in_progress' }],
		notErased: [{ status: 'action_required' }, { status: 'in_progress' }],
		cancelled: [{ status: 'cancelled' }, { status: 'in_progress' }],
		deleted: [
			{ status: 'completed', result: 'deleted' },
			{ status: 'completed', reason: 'executed' },
		],
		notFound: [
			{ status: 'completed', result: 'no_match' },
			{ status: 'completed', reason: 'no_match' },
		],
	};
	const to = (request: TakenRequest) => ({
		format: request.format,
		requestId: request.requestId,
		...(request.tenant === undefined ? {} : { tenant: request.tenant }),
		callbacks: [{ url: 'https://a.example/' }, { url: 'https://b.example/', headers: { A: 'b' } }],
	});

	test.each(requestStates)('%s', (state) => {
		const [ours, theirs] = words[state];
		const [first, second] = reportsOf(to(own), own.requestKey, state);
		expect(JSON.parse(first?.body ?? '')).toEqual({
			type: 'erasure.status',
			data: { requestId: 'msg_1', ...ours },
		});
		expect(second).toEqual({ callback: to(own).callbacks[1], body: first?.body });
		const [event] = reportsOf(to(ketch), ketch.requestKey, state);
		expect(JSON.parse(event?.body ?? '')).toEqual({
			apiVersion: 'dsr/v1',
			kind: 'DeleteStatusEvent',
			metadata,
			event: { ...theirs, requestID: ketch.requestKey },
		});
		expect(answerStatus(state)).toEqual({ status: 200, body: ours });
	});

	test('a message has the same ID each time it is sent, and another for another state', () => {
		const ids = requestStates.map((state) => reportIdOf(own.requestKey, state));
		expect(new Set(ids).size).toBe(requestStates.length);
		expect(reportIdOf(own.requestKey, 'deleted')).toBe(ids[requestStates.indexOf('deleted')]);
		for (const id of ids) expect(id).toMatch(/^[\w-]+$/);
	});
});

describe('The answer to a sender that takes its request back', () => {
	test('in time', () => {
		expect(answerCancel('cancelled')).toEqual({ status: 200, body: { status: 'cancelled' } });
	});

	test('too late says so, and how far it is', () => {
		expect(answerCancel('running')).toEqual({
			status: 409,
			body: {
				error: {
					code: 409,
					message: 'The request can no longer be cancelled: it is being carried out, or it is over',
				},
				status: 'in_progress',
			},
		});
	});

	test('of a request that nobody knows', () => {
		expect(answerCancel(undefined).status).toBe(404);
		expect(answerStatus(undefined).status).toBe(404);
	});
});
