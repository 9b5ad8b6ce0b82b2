import { expect, test } from '@jest/globals';

import { isCountryCode } from '../../nodes/shared/parameters/countryCodes';

test.each([
	...['1', '7', '20', '27', '30', '33', '36', '39', '41', '43', '44', '49', '52', '55', '61', '65'],
	...['81', '82', '86', '90', '91', '98', '212', '225', '234', '351', '353', '358', '380', '420'],
	...[
		'421',
		'507',
		'593',
		'672',
		'691',
		'852',
		'880',
		'886',
		'961',
		'971',
		'972',
		'977',
		'992',
		'998',
	],
])('%s is the code of a country', (code) => {
	expect(isCountryCode(code)).toBe(true);
});

test.each([
	...['', '0', '2', '3', '4', '5', '6', '8', '9', '15', '151', '12', '71', '35', '37', '38', '42'],
	...['50', '59', '67', '69', '80', '83', '85', '87', '89', '96', '97', '99', '441', '491', '999'],
])('%s is none', (code) => {
	expect(isCountryCode(code)).toBe(false);
});

test('no code begins with another', () => {
	const codes = Array.from({ length: 999 }, (_, index) => String(index + 1)).filter(isCountryCode);
	const longer = codes.filter((code) =>
		codes.some((other) => other !== code && code.startsWith(other)),
	);
	expect(longer).toEqual([]);
});
