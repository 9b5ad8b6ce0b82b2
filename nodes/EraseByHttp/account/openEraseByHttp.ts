import { UserError, type IExecuteFunctions } from 'n8n-workflow';

import { secretsOf } from '../../shared/secrets/secrets';
import { openWith, type Account, type OpenAccount } from '../../shared/sending/account';
import { tokensOf } from '../../shared/sending/accountTokens';
import { readKey, type KeyCredential } from '../../shared/sending/send';
import { heldFields, holding } from '../../shared/sending/tokenCredential';
import type { Token } from '../../shared/sending/tokenSource';
import { withoutCredential } from '../../shared/sending/withoutCredential';
import { checkFixedHeaders, type FixedHeaders } from './fixedHeaders';
import { keyAccount } from './keyAccount';
import { keyCredentialName } from './keyCredential';
import { tokenCredential, clientCredentialName, type HttpTokenAccount } from './tokenCredential';

/** What a run says of the vendor, apart from the credentials. */
export interface HttpAccountOptions {
	/** As the user gives it: in receipts and messages. */
	readonly vendorName: string;
	/** What every request carries apart from the key. */
	readonly headers: FixedHeaders;
	/** The paths that requests go to, as they are described. */
	readonly paths: readonly string[];
	/** Milliseconds until a reply that has not ended counts as lost. */
	readonly timeout: number;
}

/**
 * Reads and checks the credentials that the parameter Authentication names, for a whole run. Sends
 * nothing.
 *
 * @throws UserError naming the field or the header that cannot be used
 */
export async function openEraseByHttp(
	context: IExecuteFunctions,
	options: HttpAccountOptions,
): Promise<OpenAccount> {
	const name: unknown = context.getNodeParameter('authentication', 0, keyCredentialName);
	switch (name) {
		case keyCredentialName:
			return openKeyAccount(context, await readKey(context, name), options);
		case clientCredentialName:
			return openTokenAccount(context, await readKey(context, name), options);
		default:
			throw new UserError('Authentication is not known. Choose it again');
	}
}

function openKeyAccount(
	context: IExecuteFunctions,
	credential: KeyCredential,
	{ vendorName, headers, paths, timeout }: HttpAccountOptions,
): OpenAccount {
	const account = keyAccount(vendorName, headers);
	const { place } = account.read(credential.data);
	if (place.as === 'query') checkPaths(paths, place.name);
	holdKeys(context, headers);
	checkFixedHeaders(headers, place.as === 'header' ? place.name : undefined);
	return openWith(context, credential, account, timeout);
}

/** @throws UserError for a path that has a parameter in the place of the key */
function checkPaths(paths: readonly string[], keyName: string): void {
	const names = paths.flatMap((path) => [
		...new URL(path, 'https://vendor.example').searchParams.keys(),
	]);
	const taken = names.find((name) => name.toLowerCase() === keyName.toLowerCase());
	if (taken === undefined) return;
	throw new UserError(
		`Path holds the query parameter "${taken}", in which the credentials send the key. Remove it from the path`,
	);
}

const likeKey = /key|token|secret|password|auth|signature/i;

/** A vendor may want a second key in a header: it must come out no more than the first. */
function holdKeys(context: IExecuteFunctions, headers: FixedHeaders): void {
	const keys = Object.entries(headers).filter(([name]) => likeKey.test(name));
	secretsOf(context).hold(...keys.map(([, value]) => value));
}

function openTokenAccount(
	context: IExecuteFunctions,
	credential: KeyCredential,
	{ vendorName, headers, timeout }: HttpAccountOptions,
): OpenAccount {
	checkFixedHeaders(headers, undefined);
	holdKeys(context, headers);
	const own = tokenCredential.read(credential.data);
	secretsOf(context).hold(...own.secrets);
	const account = tokenAccount(vendorName, headers);
	const tokens = tokensOf(own.grant);
	const forTokens = withoutCredential(context);
	const openHolding = perToken((token) => {
		const data = holding(credential.data, own, token);
		return openWith(context, { ...credential, data }, account, timeout);
	});
	return {
		account,
		details: account.read(credential.data),
		send: async (request) =>
			await tokens.sendWith(
				forTokens,
				timeout,
				async (token) => await openHolding(token).send(request),
			),
	};
}

/** The account with a token in its credential, made once for each token and not for each request. */
function perToken(open: (token: Token) => OpenAccount): (token: Token) => OpenAccount {
	const opened = new WeakMap<Token, OpenAccount>();
	return (token) => {
		const known = opened.get(token) ?? open(token);
		opened.set(token, known);
		return known;
	};
}

/** An account at a vendor that the user describes, reached with a token that the credential holds. */
function tokenAccount(vendorName: string, headers: FixedHeaders): Account {
	return {
		vendor: vendorName,
		vendorName,
		credentialName: clientCredentialName,
		addressField: 'Base URL',
		headers,
		read: (credential) => {
			const { address, clientId }: HttpTokenAccount = tokenCredential.read(credential);
			const { [heldFields.token]: token } = credential;
			return { address, publicName: clientId, key: typeof token === 'string' ? token : '' };
		},
		addKey: (request, { key }) => ({
			...request,
			headers: { ...request.headers, Authorization: `Bearer ${key}` },
		}),
	};
}
