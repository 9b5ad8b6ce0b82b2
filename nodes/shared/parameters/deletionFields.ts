import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { deletionModeField } from './deletionMode';
import { idsAsWritten } from './idsAsWritten';
import { itemReference } from './itemReference';
import { paceOptions } from './paceOptions';

/** What a vendor sets for the fields that all deletions share. */
export interface DeletionDefaults {
	/** Requests in flight that the vendor takes without trouble. */
	readonly maxConcurrency: number;
	/** Whether single records can be looked at, so that Recheck can be offered. */
	readonly canLook: boolean;
	/** What the operation does to a record, where that is not to delete it. */
	readonly verb?: Verb;
	/**
	 * The vendor's reply proves nothing, so that every run looks afterwards; Recheck is not offered
	 * as a choice then.
	 */
	readonly alwaysRechecks?: boolean;
	/**
	 * What the vendor takes on is looked at before, because its word does not show that the record was
	 * there: a later look that finds nothing proves a deletion only then.
	 */
	readonly looksFirst?: boolean;
}

/** A verb as fields and messages use it. */
export interface Verb {
	/** "delete" */
	readonly base: string;
	/** "Delete" */
	readonly title: string;
	/** "deleted" */
	readonly done: string;
}

export const toDelete: Verb = { base: 'delete', title: 'Delete', done: 'deleted' };

export const defaultMaximumTargets = 1000;

/**
 * The fields that every delete operation has after its own.
 *
 * @param own options that only this vendor has
 */
export function deletionFields(
	defaults: DeletionDefaults,
	own: readonly INodeProperties[] = [],
): INodeProperties[] {
	const options = [...sharedOptions(defaults), ...own];
	return [
		deletionMode(defaults.verb ?? toDelete),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: options.sort((a, b) => a.displayName.localeCompare(b.displayName)),
		},
	];
}

/** The mode keeps its name whatever the verb, so that workflows and messages agree on it. */
function deletionMode({ base, title, done }: Verb): INodeProperties {
	const modes: INodePropertyOptions[] = [
		{
			name: `Always ${title}`,
			value: 'delete',
			description: `${title} in test runs too. This cannot be undone.`,
		},
		{
			name: 'Always Preview',
			value: 'preview',
			description: `Say what would be ${done} and change nothing`,
		},
		{
			name: `Preview in Test Runs, ${title} in Production`,
			value: 'auto',
			description: `Preview in the editor and as an AI agent's tool; ${base}, for good, once the workflow runs on its own`,
		},
	];
	return {
		displayName: 'Deletion Mode',
		name: deletionModeField,
		type: 'options',
		noDataExpression: true,
		default: 'auto',
		description: `Whether to ${base}, or only say what would be ${done}`,
		builderHint: {
			propertyHint: `Keep 'auto' unless asked otherwise. 'delete' acts in test runs too. In an AI agent's tool use 'preview'; 'delete' there only behind a human review of the tool's calls, with options.approvedPlan. In a sub-workflow 'auto' is refused: use 'preview', or 'delete' with options.approvedPlan.`,
		},
		options: modes,
	};
}

function sharedOptions({
	maxConcurrency,
	canLook,
	alwaysRechecks = false,
}: DeletionDefaults): INodeProperties[] {
	const options: INodeProperties[] = [
		idsAsWritten,
		{
			displayName: 'Approved Plan',
			name: 'approvedPlan',
			type: 'string',
			default: '',
			placeholder: 'e.g. sha256:9f86d081…',
			description:
				'Delete only if the records are exactly those of this plan. Each preview receipt carries its plan in preview.plan.',
			builderHint: {
				propertyHint:
					"Set it to preview.plan of the receipts that a person has approved, from a node of the same operation and account with deletionMode 'preview'.",
			},
		},
		{
			displayName: 'If Not Found',
			name: 'ifNotFound',
			type: 'options',
			default: 'succeed',
			description: 'How to count a record that the vendor does not have',
			options: [
				{ name: 'Fail', value: 'fail', description: 'Treat it as not erased' },
				{ name: 'Succeed', value: 'succeed', description: 'Treat it as gone already' },
			],
		},
		{
			displayName: 'Include Vendor Response',
			name: 'includeVendorResponse',
			type: 'boolean',
			default: false,
			description:
				"Whether to put the vendor's reply into each receipt. It may hold personal data.",
		},
		itemReference,
		{
			displayName: 'Maximum Targets',
			name: 'maximumTargets',
			type: 'number',
			default: defaultMaximumTargets,
			typeOptions: { minValue: 1, numberPrecision: 0 },
			description: 'Send nothing at all if there are more records to delete than this',
		},
		...paceOptions(maxConcurrency),
	];
	if (canLook && !alwaysRechecks) {
		options.push({
			displayName: 'Recheck',
			name: 'recheck',
			type: 'boolean',
			default: false,
			description:
				'Whether to look for each record afterwards and make sure that it is gone. Takes one more request per record.',
		});
	}
	return options;
}
