/** Equal runs of one execution: an agent may call its tools several times at once. */
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { Sandbox } from '../../sandbox/sandbox';
import { coreVersion } from './engine';
import { callTools, requestTools, type ToolAnswer, type ToolOptions } from './toolCalls';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.forget();
	sandbox.flyflow.fill(10);
});

const once = { onError: 'continueRegularOutput' } as const;

const retried = { ...once, maxTries: 3 } as const;

const retries = [
	['without Retry On Fail', once],
	['with Retry On Fail', retried],
] as const;

function tool(
	type: string,
	credentials: ToolOptions['credentials'],
	parameters: IDataObject,
): ToolOptions {
	return { type, credentials, parameters: { ...parameters, deletionMode: 'delete' } };
}

function flyflow(): ToolOptions {
	const { apiKey } = sandbox.flyflow;
	const account = { apiKey, baseUrl: `${sandbox.address('flyflow')}/v1` };
	const callId = "={{ $fromAI('ids') }}";
	return tool(
		'flyflow',
		{ flyflowApi: account },
		{ resource: 'call', operation: 'delete', callId },
	);
}

const call = (ids: string, name = 'One') => ({ tool: name, arguments: { ids } });

const sent = (part: string) => sandbox.requests.filter(({ url }) => url.includes(part));

/** What the answers say of the record that comes so far down in each: outcomes and requests. */
function said(answers: readonly ToolAnswer[], record = 0): Array<[string, number] | string> {
	return answers.map((answer) => {
		if (!('receipts' in answer)) return answer.said;
		const { outcome, attempts } = answer.receipts[record]!;
		return [outcome, attempts];
	});
}

/** These requests are turned away for so long that the run ends: n8n tries again. */
function turnAway(part: string, times: number, after = 0, then: () => void = () => undefined) {
	const headers = { 'retry-after': '3600' };
	const when = ({ url }: { url: string }) => {
		if (!url.includes(part)) return false;
		then();
		return true;
	};
	sandbox.faults.add({ fault: { kind: 'status', status: 429, headers }, when, times, after });
}

