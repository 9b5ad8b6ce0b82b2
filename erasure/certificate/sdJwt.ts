import { isJsonObject, type JsonObject } from '../json';
import { digestOf } from './disclosure';
import { readBase64urlJson } from './json';
import { readJws, type Jws } from './jws';

/** A certificate's text with the disclosures that came with it. */
export interface SdJwt {
	/** The text that was signed, with its signature. */
	readonly issuerSigned: string;
	readonly jws: Jws;
	readonly disclosures: readonly string[];
}

/** Why something is not a valid SD-JWT: a sentence. */
export class NotValid extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'NotValid';
	}
}

/**
 * Takes `<JWS>~<disclosure>~…~` apart (RFC 9901, section 4).
 *
 * @throws NotValid
 */
export function readSdJwt(text: string): SdJwt {
	const [issuerSigned = '', ...rest] = text.split('~');
	if (rest.length === 0) {
		throw new NotValid('The certificate does not end with ~, so a part of it is missing');
	}
	if (rest.pop() !== '') {
		throw new NotValid('Something follows the last ~ of the certificate, where nothing belongs');
	}
	const jws = readJws(issuerSigned);
	if (jws === undefined) {
		throw new NotValid('The certificate is not a signed document: it may be cut off or changed');
	}
	return { issuerSigned, jws, disclosures: rest };
}

interface Held {
	readonly content: readonly unknown[];
	used: boolean;
}

/**
 * The payload with what the disclosures show in its place (RFC 9901, section 7.1). It says nothing of
 * the signature.
 *
 * @returns the payload, and by digest what each disclosure of an array's element shows
 * @throws NotValid by each of the rules there
 */
export function processPayload(
	payload: JsonObject,
	disclosures: readonly string[],
): { readonly processed: JsonObject; readonly elements: ReadonlyMap<string, unknown> } {
	if (payload._sd_alg !== undefined && payload._sd_alg !== 'sha-256') {
		throw new NotValid('The certificate has digests of a kind that is not known (_sd_alg)');
	}
	const processing = new Processing(holdByDigest(disclosures));
	const { _sd_alg: _, ...claims } = payload;
	const processed = processing.object(claims, 0);
	processing.checkAllUsed();
	return { processed, elements: processing.elements };
}

function holdByDigest(disclosures: readonly string[]): Map<string, Held> {
	const held = new Map<string, Held>();
	for (const [index, text] of disclosures.entries()) {
		const content = readBase64urlJson(text);
		const isWellFormed =
			Array.isArray(content) &&
			(content.length === 2 || content.length === 3) &&
			typeof content[0] === 'string';
		if (!isWellFormed) {
			throw new NotValid(`Disclosure ${index + 1} cannot be read: it may be cut off or changed`);
		}
		const digest = digestOf(text);
		if (held.has(digest)) throw new NotValid(`Disclosure ${index + 1} came before`);
		held.set(digest, { content: content as unknown[], used: false });
	}
	return held;
}

const reservedNames: ReadonlySet<unknown> = new Set(['_sd', '...']);

/** A disclosure can hold digests of others; no certificate has more steps than this. */
const mostSteps = 40;

class Processing {
	readonly elements = new Map<string, unknown>();

	private readonly seen = new Set<string>();

	constructor(private readonly held: ReadonlyMap<string, Held>) {}

	value(value: unknown, depth: number): unknown {
		if (depth > mostSteps) throw new NotValid('The certificate is nested too deep');
		if (Array.isArray(value)) return this.array(value, depth);
		return isJsonObject(value) ? this.object(value, depth) : value;
	}

	object(object: JsonObject, depth: number): JsonObject {
		if ('...' in object) throw new NotValid('A digest is in a place where none is allowed');
		const members = Object.entries(object).filter(([name]) => name !== '_sd');
		const processed = new Map(members.map(([name, value]) => [name, this.value(value, depth + 1)]));
		for (const digest of digestsOf(object)) {
			const content = this.take(digest);
			if (content === undefined) continue;
			const [name, value] = memberOf(content);
			if (processed.has(name)) {
				throw new NotValid('A disclosure shows something that the certificate says already');
			}
			processed.set(name, this.value(value, depth + 1));
		}
		return Object.fromEntries(processed);
	}

	array(array: readonly unknown[], depth: number): unknown[] {
		const processed: unknown[] = [];
		for (const element of array) {
			const digest = digestOfElement(element);
			if (digest === undefined) {
				processed.push(this.value(element, depth + 1));
				continue;
			}
			const content = this.take(digest);
			if (content === undefined) continue;
			if (content.length !== 2) {
				throw new NotValid('A disclosure of a member is used for an element');
			}
			const value = this.value(content[1], depth + 1);
			this.elements.set(digest, value);
			processed.push(value);
		}
		return processed;
	}

	/** What the disclosure with this digest holds; undefined if it was not given. */
	private take(digest: string): readonly unknown[] | undefined {
		if (this.seen.has(digest)) throw new NotValid('A digest occurs twice in the certificate');
		this.seen.add(digest);
		const held = this.held.get(digest);
		if (held === undefined) return undefined;
		held.used = true;
		return held.content;
	}

	checkAllUsed(): void {
		const place = [...this.held.values()].findIndex(({ used }) => !used);
		if (place !== -1) {
			throw new NotValid(
				`Disclosure ${place + 1} does not belong to this certificate, or was changed`,
			);
		}
	}
}

function digestsOf({ _sd: digests = [] }: JsonObject): string[] {
	if (!Array.isArray(digests) || !digests.every((digest) => typeof digest === 'string')) {
		throw new NotValid('The certificate has digests that cannot be read (_sd)');
	}
	return digests;
}

/** The digest in the place of an element; undefined for an element that is not one. */
function digestOfElement(element: unknown): string | undefined {
	if (!isJsonObject(element) || !('...' in element)) return undefined;
	const digest = element['...'];
	if (Object.keys(element).length !== 1 || typeof digest !== 'string') {
		throw new NotValid('A digest is in a place where none is allowed');
	}
	return digest;
}

function memberOf(content: readonly unknown[]): [name: string, value: unknown] {
	if (content.length !== 3) {
		throw new NotValid('A disclosure of an element is used for a member');
	}
	const [, name, value] = content;
	if (typeof name !== 'string' || reservedNames.has(name)) {
		throw new NotValid('A disclosure has a name that is not allowed');
	}
	return [name, value];
}
