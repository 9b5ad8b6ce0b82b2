import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readOptions, readPace, type PaceSettings } from './deletionSettings';
import { paceOptions } from './paceOptions';

export const otherAccounts = {
	displayName: 'Receipts of Other Accounts',
	name: 'otherAccounts',
	type: 'boolean',
	default: false,
	description:
		'Whether to look at receipts too that have another account, or none: those from before a key was rotated. What a look does not find then is not found, and never deleted: it may be at another account, and without the key of then nothing shows that the receipt is as it was written.',
} as const satisfies INodeProperties;

export const ifNotReceipt = {
	displayName: 'If Not a Receipt',
	name: 'ifNotReceipt',
	type: 'options',
	default: 'turnDown',
	description: 'What to do with an item that is not a receipt, or not one that can be read',
	options: [
		{ name: 'Pass Through', value: 'passThrough', description: 'Give it out as it came' },
		{
			name: 'Turn Down',
			value: 'turnDown',
			description: 'Say what is wrong with it, before anything is asked',
		},
	],
} as const satisfies INodeProperties;

/**
 * The fields of the operation Recheck.
 *
 * @param own options that only this vendor has
 */
export function recheckFields(
	maxConcurrency: number,
	own: readonly INodeProperties[] = [],
): INodeProperties[] {
	const options: INodeProperties[] = [
		...own,
		{ ...ifNotReceipt, options: [...ifNotReceipt.options] },
		otherAccounts,
		...paceOptions(maxConcurrency),
	];
	return [
		{
			displayName:
				'Takes receipts as items, looks at the records that are still open, and gives every receipt out again. Nothing is changed at the vendor.',
			name: 'recheckNotice',
			type: 'notice',
			default: '',
		},
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

/** The choices that hold for a whole run, checked. */
export interface RecheckSettings extends PaceSettings {
	readonly passesOthers: boolean;
	readonly takesOtherAccounts: boolean;
}

/** @throws UserError naming the option whose value cannot be used */
export function readRecheckSettings(
	context: IExecuteFunctions,
	maxConcurrency: number,
): RecheckSettings {
	const read = readOptions(context);
	const choice = read.choice(ifNotReceipt.name, ifNotReceipt.displayName, [
		'turnDown',
		'passThrough',
	]);
	return {
		passesOthers: choice === 'passThrough',
		takesOtherAccounts: read.boolean(otherAccounts.name, otherAccounts.displayName),
		...readPace(read, maxConcurrency),
	};
}
