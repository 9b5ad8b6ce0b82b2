import { UserError } from 'n8n-workflow';

import { complaintAboutHeader, isSameHeader } from './headerName';

/** What every request carries apart from the key, by name. */
export type FixedHeaders = Readonly<Record<string, string>>;

/**
 * Checks the option Headers.
 *
 * @param keyHeader the header that carries the key, if one does
 * @throws UserError naming the header that cannot be sent
 */
export function checkFixedHeaders(headers: FixedHeaders, keyHeader: string | undefined): void {
	const names = Object.keys(headers);
	refuseDoubles(names);
	for (const name of names) {
		checkName(name, keyHeader);
		if (!/^[\x21-\x7e]( *[\x21-\x7e])*$/.test(headers[name] ?? '')) {
			throw new UserError(
				`The value of "${name}" under Headers in the node's options is empty or holds a character that no header carries. Enter it again by hand`,
			);
		}
	}
}

/** @throws UserError for a name that comes twice, however it is written */
export function refuseDoubles(names: readonly string[]): void {
	const double = names.find((name, index) =>
		names.slice(0, index).some((earlier) => isSameHeader(earlier, name)),
	);
	if (double === undefined) return;
	throw new UserError(`Headers in the node's options holds "${double}" twice. Remove one of them`);
}

function checkName(name: string, keyHeader: string | undefined): void {
	const complaint = complaintAboutHeader(name);
	if (complaint === 'noName') {
		throw new UserError(
			'A name under Headers in the node\'s options is not the name of a header. Use letters, digits and "-"',
		);
	}
	if (complaint === 'notForChoice') {
		throw new UserError(
			`Headers in the node's options holds "${name}", which changes how or where a request is sent. Remove it`,
		);
	}
	if (isSameHeader(name, 'Authorization') || (keyHeader && isSameHeader(name, keyHeader))) {
		throw new UserError(
			`Headers in the node's options holds "${name}", which is for keys. Remove it, and enter the key in the credentials`,
		);
	}
}
