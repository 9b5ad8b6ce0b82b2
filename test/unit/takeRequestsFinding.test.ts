import { describe, expect, test } from '@jest/globals';

import { mostRecords } from '../../erasure/requests/requestContent';
import { deleted, expectReceipts } from './exampleReceipts';
import { readExample, runCodeNode, type Given, type Json } from './exampleWorkflow';

const example = readExample('take-erasure-requests.json');

/** What a Code node of the example makes of its input. */
function run(
	name: string,
	input: readonly Json[],
	others?: Readonly<Record<string, Given>>,
	mode?: 'test',
): Json[] {
	return runCodeNode(example, name, input, others, mode).map(({ json }) => json);
}

const vendors = ['creovai', 'flyflow', 'happyRobot', 'kaleyra', 'verba'];
const searched = vendors.filter((vendor) => vendor !== 'kaleyra');
const settings = { vendors: vendors.join(', '), phoneTypes: 'phone', otherTypes: 'email' };
const phoneNumber = '+15125551009';

describe('What a request gives to search by', () => {
	const searches = (...identities: Json[]) =>
		run('Searches', [], { Work: [{ identities }], Settings: [settings] });

	test('is each phone number once at each vendor that can search', () => {
		const value = phoneNumber;
		const found = searches({ type: 'phone', value }, { type: 'phone', value: ` ${value} ` });
		expect(found).toEqual([
			...searched.map((vendor) => ({ vendor, phoneNumber })),
			{ vendor: 'none', notSearched: [] },
		]);
	});

	test('is nothing of what is no number in clear, or of another kind', () => {
		const found = searches(
			{ type: 'phone', value: phoneNumber, format: 'sha256' },
			{ type: 'phone', value: 'c2hhMjU2' },
			{ type: 'name', value: 'Ada' },
			{ type: 'email', value: 'ada@example.com' },
		);
		expect(found).toEqual([
			{
				vendor: 'none',
				notSearched: [
					{ count: 2, why: 'what it has as phone is no phone number in clear' },
					{ count: 1, why: 'this workflow does not search by name' },
				],
			},
		]);
	});
});

describe('An identity that no vendor in Settings can be searched for', () => {
	const email = { type: 'email', value: 'ada@example.com' };
	const phone = { type: 'phone', value: phoneNumber };
	const nodes: Readonly<Record<string, Given>> = {
		'Find at Flyflow': [{}],
		'Find at Verba': [{}],
	};
	const receiptsOf = (names: string, identities: readonly Json[], records: Json = {}) => {
		const given = {
			Settings: [{ ...settings, vendors: names, otherTypes: '' }],
			Work: [{ records, identities }],
		};
		const all = run('What was found', [], {
			...given,
			...nodes,
			Searches: run('Searches', [], given),
		});
		expectReceipts(all.filter(({ next }) => next === 'decided'));
		return all;
	};

	test.each<[string, string, readonly Json[], readonly string[]]>([
		['an e-mail address', 'kaleyra', [email], ['kaleyra skipped']],
		['a phone number', 'kaleyra', [phone], ['kaleyra skipped']],
		['each of two', 'kaleyra', [email, phone], ['kaleyra skipped', 'kaleyra skipped']],
		['an e-mail address', 'kaleyra, flyflow', [email], ['flyflow skipped']],
		['one of two', 'kaleyra, verba', [phone, email], ['verba notFound', 'verba skipped']],
	])('has a receipt that says so: %s, with %s', (_, names, identities, expected) => {
		const outcomes = (all: readonly Json[]) =>
			all.map(({ vendor, outcome }) => `${String(vendor)} ${String(outcome)}`);
		expect(outcomes(receiptsOf(names, identities))).toEqual(expected);
		const all = receiptsOf(names, identities, { kaleyra: ['k'] });
		expect(outcomes(all.filter(({ next }) => next === 'decided'))).toEqual(expected);
		expect(all.filter(({ next }) => next === 'kaleyra')).toHaveLength(1);
	});
});

const preview = (vendor: string, target: Json, wouldBe = 'deleted'): Json => ({
	...deleted(vendor, target),
	...{ deleted: false, outcome: 'preview', evidence: 'none' },
	preview: { wouldBe, plan: `plan of ${vendor}` },
});

const finding: Readonly<Record<string, readonly Json[]>> = {
	'Find at Creovai': [preview('creovai', { callId: 'c' })],
	'Find at Flyflow': [{ id: 'f' }],
	'Find at HappyRobot': [{ id: 'h' }],
	'Find at Verba': [{ ccdr_id: 'v' }],
};

