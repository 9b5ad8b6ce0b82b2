import type { INodeProperties } from 'n8n-workflow';

import { maskPhoneNumber } from '../../erasure/mask';
import type { ItemParameters } from '../shared/parameters/itemParameters';
import { findNumberProblem } from '../shared/parameters/phoneNumberForm';
import type { Customer } from './creovaiApi';

export const phoneNumber: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +15125551234',
	description:
		"The customer's phone number, written as Creovai has it stored. One number, several separated by commas, or an array from an expression.",
};

/**
 * Reads the phone numbers of one item. They go to Creovai as they are given, because it compares
 * them with what is stored, in whatever form (the vendor's SDK says so; its upload samples hold
 * `444-555-9876` beside E.164).
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