describe(`Equal runs of one execution, on n8n-core ${coreVersion}`, () => {
	describe('at once', () => {
		test.each(retries)('each say what became of their own requests: %s', async (_, changes) => {
			sandbox.latency = 50;
			const tools = { One: { ...flyflow(), ...changes } };
			const answers = await callTools(tools, [call('call_1'), call('call_1')]);

			expect(said(answers).sort()).toEqual([
				['deleted', 1],
				['notFound', 1],
			]);
			expect(sent('/call_1')).toHaveLength(2);
		});

		test('that are tried again send what their own tries left open, and nothing else', async () => {
			turnAway('/call_2', 2);
			const tools = { One: { ...flyflow(), ...retried } };
			const answers = await callTools(tools, [call('call_1,call_2'), call('call_1,call_2')]);

			expect(sent('/call_1')).toHaveLength(2);
			expect(sent('/call_2')).toHaveLength(4);
			expect(said(answers).sort()).toEqual([
				['deleted', 1],
				['notFound', 1],
			]);
			expect(said(answers, 1).sort()).toEqual([
				['deleted', 2],
				['notFound', 2],
			]);
		});

		test('take nothing from each other when one of them is over', async () => {
			turnAway('/call_2', 1, 1);
			const tools = { One: { ...flyflow(), ...retried } };
			const answers = await callTools(tools, [call('call_1,call_2'), call('call_1,call_2')]);

			expect(sent('/call_1')).toHaveLength(2);
			expect(sent('/call_2')).toHaveLength(3);
			expect(said(answers, 1).sort()).toEqual([
				['deleted', 1],
				['notFound', 2],
			]);
		});

		test('know nothing of one that waits for its next try', async () => {
			const turnedAway = new Promise<void>((resolve) => turnAway('/call_2', 1, 0, resolve));
			const { parameters, ...one } = flyflow();
			// n8n gives such a call the arguments of another, so that these stand in the parameter.
			const fixed = { ...parameters, callId: 'call_1,call_2' };
			const tools = { One: { ...one, ...retried, parameters: fixed, waitBetweenTries: 1500 } };
			const answers = await callTools(tools, [
				call(''),
				{ ...call(''), after: turnedAway.then(async () => await sleep(500)) },
			]);

			expect(said(answers)).toEqual([
				['deleted', 1],
				['notFound', 1],
			]);
			expect(said(answers, 1)).toEqual([
				['notFound', 2],
				['deleted', 1],
			]);
			expect(sent('/call_1')).toHaveLength(2);
			expect(sent('/call_2')).toHaveLength(3);
		});
	});

	test('one after another: each knows its own tries', async () => {
		turnAway('/call_2', 1);
		const tools = { One: { ...flyflow(), ...retried } };
		const answers = await requestTools(tools, [call('call_1,call_2'), call('call_1,call_2')]);

		// n8n 1.x takes the last call first.
		expect(said(answers).sort()).toEqual([
			['deleted', 1],
			['notFound', 1],
		]);
		expect(said(answers, 1).sort()).toEqual([
			['deleted', 2],
			['notFound', 1],
		]);
		expect(sent('/call_1')).toHaveLength(2);
		expect(sent('/call_2')).toHaveLength(3);
	});

	describe('of a phone number, which is sent as it stands', () => {
		const number = '+15125551001';

		function byNumber(changes: Partial<ToolOptions>): ToolOptions {
			const { clientId, clientSecret } = sandbox.creovai;
			const address = sandbox.address('creovai');
			const account = { clientId, clientSecret, baseUrl: address, tokenBaseUrl: address };
			const parameters = {
				resource: 'call',
				operation: 'purgeByCustomer',
				phoneNumber: "={{ $fromAI('ids') }}",
				purgeStrategy: 'direct',
			};
			return { ...tool('creovai', { creovaiOAuth2Api: account }, parameters), ...changes };
		}

		test.each(retries)('send it once each, whatever comes back: %s', async (_, changes) => {
			sandbox.creovai.fill(3);
			const when = ({ url }: { url: string }) => url.includes('/purge/');
			sandbox.faults.add({ fault: { kind: 'resetAfter' }, when, times: 1 });
			const answers = await callTools({ One: byNumber(changes) }, [call(number), call(number)]);

			expect(sent('/purge/')).toHaveLength(2);
			expect(said(answers)).toContainEqual(['unknown', 1]);
			expect(said(answers)).not.toEqual([
				['unknown', 1],
				['unknown', 1],
			]);
		});

		test('that are tried again send it once more each', async () => {
			sandbox.creovai.fill(3);
			turnAway('/purge/', 2);
			const tools = { One: byNumber(retried) };
			const answers = await callTools(tools, [call(number), call(number)]);

			expect(sent('/purge/')).toHaveLength(4);
			expect(said(answers).map(([, attempts]) => attempts)).toEqual([2, 2]);
			expect(said(answers)).toContainEqual(['accepted', 2]);
		});
	});

	test('of the last conversation of an extension: found once each, and that one deleted', async () => {
		sandbox.verba.fill(3);
		const { apiKey, user, password } = sandbox.verba;
		const account = { baseUrl: `${sandbox.address('verba')}/api`, apiKey, user, password };
		const parameters = {
			resource: 'conversation',
			operation: 'delete',
			identifyBy: 'extension',
			identifier: "={{ $fromAI('ids') }}",
			status: 'last',
		};
		const one = { ...tool('verba', { verbaApi: account }, parameters), ...retried };
		const tools = { One: { ...one, sharesPace: true } } as const;
		// The account's pace lets two requests go at once, so that both look before either deletes.
		await callTools(tools, [call('+15125550009'), call('+15125550009')]);
		sandbox.forget();
		sandbox.latency = 50;
		turnAway('action=DeleteCall', 1, 1);
		const answers = await callTools(tools, [call('+15125551001'), call('+15125551001')]);

		expect(sent('action=GetCallInformation')).toHaveLength(2);
		const deletions = sent('action=DeleteCall').map(({ url }) =>
			new URL(url, 'http://verba').searchParams.get('callID'),
		);
		expect([deletions.length, new Set(deletions).size]).toEqual([3, 1]);
		expect(said(answers).sort()).toEqual([
			['deleted', 1],
			['notFound', 2],
		]);
		expect(sandbox.verba.records()).toHaveLength(2);
	});
});
