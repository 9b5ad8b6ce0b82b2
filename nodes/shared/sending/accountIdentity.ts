import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { AccountIdentity } from '../../../erasure/digest';
import { publicFields } from '../secrets/secrets';
import { tokenFields } from './accountPace';

const byContext = new WeakMap<object, AccountIdentity>();

/** Names that a vendor or a company gives to an account, and that many people know. */
const nameFields = new Set(['clientId', 'sid', 'user']);

/** Remembers whose account a run uses: all that its credential holds, apart from addresses and choices. */
export function identifyAccount(context: object, data: ICredentialDataDecryptedObject): void {
	const fields = Object.entries(data)
		.filter((field): field is [string, string] => typeof field[1] === 'string')
		.map(([name, value]) => [name, value.trim()] as const)
		.filter(([name, value]) => value !== '' && !tokenFields.has(name))
		.sort(([one], [other]) => (one < other ? -1 : 1));
	const names = fields.filter(([name]) => nameFields.has(name));
	const secret = fields.filter(([name]) => !nameFields.has(name) && !publicFields.has(name));
	// A user without a password is a key.
	const key = secret.length > 0 ? secret : names;
	byContext.set(context, { publicName: JSON.stringify(names), key: JSON.stringify(key) });
}

/**
 * Whose account a run uses, once its credential has been read.
 *
 * @throws TypeError where none has been: a defect
 */
export function identityOf(context: object): AccountIdentity {
	const identity = byContext.get(context);
	if (identity === undefined) throw new TypeError('The credential has to be read before');
	return identity;
}
