import { expect, test } from '@jest/globals';

import { understood } from '../../erasure/exchange';
import { findTargets, type Finder, type Finding } from '../../erasure/find';
import type { Settlement } from '../../erasure/settlement';
import { notErased } from '../../erasure/outcome';
import type { Reply } from '../../erasure/reply';
import type { RunOptions } from '../../erasure/run';
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

	readonly findings = new Map<string, Finding>();

	readonly settlements = new Map<string, Settlement>();

	/** What the deletions of the same run came to: none of the search's business. */
	readonly deletions = new Map<string, Settlement>();

	constructor(private readonly replies: Readonly<Record<string, Reply[]>>) {}

	async find(
		extensions: readonly string[],
		options: Partial<RunOptions> = {},
	): Promise<ReadonlyMap<string, Settlement>> {
		const inquiry = { findings: this.findings, asked: this.settlements };
		await this.clock.run(
			findTargets(extensions.map(lastCallOf), 'Acme', this.finder, inquiry, {
				maxConcurrency: 1,
				keepVendorResponse: false,
				signal: new AbortController().signal,
				clock: this.clock,
				settlements: this.deletions,
				...options,
			}),
		);
		expect(this.deletions.size).toBe(0);
		return this.settlements;
	}

	findingOf(extension: string): Finding | undefined {
		return this.findings.get(targetKey(lastCallOf(extension)));
	}

	private readonly finder: Finder = {
		send: async ({ identifiers: { extension = '' } }) => {
			this.asked.push(extension);
			await this.clock.pass(10);
			return this.replies[extension]?.shift() ?? answer(418, 'no such question is expected');
		},
		read: ({ status, body }, selector) => {
			if (body === 'bad key') return { kind: 'badCredentials', message: 'No such key' };
			if (body === 'hidden') return understood(selector, hidden);
			if (status !== 200 || body === 'login') return undefined;
			if (body === '') return nothingThere;
			return { kind: 'targets', targets: body.split(',').map(call) };
		},
	};
}

test('each selector is asked for once and finds its records', async () => {
	const directory = new Directory({
		'8856': [answer(200, 'a')],
		'8857': [answer(200, 'b,c')],
		'8858': [answer(200, '')],
	});
	const settlements = await directory.find(['8856', '8857', '8858', '8856']);
	expect(directory.asked).toEqual(['8856', '8857', '8858']);
	expect(directory.findingOf('8856')).toEqual({ kind: 'targets', targets: [call('a')] });
	expect(directory.findingOf('8857')).toEqual({
		kind: 'targets',
		targets: [call('b'), call('c')],
	});
	expect(directory.findingOf('8858')).toBe(nothingThere);
	expect([...settlements.values()].map(({ verdict }) => verdict)).toEqual([
		{ outcome: 'preview', evidence: 'none', preview: { found: true, wouldBe: 'deleted' } },
		{ outcome: 'preview', evidence: 'none', preview: { found: true, wouldBe: 'deleted' } },
		{ outcome: 'preview', evidence: 'none', preview: { found: true, wouldBe: 'deleted' } },
	]);
});

test('what was found is never asked for again: the last call would be another one', async () => {
	const directory = new Directory({
		'8856': [answer(200, 'a')],
		'8857': [answer(403), answer(200, 'b')],
		'8858': [answer(200, '')],
	});
	await directory.find(['8856', '8857', '8858']);
	const settlements = await directory.find(['8856', '8857', '8858']);
	expect(directory.asked).toEqual(['8856', '8857', '8858', '8857']);
	expect([...settlements.values()].map(({ attempts }) => attempts)).toEqual([1, 2, 1]);
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
		const settlements = await directory.find(['8856']);
		expect(directory.findings.size).toBe(0);
		expect(settlements.get(targetKey(lastCallOf('8856')))?.verdict).toMatchObject(verdict);
	},
);

test('nothing is asked once the run is cancelled', async () => {
	const directory = new Directory({});
	const settlements = await directory.find(['8856'], { signal: AbortSignal.abort() });
	expect(directory.asked).toEqual([]);
	expect([...settlements.values()]).toMatchObject([
		{ verdict: { outcome: 'skipped', reason: { code: 'cancelled' } }, attempts: 0 },
	]);
});
