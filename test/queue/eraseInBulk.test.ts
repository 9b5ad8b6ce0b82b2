/* eslint max-lines: "off" -- one workflow on one topology, which takes a minute to start */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import type { BulkReport, BulkRequest } from '../../scripts/queueMode/eraseInBulk';
import type { N8nServer } from '../../scripts/n8n/n8nServer';
import { RateLimit } from '../../sandbox/faults/rateLimit';
import type { VendorSandbox } from '../../sandbox/vendors/vendorSandbox';
import { testFollowUp } from './followUp';
import { testRequests } from './requests';
import { testStop } from './stop';
import { testTakeRequests } from './takeRequests';
import { canRun, startQueueStage, startTimeout, type QueueStage } from './queueStage';
import { finishDeadlineMs, until, untilNothingRuns as untilNothing } from './waiting';

const caseTimeout = 600_000;

/** What a request of full size asks for. */
const many = { flyflow: 5_000, creovai: 20_000 };

let stage: QueueStage;
beforeAll(async () => {
	if (canRun) stage = await startQueueStage();
}, startTimeout);
afterAll(async () => await stage?.stop(), 120_000);
beforeEach(() => {
	if (!canRun) return;
	stage.sandbox.forget();
	stage.sandbox.flyflow.fill(many.flyflow);
	stage.sandbox.creovai.fill(many.creovai);
});

function fullRequest(requestId: string): Required<BulkRequest> {
	const { flyflow, creovai } = stage.sandbox;
	return { requestId, flyflowCallIds: idsOf(flyflow), creovaiCallIds: idsOf(creovai) };
}

function idsOf(vendor: VendorSandbox): string[] {
	return vendor.records().map(({ id }) => id);
}

/** How often each ID was sent to be deleted. */
function sendings(): ReadonlyMap<string, number> {
	const sent = stage.sandbox.requests.flatMap(({ vendor, url, body, status }) => {
		// Turned down unread: the vendor was too busy, or wanted a new token.
		if (status === 429 || status === 401) return [];
		if (vendor === 'flyflow') return [url.replace('/v1/call/', '')];
		return url === '/Token' ? [] : (JSON.parse(body) as { ids: string[] }).ids;
	});
	const counts = new Map<string, number>();
	for (const id of sent) counts.set(id, (counts.get(id) ?? 0) + 1);
	return counts;
}

type Finished = Required<BulkReport>;

/** What has to hold whatever happened on the way. */
function expectErased(request: Required<BulkRequest>, { receipts, targets }: Finished): void {
	const asked = [...request.flyflowCallIds, ...request.creovaiCallIds];
	expect(targets).toBe(asked.length);
	expect(receipts.map(({ id }) => id).sort()).toEqual([...asked].sort());
	expect(receipts.filter(({ id, target }) => target.callId !== id)).toEqual([]);
	expect(stage.sandbox.flyflow.records()).toEqual([]);
	expect(stage.sandbox.creovai.records()).toEqual([]);
	const good = { flyflow: 'deleted', creovai: 'accepted' } as Record<string, string>;
	const others = receipts.filter(({ vendor, outcome }) => outcome !== good[vendor]);
	// Deleted by a start that did not live to say so.
	expect(
		others.filter((r) => r.outcome !== 'notFound' || r.reason?.code !== 'goneAfterRepeat'),
	).toEqual([]);
}

function repeatedIds(): string[] {
	return [...sendings()].filter(([, times]) => times > 1).map(([id]) => id);
}

/** Sends a full request, interferes when a fifth of it has been sent, and waits for the end. */
async function eraseWhile(requestId: string, interfere: () => Promise<void>): Promise<Finished> {
	const { sandbox, bulk } = stage;
	const request = fullRequest(requestId);
	await bulk.send(request);
	await until(() => sandbox.requestsTo('flyflow').length > many.flyflow / 5, 'A fifth is sent');
	const left = sandbox.flyflow.records().length;
	await interfere();
	const report = await bulk.untilFinished(requestId, finishDeadlineMs);
	expect(left).toBeGreaterThan(many.flyflow / 2);
	expectErased(request, report);
	return report;
}

/** Executions that a worker has begun and not ended, by its log. */
function underWay({ log }: N8nServer): string[] {
	const ids = (what: string) => [
		...log.matchAll(new RegExp(`Worker ${what} execution (\\d+)`, 'g')),
	];
	const ended = new Set([...ids('finished'), ...ids('errored while running')].map(([, id]) => id));
	return ids('started').flatMap(([, id = '']) => (ended.has(id) ? [] : [id]));
}

const untilNothingRuns = async () => await untilNothing(stage.topology.api);

