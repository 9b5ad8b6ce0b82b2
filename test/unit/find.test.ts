import { describe, expect, test } from '@jest/globals';

import type { DeliveryOptions } from '../../erasure/delivery';
import { findTargets, type Finder, type Finding, type Findings } from '../../erasure/find';
import { notErased } from '../../erasure/outcome';
import { told } from '../../erasure/reading';
import type { Reply } from '../../erasure/reply';
import { targetKey, type Selector } from '../../erasure/target';
import { answer, call, lost } from './scriptedVendor';
import { VirtualClock } from './virtualClock';

function lastCallOf(extension: string): Selector {
	return { identifiers: { extension, status: 'last' } };
}

const hidden = notErased('refused', 'refusedByVendor', 'Acme shows no calls of this extension');

const nothingThere: Finding = {
	kind: 'settled',
	verdict: { outcome: 'notFound', evidence: 'confirmed' },
};

/** A vendor that is asked for the last call of extensions and answers each by its own script. */
class Directory {
	readonly clock = new VirtualClock();

	readonly asked: string[] = [];

	readonly findings: Findings = new Map();

	constructor(private readonly replies: Readonly<Record<string, Reply[]>>) {}

	async find(
		extensions: readonly string[],
		options: Partial<DeliveryOptions> = {},
	): Promise<Findings> {
		await this.clock.run(
			findTargets(extensions.map(lastCallOf), 'Acme', this.finder, this.findings, {
				maxConcurrency: 1,
				signal: new AbortController().signal,
				clock: this.clock,
				...options,
			}),
		);
		return this.findings;
	}

	findingOf(extension: string): Finding | undefined {
		const asked = this.findings.get(targetKey(lastCallOf(extension)));
		return asked?.kind === 'understood' ? asked.content : undefined;
	}

	private readonly finder: Finder = {
		send: async ({ identifiers: { extension = '' } }) => {
			this.asked.push(extension);
			await this.clock.pass(10);
			return this.replies[extension]?.shift() ?? answer(418, 'no such question is expected');
		},
		read: ({ status, body }) => {
			if (body === 'bad key') return { kind: 'badCredentials', message: 'No such key' };
			if (body === 'hidden') return { kind: 'refused', why: hidden };
			if (status !== 200 || body === 'login') return undefined;
			if (body === '') return told(nothingThere);
			return told({ kind: 'targets', targets: body.split(',').map(call) });
		},
	};
}

test('each selector is asked for once and finds its records', async () => {
	const directory = new Directory({
		'8856': [answer(200, 'a')],
		'8857': [answer(200, 'b,c')],
		'8858': [answer(200, '')],
	});
	await directory.find(['8856', '8857', '8858', '8856']);
	expect(directory.asked).toEqual(['8856', '8857', '8858']);
	expect(directory.findingOf('8856')).toEqual({ kind: 'targets', targets: [call('a')] });
	expect(directory.findingOf('8857')).toEqual({
		kind: 'targets',
		targets: [call('b'), call('c')],
	});
	expect(directory.findingOf('8858')).toBe(nothingThere);
});

test('what was found is never asked for again: the last call would be another one', async () => {
	const directory = new Directory({
		'8856': [answer(200, 'a')],
		'8857': [answer(403), answer(200, 'b')],
		'8858': [answer(200, '')],
	});
	await directory.find(['8856', '8857', '8858']);
	const findings = await directory.find(['8856', '8857', '8858']);
	expect(directory.asked).toEqual(['8856', '8857', '8858', '8857']);
	expect([...findings.values()].map(({ attempts }) => attempts)).toEqual([1, 2, 1]);
	expect(directory.findingOf('8856')).toEqual({ kind: 'targets', targets: [call('a')] });
	expect(directory.findingOf('8857')).toEqual({ kind: 'targets', targets: [call('b')] });
});

test('a lost reply is asked for again, because asking changes nothing', async () => {
	const directory = new Directory({ '8856': [lost, answer(500), answer(504), answer(200, 'a')] });
	await directory.find(['8856']);
	expect(directory.asked).toHaveLength(4);
	expect(directory.findingOf('8856')).toBeDefined();
});

