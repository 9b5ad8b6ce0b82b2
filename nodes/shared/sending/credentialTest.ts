import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunction,
	ICredentialTestFunctions,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import type { Answer, NoAnswer, Reply } from '../../../erasure/reply';
import { secretsOf } from '../secrets/secrets';
import type { KeyCredential, Sender } from './send';

/** What a Test button does at one vendor. */
export interface CredentialTest {
	readonly vendorName: string;
	readonly credentialName: string;
	/** The credential's field that says where its requests go, as the editor shows it. */
	readonly addressField: string;
	/**
	 * What authenticates the credential's requests everywhere else, so that the key goes where the
	 * credential says and nowhere else. Throws UserError.
	 */
	authenticate(
		data: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions>;
	/** Asks for something that changes nothing. Throws UserError for a field that cannot be used. */
	ask(sender: Sender, key: KeyCredential): Promise<Reply>;
	/** What is wrong, in a sentence for the user; undefined if the credentials are good. */
	complaintOf(answer: Answer): string | undefined;
	/** What is said if the credentials are good, where that is less than that they are. */
	readonly accepted?: string;
}

/**
 * Makes the test of a credential, as a function of its node. A credential's own `test` can hold only
 * statuses and fields of JSON against its rules, and where nothing answers n8n shows a bare code
 * for it, such as ECONNREFUSED.
 */
export function testCredential(test: CredentialTest): ICredentialTestFunction {
	return async function ({ data = {} }) {
		const { helpers } = this;
		const sender: Sender = {
			helpers: {
				httpRequestWithAuthentication: async (_, request, credential) => {
					// A token that was fetched on the way is in the credential that comes with the request.
					const own = credential?.credentialsDecrypted?.data ?? data;
					return await putOnWire(helpers, await test.authenticate(own, request));
				},
			},
		};
		const key: KeyCredential = { name: test.credentialName, data };
		const secrets = secretsOf(sender);
		try {
			secrets.holdCredential(data);
			const complaint = complaintAbout(await test.ask(sender, key), test);
			return complaint === undefined
				? { status: 'OK', message: test.accepted ?? `${test.vendorName} accepts these credentials` }
				: { status: 'Error', message: secrets.outOf(complaint) };
		} catch (error) {
			return { status: 'Error', message: secrets.outOf((error as Error).message) };
		}
	};
}

/**
 * n8n gives a credential's test no other helper than this old one; in its words, the same request.
 * The one vendor that wants a body here wants a form (Verba).
 */
async function putOnWire(
	{ request }: ICredentialTestFunctions['helpers'],
	{ url, method, qs, headers, body, timeout }: IHttpRequestOptions,
): Promise<IDataObject> {
	return (await request({
		uri: url,
		method,
		qs,
		headers,
		timeout,
		useStream: true,
		...(body === undefined ? {} : { form: body }),
		followRedirect: false,
		simple: false,
		resolveWithFullResponse: true,
	})) as IDataObject;
}

function complaintAbout(reply: Reply, test: CredentialTest): string | undefined {
	return reply.kind === 'answered'
		? test.complaintOf(reply)
		: describeNoAnswer(reply, test.vendorName, test.addressField);
}

/** Why there is no answer, in a sentence for whoever looks at the credential. */
export function describeNoAnswer(
	reply: NoAnswer,
	vendorName: string,
	addressField: string,
): string {
	const checkAddress = `Check ${addressField}, and whether n8n's machine can reach that address`;
	switch (reply.kind) {
		case 'badCredentials':
			return reply.cause;
		case 'notDelivered':
			return `${vendorName} was not reached: ${reply.cause}. ${reply.remedy ?? checkAddress}`;
		case 'lost':
			return `${vendorName} was not reached: ${reply.cause}. ${checkAddress}`;
		case 'tooLarge':
			return `${vendorName} answered ${reply.status} with more than ${reply.limit}, which is too much to read. ${checkAddress}`;
		case 'cancelled':
			return 'The test was cancelled';
	}
}
