import { UserError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { notErased, type NotErased } from '../../erasure/outcome';
import { told, type Reading } from '../../erasure/reading';
import type { Answer, Reply } from '../../erasure/reply';
import { signWebhook, type WebhookSecret } from '../../erasure/requests/standardWebhooks';
import type { StatusReport } from '../../erasure/requests/statusReport';
import { askOnce } from '../shared/operations/reading';
import { secretsOf } from '../shared/secrets/secrets';
import { cancelSignalOf } from '../shared/sending/cancelSignal';
import { send, type KeyCredential } from '../shared/sending/send';
import { defaultTimeoutMs } from '../shared/sending/timeouts';

/** How reports leave. */
export interface ReportSender {
	readonly context: IExecuteFunctions;
	/** Nothing of it is sent: n8n's helper wants to know for whom it sends. */
	readonly credential: KeyCredential;
	/** Missing where the protocol signs nothing that goes back. */
	readonly signingSecret?: WebhookSecret;
}

/**
 * Delivers one report: redirects are not followed, and what gets no good answer is sent again, with the
 * pauses of deletions.
 *
 * @param id the same in all attempts
 * @throws UserError with a sentence for the user if the callback has not taken it
 */
export async function deliverReport(
	{ callback, body }: StatusReport,
	id: string,
	{ context, credential, signingSecret }: ReportSender,
): Promise<void> {
	const { url, headers = {} } = callback;
	secretsOf(context).hold(...Object.values(headers));
	const stamp = (): IDataObject => {
		if (signingSecret === undefined) return {};
		const timestamp = String(Math.floor(Date.now() / 1000));
		return {
			'webhook-id': id,
			'webhook-timestamp': timestamp,
			'webhook-signature': signWebhook({ id, timestamp }, body, signingSecret),
		};
	};
	const post = async () =>
		await send(
			context,
			credential,
			{
				method: 'POST',
				url,
				headers: { ...headers, 'content-type': 'application/json', ...stamp() },
				body: Buffer.from(body),
			},
			defaultTimeoutMs,
		);
	const { host } = new URL(url);
	const asked = await askOnce(context, cancelSignalOf(context), {
		vendorName: host,
		send: async () => ofCallback(await post()),
		read: readAnswer(host),
	});
	if (asked.kind === 'nothing') throw new UserError(sentenceOf(host, asked.why));
}

const later = 'Report the status again later';

function ofCallback(reply: Reply): Reply {
	switch (reply.kind) {
		case 'notDelivered':
			// The address is the sender's, so there is nothing to correct in the credentials.
			return { remedy: later, ...reply };
		case 'tooLarge':
			// Its status says whether the report was taken; what else it says is not read.
			return { kind: 'answered', status: reply.status, headers: {}, body: '' };
		default:
			return reply;
	}
}

/** The words for vendors speak of records, and of options that this node does not have. */
function sentenceOf(host: string, { reason }: NotErased): string {
	switch (reason.code) {
		case 'pushedBack':
			return `${host} asked to be called later than a run waits. ${later}`;
		case 'cancelled':
			return `The execution was cancelled before ${host} took the report. ${later}`;
		default:
			return reason.message;
	}
}

/** What may pass is left to the rules for all answers, as breakdowns are. */
const mayPass = new Set([408, 421, 425, 429]);

function readAnswer(host: string): (answer: Answer) => Reading<true> | undefined {
	return ({ status }) => {
		if (status >= 200 && status < 300) return told(true);
		if (status >= 500 || mayPass.has(status)) return undefined;
		const why =
			status < 400
				? 'which leads elsewhere, and redirects are not followed. Ask the sender for the right address'
				: 'so it did not take the report. Ask the sender why, and report the status again';
		return {
			kind: 'refused',
			why: notErased('refused', 'refusedByVendor', `${host} answered ${status}, ${why}`),
		};
	};
}
