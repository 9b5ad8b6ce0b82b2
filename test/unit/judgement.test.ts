import { describe, expect, test } from '@jest/globals';

import { judge, notMentioned, type RequestKind } from '../../erasure/judgement';
import type { NotErased } from '../../erasure/outcome';
import type { Reply } from '../../erasure/reply';
import { answer, call, lost, notDelivered, says, ScriptedVendor } from './scriptedVendor';
import { VirtualClock } from './virtualClock';

type Effect = RequestKind['effect'];

const deletion: Effect = 'repeatable';
const looking: Effect = 'none';
const unrepeatable: Effect = 'unrepeatable';

const target = call('a');

function judgedAsIs(reply: Reply, effect: Effect = deletion) {
	const vendor = new ScriptedVendor(new VirtualClock(), []);
	return judge(reply, { vendorName: 'Acme', effect }, (given) => vendor.read(given, [target]));
}

function judged(reply: Reply, effect: Effect = deletion) {
	const judgement = judgedAsIs(reply, effect);
	if (judgement.kind === 'settled') return { kind: 'settled', verdict: judgement.why };
	return judgement.kind === 'understood'
		? { kind: 'understood', verdict: judgement.content.get(target) }
		: judgement;
}

function verdict(outcome: NotErased['outcome'], code: string, message: string) {
	return { outcome, evidence: 'none', reason: { code, message } };
}

function again(
	otherwise: ReturnType<typeof verdict>,
	{ pushedBack = false, inDoubt = false } = {},
) {
	return { kind: 'again', pushedBack, inDoubt, otherwise };
}

describe('a refusal of a request that may be about one of its records', () => {
	test.each([[400], [413], [422]])('%d is one', (status) => {
		expect(judgedAsIs(answer(status))).toMatchObject({ mayBeAboutOne: true });
	});

	test.each([[403], [405], [409], [423]])('%d is none', (status) => {
		expect(judgedAsIs(answer(status))).not.toHaveProperty('mayBeAboutOne');
	});
});

function settled(final: ReturnType<typeof verdict>) {
	return { kind: 'settled', verdict: final };
}

describe("what the vendor said beside a status that decides alone, for who asks for the vendor's reply", () => {
	const said = '{"why":"because"}';
	const vendorResponse = { why: 'because' };

	test.each([302, 400, 403, 404, 409, 418])('%i, which settles', (status) => {
		expect(judged(answer(status, said))).toMatchObject({
			kind: 'settled',
			verdict: { vendorResponse },
		});
	});

	test.each([408, 429, 500, 502, 503])('%i, after the last attempt', (status) => {
		expect(judged(answer(status, said))).toMatchObject({
			kind: 'again',
			otherwise: { vendorResponse },
		});
	});

	test('401, and the vendor’s own word for bad credentials', () => {
		expect(judged(answer(401, said))).toMatchObject({ kind: 'stop', vendorResponse });
		expect(judged(answer(200, 'bad key'))).toMatchObject({
			kind: 'stop',
			vendorResponse: 'bad key',
		});
	});

	test('nothing, where it said nothing or does not speak of the record', () => {
		expect(judged(answer(403, ' \n'))).not.toHaveProperty('verdict.vendorResponse');
		expect(judged(answer(401))).not.toHaveProperty('vendorResponse');
	});
});

describe('not delivered: may always be sent again, and in the end it failed', () => {
	const failed = verdict(
		'failed',
		'notDelivered',
		'Acme was not reached: the connection was refused. Check the address in the credentials, and try again',
	);

	test.each([[deletion], [looking], [unrepeatable]])('%j', (effect) => {
		expect(judged(notDelivered, effect)).toEqual(again(failed));
	});
});

/** What a user can do about an outcome that nobody knows. */
const runAgain = 'Run it again, or look for the record at Acme';
const lookThere = 'Look for the record at Acme';
const tryLater = 'Try again later';

