import { characters } from './characters';
import { down, read, type Pasted } from './pasted';
import { places } from './places';
import { placeholders } from './placeholders';
import { seriesOfIds } from './seriesOfIds';
import { timesAndAmounts } from './timesAndAmounts';

const several = /^looks like several IDs or words in one/;
const table = /^looks like a table of 2 columns/;
const oneNumber = /^looks like one number with thousands or decimal separators/;
const noValue = /^holds "[^"]+" \(a placeholder for a missing value\)/;
const spreadsheet = /^looks like what a spreadsheet shows in place of a value/;
const lostPair = /^holds an unpaired quotation mark, or one in the middle/;
const listLine = /^starts like a line of a list, or ends like a sentence/;
const lookalike = /^holds a character that only looks like another/;
const markup = /^holds codes for characters, as in web pages or programs/;
const short = /^looks masked or shortened/;
const label = /^holds a label before the value/;
const word = /^looks like a word of a spreadsheet/;
const brackets = /^is in brackets/;
const date = /^looks like a date or a time/;
const amount = /^looks like an amount/;
const invisible = /^holds an invisible or control character/;
const header = /^looks like the header of a column/;
const expression = /^holds an expression in a field that is set to Fixed/;
const address = /^looks like a web address/;
const object = /^looks like the JSON text of an object/;

const lists: readonly Pasted[] = [
	read('one ID', [0], ([a]) => a),
	read('commas', [0, 1, 2], ([a, b, c]) => `${a}, ${b},${c}`),
	read('semicolons', [0, 1], ([a, b]) => `${a};${b}`),
	read('tabs, as a row of a spreadsheet', [0, 1, 2], (ids) => ids.join('\t')),
	read('one a line', [0, 1, 2], (ids) => ids.join('\n')),
	read('a column of a spreadsheet on Windows', [0, 1, 2], (ids) => `${ids.join('\r\n')}\r\n`),
	read('one a line, with a comma after each', [0, 1], ([a, b]) => `${a},\n${b},\n`),
	read('a list wrapped after a comma', [0, 1, 2], ([a, b, c]) => `${a}, ${b},\n${c}`),
	read('all separators in one', [0, 1, 2, 0], ([a, b, c]) =>
		`${a};${b}\n${c},\t${a}`.replace(',\t', ','),
	),
	read('an empty line between', [0, 1], ([a, b]) => `${a}\n\n  \n${b}`),
	read('separators at the end', [0, 1], ([a, b]) => `${a};${b};;\n;`),
	read(
		'blanks, also those that do not break',
		[0, 1],
		([a, b]) => `\u00a0 ${a} \u3000;\u00a0${b} `,
	),
	read('a byte order mark', [0, 1], ([a, b]) => `\ufeff${a}\n\ufeff${b}`),
	read('in quotes', [0], ([a]) => `"${a}"`),
	read('each in quotes', [0, 1], ([a, b]) => `"${a}", "${b}"`),
	read('in single quotes', [0, 1], ([a, b]) => `'${a}';'${b}'`),
	read('in typographic quotes', [0, 1, 2], ([a, b, c]) => `“${a}”, „${b}“, «${c}»`),
	read('in typographic single quotes', [0, 1], ([a, b]) => `‘${a}’,‚${b}‘`),
	read('in backticks', [0], ([a]) => `\`${a}\``),
	read('blanks inside the quotes', [0], ([a]) => `" ${a} "`),
	read('JSON text of an array', [0, 1], ([a, b]) => JSON.stringify([a, b])),
	read('JSON text over several lines', [0, 1], ([a, b]) => JSON.stringify([a, b], null, 2)),
	read('an array', [0, 1], ([a, b]) => [a, ` ${b} `]),
	read('an array of one', [2], ([, , c]) => [c]),
	down('a comma between', /^is empty at position 2/, ([a, b]) => `${a},,${b}`),
	down('nothing before a comma', /^is empty at position 1/, ([a]) => `,${a}`),
	down('separators alone', /^is empty/, () => ',;\n'),
	down('an empty text', /^is empty/, () => ' \n'),
	down('a list in quotes', /^holds a separator inside quotes/, ([a, b]) => `"${a},${b}"`),
	down(
		'a list in the quotes of one',
		/^holds a separator inside quotes at position 2/,
		([a, b, c]) => `${c};"${a}; ${b}"`,
	),
	down('two columns', table, ([a, b]) => `${a},Anna\n${b},Ben`),
	down('two columns of a spreadsheet', table, ([a, b]) => `${a}\t120\r\n${b}\t60\r\n`),
	down('two columns, the second not always filled in', table, ([a, b]) => `${a};Anna\n${b};\n`),
];

