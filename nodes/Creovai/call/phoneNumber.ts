import type { INodeProperties } from 'n8n-workflow';

import { maskPhoneNumber } from '../../../erasure/mask';
import type { ItemParameters } from '../../shared/parameters/itemParameters';
import {
	describeNotations,
	notationInWords,
	notationsOf,
	type OtherNotations,
	type WrittenNumber,
} from '../../shared/parameters/phoneNotations';
import { findNumberProblem } from '../../shared/parameters/phoneNumberForm';
import { severalLines } from '../../shared/vendor/recordField';
import type { Customer } from '../creovaiApi';
import { otherNotations } from './otherNotations';

export const phoneNumber: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	typeOptions: severalLines,
	required: true,
	default: '',
	placeholder: 'e.g. +15125551234',
	description:
		"The customer's phone number. One number, a list, or an array from an expression. Each is searched for as written, and one with a plus also as plus and digits.",
};

/** A customer by their number in one notation. */
export interface CustomerInNotation extends Customer {
	/** What to say if no notation finds anything, as a sentence. Repeats no number. */
	readonly notFoundNote: string;
}

export function isInNotation(customer: Customer): customer is CustomerInNotation {
	return 'notFoundNote' in customer;
}

/**
 * Reads the phone numbers of one item, as they are given.
 *
 * @throws BadInput whose message does not repeat the number
 */
export function selectCustomers(parameters: ItemParameters): Customer[] {
	const { name, displayName } = phoneNumber;
	const numbers = parameters.identifiers(name, displayName, {
		isNumber: true,
		formOf: findNumberProblem,
	});
	return numbers.map((number) => ({
		identifiers: { phoneNumber: number },
		shown: { phoneNumber: maskPhoneNumber(number) },
	}));
}

/**
 * A number in every notation in which it is looked for. Creovai compares it with what is stored, in
 * whatever form (the vendor's SDK says so; its upload samples hold `444-555-9876` beside E.164).
 */
export function inNotations(
	{ identifiers: { phoneNumber: number }, shown }: Customer,
	others: OtherNotations,
): CustomerInNotation[] {
	const written = notationsOf(number, others);
	const notFoundNote = describeNotFound(written);
	return written.map(({ notation, text }) => ({
		// The notation keeps "as written" apart from the number itself, which is one for all of them.
		identifiers: { phoneNumber: text, notation },
		shown: { ...shown, notation: notationInWords[notation] },
		notFoundNote,
	}));
}

function describeNotFound(written: readonly WrittenNumber[]): string {
	return `Nothing was found under this number. It was searched for ${describeNotations(written)}. If Creovai may have it stored otherwise, name the notation in the option ${otherNotations.displayName}`;
}
