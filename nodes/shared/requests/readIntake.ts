import { UserError, type ICredentialDataDecryptedObject } from 'n8n-workflow';

import {
	complaintAboutHeaderName,
	readHeaderValue,
	type HeaderValue,
} from '../../../erasure/requests/fixedHeader';
import {
	fixedHeaderIntake,
	standardWebhooksIntake,
	type Intake,
	type RequestProtocol,
} from '../../../erasure/requests/intake';
import {
	complaintAboutSender,
	isUsableSecret,
	type RequestSecrets,
	type UnusableSecret,
} from '../../../erasure/requests/requestSecret';
import { readWebhookSecret, type WebhookSecret } from '../../../erasure/requests/standardWebhooks';

/** An intake, with what only one protocol needs to send something back. */
export interface OpenIntake {
	readonly intake: Intake;
	/** Missing where nothing that goes back is signed. */
	readonly signingSecret?: WebhookSecret;
}

/**
 * Reads what a credential holds.
 *
 * @throws UserError for a field that cannot be used; no part of a secret is in its words
 */
export function readIntake(
	protocol: RequestProtocol,
	data: ICredentialDataDecryptedObject,
): OpenIntake {
	const { sender } = data;
	refuse(complaintAboutSender(sender), 'Sender');
	switch (protocol) {
		case 'standardWebhooks': {
			const secrets = readBoth<WebhookSecret>(readWebhookSecret, 'Secret', [
				data.secret,
				data.previousSecret,
			]);
			return {
				intake: standardWebhooksIntake(sender as string, secrets),
				signingSecret: secrets.current,
			};
		}
		case 'fixedHeader': {
			const { headerName } = data;
			refuse(complaintAboutHeaderName(headerName), 'Header Name');
			const values = readBoth<HeaderValue>(readHeaderValue, 'Header Value', [
				data.secret,
				data.previousSecret,
			]);
			return { intake: fixedHeaderIntake(sender as string, headerName as string, values) };
		}
	}
}

/** @param given the current secret and the previous one, which may be empty */
function readBoth<Secret extends object>(
	read: (text: unknown) => Secret | UnusableSecret,
	label: string,
	[text, previousText]: readonly [unknown, unknown],
): RequestSecrets<Secret> {
	const current = usable(read(text), label);
	const isSet = typeof previousText === 'string' && previousText.trim() !== '';
	return isSet
		? { current, previous: usable(read(previousText), `Previous ${label}`) }
		: { current };
}

function usable<Secret extends object>(secret: Secret | UnusableSecret, label: string): Secret {
	if (isUsableSecret<Secret>(secret)) return secret;
	throw unusable(secret, label);
}

function refuse(complaint: UnusableSecret | undefined, label: string): void {
	if (complaint !== undefined) throw unusable(complaint, label);
}

function unusable({ complaint, wayOut }: UnusableSecret, label: string): UserError {
	return new UserError(`${label} in the credentials ${complaint}. ${wayOut}`);
}
