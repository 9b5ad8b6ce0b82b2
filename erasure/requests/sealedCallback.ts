import { isJsonObject, readJson } from '../json';
import { addressAt, headersAt } from './members';
import { deepestBody, type Callback, type RequestFormat } from './requestContent';
import type { RequestKeys, RequestKeysInTurn } from './requestKeys';
import { seal, unseal } from './sealing';

/** What has to be known, weeks later, to tell a sender how far its request is. */
export interface ReturnAddress {
	readonly format: RequestFormat;
	/** The sender's own name for the request. */
	readonly requestId: string;
	readonly tenant?: string;
	readonly callbacks: readonly Callback[];
}

export function sealCallback(to: ReturnAddress, requestKey: string, keys: RequestKeys): string {
	return seal(JSON.stringify(to), requestKey, keys);
}

/** @returns undefined for what does not belong to this request, was changed, or is under another secret */
export function unsealCallback(
	sealed: string,
	requestKey: string,
	keys: RequestKeysInTurn,
): ReturnAddress | undefined {
	const text = unseal(sealed, requestKey, keys);
	const value = text === undefined ? undefined : readJson(text, deepestBody);
	if (!isJsonObject(value) || !Array.isArray(value.callbacks)) return undefined;
	const { format, requestId, tenant, callbacks } = value;
	if ((format !== 'erasure' && format !== 'ketch') || typeof requestId !== 'string') {
		return undefined;
	}
	return {
		format,
		requestId,
		...(typeof tenant === 'string' ? { tenant } : {}),
		callbacks: callbacks.map(readCallback),
	};
}

/** What was sealed here was checked before: anything else is a defect of ours. */
function readCallback(value: unknown): Callback {
	const { url, headers } = isJsonObject(value) ? value : {};
	const read = headersAt(headers, 'headers');
	return { url: addressAt(url, 'url'), ...(read === undefined ? {} : { headers: read }) };
}