test.each<[string, Reply[], object]>([
	[
		'is not documented',
		[answer(200, 'login')],
		{ outcome: 'failed', reason: { code: 'notUnderstood' } },
	],
	['is a refusal', [answer(403)], { outcome: 'refused' }],
	["is the vendor's own refusal", [answer(200, 'hidden')], hidden],
	[
		"is the vendor's own word for bad credentials",
		[answer(200, 'bad key')],
		{ outcome: 'skipped', reason: { code: 'badCredentials', message: 'No such key' } },
	],
	['is lost each time', [lost, lost, lost, lost], { outcome: 'failed' }],
	['turns the credentials down', [answer(401)], { outcome: 'skipped' }],
])(
	'where the answer %s, the selector gets that verdict and no finding',
	async (_, replies, verdict) => {
		const directory = new Directory({ '8856': replies });
		const findings = await directory.find(['8856']);
		expect(directory.findingOf('8856')).toBeUndefined();
		expect(findings.get(targetKey(lastCallOf('8856')))).toMatchObject({
			kind: 'nothing',
			why: verdict,
		});
	},
);

test('nothing is asked once the run is cancelled', async () => {
	const directory = new Directory({});
	const findings = await directory.find(['8856'], { signal: AbortSignal.abort() });
	expect(directory.asked).toEqual([]);
	expect([...findings.values()]).toMatchObject([
		{ kind: 'nothing', why: { outcome: 'skipped', reason: { code: 'cancelled' } }, attempts: 0 },
	]);
});

describe('a number in several notations', () => {
	const number: Selector = { identifiers: { phoneNumber: '+1 5' }, shown: { phoneNumber: '**' } };
	const asked: string[] = [];
	const clock = new VirtualClock();

	async function find(replies: Readonly<Record<string, Reply>>, findings: Findings = new Map()) {
		asked.length = 0;
		const finder: Finder = {
			questionsOf: ({ identifiers }) =>
				['+1 5', '+15', '15'].map((text) => ({ identifiers: { ...identifiers, text } })),
			send: async ({ identifiers: { text = '' } }) => {
				asked.push(text);
				return await Promise.resolve(replies[text] ?? answer(200, ''));
			},
			read: ({ status, body }) => {
				if (status === 400) {
					return told({
						kind: 'settled',
						verdict: notErased('failed', 'vendorError', 'Acme could not look'),
					});
				}
				if (status !== 200) return undefined;
				if (body === '') return told(nothingThere);
				return told({ kind: 'targets', targets: body.split(',').map((name) => call(name)) });
			},
		};
		const options = { maxConcurrency: 1, signal: new AbortController().signal, clock };
		await clock.run(findTargets([number], 'Acme', finder, findings, options));
		return findings.get(targetKey(number));
	}

	test('is asked for in each, and stands for what any of them finds, each record once', async () => {
		const found = await find({ '+15': answer(200, 'a,b'), '15': answer(200, 'b,c') });
		expect(asked).toEqual(['+1 5', '+15', '15']);
		expect(found).toMatchObject({
			attempts: 3,
			content: { kind: 'targets', targets: [call('a'), call('b'), call('c')] },
		});
	});

	test('is not there only if none finds it', async () => {
		expect(await find({})).toMatchObject({ content: nothingThere, attempts: 3 });
	});

	test('stands for nothing as long as one of them is not answered, and only that is asked again', async () => {
		const findings: Findings = new Map();
		const unanswered = { '+15': answer(200, 'a'), '15': answer(418, 'gone for tea') };
		expect(await find(unanswered, findings)).toMatchObject({ kind: 'nothing', attempts: 3 });

		const answered = await find({ '15': answer(200, 'c') }, findings);
		expect(asked).toEqual(['15']);
		expect(answered).toMatchObject({
			content: { kind: 'targets', targets: [call('a'), call('c')] },
			attempts: 4,
		});
	});

	test('is what the vendor says of it in one of them, where that is no record', async () => {
		const said = await find({ '+15': answer(200, 'a'), '15': answer(400, '') });
		expect(said).toMatchObject({ content: { verdict: { outcome: 'failed' } } });
	});
});
