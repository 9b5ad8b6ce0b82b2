/** In how many ways a text can hold a secret; and whether it does, however it is read. */

export interface Spelling {
	readonly name: string;
	readonly spell: (secret: string) => string;
}

function eachAs(sign: (code: number) => string) {
	return (secret: string) => [...secret].map((letter) => sign(letter.codePointAt(0) ?? 0)).join('');
}

function hexadecimal(code: number, length: number): string {
	return code.toString(16).padStart(length, '0');
}

/** The middle of the secret, where something is put that reading does away with. */
function splitBy(what: string) {
	return (secret: string) => {
		const middle = Math.floor(secret.length / 2);
		return `${secret.slice(0, middle)}${what}${secret.slice(middle)}`;
	};
}

function base64After(before: string) {
	return (secret: string) => Buffer.from(`${before}${secret}&after`).toString('base64');
}

export const spellings: readonly Spelling[] = [
	{ name: 'as it is', spell: (secret) => secret },
	{ name: 'in capitals', spell: (secret) => secret.toUpperCase() },
	{ name: 'in small letters', spell: (secret) => secret.toLowerCase() },
	{ name: 'percent-encoded', spell: encodeURIComponent },
	{ name: 'percent-encoded throughout', spell: eachAs((code) => `%${hexadecimal(code, 2)}`) },
	{ name: 'percent-encoded twice', spell: eachAs((code) => `%25${hexadecimal(code, 2)}`) },
	{ name: 'in base64', spell: (secret) => Buffer.from(secret).toString('base64') },
	{ name: 'in base64, second alignment', spell: base64After('k') },
	{ name: 'in base64, third alignment', spell: base64After('ke') },
	{
		name: 'in base64 for addresses',
		spell: (secret) => Buffer.from(`ÿ>?${secret}ÿ>?`).toString('base64url'),
	},
	{ name: 'after Basic', spell: (secret) => `Basic ${base64After('somebody:')(secret)}` },
	{ name: 'after Bearer', spell: (secret) => `Bearer ${secret}` },
	{ name: 'in hexadecimal digits', spell: (secret) => Buffer.from(secret).toString('hex') },
	{ name: 'in entities by number', spell: eachAs((code) => `&#${code};`) },
	{
		name: 'in entities by hexadecimal number',
		spell: eachAs((code) => `&#x${code.toString(16)};`),
	},
	{ name: 'with entities for its signs', spell: (secret) => secret.replaceAll('-', '&#45;') },
	{ name: 'in escapes of JSON', spell: eachAs((code) => `\\u${hexadecimal(code, 4)}`) },
	{
		name: 'in escapes with backslashes escaped',
		spell: eachAs((code) => `\\\\u${hexadecimal(code, 4)}`),
	},
	{ name: 'split by a line break', spell: splitBy('\r\n') },
	{ name: 'split by a soft hyphen', spell: splitBy('\u00ad') },
	{ name: 'split by a zero-width space', spell: splitBy('\u200b') },
	{ name: 'split by a comment', spell: splitBy('<!-- <b>x</b> -->') },
	{ name: 'split by CDATA', spell: splitBy('<![CDATA[]]>') },
	{ name: 'split by a tag', spell: splitBy('<wbr/>') },
	{ name: 'in full-width letters', spell: eachAs((code) => String.fromCharCode(code + 0xfee0)) },
];

const entity = /&(?:#x([\da-f]+)|#(\d+)|amp);/gi;

/** One step of what readers of all kinds do to text. */
const decoders: ReadonlyArray<(text: string) => string> = [
	(text) => text.replace(/<!--[^]*?-->|<!\[CDATA\[|\]\]>|<[^<>]*>/g, ''),
	(text) => text.replace(/[\s\u00ad\u200b]|\\[rn]/g, ''),
	(text) =>
		text.replace(/%([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16))),
	(text) =>
		text.replace(entity, (_, hexadecimal?: string, decimal?: string) =>
			String.fromCharCode(hexadecimal ? parseInt(hexadecimal, 16) : Number(decimal ?? 38)),
		),
	(text) =>
		text.replace(/\\(?:u([\da-f]{4})|\\)/gi, (_, code?: string) =>
			code === undefined ? '\\' : String.fromCharCode(parseInt(code, 16)),
		),
	(text) => text.normalize('NFKC'),
];

/** The text as it is, and after every number of steps. */
function rereadingsOf(text: string): Set<string> {
	const found = new Set([text]);
	let latest = text;
	for (let round = 0; round < 4; round++) {
		for (const decode of decoders) {
			latest = decode(latest);
			found.add(latest);
		}
	}
	return found;
}

/** What a run of letters and digits stands for, wherever in it an encoded part begins. */
function decodingsOf(run: string): string[] {
	return [
		...[0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), 'base64').toString('latin1')),
		Buffer.from(run, 'hex').toString('latin1'),
	];
}

/** All that anybody can read in a text. */
function readingsOf(text: string): string[] {
	const rereadings = [...rereadingsOf(text)];
	// The same IDs and words stand in all of them.
	const runs = new Set(
		rereadings.flatMap((reading) => [...reading.matchAll(/[\w+/-]{8,}/g)].map(([run]) => run)),
	);
	return [...rereadings, ...[...runs].flatMap(decodingsOf)];
}

/** @returns the secrets among these that the text holds, in whatever way */
export function secretsGiven(text: string, secrets: readonly string[]): string[] {
	const readings = readingsOf(text).map((reading) => reading.toLowerCase());
	return secrets.filter((secret) => {
		const sought = secret.toLowerCase();
		return readings.some((reading) => reading.includes(sought));
	});
}

/** Whether a text holds the secret in any of these ways. */
export function gives(text: string, secret: string): boolean {
	return secretsGiven(text, [secret]).length > 0;
}
