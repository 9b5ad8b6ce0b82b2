import {
	UserError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';

import { isCountryCode } from '../../shared/parameters/countryCodes';
import { OptionReader } from '../../shared/parameters/deletionSettings';
import type { OtherNotations } from '../../shared/parameters/phoneNotations';

const doubleZero = { displayName: '00 and Digits', name: 'doubleZero' } as const;
const digitsAlone = { displayName: 'Digits Alone', name: 'digitsAlone' } as const;

/** Which notations stand for the same line in what Creovai has stored, apart from a plus and digits. */
export const otherNotations: INodeProperties = {
	displayName: 'Other Notations',
	name: 'otherNotations',
	type: 'fixedCollection',
	default: {},
	placeholder: 'Add notations',
	description:
		"Notations in which each number is searched for too. In another country each may be somebody else's number, and what is found is purged: name only those that Creovai has your numbers stored in.",
	options: [
		{
			displayName: 'Notations',
			name: 'notations',
			values: [
				{
					displayName: doubleZero.displayName,
					name: doubleZero.name,
					type: 'boolean',
					default: false,
					description: 'Whether 0015125551234 is +15125551234',
				},
				{
					displayName: digitsAlone.displayName,
					name: digitsAlone.name,
					type: 'boolean',
					default: false,
					description: 'Whether 15125551234 is +15125551234',
				},
				{
					displayName: 'National Form of Country Code',
					name: 'nationalOf',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1',
					description:
						'The code of the country whose numbers are stored without it: with 1, 512-555-1234 is +15125551234. Leave empty for none.',
				},
			],
		},
	],
};

/** @throws UserError naming the notation that cannot be used */
export function readOtherNotations(context: IExecuteFunctions): OtherNotations {
	const given = context.getNodeParameter('options.otherNotations.notations', 0, {}) as unknown;
	const options = typeof given === 'object' && given !== null ? (given as IDataObject) : {};
	const read = new OptionReader(options);
	return {
		doubleZero: read.boolean(doubleZero.name, doubleZero.displayName),
		digitsAlone: read.boolean(digitsAlone.name, digitsAlone.displayName),
		nationalOf: readCountryCode(options.nationalOf ?? ''),
	};
}

function readCountryCode(given: unknown): string | undefined {
	const text = typeof given === 'number' ? String(given) : given;
	const [, code] = typeof text === 'string' ? (/^\s*\+?([1-9]\d{0,2})?\s*$/.exec(text) ?? []) : [];
	if (typeof text === 'string' && text.trim() === '') return undefined;
	if (code !== undefined && isCountryCode(code)) return code;
	throw new UserError(
		"National Form of Country Code in the node's options must be the code of one country, such as 1 or 49",
	);
}
