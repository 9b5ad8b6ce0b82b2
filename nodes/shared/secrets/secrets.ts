import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { parseJson } from '../../../erasure/reply';
import { fullyDecoded, readingsOf, type TextReading } from './textReadings';

/** Stands where a secret stood. */
export const removed = '***';

/**
 * What must not leave n8n in words, of one run: whatever the credentials hold that is no address,
 * and the tokens that they gave. `secretsOf` gives those of a run to whoever needs them.
 *
 * A vendor may repeat a key in any form: percent-encoded, in base64 or hexadecimal digits, with
 * entities, with escapes of JSON, in other letter case, with tags or invisible characters inside.
 * All of these are found; what cannot be undone by reading, such as a hash, is none of them.
 */
export class Secrets {
	private readonly held = new Map<string, Secret>();

	private readonly credentials = new WeakSet<object>();

	/** Everything in a credential but addresses and what is public or a choice. */
	holdCredential(data: ICredentialDataDecryptedObject): void {
		if (this.credentials.has(data)) return;
		this.credentials.add(data);
		for (const [name, value] of Object.entries(data)) {
			if (!publicFields.has(name)) this.hold(value);
		}
		const { oauthTokenData, user, password, clientId, clientSecret } = data;
		const { access_token, refresh_token } = (oauthTokenData ?? {}) as Record<string, unknown>;
		this.hold(access_token, refresh_token);
		this.holdLogin(user, password);
		this.holdLogin(clientId, clientSecret);
	}

	/** For whoever fetches a token: before anything is sent with it. */
	hold(...texts: readonly unknown[]): void {
		for (const text of texts) {
			if (typeof text !== 'string') continue;
			for (const spelling of new Set([text, text.trim()])) {
				if (spelling !== '' && !this.held.has(spelling)) {
					this.held.set(spelling, new Secret(spelling));
				}
			}
		}
	}

	/** Both together are what Basic authentication sends. */
	private holdLogin(user: unknown, password: unknown): void {
		if (typeof user !== 'string' || typeof password !== 'string') return;
		if (user === '' || password === '') return;
		for (const name of new Set([user, user.trim()])) {
			const login = `${name}:${password}`;
			this.hold(login, `Basic ${inBase64(login)}`);
		}
	}

	/** A text for people, without any secret. */
	outOf(text: string): string {
		return without(text, [...this.held.values()]);
	}

	/** The same of a value as JSON has it, nested and names of fields included. */
	outOfValue<T>(value: T): T {
		const clean = (text: string, name: string) =>
			// Alone, a short secret may be any word; as `{"password":"abc"}` it is none.
			this.held.has(text) && label.test(name) ? removed : this.outOf(text);
		return withTexts(value, clean) as T;
	}

	/**
	 * Of a reply before anything reads it, so that no number in a key is masked and no half of one cut
	 * off. Only what no documented words and no ID can be is taken out here: an outcome must not
	 * depend on somebody's password being "success". JSON stays JSON.
	 */
	outOfReply(body: string): string {
		const cleaned = this.outOfIdentifier(body);
		if (cleaned === body) return body;
		const parsed = parseJson(body);
		return typeof parsed === 'object' && parsed !== null
			? JSON.stringify(withTexts(parsed, (text) => this.outOfIdentifier(text)))
			: cleaned;
	}

	/** Of what tells one record from another, and holds parts of other words by chance. */
	outOfIdentifier(text: string): string {
		return without(
			text,
			[...this.held.values()].filter(({ kind }) => kind === 'long'),
		);
	}
}

const ofRuns = new WeakMap<object, Secrets>();

/**
 * The secrets of a run, by the context that n8n gives to it. Who reads a credential or fetches a
 * token puts it in; whatever leaves the node is held against them.
 */
export function secretsOf(context: object): Secrets {
	const known = ofRuns.get(context);
	if (known !== undefined) return known;
	const secrets = new Secrets();
	ofRuns.set(context, secrets);
	return secrets;
}

/**
 * Fields of credentials, ours and those that n8n adds, that hold no secret. By name alone: a password
 * such as `open:sesame` reads like an address.
 */
const publicFields = new Set([
	'allowedDomains',
	'allowedHttpRequestDomains',
	'authentication',
	'authQueryParameters',
	'baseUrl',
	'clientId',
	'grantType',
	'parametersIn',
	'region',
	'scope',
	'sid',
	'tokenBaseUrl',
]);

/**
 * How sure it can be that a text that looks like the secret is the secret. A long one is found
 * wherever it stands. An ordinary one may be a word or a number: it counts where it stands alone. A
 * short one counts where something says that it is a secret.
 */
type Kind = 'long' | 'ordinary' | 'short';

