import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import {
	describeNotations,
	notationsOf,
	type OtherNotations,
} from '../../nodes/shared/parameters/phoneNotations';

const noOtherNotations: OtherNotations = {
	digitsAlone: false,
	doubleZero: false,
	nationalOf: undefined,
};

const textsOf = (number: string, others: object = {}) =>
	notationsOf(number, { ...noOtherNotations, ...others }).map(({ text }) => text);

describe('unless the user names other notations', () => {
	test.each([
		['+15125551234', ['+15125551234']],
		['+1 (512) 555-1234', ['+1 (512) 555-1234', '+15125551234']],
		['15125551234', ['15125551234']],
		['1 512 555 1234', ['1 512 555 1234']],
		['(512) 555-1234', ['(512) 555-1234']],
		['001 512 555 1234', ['001 512 555 1234']],
		['030 5551234', ['030 5551234']],
	])('%s is searched for as %j', (number, texts) => {
		expect(textsOf(number)).toEqual(texts);
	});
});

describe('with digits alone', () => {
	test.each([
		['+15125551234', ['+15125551234', '15125551234']],
		['15125551234', ['15125551234']],
		['(512) 555-1234', ['(512) 555-1234', '5125551234']],
	])('%s is searched for as %j', (number, texts) => {
		expect(textsOf(number, { digitsAlone: true })).toEqual(texts);
	});
});

describe('with 00', () => {
	test.each([
		['+49 30 5551234', ['+49 30 5551234', '+49305551234', '0049305551234']],
		['0049 30 5551234', ['0049 30 5551234', '+49305551234', '0049305551234']],
		['030 5551234', ['030 5551234']],
	])('%s is searched for as %j', (number, texts) => {
		expect(textsOf(number, { doubleZero: true })).toEqual(texts);
	});
});

describe('with the national form of a country', () => {
	test.each([
		['1', '+15125551234', ['+15125551234', '5125551234', '512-555-1234', '(512) 555-1234']],
		['1', '512-555-1234', ['512-555-1234', '+15125551234', '5125551234', '(512) 555-1234']],
		['1', '15125551234', ['15125551234']],
		['1', '+49305551234', ['+49305551234']],
		['49', '+49305551234', ['+49305551234', '0305551234']],
		['49', '030 5551234', ['030 5551234', '+49305551234', '0305551234']],
		['49', '15125551234', ['15125551234']],
		['39', '+39065551234', ['+39065551234', '065551234']],
		['44', '+442079460000', ['+442079460000', '02079460000']],
		['44', '+4402079460000', ['+4402079460000', '02079460000']],
		['36', '+36061555123', ['+36061555123', '061555123']],
		['7', '+78005551234', ['+78005551234', '88005551234']],
		['7', '+79165551234', ['+79165551234', '89165551234']],
		['36', '+3615551234', ['+3615551234', '0615551234']],
	])('%s, %s is searched for as %j', (nationalOf, number, texts) => {
		expect(textsOf(number, { nationalOf })).toEqual(texts);
	});

	// "00" would dial abroad.
	test('a number in national form never begins with two zeros', () => {
		fc.assert(
			fc.property(
				fc.constantFrom('44', '49', '33', '31', '36', '43', '61', '225'),
				fc.stringMatching(/^0?[1-9]\d{5,10}$/),
				(country, subscriber) => {
					const texts = textsOf(`+${country}${subscriber}`, { nationalOf: country });
					expect(texts.filter((text) => text.startsWith('00'))).toEqual([]);
				},
			),
		);
	});

	// 305 is Miami, and 30 Berlin: without its zero, a number of Berlin is one of Miami.
	test('a number is not searched for without the zero that its country dials', () => {
		expect(textsOf('+493055512345', { nationalOf: '49' })).not.toContain('3055512345');
	});
});

test('what was searched for is said in words, each once, without a digit of the number', () => {
	const all = { digitsAlone: true, doubleZero: true, nationalOf: '1' };
	expect(describeNotations(notationsOf('+1 512 555 1234', all))).toBe(
		'as written, as plus and digits, as digits alone, with 00 and in national form',
	);
	expect(describeNotations(notationsOf('5551234', noOtherNotations))).toBe('as written');
});
