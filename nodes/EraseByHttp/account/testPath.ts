import { UserError } from 'n8n-workflow';

/**
 * Reads the path that the Test button asks for, with its query.
 *
 * @param address the account's own, as checkAddress returns it
 * @returns the whole address; undefined where no path is given
 * @throws UserError for what is no path below the address
 */
export function readTestAddress(value: unknown, address: string): string | undefined {
	const path = typeof value === 'string' ? value.trim() : '';
	if (path === '') return undefined;
	const whole = `${address}${path}`;
	const isPlain = /^\/[\x21-\x7e]*$/.test(path) && !/[#\\]/.test(path);
	if (isPlain && new URL(whole).href.startsWith(`${new URL(address).href.replace(/\/$/, '')}/`)) {
		return whole;
	}
	throw new UserError(
		'Test Path in the credentials is not a path below Base URL. Enter what follows Base URL, starting with "/", such as /calls?limit=1',
	);
}