function found(
	given: Readonly<Record<string, Given>>,
	{ records = {}, notSearched = [] as Json[], numbers = [phoneNumber] } = {},
): Json[] {
	const searches = searched.flatMap((vendor) =>
		numbers.map((number) => ({ vendor, phoneNumber: number })),
	);
	return run('What was found', [], {
		Work: [{ records, identities: [{ type: 'email' }] }],
		Settings: [settings],
		Searches: [...searches, { vendor: 'none', notSearched }],
		...given,
	});
}

describe('A vendor that was not searched', () => {
	const nodes = Object.keys(finding).map((node, index) => [node, searched[index]!] as const);

	test.each(nodes)('has a receipt that says so: %s', (node, vendor) => {
		const { [node]: _, ...others } = finding;
		for (const given of [
			{ [node]: [{ vendor, phoneNumber }] },
			{ [node]: [{ error: 'No.' }] },
			{ [node]: { found: [{}], errors: [{ error: 'No.' }] } },
			{},
		]) {
			const all = found({ ...others, ...given });
			const own = all.filter((one) => one.vendor === vendor);
			expect(own).toMatchObject([{ outcome: 'failed', target: {}, next: 'decided' }]);
			expectReceipts(own);
			expect(all).toHaveLength(4);
			expect(JSON.stringify(all)).not.toContain('555');
		}
	});

	test('is told from one that has nothing', () => {
		const nothing = {
			...finding,
			'Find at Creovai': [preview('creovai', { phoneNumber: '*09' }, 'notFound')],
		};
		for (const [node, vendor] of nodes) {
			const given = node === 'Find at Creovai' ? nothing : { ...finding, [node]: [{}] };
			const own = found(given).filter((one) => one.vendor === vendor);
			expect(own).toMatchObject([{ outcome: 'notFound', evidence: 'confirmed' }]);
			expectReceipts(own);
		}
	});

	test('by all that the request gives is not said to have nothing', () => {
		const notSearched = [{ why: 'this workflow does not search by name', count: 2 }];
		const all = found(finding, { notSearched });
		const skipped = all.filter(({ outcome }) => outcome === 'skipped');
		expect(skipped.map(({ vendor }) => vendor)).toEqual(searched);
		expectReceipts(skipped);
		expect(found({}, { notSearched, numbers: [] })).toHaveLength(4);
	});

	test('because the request gives nothing that it could have, has nothing', () => {
		const all = found({}, { numbers: [] });
		expect(all.map(({ vendor, outcome }) => `${String(vendor)} ${String(outcome)}`)).toEqual(
			vendors.map((vendor) => `${vendor} notFound`),
		);
		expectReceipts(all);
	});
});

describe('The records that a request names', () => {
	test('are joined with those that were found, each once', () => {
		const records = {
			flyflow: ['f', 'g', { callId: 'g' }],
			happyRobot: ['h', { callId: 'h', noteId: 'n' }],
			kaleyra: ['k'],
			verba: [{ callID: 'w' }],
		};
		const lanes = found(finding, { records }).map(({ next, ...ids }) => [next, ids]);
		expect(lanes).toEqual([
			['creovai', { callId: 'c' }],
			['flyflow', { callId: 'f' }],
			['happyRobot', { callId: 'h' }],
			['verba', { callID: 'v' }],
			['flyflow', { callId: 'g' }],
			['happyRobotNote', { callId: 'h', noteId: 'n' }],
			['kaleyra', { flowId: 'k' }],
			['verba', { callID: 'w' }],
		]);
	});

	test('by what this workflow does not know, or at another vendor, have a receipt that says so', () => {
		const records = { creovai: [{ sessionId: 's' }], acme: ['1'], flyflow: [{ noteId: 'n' }] };
		const all = found({}, { records, numbers: [] });
		expect(all.map(({ vendor, outcome, target }) => [vendor, outcome, target])).toEqual([
			['creovai', 'skipped', { sessionId: 's' }],
			['acme', 'skipped', { id: '1' }],
			['flyflow', 'skipped', { noteId: 'n' }],
		]);
		expectReceipts(all);
	});
});

