import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { parseJson } from '../../../erasure/reply';
import { label, Secret } from './secret';
import { removed, without } from './withoutSecrets';

/**
 * What must not leave n8n in words, of one run: whatever the credentials hold that is not an address,
 * and the tokens that they gave. `secretsOf` gives those of a run to whoever needs them.
 *
 * A vendor may repeat a key in any form: percent-encoded, in base64 or hexadecimal digits, with
 * entities, with escapes of JSON, in other letter case, with tags or invisible characters inside.
 * All of these are found; what reading cannot undo, such as a hash, is not among them.
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
		this.hold(afterScheme(data.key));
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
		const asTyped = [user, user.trim()].map((name) => [name, password]);
		// OAuth2 encodes both before it puts them together (RFC 6749, 2.3.1).
		const encoded = [user.trim(), password.trim()].map(encodeForForm);
		for (const login of new Set([...asTyped, encoded].map((pair) => pair.join(':')))) {
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
			// Alone, a short secret may be any word; as `{"password":"abc"}` it is not.
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
export const publicFields = new Set([
	'allowedDomains',
	'allowedHttpRequestDomains',
	'authentication',
	'authQueryParameters',
	'baseUrl',
	'clientId',
	'grantType',
	'headerName',
	'parametersIn',
	'region',
	'scope',
	'queryName',
	'sendClientAs',
	'sender',
	'sendKeyAs',
	'sid',
	'testPath',
	'tokenBaseUrl',
	'tokenUrl',
]);

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

/** A key may be entered with the word that goes before it: `Token abc`. */
function afterScheme(key: unknown): string {
	return typeof key === 'string' ? (/^\s*[a-z]+ +(\S+)\s*$/i.exec(key)?.[1] ?? '') : '';
}

export function encodeForForm(text: string): string {
	return new URLSearchParams([['', text]]).toString().slice(1);
}

function inBase64(text: string): string {
	return Buffer.from(text, 'utf8').toString('base64');
}
