import { describe, expect, test } from '@jest/globals';
import { UserError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import type { DeletionDefaults } from '../../nodes/shared/parameters/deletionFields';
import { OptionReader, readDeletionSettings } from '../../nodes/shared/parameters/deletionSettings';

const defaults: DeletionDefaults = { maxConcurrency: 7, canLook: true };

/** A node in production whose parameters are these; anything else that is asked of n8n fails. */
function node(parameters: IDataObject): IExecuteFunctions {
	return {
		getMode: () => 'trigger',
		getNode: () => ({ type: 'n8n-nodes-call-erasure.flyflow' }),
		getNodeParameter: (name: string, itemIndex: number, fallback: unknown) => {
			expect(itemIndex).toBe(0);
			return parameters[name] ?? fallback;
		},
	} as unknown as IExecuteFunctions;
}

const read = (options: IDataObject, changes: Partial<DeletionDefaults> = {}) =>
	readDeletionSettings(node({ options }), { ...defaults, ...changes });

describe('the settings of a run', () => {
	test('what the user leaves alone has its default, and deletes in production', () => {
		expect(readDeletionSettings(node({}), defaults)).toEqual({
			preview: false,
			asTool: false,
			approvedPlan: '',
			notFoundIsSuccess: true,
			includeVendorResponse: false,
			maxConcurrency: 7,
			maximumTargets: 1000,
			recheck: false,
			requestsPerSecond: undefined,
			timeout: 30_000,
		});
	});

	test('what the user sets is taken', () => {
		const options = {
			approvedPlan: ' sha256:1 ',
			ifNotFound: 'fail',
			includeVendorResponse: true,
			maxConcurrency: 256,
			maximumTargets: 1,
			recheck: true,
			requestsPerSecond: 0.5,
			timeout: 2_147_483_647,
		};
		const settings = readDeletionSettings(node({ deletionMode: 'preview', options }), defaults);
		expect(settings).toEqual({
			preview: true,
			asTool: false,
			approvedPlan: 'sha256:1',
			notFoundIsSuccess: false,
			includeVendorResponse: true,
			maxConcurrency: 256,
			maximumTargets: 1,
			recheck: true,
			requestsPerSecond: 0.5,
			timeout: 2_147_483_647,
		});
	});

	test('0 Requests per Second is no limit', () => {
		expect(read({ requestsPerSecond: 0 }).requestsPerSecond).toBeUndefined();
	});

	test('Recheck is what the vendor allows, and then what it needs or the user chose', () => {
		expect(read({ recheck: true }, { canLook: false }).recheck).toBe(false);
		expect(read({ recheck: false }, { alwaysRechecks: true }).recheck).toBe(true);
		expect(read({}, { canLook: false, alwaysRechecks: true }).recheck).toBe(false);
	});

	const wholeNumber = 'a whole number of at least 1';
	test.each([
		[{ approvedPlan: 5 }, 'Approved Plan', 'text'],
		[{ approvedPlan: ' ' }, 'Approved Plan', 'a plan. Remove the option if none is needed'],
		[{ ifNotFound: 'Fail' }, 'If Not Found', 'one of succeed, fail'],
		[{ includeVendorResponse: 'false' }, 'Include Vendor Response', 'true or false'],
		[{ maxConcurrency: 0 }, 'Maximum Concurrency', 'a number of at least 1'],
		[{ maxConcurrency: 1.5 }, 'Maximum Concurrency', wholeNumber],
		[{ maxConcurrency: 257 }, 'Maximum Concurrency', 'a whole number of at most 256'],
		[{ maximumTargets: '5' }, 'Maximum Targets', 'a number of at least 1'],
		[{ maximumTargets: Infinity }, 'Maximum Targets', 'a number of at least 1'],
		[{ maximumTargets: 2 ** 53 }, 'Maximum Targets', `a whole number of at most ${2 ** 53 - 1}`],
		[{ recheck: 'yes' }, 'Recheck', 'true or false'],
		[{ requestsPerSecond: -1 }, 'Requests per Second', 'a number of at least 0'],
		[{ requestsPerSecond: Number.NaN }, 'Requests per Second', 'a number of at least 0'],
		[{ timeout: 0.5 }, 'Timeout', 'a number of at least 1'],
		[{ timeout: 2 ** 31 }, 'Timeout', 'a whole number of at most 2147483647'],
	])('%j starts nothing: %s must be %s', (options, displayName, expected) => {
		expect(() => read(options as IDataObject)).toThrow(
			new UserError(`${displayName} in the node's options must be ${expected}`),
		);
	});
});

test("a vendor's own option is false unless the vendor or the user says otherwise", () => {
	expect(new OptionReader({}).boolean('lookFirst', 'Look First')).toBe(false);
	expect(new OptionReader({}).boolean('lookFirst', 'Look First', true)).toBe(true);
	expect(new OptionReader({ lookFirst: false }).boolean('lookFirst', 'Look First', true)).toBe(
		false,
	);
});
