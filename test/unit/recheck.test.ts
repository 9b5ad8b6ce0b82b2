import { expect, test } from '@jest/globals';

import { type Look } from '../../erasure/exchange';
import type { Settlement } from '../../erasure/settlement';
import { notErased, type Verdict } from '../../erasure/outcome';
import { recheck } from '../../erasure/recheck';
import { told } from '../../erasure/reading';
import type { Reply } from '../../erasure/reply';
import type { RunOptions } from '../../erasure/run';
import { targetKey } from '../../erasure/target';
import { answer, call, callId, lost } from './scriptedVendor';
import { VirtualClock } from './virtualClock';

const at = '2026-11-22T09:00:00.000Z';

function settled(verdict: Verdict, rest: Partial<Settlement> = {}): Settlement {
	return { verdict, attempts: 1, at, final: true, doubt: 'none', ...rest };
}

const confirmed: Verdict = { outcome: 'deleted', evidence: 'confirmed' };

/** Rechecks records `a`, `b`, … with the settlements given, and a vendor that answers by ID. */
async function recheckAll(
	settlements: Readonly<Record<string, Settlement>>,
	replies: Readonly<Record<string, Reply>>,
	options: Partial<RunOptions> = {},
) {
	const clock = new VirtualClock();
	const asked: string[] = [];
	const look: Look = {
		send: async (target) => {
			const id = callId(target);
			asked.push(id);
			await clock.pass(10);
			const reply = replies[id];
			if (reply === undefined) throw new Error(`No look at ${id} is expected`);
			return reply;
		},
		read: ({ body }) => {
			if (body === 'here') return told({ found: true, wouldBe: 'deleted' });
			if (body === 'hidden') {
				return { kind: 'refused', why: notErased('unknown', 'notUnderstood', '') };
			}
			if (body === 'merged') return told({ found: null, wouldBe: 'notFound' });
			return body === 'gone' ? told({ found: false }) : undefined;
		},
	};
	const ids = Object.keys(settlements);
	const known = new Map(ids.map((id) => [targetKey(call(id)), settlements[id] as Settlement]));
	const run = recheck(
		ids.map(call),
		{ vendorName: 'Acme', look },
		{
			maxConcurrency: 1,
			keepVendorResponse: true,
			signal: new AbortController().signal,
			clock,
			settlements: known,
			...options,
		},
	);
	await clock.run(run);
	expect(asked.filter((id) => replies[id] === undefined)).toEqual([]);
	return { asked, of: (id: string) => known.get(targetKey(call(id))) as Settlement, known };
}

const here = answer(200, 'here');
const gone = answer(200, 'gone');

const stillThere = {
	outcome: 'unknown',
	evidence: 'none',
	reason: {
		code: 'stillThere',
		message: 'A later look-up still found it at Acme. Run it again, or delete it there',
	},
};

test('looks at what the vendor called deleted or not there, at what is unknown and at what failed, and at nothing else', async () => {
	const { asked, known } = await recheckAll(
		{
			confirmed: settled(confirmed),
			lost: settled(notErased('unknown', 'replyLost', '')),
			strange: settled(notErased('unknown', 'notUnderstood', '')),
			rechecked: settled({ outcome: 'deleted', evidence: 'rechecked' }),
			stillThere: settled(notErased('unknown', 'stillThere', '')),
			accepted: settled({ outcome: 'accepted', evidence: 'accepted' }),
			notFound: settled({ outcome: 'notFound', evidence: 'confirmed' }),
			deprecated: settled({ outcome: 'deprecated', evidence: 'confirmed' }),
			refused: settled(notErased('refused', 'refusedByVendor', '')),
			failed: settled(notErased('failed', 'notDelivered', '')),
			skipped: settled(notErased('skipped', 'cancelled', '')),
		},
		{ confirmed: gone, lost: gone, strange: gone, stillThere: gone, notFound: gone, failed: gone },
	);
	expect(asked).toEqual(['confirmed', 'lost', 'strange', 'stillThere', 'notFound', 'failed']);
	expect(known.size).toBe(11);
});

test('what the vendor says that it deleted, or what was seen before, is deleted once it is gone, and that is final', async () => {
	const { of } = await recheckAll(
		{
			a: settled(confirmed),
			b: settled(notErased('unknown', 'replyLost', ''), {
				final: false,
				doubt: 'mayBeDone',
				seen: true,
			}),
		},
		{ a: gone, b: gone },
	);
	const verdict = { outcome: 'deleted', evidence: 'rechecked' };
	expect(of('a')).toMatchObject({ verdict, final: true, doubt: 'none' });
	expect(of('b')).toMatchObject({ verdict, final: true, doubt: 'mayBeDone' });
	expect(of('b').verdict).toStrictEqual(verdict);
});

test('what is gone and was not seen before is not found, with a reason, and that is final', async () => {
	const { of } = await recheckAll(
		{ a: settled(notErased('unknown', 'replyLost', ''), { final: false, doubt: 'mayBeDone' }) },
		{ a: gone },
	);
	expect(of('a')).toMatchObject({ final: true, doubt: 'mayBeDone' });
	expect(of('a').verdict).toStrictEqual({
		outcome: 'notFound',
		evidence: 'rechecked',
		reason: {
			code: 'goneAtLook',
			message:
				'A later look-up did not find it. Nothing had shown this record before, so this run may have deleted it, or it was never there',
		},
	});
});

