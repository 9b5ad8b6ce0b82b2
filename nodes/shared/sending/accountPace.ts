import { createHash } from 'node:crypto';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { AccountPace } from '../../../erasure/accountPace';
import { AccountPaces } from '../../../erasure/accountPaces';
import { clock } from './clock';

/** Of this process, whatever executions, nodes and items they come from. */
const paces = new AccountPaces(clock);

const byContext = new WeakMap<object, AccountPace>();

/** Fields that change with every token, while the account stays the same. */
export const tokenFields = new Set(['oauthTokenData', 'accessToken', 'goodUntil', 'goodFor']);

/** Lets whatever runs in this context share its pace with all that use the same account. */
export function useAccount(
	context: object,
	credentialName: string,
	data: ICredentialDataDecryptedObject,
): void {
	const fields = Object.entries(data)
		.filter(([name]) => !tokenFields.has(name))
		.sort(([one], [other]) => (one < other ? -1 : 1));
	// A digest: keys are kept in no map.
	const account = createHash('sha256').update(JSON.stringify([credentialName, fields]));
	byContext.set(context, paces.of(account.digest('hex')));
}

/** @returns undefined where no credential has been read in this context yet */
export function paceOf(context: object): AccountPace | undefined {
	return byContext.get(context);
}
