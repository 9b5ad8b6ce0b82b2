/** What people paste where phone numbers belong, and what is right: the texts, or why it is turned down. */
export interface PastedNumber {
	readonly what: string;
	readonly value: unknown;
	readonly right: readonly string[] | RegExp;
}

const several = /^holds several numbers in one/;
const masked = /^holds a masked number|^looks masked or shortened/;
const letters = /^holds letters/;

export const pastedNumbers: readonly PastedNumber[] = [
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