(canRun ? describe : describe.skip)('Erase in bulk, in queue mode with two workers', () => {
	test(
		'erases 25,000 records on both workers, sending every ID once',
		async () => {
			const request = fullRequest('plain');
			expect(await stage.bulk.send(request)).toEqual({
				requestId: 'plain',
				targets: 25_000,
				chunks: 40,
				known: false,
			});
			const report = await stage.bulk.untilFinished('plain', finishDeadlineMs);

			expectErased(request, report);
			expect(report.outcomes).toEqual({ deleted: 5_000, accepted: 20_000 });
			expect(repeatedIds()).toEqual([]);
			const chunks = stage.topology.workers.map(
				({ log }) => log.split('Worker started').length - 1,
			);
			for (const count of chunks) expect(count).toBeGreaterThanOrEqual(8);
		},
		caseTimeout,
	);

	test(
		'neither deletes nor reports twice when the same request comes again',
		async () => {
			const { bulk, sandbox } = stage;
			const flyflowCallIds = ['call_1', 'call_2'];
			const again = { requestId: 'again', flyflowCallIds };
			await Promise.all([bulk.send(again), bulk.send(again)]);
			const first = await bulk.untilFinished('again', finishDeadlineMs);
			await untilNothingRuns();
			sandbox.flyflow.fill(10);
			sandbox.forget();

			expect(await bulk.send(again)).toMatchObject({ targets: 2, chunks: 1, known: true });
			await untilNothingRuns();
			expect(await bulk.report('again')).toEqual(first);
			expect(first.receipts.map(({ id }) => id)).toEqual(flyflowCallIds);
			expect(sandbox.requests).toEqual([]);
			expect(sandbox.flyflow.calls.size).toBe(10);
		},
		caseTimeout,
	);

	test(
		'gives each ID its own receipt, also those that cannot be sent or are not there',
		async () => {
			const creovaiCallIds = ['c000001', 'undefined', 'a,b', 'c000001', 'nowhere', ' c000002 '];
			await stage.bulk.send({ requestId: 'odd', creovaiCallIds });
			const { receipts } = await stage.bulk.untilFinished('odd', finishDeadlineMs);

			expect(
				receipts.map(({ id, outcome, reason }) => [id, outcome, reason?.code].join(' ').trim()),
			).toEqual([
				'c000001 accepted',
				'undefined failed badInput',
				'a,b failed badInput',
				'nowhere notFound',
				'c000002 accepted',
			]);
		},
		caseTimeout,
	);

	test(
		'reports 100,000 receipts at once',
		async () => {
			const { bulk, sandbox } = stage;
			sandbox.creovai.fill(100_000);
			const creovaiCallIds = idsOf(sandbox.creovai);
			await bulk.send({ requestId: 'large', creovaiCallIds });
			await until(() => sandbox.creovai.records().length === 0, 'All are purged');
			const { receipts, outcomes } = await bulk.untilFinished('large', finishDeadlineMs);

			expect(outcomes).toEqual({ accepted: 100_000 });
			expect(receipts.map(({ id }) => id).sort()).toEqual(creovaiCallIds.sort());
		},
		caseTimeout,
	);

	test('knows of no request that was not sent', async () => {
		await expect(stage.bulk.report('nowhere')).rejects.toMatchObject({ status: 404 });
	});

	test.each([
		[{ requestId: ' ' }, 400, 'requestId is empty'],
		[{ requestId: ' r1 ', flyflowCallIds: ['a'] }, 400, 'begins or ends with a space'],
		[{ requestId: 'a\u0000b', flyflowCallIds: ['a'] }, 400, 'a character that cannot be seen'],
		[{ requestId: 'none' }, 400, 'There is no ID in the request'],
		[{ requestId: 'number', flyflowCallIds: ['a', 7] }, 400, 'flyflowCallIds .* at position 2'],
		[
			{ requestId: 'wrong', flyflowCallIDs: ['a'] },
			400,
			'flyflowCallIDs is not a field of a request',
		],
		[{ requestId: 'odd', creovaiCallIds: ['c000003'] }, 409, 'was used before, with other IDs'],
	])('turns down %j', async (body, status, message) => {
		await expect(stage.bulk.send(body as BulkRequest)).rejects.toThrow(
			new RegExp(`answered ${status}: .*${message}`),
		);
		expect(stage.sandbox.requests).toEqual([]);
	});

	test('knows of no request with an ID that no database stores', async () => {
		await expect(stage.bulk.report('a\u0000b')).rejects.toMatchObject({ status: 404 });
	});

	test(
		'carries out one of ten requests that come at the same moment under one ID, with other IDs each',
		async () => {
			const { bulk } = stage;
			const requests = Array.from({ length: 10 }, (_, index) => ({
				requestId: 'twice',
				flyflowCallIds: [`call_${index + 11}`, 'call_10'],
			}));
			const sent = await Promise.allSettled(requests.map(async (one) => await bulk.send(one)));
			const taken = requests.filter((_, index) => sent[index]?.status === 'fulfilled');

			expect(taken).toHaveLength(1);
			for (const one of sent) {
				if (one.status === 'rejected') expect(one.reason).toMatchObject({ status: 409 });
			}
			const { receipts, targets } = await bulk.untilFinished('twice', finishDeadlineMs);
			expect(targets).toBe(2);
			expect(receipts.map(({ id }) => id)).toEqual(taken[0]?.flyflowCallIds);
			await untilNothingRuns();
			expect([...sendings().keys()].sort()).toEqual([...taken[0]!.flyflowCallIds].sort());
			expect(await bulk.send(taken[0]!)).toMatchObject({ known: true });
		},
		caseTimeout,
	);

	test(
		'sends each ID once where equal requests come at the same moment',
		async () => {
			const { bulk } = stage;
			const request = { requestId: 'equal', flyflowCallIds: ['call_31', 'call_32'] };
			await Promise.all(Array.from({ length: 8 }, async () => await bulk.send(request)));
			const { receipts } = await bulk.untilFinished('equal', finishDeadlineMs);
			await untilNothingRuns();

			expect(receipts.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
				'call_31 deleted',
				'call_32 deleted',
			]);
			expect(repeatedIds()).toEqual([]);
			expect([...sendings().keys()].sort()).toEqual(request.flyflowCallIds);
		},
		caseTimeout,
	);

	test('answers nobody without the key', async () => {
		const { api } = stage.topology;
		const calls = [
			async () => await api.callWebhook('erase-in-bulk', {}),
			async () => await api.callWebhook('erase-in-bulk-chunk', {}),
			async () => await api.readWebhook('erase-in-bulk?requestId=plain'),
		];
		for (const call of calls) await expect(call()).rejects.toMatchObject({ status: 403 });
	});

	test(
		'while the workers are killed and others are started',
		async () => {
			stage.sandbox.latency = 50;
			let killed: string[] = [];
			const report = await eraseWhile('kill', async () => {
				const { topology, sandbox } = stage;
				const isOpen = () => sandbox.requestsTo('flyflow').some(({ end }) => end === undefined);
				await until(isOpen, 'A call is being deleted');
				// Both: one of them may only be starting chunks, which leaves nothing behind.
				const victims = topology.workers.splice(0);
				killed = victims.flatMap(underWay);
				await Promise.all(victims.map(async (victim) => await victim.crash()));
				await Promise.all([topology.addWorker(), topology.addWorker()]);
			});

			expect(killed).not.toEqual([]);
			// What it had sent was sent again, and the receipts say that it may have been deleted before.
			const repeated = new Set(repeatedIds());
			expect(repeated.size).toBeGreaterThan(0);
			const gone = report.receipts.filter(({ reason }) => reason?.code === 'goneAfterRepeat');
			expect(gone.length).toBeGreaterThan(0);
			expect(gone.filter(({ id }) => !repeated.has(id))).toEqual([]);
		},
		caseTimeout,
	);

	test(
		'while Redis is restarted',
		async () => {
			await eraseWhile('redis', async () => await stage.topology.redis?.restart());
		},
		caseTimeout,
	);

	test(
		'while PostgreSQL is restarted',
		async () => {
			await eraseWhile('postgres', async () => await stage.topology.postgres?.restart());
		},
		caseTimeout,
	);

	test(
		'while the vendors push back',
		async () => {
			const request = fullRequest('pushBack');
			stage.sandbox.rateLimit = new RateLimit(100);
			await stage.bulk.send(request);
			const report = await stage.bulk.untilFinished('pushBack', finishDeadlineMs);

			expectErased(request, report);
			expect(report.outcomes).toEqual({ deleted: 5_000, accepted: 20_000 });
			expect(repeatedIds()).toEqual([]);
			const { requests } = stage.sandbox;
			const refused = requests.filter(({ status }) => status === 429).length / requests.length;
			expect(refused).toBeGreaterThan(0);
			expect(refused).toBeLessThanOrEqual(0.1);
		},
		caseTimeout,
	);

	test('leaves nothing running', untilNothingRuns, caseTimeout);
});

(canRun ? describe : describe.skip)('Requests come in, in queue mode', () =>
	testRequests(() => stage),
);

(canRun ? describe : describe.skip)("n8n's Stop at a deletion that a worker carries out", () =>
	testStop(() => stage),
);

(canRun ? describe : describe.skip)('Take erasure requests, in queue mode', () =>
	testTakeRequests(() => stage),
);

(canRun ? describe : describe.skip)('Follow up, in queue mode', () => testFollowUp(() => stage));
