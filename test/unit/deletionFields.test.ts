import { describe, expect, test } from '@jest/globals';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { deletionFields } from '../../nodes/shared/parameters/deletionFields';

const defaults = { maxConcurrency: 8, canLook: true };

const optionsOf = (fields: INodeProperties[]) => (fields[1]?.options ?? []) as INodeProperties[];

const named = (fields: INodeProperties[], name: string) =>
	optionsOf(fields).find((field) => field.name === name);

describe('the fields that deletions share', () => {
	test('Deletion Mode says what each choice does, and previews test runs unless it is changed', () => {
		const [mode] = deletionFields(defaults);
		expect(mode).toEqual({
			displayName: 'Deletion Mode',
			name: 'deletionMode',
			type: 'options',
			noDataExpression: true,
			default: 'auto',
			description: 'Whether to delete, or only say what would be deleted',
			builderHint: { propertyHint: expect.stringContaining("Keep 'auto'") as unknown },
			options: [
				{
					name: 'Always Delete',
					value: 'delete',
					description: 'Delete in test runs too. This cannot be undone.',
				},
				{
					name: 'Always Preview',
					value: 'preview',
					description: 'Say what would be deleted and change nothing',
				},
				{
					name: 'Preview in Test Runs, Delete in Production',
					value: 'auto',
					description:
						"Preview in the editor and as an AI agent's tool; delete, for good, once the workflow runs on its own",
				},
			],
		});
	});

	test('an operation that does not delete says what it does instead', () => {
		const verb = { base: 'deprecate', title: 'Deprecate', done: 'deprecated' };
		const [mode] = deletionFields({ ...defaults, verb });
		expect(mode?.description).toBe('Whether to deprecate, or only say what would be deprecated');
		expect((mode?.options as INodePropertyOptions[]).map(({ name }) => name)).toContain(
			'Always Deprecate',
		);
		expect(JSON.stringify(mode?.options)).not.toMatch(/delete[^"]/i);
	});

	test("the options stand in the order of their names, the vendor's own among them", () => {
		const own = { displayName: 'Look First', name: 'lookFirst', type: 'boolean', default: true };
		const fields = deletionFields(defaults, [own as INodeProperties]);
		expect(fields[1]).toMatchObject({
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
		});
		expect(optionsOf(fields).map(({ displayName }) => displayName)).toEqual([
			'Approved Plan',
			'IDs as Written',
			'If Not Found',
			'Include Vendor Response',
			'Item Reference',
			'Look First',
			'Maximum Concurrency',
			'Maximum Targets',
			'Recheck',
			'Requests per Second',
			'Timeout',
		]);
	});

	test('each option can be set to what the run accepts, and starts at what it assumes', () => {
		const limits = Object.fromEntries(
			optionsOf(deletionFields(defaults)).map(({ name, type, default: start, typeOptions }) => [
				name,
				[type, start, typeOptions],
			]),
		);
		expect(limits).toEqual({
			approvedPlan: ['string', '', undefined],
			idsAsWritten: ['boolean', false, undefined],
			ifNotFound: ['options', 'succeed', undefined],
			includeVendorResponse: ['boolean', false, undefined],
			itemReference: ['string', '', undefined],
			maxConcurrency: ['number', 8, { minValue: 1, maxValue: 256, numberPrecision: 0 }],
			maximumTargets: ['number', 1000, { minValue: 1, numberPrecision: 0 }],
			recheck: ['boolean', false, undefined],
			requestsPerSecond: ['number', 0, { minValue: 0 }],
			timeout: ['number', 30_000, { minValue: 1, maxValue: 2 ** 31 - 1, numberPrecision: 0 }],
		});
		const ifNotFound = named(deletionFields(defaults), 'ifNotFound')?.options;
		expect(ifNotFound).toEqual([
			{ name: 'Fail', value: 'fail', description: 'Treat it as not erased' },
			{ name: 'Succeed', value: 'succeed', description: 'Treat it as gone already' },
		]);
	});

	test('each option is described in a sentence that says what is at stake', () => {
		const described = Object.fromEntries(
			optionsOf(deletionFields(defaults)).map(({ name, description }) => [name, description]),
		);
		expect(described).toEqual({
			approvedPlan: expect.stringMatching(/^Delete only if .* preview\.plan\.$/),
			idsAsWritten: expect.stringMatching(/^Whether .* one ID.* turned down\.$/),
			ifNotFound: expect.stringMatching(/^How to count a record that the vendor does not have/),
			includeVendorResponse: expect.stringMatching(/^Whether .* personal data\.$/),
			itemReference: expect.stringMatching(/no vendor and is in no plan\.$/),
			maxConcurrency: expect.stringMatching(/under way at once/),
			maximumTargets: expect.stringMatching(/^Send nothing at all if there are more/),
			recheck: expect.stringMatching(
				/^Whether to look .* gone\. .* one more request per record\.$/,
			),
			requestsPerSecond: expect.stringMatching(/in a second\. 0 sets no limit\.$/),
			timeout: expect.stringMatching(/^Milliseconds to wait .* counts as lost$/),
		});
		expect(named(deletionFields(defaults), 'approvedPlan')?.placeholder).toMatch(/^e\.g\. sha256:/);
	});

	test('Recheck is offered only where the choice is the user’s', () => {
		expect(named(deletionFields(defaults), 'recheck')).toBeDefined();
		expect(named(deletionFields({ ...defaults, canLook: false }), 'recheck')).toBeUndefined();
		expect(named(deletionFields({ ...defaults, alwaysRechecks: true }), 'recheck')).toBeUndefined();
	});
});
