import { eachDown, eachDownWith, type Pasted } from './pasted';

const invisible = /^holds an invisible or control character/;
const lookalike = /^holds a character that only looks like another/;
const markup = /^holds codes for characters, as in web pages or programs/;

/** Nothing of these can be seen: variation selectors, fillers, joiners, blank Braille, no characters. */
const unseen = [
	0xfe0f, 0xfe00, 0xe0100, 0x2800, 0x3164, 0x115f, 0x1160, 0xffa0, 0x034f, 0x180e, 0x17b4, 0x200b,
	0x200d, 0x200e, 0x202e, 0x2060, 0x2066, 0x00ad, 0x061c, 0x206a, 0x1d159, 0x1d173, 0xe0020, 0xfffe,
	0x0000, 0x0007, 0x007f, 0x0085, 0x009f,
].map((code) => String.fromCodePoint(code));

/** Characters that are not what they look like, or cannot be seen. */
export const characters: readonly Pasted[] = [
	...unseen.flatMap((character) =>
		eachDownWith('an invisible character', invisible, [
			(a) => `${a}${character}1`,
			(a) => `1${character}${a}`,
		]),
	),
	...eachDown('a digit on a key', invisible, ['1\ufe0f\u20e3']),
	...eachDown('digits of another script', /^holds digits of another script/, [
		'٧١٦٢٧٣٨٩',
		'۷۱۶۲۷۳۸۹',
		'७१६२७३८९',
		'７１６２７３８９',
		'𝟕𝟏𝟔𝟐𝟕𝟑𝟖𝟗',
		'7１627389',
		'call_①',
		'call_²',
		'Ⅶ',
		['٧١٦٢٧٣٨٩'],
	]),
	...eachDownWith('a character that is not what it looks like', lookalike, [
		(a) => `${a}\ufffd`,
		(a) => `${a}\ufffc`,
		(a) => `${a}\uf0b7`,
		(a) => `${a}\u0332`,
		(a) => `${a}ı`,
		(a) => `${a}ﬁ`,
		(a) => `${a}−1`,
		(a) => `${a}‑1`,
		(a) => `x${a}с`,
		(a) => `x${a}ο`,
	]),
	...eachDownWith('codes for characters', markup, [
		(a) => `${a}%2Fdef`,
		(a) => `${a}%5F1`,
		(a) => `${a}%20`,
		(a) => `${a}%252F`,
		(a) => `${a}%0D%0A`,
		(a) => `${a}&#160;`,
		(a) => `${a}&ndash;1`,
		(a) => `&lt;${a}&gt;`,
		(a) => `<b>${a}</b>`,
		(a) => `${a}\\u005f1`,
		(a) => `${a}\\x5f1`,
		(a) => `\\"${a}\\"`,
	]),
	...eachDown('as Markdown, databases and programs write it', markup, [
		'~~call_123~~',
		'_call_123_',
		'ObjectId(64b7f0c2a91d3e5f60718293)',
		'NumberLong(1120000000000207)',
		'1120000000000207n',
		'call_1\\',
	]),
	...eachDownWith('half a pair', /^is in brackets, or has half a pair of them/, [
		(a) => `${a})`,
		(a) => `${a}]`,
		(a) => `${a}}`,
		(a) => `{${a}}`,
		(a) => `1) ${a}`,
		(a) => `(1) ${a}`,
		(a) => `('${a}')`,
	]),
	...eachDownWith('half a pair of quotes', /^holds an unpaired quotation mark/, [
		(a) => `${a}"`,
		(a) => `${a}'`,
		(a) => `\`${a}`,
		(a) => `‘${a}`,
		(a) => `´${a}´`,
		(a, b) => `\`${a}\` \`${b}\``,
	]),
	...eachDownWith('a line of a list', /^starts like a line of a list, or ends like a sentence/, [
		(a) => `* ${a}`,
		(a) => `+ ${a}`,
		(a) => `✓ ${a}`,
		(a) => `☎ ${a}`,
		(a) => `▪ ${a}`,
		(a) => `1: ${a}`,
		(a) => `${a}!`,
		(a) => `${a}?`,
		(a) => `${a}:`,
	]),
];