describe('What would happen', () => {
	const records = { happyRobot: [{ callId: 'h', noteId: 'n' }], kaleyra: ['k'] };
	const asked = found(finding, { records });
	const previews: Readonly<Record<string, Json>> = {
		creovai: preview('creovai', { callId: 'c', sessionId: 's' }),
		flyflow: preview('flyflow', { callId: 'f' }),
		happyRobot: preview('happyRobot', { callId: 'h' }),
		happyRobotNote: { ...preview('happyRobot', { callId: 'h', noteId: 'n' }), resource: 'note' },
		kaleyra: preview('kaleyra', { flowId: 'k' }),
		verba: preview('verba', { callID: 'v' }),
	};
	const lanes = Object.keys(previews);
	type Round = Json & { round: string; records: Json[] };
	const shown = (given: readonly Json[], more: Json = {}) =>
		run('What would happen', given, {
			Work: [{ test: false, ...more }],
			'What was found': asked,
		})[0] as Json & { count: number; rounds: Round[]; page: string };

	test('is a round for each lane, of exactly what was previewed', () => {
		const { count, rounds } = shown(Object.values(previews));
		expect(count).toBe(6);
		expect(rounds.map(({ round }) => round)).toEqual(lanes);
		expect(rounds[0]?.records).toEqual([
			{ round: 'creovai', plan: 'plan of creovai', callId: 'c' },
		]);
		expect(rounds[3]?.records).toMatchObject([{ callId: 'h', noteId: 'n' }]);
	});

	test.each(lanes)('leaves out a lane without all of its previews, and says so: %s', (lane) => {
		const others = lanes.filter((one) => one !== lane).map((one) => previews[one]!);
		const handedOn = asked.filter(({ next }) => next === lane);
		const { preview: _, ...refused } = { ...previews[lane], outcome: 'refused' } as Json;
		for (const given of [[], [{}], handedOn, [refused]]) {
			const { count, rounds } = shown([...others, ...given]);
			expect(count).toBe(5);
			const [decided, ...going] = rounds;
			expect(going.map(({ round }) => round)).toEqual(lanes.filter((one) => one !== lane));
			expect(decided?.records).toHaveLength(1);
			expect(decided?.records[0]?.outcome).toMatch(/^(failed|refused)$/);
			expectReceipts(decided!.records);
		}
	});

	test('goes on beside a search that failed', () => {
		const decided = { ...deleted('flyflow', {}), outcome: 'failed', next: 'decided' };
		const { count, rounds } = shown([decided, ...Object.values(previews)]);
		expect(count).toBe(6);
		expect(rounds.map(({ round }) => round)).toEqual(['decided', ...lanes]);
	});

	test('says on the form that IDs at which nothing is there are sent too, and how many', () => {
		const absent = preview('flyflow', { callId: 'late' }, 'notFound');
		const two = [
			{ next: 'flyflow', callId: 'f' },
			{ next: 'flyflow', callId: 'late' },
		];
		const pageOf = (given: readonly Json[], test = false) =>
			run('What would happen', given, { Work: [{ test }], 'What was found': two })[0]!;
		const { page, count, rounds } = pageOf([previews.flyflow!, absent]);
		expect(count).toBe(1);
		expect(rounds).toMatchObject([{ records: [{ callId: 'f' }, { callId: 'late' }] }]);
		expect(page).toContain('IDs at which nothing is there now: 1. <b>They are sent too: ');
		expect(pageOf([previews.flyflow!, previews.flyflow!]).page).not.toContain('sent too');
		// A lane of which nothing is there is not sent at all.
		expect(pageOf([absent, absent])).toMatchObject({ count: 0, rounds: [{ round: 'decided' }] });
		expect(pageOf([absent, absent]).page).not.toContain('sent too');
		expect(pageOf([previews.flyflow!, absent], true).page).not.toContain('sent too');
	});

	test('in a trial is nothing but the previews', () => {
		const { count, rounds } = shown(Object.values(previews), { test: true });
		expect(count).toBe(0);
		expect(rounds.map(({ round }) => round)).toEqual(['decided']);
		expect(rounds[0]?.records.map(({ outcome }) => outcome)).toEqual(Array(6).fill('preview'));
	});
});

test('As many records of one vendor as a request can name are previewed and deleted', () => {
	const lanes = example.nodes.filter(
		({ parameters: { operation, deletionMode } }) =>
			['delete', 'purgeByCallId'].includes(String(operation)) && deletionMode !== undefined,
	);
	expect(lanes).toHaveLength(12);
	for (const { name, parameters } of lanes) {
		expect([name, parameters.options]).toMatchObject([name, { maximumTargets: mostRecords }]);
	}
});