test.each([[undefined], [true as const]])(
	'what failed and is gone was not deleted by this run, seen before: %p',
	async (seen) => {
		const failed = notErased('failed', 'notDelivered', '');
		const { of } = await recheckAll(
			{ a: settled(failed, { final: false, ...(seen && { seen }) }) },
			{ a: gone },
		);
		expect(of('a').final).toBe(true);
		expect(of('a').verdict).toStrictEqual({
			outcome: 'notFound',
			evidence: 'rechecked',
			reason: {
				code: 'goneAtLook',
				message: 'This run did not delete it, and a later look-up did not find it',
			},
		});
	},
);

test.each<[string, Partial<Settlement>, Verdict['outcome']]>([
	['a batch with it was refused as a whole', { doubt: 'refusedTogether' }, 'notFound'],
	['that, and it was seen before', { doubt: 'refusedTogether', seen: true }, 'deleted'],
	['no clear answer came to an earlier request', { doubt: 'mayBeDone' }, 'notFound'],
	['that, and it was seen before', { doubt: 'mayBeDone', seen: true }, 'deleted'],
])(
	'what failed and is gone may have been deleted by this run if %s: %j makes it %s',
	async (_, rest, outcome) => {
		const failed = notErased('failed', 'notDelivered', '');
		const { of } = await recheckAll({ a: settled(failed, { final: false, ...rest }) }, { a: gone });
		expect(of('a')).toMatchObject({ final: true, verdict: { outcome, evidence: 'rechecked' } });
		const { reason } = of('a').verdict as { reason?: { message: string } };
		expect(reason?.message ?? '').not.toMatch(/did not delete/);
	},
);

test('what failed and is still there stays as it was, and may be sent again', async () => {
	const before = settled(notErased('failed', 'notDelivered', 'away'), { final: false });
	const { of } = await recheckAll({ a: before }, { a: here });
	expect(of('a')).toStrictEqual({ ...before, seen: true });
});

test('what is still there is unknown, whatever the vendor said, and may be sent again if that was so before', async () => {
	const { of } = await recheckAll(
		{
			a: settled(confirmed),
			b: settled(notErased('unknown', 'replyLost', ''), { final: false }),
		},
		{ a: here, b: here },
	);
	expect(of('a')).toMatchObject({ verdict: stillThere, final: true, seen: true });
	expect(of('b')).toMatchObject({ verdict: stillThere, final: false, seen: true });
});

test('what a look settles was settled at the time of the look', async () => {
	const { of } = await recheckAll(
		{ a: settled(confirmed), b: settled(confirmed), c: settled(confirmed) },
		{ a: gone, b: here, c: lost },
	);
	expect(of('a').at).toBe('2026-11-22T10:00:00.010Z');
	expect(of('b').at).toBe('2026-11-22T10:00:00.020Z');
	expect(of('c').at).toBe(at);
});

test('a look is no attempt to delete', async () => {
	const { of } = await recheckAll({ a: settled(confirmed, { attempts: 3 }) }, { a: gone });
	expect(of('a').attempts).toBe(3);
});

test.each<[string, Reply]>([
	['is lost', lost],
	['is not documented', answer(200, 'login')],
	['does not show the record in whole', answer(200, 'hidden')],
	['does not tell whether the record is there', answer(200, 'merged')],
	['is refused', answer(403)],
	['does not get past the credentials', answer(401)],
])("the vendor's own word stands if a look %s", async (_, reply) => {
	const before = {
		a: settled(confirmed),
		b: settled(notErased('unknown', 'replyLost', 'lost'), { final: false }),
	};
	const { of } = await recheckAll(before, { a: reply, b: reply });
	expect(of('a')).toBe(before.a);
	expect(of('b')).toBe(before.b);
});

test('nothing is asked and nothing changes once the run is cancelled', async () => {
	const before = { a: settled(confirmed) };
	const { asked, of } = await recheckAll(before, {}, { signal: AbortSignal.abort() });
	expect(asked).toEqual([]);
	expect(of('a')).toBe(before.a);
});

test("the vendor's reply to the deletion is kept", async () => {
	const { of } = await recheckAll(
		{
			a: settled({ ...confirmed, vendorResponse: { said: 'ok' } }),
			b: settled({ ...confirmed, vendorResponse: null }),
			c: settled(confirmed),
		},
		{ a: gone, b: here, c: gone },
	);
	expect(of('a').verdict.vendorResponse).toEqual({ said: 'ok' });
	expect(of('b').verdict.vendorResponse).toBeNull();
	expect(of('c').verdict).not.toHaveProperty('vendorResponse');
});

test('records that no one asked about are left alone', async () => {
	const clock = new VirtualClock();
	const known = new Map([[targetKey(call('other')), settled(confirmed)]]);
	const look: Look = {
		send: () => {
			throw new Error('No look is expected');
		},
		read: () => undefined,
	};
	await clock.run(
		recheck(
			[call('never settled')],
			{ vendorName: 'Acme', look },
			{
				maxConcurrency: 1,
				keepVendorResponse: false,
				signal: new AbortController().signal,
				clock,
				settlements: known,
			},
		),
	);
	expect([...known.values()]).toEqual([settled(confirmed)]);
});