function kindOf(text: string): Kind {
	const isMixed = /[\p{L}]/u.test(text) && /[^\p{L}]/u.test(text);
	if (text.length >= 16 || (text.length >= 8 && isMixed)) return 'long';
	return text.length >= 6 ? 'ordinary' : 'short';
}

/** A part of a text: where it begins, and behind its end. */
type Stretch = readonly [start: number, end: number];

/** One secret, in the forms in which it is looked for. */
class Secret {
	readonly kind: Kind;

	/** In any letter case. */
	readonly folded: readonly string[];

	/** In this one. */
	readonly inBase64: readonly string[];

	readonly short: RegExp | undefined;

	constructor(text: string) {
		this.kind = kindOf(text);
		const bytes = Buffer.from(text, 'utf8');
		const forms =
			this.kind === 'short'
				? []
				: [
						text,
						fullyDecoded(text),
						text.replace(/\s+/g, '+'),
						bytes.toString('hex'),
						asNumber(text),
					];
		this.folded = [...new Set(forms.map(fold))].filter((form) => form.length >= fewestLetters);
		this.inBase64 = this.kind === 'short' ? [] : insideBase64(bytes);
		this.short = this.kind === 'short' ? shortPattern(text) : undefined;
	}

	/** Where a reading holds it: `[start, end)` in the reading. */
	*findIn({ text, folded }: FoldedReading): Iterable<[number, number]> {
		for (const form of this.folded) {
			for (const start of occurrences(folded, form)) {
				const end = start + form.length;
				if (this.kind === 'long' || standsAlone(folded, start, end)) yield [start, end];
			}
		}
		for (const { 0: whole, 1: before = '', index } of text.matchAll(this.short ?? never)) {
			yield [index + before.length, index + whole.length];
		}
		if (this.kind === 'ordinary') yield* this.cutOffIn(folded);
	}

	/** The same in base64. */
	*findInBase64({ standard }: FoldedReading): Iterable<[number, number]> {
		for (const form of this.inBase64) {
			for (const start of occurrences(standard, form)) yield [start, start + form.length];
		}
	}

	/** Words that were cut short before they got here may end with the beginning of one. */
	private *cutOffIn(folded: string): Iterable<[number, number]> {
		for (const end of occurrences(folded, '…')) {
			const [form = ''] = this.folded;
			for (let length = Math.min(form.length, end) - 1; length >= fewestLetters - 1; length--) {
				const start = end - length;
				if (!folded.startsWith(form.slice(0, length), start)) continue;
				if (standsAlone(folded, start, end)) yield [start, end];
				break;
			}
		}
	}
}

const fewestLetters = 6;

/** What JavaScript makes of digits that came as a number of JSON. */
function asNumber(text: string): string {
	return /^\d+$/.test(text) ? String(Number(text)) : text;
}

const never = /(?!)/g;

/** What says that the next word is a secret. */
const label = /pass(?:word|phrase)?|pwd|user|login|key|token|secret|credential|auth|bearer|basic/i;

/** In its own letter case; letters or digits alone only after a label or in quotes after one. */
function shortPattern(text: string): RegExp {
	const exact = text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
	const isWord = /^\p{L}*$|^\p{N}*$/u.test(text);
	const before = isWord
		? `(?:${labelPattern})\\p{L}{0,8}["'“”’]?\\s{0,3}(?:is|was|[:=]>?)?\\s{0,3}["'“‘(]?`
		: '(?<![\\p{L}\\p{N}])';
	return new RegExp(`(${before})${exact}(?![\\p{L}\\p{N}])`, 'gu');
}

// Without the flag: what follows has to be in its own letter case.
const labelPattern = label.source.replace(
	/[a-z]/g,
	(letter) => `[${letter}${letter.toUpperCase()}]`,
);

/** Keys that nobody told us of: what stands after the name of a scheme as a secret does. */
const afterScheme =
	/\bbearer\s{1,3}([\w.~+/=-]*\d[\w.~+/=-]*)|\bbasic\s{1,3}([A-Za-z0-9+/_-]{6,}=*)/gi;

function* schemesIn(text: string): Iterable<[number, number]> {
	for (const { 0: whole, 1: bearer, 2: basic, index } of text.matchAll(afterScheme)) {
		const end = index + whole.length;
		if (bearer !== undefined && bearer.length >= 8) yield [end - bearer.length, end];
		const isLogin = basic !== undefined && /^[^\p{Cc}]+:/u.test(fromBase64(basic));
		if (isLogin) yield [end - basic.length, end];
	}
}

/** A reading in the forms in which it is compared, every character in its place. */
interface FoldedReading extends TextReading {
	/** In small letters. */
	readonly folded: string;
	/** With base64 for addresses turned into that of elsewhere. */
	readonly standard: string;
}