describe('delivered, and the reply was lost', () => {
	const message = (wayOut: string) =>
		`The request was sent, but no reply came from Acme: the connection was reset. ${wayOut}`;

	test('is in doubt until a repeat brings clarity', () => {
		const unknown = verdict('unknown', 'replyLost', message(runAgain));
		expect(judged(lost)).toEqual(again(unknown, { inDoubt: true }));
	});

	test('stays in doubt where a repeat might concern another record', () => {
		expect(judged(lost, unrepeatable)).toEqual(
			settled(verdict('unknown', 'replyLost', message(lookThere))),
		);
	});

	test('is not in doubt where nothing is changed', () => {
		expect(judged(lost, looking)).toEqual(again(verdict('failed', 'replyLost', message(tryLater))));
	});
});

describe('the vendor asks for a pause', () => {
	const failed = (status: number) =>
		verdict('failed', 'pushedBack', `Acme answered ${status}: it asked for fewer requests`);

	test.each<[string, number, Record<string, string>]>([
		['429', 429, {}],
		['429 with Retry-After', 429, { 'retry-after': '5' }],
		['400 with Retry-After', 400, { 'retry-after': '5' }],
		['409 with Retry-After', 409, { 'retry-after': '' }],
	])('%s', (_, status, headers) => {
		const expected = again(failed(status), { pushedBack: true });
		expect(judged(answer(status, '', headers))).toEqual(expected);
		expect(judged(answer(status, '', headers), looking)).toEqual(expected);
	});

	test('429 alone sends again what may stand for other records a moment later', () => {
		for (const headers of [{}, { 'retry-after': '5' }] as Array<Record<string, string>>) {
			const expected = again(failed(429), { pushedBack: true });
			expect(judged(answer(429, '', headers), unrepeatable)).toEqual(expected);
		}
		for (const status of [400, 403, 409, 423, 500, 503]) {
			const asked = answer(status, '', { 'retry-after': '5' });
			const outcome = status < 500 ? 'refused' : 'unknown';
			expect(judged(asked, unrepeatable)).toMatchObject({ kind: 'settled', verdict: { outcome } });
		}
	});

	test('Retry-After means nothing on an answer that turns nothing down', () => {
		expect(judged(answer(399, '', { 'retry-after': '5' }))).toMatchObject({ kind: 'settled' });
		expect(judged(answer(202, '', { 'retry-after': '5' }))).toMatchObject({ kind: 'settled' });
	});
});

describe.each([[408], [500], [501], [502], [503], [504], [505], [520], [599]])(
	'%d: says nothing about whether the request was carried out',
	(status) => {
		const said = (wayOut: string) =>
			`Acme answered ${status}, which does not say whether it was done. ${wayOut}`;

		test('may be sent again, and in the end it is unknown', () => {
			const unknown = verdict('unknown', 'vendorError', said(runAgain));
			expect(judged(answer(status))).toEqual(again(unknown, { inDoubt: true }));
		});

		test('is unknown at once where a repeat might concern another record', () => {
			const unknown = verdict('unknown', 'vendorError', said(lookThere));
			expect(judged(answer(status), unrepeatable)).toEqual(settled(unknown));
		});

		test('Retry-After adds a pause and takes no doubt away', () => {
			const asked = answer(status, '', { 'retry-after': '5' });
			const unknown = (wayOut: string) => verdict('unknown', 'vendorError', said(wayOut));
			const failed = verdict('failed', 'vendorError', said(tryLater));
			expect(judged(asked)).toEqual(again(unknown(runAgain), { pushedBack: true, inDoubt: true }));
			expect(judged(asked, looking)).toEqual(again(failed, { pushedBack: true }));
			expect(judged(asked, unrepeatable)).toEqual(settled(unknown(lookThere)));
		});

		test('failed in the end where nothing is changed', () => {
			expect(judged(answer(status), looking)).toEqual(
				again(verdict('failed', 'vendorError', said(tryLater))),
			);
		});
	},
);

