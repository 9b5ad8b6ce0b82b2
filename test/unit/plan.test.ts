import { describe, expect, test } from '@jest/globals';

import type { Target } from '../../erasure/target';
import type { Connection, Deletion } from '../../nodes/shared/deletion/deletion';
import type { DeletionSettings } from '../../nodes/shared/parameters/deletionSettings';
import { checkLimit, checkPlan, namesRecords, planOf } from '../../nodes/shared/deletion/plan';

const call = (callId: string): Target => ({ identifiers: { callId } });

const deletion = {
	vendor: 'example',
	resource: 'call',
	operation: 'delete',
	noun: { one: 'call', many: 'calls' },
	defaults: { maxConcurrency: 1, canLook: false },
} as unknown as Deletion;

const connection = { address: 'https://api.example.com' } as Connection;

const account = { publicName: '', key: 'key' };

const settings = (changes: Partial<DeletionSettings>) =>
	({ preview: false, approvedPlan: '', maximumTargets: 2, ...changes }) as DeletionSettings;

describe('the plan', () => {
	const finder = {} as NonNullable<Connection['finder']>;
	const selected = [{ kind: 'open', itemIndex: 0, target: call('number') } as const];
	const plan = (changes: Partial<Connection>, ...targets: Target[]) =>
		planOf(deletion, { ...connection, ...changes }, selected, targets, account);

	test('is of what the selectors name, whatever a look finds', () => {
		expect(plan({}, call('a'))).toBe(plan({}, call('b')));
		const naming = { finder: { ...finder, selectorsNameRecords: true } };
		expect(plan(naming, call('a'))).toBe(plan({}, call('b')));
	});

	test('is of what was found, where the selectors name no record', () => {
		expect(plan({ finder }, call('a'))).not.toBe(plan({ finder }, call('b')));
		expect(plan({ finder }, call('number'))).toBe(plan({}));
	});

	test('fits no other account, operation, resource, vendor or choice', () => {
		const others = [
			plan({}),
			plan({ address: 'https://eu.example.com' }),
			plan({ choices: ['deprecate'] }),
			...[{ vendor: 'other' }, { resource: 'note' }, { operation: 'purge' }].map((change) =>
				planOf({ ...deletion, ...change }, connection, selected, [], account),
			),
		];
		expect(new Set(others).size).toBe(others.length);
		expect(plan({ choices: [] })).toBe(plan({}));
	});

	test('is known before anything is asked where the selectors name records', () => {
		expect(namesRecords(connection)).toBe(true);
		expect(namesRecords({ ...connection, finder })).toBe(false);
		expect(namesRecords({ ...connection, finder: { ...finder, selectorsNameRecords: true } })).toBe(
			true,
		);
	});
});

describe('an Approved Plan', () => {
	test.each([
		['asked for nowhere', {}],
		['met', { approvedPlan: 'sha256:1' }],
		['not needed to preview', { approvedPlan: 'sha256:2', preview: true }],
	])('lets a run start if it is %s', (_, changes) => {
		expect(checkPlan(settings(changes), 'sha256:1')).toBeUndefined();
	});

	test('lets no run start that would do anything else', () => {
		expect(checkPlan(settings({ approvedPlan: 'sha256:2' }), 'sha256:1')).toEqual({
			outcome: 'skipped',
			evidence: 'none',
			reason: {
				code: 'planChanged',
				message:
					'The records to delete are not those of the Approved Plan. Preview again and approve what it shows',
			},
		});
	});
});

describe('Maximum Targets', () => {
	test('counts each record once', () => {
		expect(checkLimit(settings({}), deletion, ['a', 'b', 'a'].map(call))).toBeUndefined();
	});

	test.each([
		[undefined, 'delete'],
		[{ base: 'deprecate', title: 'Deprecate', done: 'deprecated' }, 'deprecate'],
	])('lets no run start that goes over it: %j', (verb, base) => {
		const defaults = { ...deletion.defaults, ...(verb && { verb }) };
		expect(checkLimit(settings({}), { ...deletion, defaults }, ['a', 'b', 'c'].map(call))).toEqual({
			outcome: 'skipped',
			evidence: 'none',
			reason: {
				code: 'overLimit',
				message: `There are 3 calls to ${base}, and Maximum Targets allows 2. Raise it in the node's options if that is meant`,
			},
		});
	});
});
