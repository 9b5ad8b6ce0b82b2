import type { ICredentialDataDecryptedObject, ICredentialTestFunction } from 'n8n-workflow';

import { parseJson, type Answer, type Reply } from '../../../erasure/reply';
import { secretsOf } from '../../shared/secrets/secrets';
import { authenticateFor } from '../../shared/sending/account';
import { testCredential, type CredentialTest } from '../../shared/sending/credentialTest';
import { send, type KeyCredential, type Sender } from '../../shared/sending/send';
import { testTimeoutMs } from '../../shared/sending/timeouts';
import { authenticateWithToken, heldFields, holding } from '../../shared/sending/tokenCredential';
import { fetchToken } from '../../shared/sending/tokenGrant';
import { Token } from '../../shared/sending/tokenSource';
import { keyAccount } from './keyAccount';
import { readTestAddress } from './testPath';
import { clientCredentialName, tokenCredential } from './tokenCredential';

/**
 * The Test buttons. n8n shows "Connection tested successfully" for whatever is good, so that the
 * credentials' fields say what an empty Test Path leaves untried.
 */
export const eraseByHttpApiTest = withOrWithoutPath(
	{ ...testOfKey(), complaintOf: complaintAbout('the key', 'Check the key, and Base URL') },
	{
		...testOfKey(),
		complaintOf: () => undefined,
		accepted:
			'The fields of these credentials can be used. Not tried: the key itself, because Test Path is empty',
	},
);

export const eraseByHttpOAuth2ApiTest = withOrWithoutPath(
	{
		...testOfToken(),
		complaintOf: complaintAbout('the token', 'Check Base URL, and what the client may do there'),
	},
	{
		...testOfToken(),
		complaintOf: () => undefined,
		accepted:
			'The vendor gave a token for these credentials. Not tried: Base URL, because Test Path is empty',
	},
);

function withOrWithoutPath(
	tried: CredentialTest,
	checked: CredentialTest,
): ICredentialTestFunction {
	const [whole, short] = [testCredential(tried), testCredential(checked)];
	return async function (credential) {
		return await (hasTestPath(credential.data ?? {}) ? whole : short).call(this, credential);
	};
}

function hasTestPath({ testPath }: ICredentialDataDecryptedObject): boolean {
	return typeof testPath === 'string' && testPath.trim() !== '';
}

type Asked = Omit<CredentialTest, 'complaintOf' | 'accepted'>;

function testOfKey(): Asked {
	const account = keyAccount('The vendor');
	const { vendorName, credentialName, addressField } = account;
	return {
		vendorName,
		credentialName,
		addressField,
		authenticate: authenticateFor(account),
		ask: async (sender, key) => {
			const { address } = account.read(key.data);
			return await askAt(readTestAddress(key.data.testPath, address), sender, key);
		},
	};
}

function testOfToken(): Asked {
	const authenticate = authenticateWithToken(tokenCredential);
	return {
		vendorName: tokenCredential.vendorName,
		credentialName: clientCredentialName,
		addressField: 'Base URL and Token URL',
		// A request for a token holds all that it needs.
		authenticate: async (data, request) =>
			heldFields.token in data ? await authenticate(data, request) : request,
		ask: async (sender, { name, data }) => {
			const own = tokenCredential.read(data);
			const url = readTestAddress(data.testPath, own.address);
			secretsOf(sender).hold(...own.secrets);
			const token = await fetchToken(sender, own.grant, testTimeoutMs);
			if (!(token instanceof Token)) return token;
			return await askAt(url, sender, { name, data: holding(data, own, token) });
		},
	};
}

async function askAt(url: string | undefined, sender: Sender, key: KeyCredential): Promise<Reply> {
	if (url === undefined) return nothingAsked;
	const headers = { Accept: 'application/json' };
	return await send(sender, key, { method: 'GET', url, headers }, testTimeoutMs);
}

const nothingAsked = { kind: 'answered', status: 200, headers: {}, body: '' } as const;

/**
 * What the answer at Test Path says.
 *
 * @param what was sent: "the key"
 * @param wayOut what to check where it was turned down
 */
function complaintAbout(what: string, wayOut: string): CredentialTest['complaintOf'] {
	return (answer) => {
		const { status } = answer;
		if (isJson(answer)) return undefined;
		if (status === 401) return `The vendor did not accept ${what} (HTTP 401). ${wayOut}`;
		if (status === 403) {
			return `The vendor does not permit this at Test Path (HTTP 403): ${what} may be wrong, or good for other things. ${wayOut}`;
		}
		return `The answer at Test Path (HTTP ${status}) does not say whether ${what} is good: JSON with a status of 200 would. Check Test Path and Base URL, or try again later`;
	};
}

function isJson({ status, body }: Answer): boolean {
	const parsed = status >= 200 && status < 300 ? parseJson(body) : undefined;
	return typeof parsed === 'object' && parsed !== null;
}
