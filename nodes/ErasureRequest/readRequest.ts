import { readObject } from '../../erasure/receiptFields';
import type { Answered } from '../../erasure/requests/answer';
import type { RequestProtocol } from '../../erasure/requests/intake';
import { isRequestKey } from '../../erasure/requests/requestMarks';
import type { StatusCall } from '../../erasure/requests/takeRequest';
import { UnusableValue } from '../shared/parameters/unusableValue';
import { request as field } from './fields';

/** What the trigger gave, as far as an answer needs it. */
export type CallToAnswer =
	| (Answered & { readonly event: 'requested'; readonly webhookUrl: string })
	| Pick<StatusCall, 'event' | 'protocol' | 'requestKey'>;

/** @throws UnusableValue for anything else than what the trigger gives under this protocol */
export function readRequest(given: unknown, protocol: RequestProtocol): CallToAnswer {
	const fields = readObject(given);
	if (fields === undefined || !isRequestKey(fields.requestKey)) throw notFromTrigger;
	if (fields.protocol !== protocol) {
		throw new UnusableValue(
			field.displayName,
			'came by another protocol',
			'Choose in Protocol what the trigger has there',
		);
	}
	const { event, requestKey } = fields;
	if (event === 'statusAsked' || event === 'cancelAsked') return { event, protocol, requestKey };
	const { format, requestId, tenant, bodyHash, bodyHashBefore, webhookUrl } = fields;
	const isWhole =
		event === 'requested' &&
		(format === 'erasure' || format === 'ketch') &&
		[requestId, bodyHash, webhookUrl].every((text) => typeof text === 'string') &&
		[tenant, bodyHashBefore].every((text) => text === undefined || typeof text === 'string');
	if (!isWhole) throw notFromTrigger;
	return {
		event,
		protocol,
		format,
		requestKey,
		requestId: requestId as string,
		bodyHash: bodyHash as string,
		webhookUrl: webhookUrl as string,
		...(typeof tenant === 'string' ? { tenant } : {}),
		...(typeof bodyHashBefore === 'string' ? { bodyHashBefore } : {}),
	};
}

const notFromTrigger = new UnusableValue(
	field.displayName,
	'is not what the trigger gives',
	"Set it to an expression such as {{ $('Erasure Request Trigger').first().json }}",
);
