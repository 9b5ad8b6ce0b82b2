import type { INodeProperties } from 'n8n-workflow';

import { maskPhoneNumber } from '../../erasure/mask';
import { BadInput, type ItemParameters } from '../shared/parameters/itemParameters';
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

const fewestDigits = 5;

/** E.164 allows 15; the rest is for what people dial before a number. Two numbers do not fit. */
const mostDigits = 18;

/**
 * Reads the phone numbers of one item. They go to Creovai as they are given, because it compares
 * them with what is stored, in whatever form (the vendor's SDK says so; its upload samples hold
 * `444-555-9876` beside E.164).
 *
 * @throws BadInput whose message does not repeat the number
 */
export function selectCustomers(parameters: ItemParameters): Customer[] {
	const { name, displayName } = phoneNumber;
	const numbers = parameters.identifiers(name, displayName);
	return numbers.map((number, index) => {
		const problem = findProblem(number);
		if (problem !== undefined) {
			const position = numbers.length === 1 ? '' : ` at position ${index + 1}`;
			throw new BadInput(
				`${displayName} ${problem}${position} in item ${parameters.itemIndex}. Check the expression or the data that it reads`,
				parameters.itemIndex,
			);
		}
		return {
			identifiers: { phoneNumber: number },
			shown: { phoneNumber: maskPhoneNumber(number) },
		};
	});
}

function findProblem(text: string): string | undefined {
	if (/\p{L}/u.test(text)) return 'holds letters';
	if (!/^[\d\s+().\-/*#]+$/.test(text)) return 'holds a character that no phone number has';
	const count = text.replace(/\D/g, '').length;
	if (count < fewestDigits) return `holds fewer than ${fewestDigits} digits`;
	if (count > mostDigits) return `holds more than ${mostDigits} digits`;
	return undefined;
}
