import { UserError } from 'n8n-workflow';

const label = 'Token Parameters';

/** What has a field of its own, or comes from one. */
const ownFields = new Set(['client_id', 'client_secret', 'grant_type']);

/** Names of parameters whose values are known to many, and no secrets. */
const publicParameters = new Set(['account_id', 'audience', 'resource', 'scope']);

/**
 * Reads `account_id=abc&scope=recording:write`, encoded or not.
 *
 * @throws UserError for what is no such list, or names what has a field of its own
 */
export function readTokenParameters(value: unknown): Readonly<Record<string, string>> {
	const text = typeof value === 'string' ? value.trim().replace(/^\?/, '') : '';
	if (text === '') return {};
	if (!text.split('&').every((part) => /^[^=\s]+=[^]+$/.test(part)) || /[\r\n]/.test(text)) {
		throw new UserError(
			`${label} in the credentials is no list of parameters. Enter it as in account_id=abc&scope=recording:write`,
		);
	}
	const entries = [...new URLSearchParams(text)];
	const own = entries.find(([name]) => ownFields.has(name.toLowerCase()));
	if (own !== undefined) {
		throw new UserError(
			`${label} in the credentials names "${own[0]}", which has a field of its own. Remove it there`,
		);
	}
	const parameters = Object.fromEntries(entries);
	if (Object.keys(parameters).length === entries.length) return parameters;
	throw new UserError(`${label} in the credentials names a parameter twice. Remove one of them`);
}

/** Those of them that must not leave n8n in words. */
export function secretsIn(parameters: Readonly<Record<string, string>>): string[] {
	return Object.entries(parameters)
		.filter(([name]) => !publicParameters.has(name.toLowerCase()))
		.map(([, value]) => value);
}