describe('credentials', () => {
	test('401 stops the run and says where to look', () => {
		const message =
			'Acme answered 401: it did not accept the credentials. Check them in n8n under Credentials';
		expect(judged(answer(401))).toEqual({ kind: 'stop', message });
		expect(judged(answer(401, '', { 'retry-after': '5' }))).toEqual({ kind: 'stop', message });
	});

	test("the vendor's own word for it stops the run", () => {
		const message = 'Acme knows no such key';
		expect(judged(answer(200, 'bad key'))).toMatchObject({ kind: 'stop', message });
	});

	test('what turned them down before the request went out stops the run', () => {
		const message = 'No token could be had';
		const reply: Reply = { kind: 'badCredentials', cause: message };
		expect(judged(reply)).toEqual({ kind: 'stop', message });
	});
});

test('403 is a refusal, and says what may be missing', () => {
	const message =
		'Acme answered 403: it does not permit this. Check what these credentials may do there';
	for (const effect of [deletion, looking, unrepeatable]) {
		expect(judged(answer(403), effect)).toEqual(
			settled(verdict('refused', 'refusedByVendor', message)),
		);
	}
});

test.each([[400], [402], [405], [409], [411], [422], [423], [451], [499]])(
	'%d is a refusal',
	(status) => {
		const refused = verdict(
			'refused',
			'refusedByVendor',
			`Acme answered ${status}: it turned the request down. Check the parameters, and look there`,
		);
		for (const effect of [deletion, looking, unrepeatable]) {
			expect(judged(answer(status), effect)).toEqual(settled(refused));
		}
	},
);

describe('an answer that is not as documented', () => {
	const notUnderstood = (outcome: 'unknown' | 'failed', status: number) =>
		verdict(
			outcome,
			'notUnderstood',
			`Acme answered ${status}, but not as it documents. Check the address in the credentials${outcome === 'failed' ? '' : ', and look for the record at Acme'}`,
		);

	test.each<[number, string]>([
		[200, '<html>Please log in</html>'],
		[200, '{"a": "dele'],
		[200, ''],
		[201, '{}'],
		[204, ''],
		[301, ''],
		[302, ''],
		[399, ''],
		[404, '<html>Not Found</html>'],
		[410, ''],
	])('%d %j is unknown, and nothing is sent again', (status, body) => {
		const unknown = settled(notUnderstood('unknown', status));
		expect(judged(answer(status, body))).toMatchObject(unknown);
		expect(judged(answer(status, body), unrepeatable)).toMatchObject(unknown);
	});

	test('failed where nothing is changed', () => {
		expect(judged(answer(200, ''), looking)).toEqual(settled(notUnderstood('failed', 200)));
	});
});

describe('an answer as documented', () => {
	test.each<[string, string]>([
		['deleted', 'deleted'],
		['accepted', 'accepted'],
		['notFound', 'notFound'],
		['protected', 'refused'],
		['busy', 'failed'],
		['strange', 'unknown'],
	])('%s is taken at its word', (word, outcome) => {
		expect(judged(says(word)(['a']))).toMatchObject({ kind: 'understood', verdict: { outcome } });
	});

	test('a record that it does not mention is unknown', () => {
		const message = (wayOut: string) => `Acme's reply does not mention this record. ${wayOut}`;
		const unknown = (wayOut: string) => verdict('unknown', 'notMentioned', message(wayOut));
		expect(judged(says('deleted')(['b']))).toEqual({ kind: 'understood', verdict: undefined });
		expect(notMentioned({ vendorName: 'Acme', effect: deletion })).toEqual(unknown(runAgain));
		expect(notMentioned({ vendorName: 'Acme', effect: unrepeatable })).toEqual(unknown(lookThere));
	});
});

test('a cancelled request is neither settled nor sent again', () => {
	expect(judged({ kind: 'cancelled' })).toEqual({ kind: 'cancelled' });
});