function foldedReadingsOf(text: string): FoldedReading[] {
	return readingsOf(text).map((reading) => ({
		...reading,
		folded: fold(reading.text),
		standard: reading.text.replace(/-/g, '+').replace(/_/g, '/'),
	}));
}

/**
 * So much of a text is read at a time, in characters: where each of them stood takes many times the
 * memory of the text.
 */
const pieceLength = 200_000;

/** Read with the piece before as well, so that no secret is cut in two: longer than any, escaped. */
const overlap = 20_000;

function without(text: string, secrets: readonly Secret[]): string {
	const stretches: Stretch[] = [...schemesIn(text)];
	let blob: Stretch = [0, 0];
	const inBlob = ([from, to]: Stretch) => {
		if (from < blob[0] || to > blob[1]) blob = aroundBase64(text, from, to);
		return blob;
	};
	for (let start = 0; start === 0 || start + overlap < text.length; start += pieceLength) {
		for (const stretch of findInPiece(text, start, secrets, inBlob)) stretches.push(stretch);
	}
	return replaced(text, stretches);
}

/** @param inBlob finds the whole of the base64 around a part of it */
function* findInPiece(
	text: string,
	start: number,
	secrets: readonly Secret[],
	inBlob: (part: Stretch) => Stretch,
): Iterable<Stretch> {
	const end = Math.min(start + pieceLength + overlap, text.length);
	// What touches an end goes on behind it, and is found whole in the piece beside.
	const isWhole = ([from, to]: Stretch) =>
		(from > start || start === 0) && (to < end || end === text.length);
	for (const reading of foldedReadingsOf(text.slice(start, end))) {
		const inText = ([from, to]: Stretch): Stretch => {
			const source = reading.source(from, to);
			return [start + source[0], start + source[1]];
		};
		for (const secret of secrets) {
			for (const found of secret.findIn(reading)) {
				const stretch = inText(found);
				if (isWhole(stretch)) yield stretch;
			}
			for (const found of secret.findInBase64(reading)) yield inBlob(inText(found));
		}
	}
}

/** Far deeper than what a reply is cut to before it gets here (erasure/bounds.ts). */
const deepest = 1000;

function withTexts(
	value: unknown,
	clean: (text: string, name: string) => string,
	name = '',
	depth = 0,
): unknown {
	if (typeof value === 'string') return clean(value, name);
	if (typeof value === 'number') {
		const text = String(value);
		return clean(text, name) === text ? value : removed;
	}
	if (typeof value !== 'object' || value === null) return value;
	if (depth > deepest) return removed;
	const within = (entry: unknown, of: string) => withTexts(entry, clean, of, depth + 1);
	return Array.isArray(value)
		? value.map((entry) => within(entry, name))
		: Object.fromEntries(
				Object.entries(value).map(([key, entry]) => [clean(key, ''), within(entry, key)]),
			);
}

function replaced(text: string, stretches: Stretch[]): string {
	if (stretches.length === 0) return text;
	stretches.sort(([one], [other]) => one - other);
	let kept = '';
	let position = 0;
	for (const [start, end] of stretches) {
		if (start >= position) kept += text.slice(position, start) + removed;
		position = Math.max(position, end);
	}
	return kept + text.slice(position);
}

function* occurrences(text: string, form: string): Iterable<number> {
	for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + form.length)) yield at;
}

/** Lower case, with every character in its place. */
function fold(text: string): string {
	const lower = text.toLowerCase();
	if (lower.length === text.length) return lower;
	return text.replace(/\p{Lu}/gu, (letter) => {
		const small = letter.toLowerCase();
		return small.length === letter.length ? small : letter;
	});
}

function standsAlone(text: string, start: number, end: number): boolean {
	const isPart = /[\p{L}\p{N}]/u;
	return !isPart.test(text.charAt(start - 1)) && !isPart.test(text.charAt(end));
}

function inBase64(text: string): string {
	return Buffer.from(text, 'utf8').toString('base64');
}

function fromBase64(text: string): string {
	return Buffer.from(text, 'base64').toString('utf8');
}

/** Bits of a character of base64. */
const sextet = 6;

/** What of the base64 of a longer text is the same whatever stands around: one for each alignment. */
function insideBase64(bytes: Buffer): string[] {
	return [0, 1, 2].map((before) => {
		const bits = (before + bytes.length) * 8;
		const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
		return encoded.slice(Math.ceil((before * 8) / sextet), Math.floor(bits / sextet));
	});
}

const base64Sign = /[\w+/=%-]/;

/** The whole of it: what is left of its ends would give away the secret's. */
function aroundBase64(text: string, from: number, to: number): Stretch {
	let start = from;
	let end = to;
	while (start > 0 && base64Sign.test(text.charAt(start - 1))) start -= 1;
	while (end < text.length && base64Sign.test(text.charAt(end))) end += 1;
	return [start, end];
}