const one: readonly Pasted[] = [
	down('"and"', several, ([a, b]) => `${a} and ${b}`),
	down('"and" in an array', several, ([a, b]) => [`${a} and ${b}`]),
	down('a list in an array', several, ([a, b]) => [`${a},${b}`]),
	down('lines in an array', invisible, ([a, b]) => [`${a}\n${b}`]),
	down('a blank between', several, ([a, b]) => `${a} ${b}`),
	down('a bar between', several, ([a, b]) => `${a}|${b}`),
	down('an ideographic comma between', several, ([a, b]) => `${a}、${b}`),
	down('blanks and a slash', several, ([a, b]) => `${a} / ${b}`),
	down('a name', several, () => 'Anna Müller'),
	down(
		'1.12E+17',
		/^holds a number in scientific notation, whose digits are lost/,
		() => '1.12E+17',
	),
	down('1,12E+17', oneNumber, () => '1,12E+17'),
	down('1E5', /^holds a number in scientific notation/, () => '1E5'),
	down('a number with .0', /^holds a number with decimals/, () => '1120000000000004.0'),
	down('a number with ,0', oneNumber, () => '5125551234,0'),
	down('thousands with commas', oneNumber, () => '71,627,389'),
	down('thousands with dots', oneNumber, () => '71.627.389'),
	down('thousands with apostrophes', oneNumber, () => "71'627'389"),
	down(
		'thousands among others',
		/^looks like one number with thousands or decimal separators at position 2/,
		([a]) => `${a};71,627,389`,
	),
	down(
		'a number beyond 2^53',
		/^holds a number that is not an exact ID/,
		() => 12345678901234567890,
	),
	down(
		'such a number in JSON',
		/^is a JSON list with a number|^holds a number/,
		() => '[12345678901234567890]',
	),
	down('scientific notation in JSON', /^is a JSON list with a number/, () => '[1.12E+15]'),
	down('a fraction', /^holds a number that is not an exact ID/, () => 1.5),
	down('a negative number', amount, () => '-1'),
	down('an amount', amount, () => '€12.50'),
	down('a percentage', amount, () => '12%'),
	down('#N/A', spreadsheet, () => '#N/A'),
	down('#REF! among others', spreadsheet, ([a]) => `${a}\n#REF!`),
	down('a column that is too narrow', spreadsheet, () => '########'),
	down(
		'a formula',
		/^looks like a formula of a spreadsheet/,
		([a]) => `=HYPERLINK("https://x.example/${a}","${a}")`,
	),
	down("Excel's apostrophe", lostPair, ([a]) => `'${a}`),
	down('3-Nov', date, () => '3-Nov'),
	down('Nov-03', date, () => 'Nov-03'),
	down('a date', date, () => '2026-01-31'),
	down('a date and time', date, () => '2026-01-31T10:00:00Z'),
	down('31.01.2026', date, () => '31.01.2026'),
	down('10:30', date, () => '10:30'),
	down('TRUE', word, () => 'TRUE'),
	down('false', /^holds a boolean instead of an ID/, () => false),
	down('Total at the end', word, ([a, b]) => `${a}\n${b}\nTotal`),
	down('(null)', noValue, () => '(null)'),
	down('undefined', noValue, () => 'undefined'),
	down('NULL among others', noValue, ([a]) => `${a},NULL`),
	down('NaN', noValue, () => 'NaN'),
	down('N/A', noValue, () => 'N/A'),
	down('null', /^is empty/, () => null),
	down('[object Object]', noValue, () => '[object Object]'),
	down(
		'[object Object] twice',
		/^is not a valid JSON list/,
		() => '[object Object],[object Object]',
	),
	down('a dash', /^holds neither a letter nor a digit/, () => '-'),
	down('the text of an object', object, ([a]) => `{"id":"${a}"}`),
	down('the text of objects, one a line', object, ([a, b]) => `{"id":"${a}"}\n{"id":"${b}"}`),
	down('an object', /^holds an object instead of an ID/, ([a]) => ({ id: a })),
	down('an array of objects', /^holds an object instead of an ID/, ([a]) => [{ id: a }]),
	down('the text of an array of objects', /^holds an object/, ([a]) => JSON.stringify([{ id: a }])),
	down('an array in an array', /^holds a list inside a list/, ([a]) => [[a]]),
	down("a list of Python's", /^is not a valid JSON list/, ([a, b]) => `['${a}', '${b}']`),
	down('an address', address, ([a]) => `https://app.example.com/calls/${a}`),
	down('an address without https', address, ([a]) => `app.example.com/calls/${a}`),
	down('an address in Markdown', /^is not a valid JSON list/, ([a]) => `[${a}](https://x.example)`),
	down('an expression', expression, () => '{{ $json.id }}'),
	down('an expression with its sign', expression, () => '={{ $json["id"] }}'),
	down('half an expression', expression, () => '$json.id'),
	down('a template', expression, () => '${id}'),
	down('the header of a column', header, ([a, b], { displayName }) => `${displayName}\n${a}\n${b}`),
	down('the header as programs write it', header, ([a], { name }) => `${name},${a}`),
	down('the header in capitals', header, ([a], { name }) => `${name.toUpperCase()}S\n${a}`),
	down('id', header, ([a]) => `id\n${a}`),
	down('a label', label, ([a]) => `ID: ${a}`),
	down('a label without a blank', label, ([a], { name }) => `${name}=${a}`),
	down('a numbered list', listLine, ([a, b]) => `1. ${a}\n2. ${b}`),
	down('a list with dashes', listLine, ([a, b]) => `- ${a}\n- ${b}`),
	down('a list with bullets', listLine, ([a, b]) => `•${a}\n•${b}`),
	down('a full stop at the end', listLine, ([a]) => `${a}.`),
	down('in angle brackets', markup, ([a]) => `<${a}>`),
	down('in round brackets', brackets, ([a]) => `(${a})`),
	down("in SQL's brackets", brackets, ([a, b]) => `('${a}','${b}')`),
	down('a quote without its pair', lostPair, ([a]) => `"${a}`),
	down('doubled quotes', lostPair, ([a]) => `""${a}""`),
	down('a typographic quote without its pair', lostPair, ([a]) => `“${a}"`),
	down('a zero-width space', invisible, ([a]) => `${a}\u200b`),
	down('a soft hyphen', invisible, ([a]) => `${a.slice(0, 2)}\u00ad${a.slice(2)}`),
	down('a dash of a word processor', lookalike, ([a]) => `${a}–1`),
	down('full-width letters', lookalike, ([a]) => `${a}ａ`),
	down('a Cyrillic letter', lookalike, () => 'cаll_1'),
	down('a line break of a web page', markup, ([a, b]) => `${a}<br>${b}`),
	down('an entity', markup, ([a]) => `${a}&nbsp;`),
	down('an encoded comma', markup, ([a, b]) => `${a}%2C${b}`),
	down('a line break as programs write it', markup, ([a, b]) => `${a}\\n${b}`),
	down('masked', short, () => 'call_****'),
	down('shortened', short, ([a]) => `${a.slice(0, 4)}…`),
	down('shortened with dots', short, ([a]) => `${a.slice(0, 4)}...`),
	down('one and so on', short, ([a]) => `${a}, ...`),
	down('.', /^holds "\."/, () => '.'),
	down('..', /^holds "\.\."/, ([a]) => [a, '..']),
	down('a whole text', /^holds an ID of more than 256 characters/, () => 'a1'.repeat(200)),
];

/** For a parameter that takes IDs. */
export const pastedIds: readonly Pasted[] = [
	...lists,
	...one,
	...seriesOfIds,
	...timesAndAmounts,
	...placeholders,
	...characters,
	...places,
	down('a phone number', /^looks like a phone number/, () => '+15125551234'),
	down('two with a slash', several, ([a, b]) => `${a}/${b}`),
];
