import type { JsonObject } from '../json';
import type { Arrival } from './arrival';
import { hasFixedHeader, type HeaderValue } from './fixedHeader';
import { isKetch, readKetchBody } from './ketch';
import { readOwnBody } from './ownBody';
import { deriveKeys, type RequestKeysInTurn } from './requestKeys';
import { Refused, type RequestContent } from './requestContent';
import type { RequestSecrets } from './requestSecret';
import { verifyWebhook, type WebhookSecret } from './standardWebhooks';

export type RequestProtocol = 'standardWebhooks' | 'fixedHeader';

/** What a protocol shows of a call that is authentic: it may name the request itself. */
interface Authentic {
	readonly requestId?: string;
}

/** How calls of one sender are known and read. */
export interface Intake {
	readonly protocol: RequestProtocol;
	/** The sender's name here: part of every request's key. */
	readonly sender: string;
	readonly keys: RequestKeysInTurn;
	/** Undefined for what is not authentic. Nothing of a body is looked at before. */
	authenticate(arrival: Arrival): Authentic | undefined;
	/** @throws Refused */
	read(body: JsonObject): RequestContent;
}

/** Calls signed as Standard Webhooks wants it; the ID of a message names its request. */
export function standardWebhooksIntake(
	sender: string,
	secrets: RequestSecrets<WebhookSecret>,
): Intake {
	return {
		protocol: 'standardWebhooks',
		sender,
		keys: deriveKeys(each(secrets, ({ key }) => key)),
		authenticate: (arrival) => {
			const stamp = verifyWebhook(arrival, secrets);
			return stamp === undefined ? undefined : { requestId: stamp.id };
		},
		read: readOwnBody,
	};
}

/** Calls that carry a header of a fixed value: nothing of the body is signed, nor when it was sent. */
export function fixedHeaderIntake(
	sender: string,
	headerName: string,
	values: RequestSecrets<HeaderValue>,
): Intake {
	return {
		protocol: 'fixedHeader',
		sender,
		keys: deriveKeys(each(values, ({ value }) => Buffer.from(value))),
		authenticate: (arrival) => (hasFixedHeader(arrival, headerName, values) ? {} : undefined),
		read: (body) => (isKetch(body) ? readKetchBody(body) : readOwnBody(body)),
	};
}

function each<Secret, Other>(
	{ current, previous }: RequestSecrets<Secret>,
	change: (secret: Secret) => Other,
): RequestSecrets<Other> {
	return {
		current: change(current),
		...(previous === undefined ? {} : { previous: change(previous) }),
	};
}

/** One sentence for whatever is wrong: whoever guesses learns nothing from it. */
export const notAuthentic = new Refused(
	401,
	'This call does not show that it comes from the sender that is known here',
);

/** @throws Refused with 401 */
export function authenticate(arrival: Arrival, intake: Intake): Authentic {
	const authentic = intake.authenticate(arrival);
	if (authentic === undefined) throw notAuthentic;
	return authentic;
}
