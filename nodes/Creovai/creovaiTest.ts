import { testCredential } from '../shared/sending/credentialTest';
import { testTimeoutMs } from '../shared/sending/timeouts';
import { fetchToken } from '../shared/sending/tokenGrant';
import { Token } from '../shared/sending/tokenSource';
import { creovai, credentialName } from './creovaiAccount';

/**
 * The credential's Test button: fetches a token, the only request at Creovai that is documented and
 * changes nothing. So it can say nothing of the API Base URL but that it is an address.
 */
export const creovaiOAuth2ApiTest = testCredential({
	vendorName: creovai.vendorName,
	credentialName,
	addressField: 'Token Base URL',
	// A request for a token holds all that it needs.
	authenticate: async (_, request) => await Promise.resolve(request),
	ask: async (sender, { data }) => {
		const fetched = await fetchToken(sender, creovai.read(data).grant, testTimeoutMs);
		return fetched instanceof Token ? gaveToken : fetched;
	},
	complaintOf: () => undefined,
	accepted:
		'Creovai gave a token for these credentials. Not tried: API Base URL, and the permission to purge calls',
});

const gaveToken = { kind: 'answered', status: 200, headers: {}, body: '' } as const;
