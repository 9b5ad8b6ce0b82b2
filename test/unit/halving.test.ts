import { describe, expect, test } from '@jest/globals';

import { answer, call, calls, lost, says, type Script } from './scriptedVendor';
import { Settling } from './settling';

const deleted = says('deleted');

/** Refuses every request that holds one of these, as a whole. */
function refusing(bad: readonly string[], status = 400): Script {
	return (ids) => (ids.some((id) => bad.includes(id)) ? answer(status) : deleted(ids));
}

const badOnes = (settling: Settling) =>
	Object.entries(settling.outcomes)
		.filter(([, outcome]) => outcome === 'refused')
		.map(([id]) => id)
		.sort();

describe('a batch that is refused as a whole', () => {
	test.each([[400], [413], [422]])(
		'with %d is halved until the bad one stands alone',
		async (status) => {
			const settling = new Settling(refusing(['call_37'], status), { targetsPerRequest: 100 });
			await settling.settle(calls(100));
			expect(badOnes(settling)).toEqual(['call_37']);
			expect(Object.values(settling.outcomes).filter((one) => one === 'deleted')).toHaveLength(99);
			// Seven times two halves, and the whole.
			expect(settling.vendor.requests.length).toBeLessThanOrEqual(15);
			expect(settling.vendor.sent.at(-1)).toHaveLength(1);
		},
	);

	test.each([[403], [409], [423]])('with %d is refused', async (status) => {
		const settling = new Settling([answer(status)], { targetsPerRequest: 100 });
		await settling.settle(calls(100));
		expect(badOnes(settling)).toHaveLength(100);
	});

	test('for several bad ones in both halves is divided as well', async () => {
		const bad = ['call_3', 'call_60', 'call_61', 'call_99'];
		const settling = new Settling(refusing(bad), { targetsPerRequest: 100 });
		await settling.settle(calls(100));
		expect(badOnes(settling)).toEqual([...bad].sort());
		expect(settling.vendor.requests.length).toBeLessThanOrEqual(60);
	});

	test('because only a few fit into a request is divided until they do', async () => {
		const settling = new Settling((ids) => (ids.length > 20 ? answer(413) : deleted(ids)), {
			targetsPerRequest: 100,
		});
		await settling.settle(calls(100));
		expect(new Set(Object.values(settling.outcomes))).toEqual(new Set(['deleted']));
	});

	test('whatever it holds is not divided any further, in the whole run', async () => {
		const settling = new Settling(() => answer(400), { targetsPerRequest: 100 });
		await settling.settle(calls(1000));
		expect(badOnes(settling)).toHaveLength(1000);
		// The whole, two halves, one of each half alone; and then each batch once.
		expect(settling.vendor.requests).toHaveLength(5 + 9);
		expect(settling.of('call_50')).toMatchObject({ final: true, doubt: 'refusedTogether' });
	});

	test('whatever it holds costs no more where many are in flight', async () => {
		const settling = new Settling(() => answer(400), { targetsPerRequest: 100, maxConcurrency: 8 });
		await settling.settle(calls(1000));
		expect(badOnes(settling)).toHaveLength(1000);
		expect(settling.vendor.requests).toHaveLength(5 + 9);
	});

	test('is held until the first has told what it is about, and divided then', async () => {
		const bad = ['call_3', 'call_117', 'call_250', 'call_399'];
		const settling = new Settling(refusing(bad), { targetsPerRequest: 100, maxConcurrency: 8 });
		await settling.settle(calls(400));
		expect(badOnes(settling)).toEqual([...bad].sort());
		expect(settling.settlements.size).toBe(400);
	});

	test('is held, and has its receipt if the run is cancelled meanwhile', async () => {
		const settling = new Settling(() => answer(400), { targetsPerRequest: 100, maxConcurrency: 8 });
		settling.abortAt(25);
		await settling.settle(calls(400));
		expect(settling.settlements.size).toBe(400);
	});

	test('again and again costs no more than a bounded number of requests', async () => {
		const settling = new Settling(
			(ids) => (ids.some((id) => Number(id.slice(5)) % 2 === 0) ? answer(400) : deleted(ids)),
			{ targetsPerRequest: 100, maxConcurrency: 8 },
		);
		await settling.settle(calls(10_000));
		expect(settling.settlements.size).toBe(10_000);
		expect(settling.vendor.requests.length).toBeLessThanOrEqual(100 + 1000);
	});

	test('counts the requests that carried each record', async () => {
		const settling = new Settling(refusing(['b']), { targetsPerRequest: 4 });
		await settling.settle(['a', 'b', 'c', 'd'].map(call));
		expect(['a', 'b', 'c', 'd'].map((id) => settling.of(id).attempts)).toEqual([3, 3, 2, 2]);
	});

	test('leaves a doubt: "not found" afterwards may be our own doing', async () => {
		const settling = new Settling(
			(ids) => (ids.includes('b') ? answer(400) : says('notFound')(ids)),
			{ targetsPerRequest: 2 },
		);
		await settling.settle(['a', 'b'].map(call));
		expect(settling.of('a').verdict).toEqual({
			outcome: 'notFound',
			evidence: 'confirmed',
			reason: {
				code: 'goneAfterRepeat',
				message:
					'An earlier request for this record and others was turned down as a whole and may still have deleted it; the repeat found nothing',
			},
		});
		expect(settling.outcomes).toMatchObject({ b: 'refused' });
	});

	test('leaves that doubt for the next try', async () => {
		const settling = new Settling([answer(400), says('busy')(['a']), answer(400)], {
			targetsPerRequest: 2,
		});
		await settling.settle(['a', 'b'].map(call));
		expect(settling.outcomes).toEqual({ a: 'failed', b: 'refused' });
		settling.vendor.send = async () => await Promise.resolve(says('notFound')(['a']));
		await settling.settle(['a', 'b'].map(call));
		expect(settling.of('a').verdict).toMatchObject({ reason: { code: 'goneAfterRepeat' } });
	});

	test('whose halves meet other trouble goes on with each', async () => {
		const settling = new Settling(
			[answer(400), lost, answer(400), deleted(['a', 'b']), deleted(['c']), answer(400)],
			{ targetsPerRequest: 4 },
		);
		await settling.settle(['a', 'b', 'c', 'd'].map(call));
		expect(settling.outcomes).toEqual({ a: 'deleted', b: 'deleted', c: 'deleted', d: 'refused' });
	});

	test('is not sent in parts if it may be sent only once', async () => {
		const settling = new Settling([answer(400)], { targetsPerRequest: 2, repeatable: false });
		await settling.settle(['a', 'b'].map(call));
		expect(settling.outcomes).toEqual({ a: 'refused', b: 'refused' });
	});

	test('has its receipts if the run is cancelled in between', async () => {
		const settling = new Settling(refusing(['call_1', 'call_4']), { targetsPerRequest: 4 });
		settling.abortAt(15);
		await settling.settle(calls(4));
		expect(settling.settlements.size).toBe(4);
		expect(Object.values(settling.outcomes)).toContain('skipped');
	});
});
