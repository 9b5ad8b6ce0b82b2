import { UserError } from 'n8n-workflow';

/**
 * Checks an API key before it is sent. Keys are copied by hand, and a header cannot carry whatever
 * comes with a copy: Node turns some characters down, and n8n's HTTP client takes others out, so
 * that another key would be sent than the one that was entered.
 *
 * @param source where the key comes from, as the end of "Copy it from …"
 * @param label the field's name as the user sees it
 * @returns the key without the blanks around it
 * @throws UserError for a key that is empty or holds anything but printable ASCII
 */
export function checkApiKey(apiKey: unknown, source: string, label = 'API Key'): string {
	const key = typeof apiKey === 'string' ? apiKey.trim() : '';
	if (key === '')
		throw new UserError(`${label} in the credentials is empty. Copy it from ${source}`);
	if (/^[\x21-\x7e]+$/.test(key)) return key;
	throw new UserError(
		`${label} in the credentials holds a character that no key has. Copy it again from ${source}`,
	);
}

/**
 * Checks text that a person copies and that travels in a form, which carries any character.
 *
 * @param label the field's name as the user sees it
 * @returns the text without the blanks around it
 * @throws UserError if there is none
 */
export function checkFilled(value: unknown, label: string): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') throw new UserError(`${label} in the credentials is empty. Fill it in`);
	return text;
}

/** Control and format characters, halves of a character, line and paragraph separators. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * Checks a user or a password, whose characters a person chose: any that can be seen.
 *
 * @param label the field's name as the user sees it
 * @throws UserError for a character that only a copy can have brought along
 */
export function checkTypedSecret(text: string, label: string): string {
	if (!unseen.test(text)) return text;
	throw new UserError(
		`${label} in the credentials holds a character that cannot be seen, such as a line break. Enter it again by hand`,
	);
}
