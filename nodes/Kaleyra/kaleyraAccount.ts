import { UserError } from 'n8n-workflow';

import { readIdentifiers } from '../../erasure/identifier';
import { checkApiKey } from '../shared/secrets/secretText';
import type { Account } from '../shared/sending/account';
import { checkAddress } from '../shared/sending/address';
import { path } from '../shared/sending/path';

/** What the Region field holds for an address of the user's own. */
export const ownAddress = 'other';

/**
 * The hosts that Kaleyra documents. Singapore has two: the page on deleting a flow names one, the
 * pages on getting and listing flows name the other, and North America as well.
 * https://developers.kaleyra.io/docs/whatsapp-flow-api-v2-delete-flow
 * https://developers.kaleyra.io/docs/whatsapp-flow-api-v2-get-flows-by-waba-id
 */
export const hosts = {
	europe: 'https://api.eu.kaleyra.io',
	india: 'https://api.in.kaleyra.io',
	northAmerica: 'https://api.na.kaleyra.ai',
	singapore: 'https://api.ap.kaleyra.io',
	singaporeOlder: 'https://api.kaleyra.io',
} as const;

/**
 * Kaleyra's WhatsApp Flow API, version 2:
 * https://developers.kaleyra.io/docs/whatsapp-flow-api-v2-delete-flow
 */
export const kaleyra: Account = {
	vendor: 'kaleyra',
	vendorName: 'Kaleyra',
	credentialName: 'kaleyraApi',
	addressField: 'Region and Base URL',
	// Mandatory by the documentation, with a body and without.
	headers: { 'Content-Type': 'application/json' },
	read: (credential) => {
		const host = readHost(credential);
		const sid = readSid(credential.sid);
		const key = checkApiKey(credential.apiKey, keySource);
		return { address: `${host}${path`/v2/${sid}`}`, publicName: sid, key };
	},
	addKey: (request, { key }) => ({ ...request, headers: { ...request.headers, 'api-key': key } }),
};

function readHost({ region, baseUrl }: Readonly<Record<string, unknown>>): string {
	if (region === ownAddress) return checkAddress(baseUrl, 'Base URL');
	const host = Object.values(hosts).find((known) => known === region);
	if (host !== undefined) return host;
	throw new UserError(
		'Region in the credentials is not known. Choose one, or choose Other Address and fill in Base URL',
	);
}

const keySource = "Kaleyra's developer settings";

/** The SID is in every path, so it is checked like an ID. */
function readSid(sid: unknown): string {
	const check = readIdentifiers([sid]);
	if (check.valid) return check.identifiers[0] ?? '';
	throw new UserError(`SID in the credentials ${check.problem}. Copy it from ${keySource}`);
}
