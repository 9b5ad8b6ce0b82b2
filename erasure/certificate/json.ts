import { readJson } from '../json';
import { fromBase64url, utf8Of } from './base64url';

/** How deep the JSON of a certificate may be nested: far more than any has. */
export const deepest = 32;

/**
 * The value of base64url that holds JSON.
 *
 * @returns undefined for anything else
 */
export function readBase64urlJson(text: string): unknown {
	const bytes = fromBase64url(text);
	const json = bytes === undefined ? undefined : utf8Of(bytes);
	return json === undefined ? undefined : readJson(json, deepest);
}
