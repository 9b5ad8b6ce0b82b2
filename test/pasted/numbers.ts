/** What people paste where phone numbers belong, and what is right: the texts, or why it is turned down. */
export interface PastedNumber {
	readonly what: string;
	readonly value: unknown;
	readonly right: readonly string[] | RegExp;
}

const several = /^holds several numbers in one/;
const masked = /^holds a masked number|^looks masked or shortened/;
const unlike = /^holds numbers of different kinds at position/;
const letters = /^holds letters/;

const eachDown = (family: string, right: RegExp, values: readonly unknown[]): PastedNumber[] =>
	values.map((value) => ({ what: `${family}: ${JSON.stringify(value)}`, value, right }));

const eachRead = (values: readonly string[]): PastedNumber[] =>
	values.map((value) => ({ what: `a number: ${value}`, value, right: [value] }));

/** As they stand in address books, in mails and in exports. */
const inManyNotations = eachRead([
	'555-1234',
	'1-512-555-1005',
	'011 44 20 7946 0000',
	'020 7946 0000',
	'(020) 7946 0000',
	'07911 123456',
	'+44 7911 123456',
	'030 - 5551234',
	'+49 30 555123-45',
	'0151 2555 1234',
	'0151/23456789',
	'+33 6 12 34 56 78',
	'06 12 34 56 78',
	'06.12.34.56.78',
	'+39 06 1234 5678',
	'98765 43210',
	'+91 98765 43210',
	'+55 11 98765-4321',
	'+61 412 345 678',
	'090-1234-5678',
	'13800138000',
	'8 (916) 555-12-34',
	'20 26 11 22',
	'0475/12.34.56',
	'+46 70-123 45 67',
	'+54 9 11 1234-5678',
	'0800 123456',
	'1-800-555-1234',
	'+225 07 12 34 56 78',
	'12345',
]);

const noNumbers: readonly PastedNumber[] = [
	...eachDown('two numbers', several, [
		'512-555-1234 555-1235',
		'(512) 555-1234 (512) 555-1235',
		'(512)555-1234(512)555-1235',
		'512 555 1234 512 555 1235',
		'5551234-5551235',
		'5551234 - 5551235',
		'555 1234 555 1235',
		'030 12345 030 12346',
		'030 12345 0171 12346',
		'030 1234 040 1235',
		'0151-23456789 / 0171-2345678',
		'030 12345/46',
		'512-555-1234/5',
		'512-555-1234 & 5',
		'+15125551234+15125551235',
		'+15125551234/+15125551235',
		'++15125551234',
	]),
	...eachDown('two numbers that follow each other', several, [
		'12345 12346',
		'12345-12346',
		'8856 8857',
		'8856-8857',
		'10001 10002 10003',
		'555-1234-1235',
		'5551234-35',
		'5551234 35',
		'5551234/35',
	]),
	...eachDown('an area code and a number as two', unlike, [
		'04321;567890',
		'04321\t567890',
		'01234,567890',
		'07911,123456',
	]),
	...eachDown('a number and what is dialled after it', unlike, [
		'+15125551234,12345',
		'5551234,12345',
	]),
	...eachDown('an extension or a range', /^holds what looks like a number with an extension/, [
		'+15125551234-567',
		'+15125551234 567',
		'512-555-1234 567',
		'512-555-1234-567',
		'512-555-1234-1240',
	]),
	...eachDown('an extension', letters, [
		'(512) 555-1234 x7',
		'512-555-1234 Ext 7',
		'5551234 Nst. 12',
	]),
	...eachDown('an extension after a comma', /^holds fewer than 5 digits at position 2/, [
		'512-555-1234,7',
		'512-555-1234;7',
	]),
	...eachDown('digits that are missing', masked, [
		'1512555----',
		'1512555....',
		'1512555..',
		'+1512555____',
		'+1 (___) ___-____',
		'5551234#',
		'**1234',
		'...1234',
		'+1512555XXXX',
	]),
	...eachDown(
		'digits that are missing at the end',
		/^ends with a sign, as if digits were missing/,
		['5125551234-', '5125551234 /', '512-555-'],
	),
	...eachDown('no number of North America', /^has not the 11 digits of a number with \+1/, [
		'+1512555',
		'+1512555123',
		'+1 512 555 12345',
		'+1-512-555-12',
	]),
	...eachDown('nobody', /^holds nothing but zeros|^holds the same digit over and over/, [
		'00000',
		'0000000000',
		'000-000-0000',
		0,
		'1111111111',
		'999-999-9999',
		'+11111111111',
	]),
	...eachDown('no caller', /^holds "[^"]+" \(a placeholder/, [
		'anonymous',
		'Unknown',
		'withheld',
		'n/a',
	]),
	...eachDown('a zero of home after the plus', /^holds a zero after the plus/, [
		'+0151 23456789',
		'+0049 30 5551234',
	]),
	...eachDown('a zero of home after 00 and the country', /^holds a zero after the country code/, [
		'0049 0151 23456789',
		'004402079460000',
		'0033 06 12 34 56 78',
	]),
	...eachDown('a zero of home after the country', /^holds a zero after the country code/, [
		'+49 0151 23456789',
		'+44 020 7946 0000',
		'+4402079460000',
		'+33 06 12 34 56 78',
		'+61 0412 345 678',
	]),
	...eachDown('words', letters, [
		'Mobile 5551234',
		'5551234 (mobile)',
		'5551234 to 5551239',
		'sms:5551234',
		'whatsapp:+15125551234',
		'15125551234@c.us',
		'555-XXXX',
	]),
	...eachDown('a date', /^looks like a date or a time/, ['2026-11-22', '22.11.2026', '22-11-2026']),
	...eachDown('digits of another script', /^holds digits of another script/, [
		'٥١٢٥٥٥١٢٣٤',
		'５１２５５５１２３４',
	]),
	...eachDown('a sign before it', /^starts like a line of a list|^holds a character that no/, [
		'☎ 5551234',
		'📞+15125551234',
		'-5125551234',
		'/5125551234',
	]),
	...eachDown('half a pair', /^is in brackets, or has half|^holds an unpaired quotation mark/, [
		'(5551234',
		'5551234)',
		"'+15125551234",
		'5551234"',
	]),
	...eachDown('codes', /^holds codes for characters/, [
		'%2B15125551234',
		'+15125551234 <anna>',
		'5551234<br>5551235',
	]),
	...eachDown(
		'names beside numbers',
		/^looks like a table of 2 columns|^holds letters at position/,
		['+15125551234,Anna\n+15125551235', '+15125551234\tAnna', '0151-23456789, home'],
	),
	...eachDown('an invisible character', /^holds an invisible or control character/, [
		'\u200e+15125551234',
		'+15125551234\ufe0f',
	]),
];

export const pastedNumbers: readonly PastedNumber[] = [
	...inManyNotations,
	...noNumbers,
	{ what: 'E.164', value: '+15125551001', right: ['+15125551001'] },
	{ what: 'with signs', value: '+1 (512) 555-1002', right: ['+1 (512) 555-1002'] },
	{ what: 'digits', value: '15125551003', right: ['15125551003'] },
	{ what: 'as a number', value: 15125551003, right: ['15125551003'] },
	{ what: 'national', value: '(512) 555-1004', right: ['(512) 555-1004'] },
	{ what: 'with 00', value: '001 512 555 1005', right: ['001 512 555 1005'] },
	{ what: 'with dots', value: '512.555.1004', right: ['512.555.1004'] },
	{ what: 'an area code and a slash', value: '030/5551001', right: ['030/5551001'] },
	{
		what: 'a column',
		value: '+15125551001\r\n+15125551002\r\n',
		right: ['+15125551001', '+15125551002'],
	},
	{
		what: 'in quotes with semicolons',
		value: '"+1 512 555 1001"; "+15125551002"',
		right: ['+1 512 555 1001', '+15125551002'],
	},
	{
		what: 'an array',
		value: ['+15125551001', '512-555-1002'],
		right: ['+15125551001', '512-555-1002'],
	},
	{ what: 'a number with .0', value: '5125551001.0', right: /^holds a number with decimals/ },
	{
		what: 'a number with ,0',
		value: '5125551001,0',
		right: /^looks like one number with thousands/,
	},
	{
		what: 'scientific notation',
		value: '5.13E+09',
		right: /^holds a number in scientific notation/,
	},
	{ what: 'thousands', value: '5,125,551,001', right: /^looks like one number with thousands/ },
	{ what: 'masked', value: '+1512555****', right: masked },
	{ what: 'masked by x', value: '+1512555xxxx', right: /^looks masked|^holds letters/ },
	{ what: 'masked by underlines', value: '+1512555____', right: masked },
	{ what: 'masked by number signs', value: '+1512555####', right: masked },
	{ what: 'two with a slash', value: '5551001/5551002', right: several },
	{ what: 'two with a slash and an area code', value: '512-555-1001/512-555-1002', right: several },
	{ what: 'a last digit after a slash', value: '5551001/02', right: several },
	{ what: 'two with a blank', value: '5551001 5551002', right: several },
	{ what: 'two with a plus each', value: '+15125551 +15125552', right: several },
	{
		what: 'two with "or"',
		value: '5551001 or 5551002',
		right: /^holds letters|^looks like several/,
	},
	{ what: 'two with a bar', value: '5551001|5551002', right: /^looks like several|^holds several/ },
	{ what: 'an extension', value: '512-555-1006 ext. 7', right: letters },
	{ what: 'an extension with x', value: '512-555-1006x7', right: letters },
	{ what: 'letters', value: '1-800-FLOWERS', right: letters },
	{ what: 'tel:', value: 'tel:+15125551001', right: letters },
	{ what: '(0)', value: '+44 (0)20 7946 0000', right: /^holds "\(0\)"/ },
	{ what: 'a dash of a word processor', value: '512–555–1001', right: /^holds a character that/ },
	{ what: 'a formula', value: '=A1', right: /^looks like a formula/ },
	{ what: '#N/A', value: '#N/A', right: /^looks like what a spreadsheet shows/ },
	{ what: '(null)', value: '(null)', right: /^holds "\(null\)"/ },
	{ what: 'an expression', value: '{{ $json.phone }}', right: /^holds an expression/ },
	{ what: 'a header', value: 'Phone Number\n+15125551001', right: /^looks like the header/ },
	{
		what: 'too few digits',
		value: '+15125551001, 12',
		right: /^holds fewer than 5 digits at position 2/,
	},
	{ what: 'too many digits', value: '+1512555100112345', right: /^holds more than 15 digits/ },
	{
		what: 'marks of direction from an address book',
		value: '\u202a+15125551001\u202c',
		right: /^holds an invisible/,
	},
	{ what: 'nothing', value: '', right: /^is empty/ },
];
