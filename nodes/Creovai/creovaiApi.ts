import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { notDocumented, type Reading } from '../../erasure/exchange';
import { quoteVendor } from '../../erasure/mask';
import { notErased, type Verdict } from '../../erasure/outcome';
import { asRecord, parseJson, type Answer, type Reply } from '../../erasure/reply';
import type { Target } from '../../erasure/target';
import { checkAddress } from '../shared/address';
import { send } from '../shared/send';

/**
 * The Creovai (formerly Tethr) call purge API. The only file that knows its paths and bodies.
 * Facts are from https://support.creovai.com/article/322481/call-purge-apis.
 */
export const vendorName = 'Creovai';

const credential = { name: 'creovaiOAuth2Api', renewable: true } as const;

/** "Either of these APIs can handle up to 100 IDs per request." */
export const idsPerRequest = 100;

/** Reads and checks the credentials. Throws UserError; sends nothing. */
export async function openCreovai(
	context: IExecuteFunctions,
	timeout: number,
): Promise<CreovaiApi> {
	const { baseUrl, tokenBaseUrl } = await context.getCredentials(credential.name);
	checkAddress(tokenBaseUrl, 'Token Base URL');
	return new CreovaiApi(context, checkAddress(baseUrl, 'API Base URL'), timeout);
}

export class CreovaiApi {
	constructor(
		private readonly context: IExecuteFunctions,
		readonly address: string,
		private readonly timeout: number,
	) {}

	async purgeByCallId(callIds: readonly string[]): Promise<Reply> {
		return await this.post('/purge/v1/calls', { ids: [...callIds] });
	}

	private async post(path: string, body: IDataObject): Promise<Reply> {
		const headers = { 'Content-Type': 'application/json; charset=utf-8' };
		const url = `${this.address}${path}`;
		return await send(
			this.context,
			credential,
			{ method: 'POST', url, headers, body },
			this.timeout,
		);
	}
}

/** One entry of a purge reply. */
interface PurgeItem {
	readonly callId?: unknown;
	readonly sessionId?: unknown;
	readonly status?: unknown;
	readonly errorMsg?: unknown;
}

/**
 * Reads `{"items":[{callId, sessionId, status, errorMsg}]}`. Entries find their targets by
 * identifier, never by position; entries for records that were not asked for are left aside.
 *
 * @param identifier which of the two IDs the targets were named by
 */
export function readPurge(
	answer: Answer,
	targets: readonly Target[],
	identifier: 'callId' | 'sessionId',
): Reading {
	const items = answer.status === 200 ? asRecord(parseJson(answer.body))?.items : undefined;
	if (!Array.isArray(items)) return notDocumented;

	const findTarget = targetFinder(targets, identifier);
	const verdicts = new Map<Target, Verdict>();
	for (const item of items as unknown[]) {
		const entry: PurgeItem | undefined = asRecord(item);
		const target = entry && findTarget(entry[identifier]);
		if (entry === undefined || target === undefined) continue;
		const verdict = readItem(entry, target);
		const earlier = verdicts.get(target);
		const agrees = earlier === undefined || earlier.outcome === verdict.outcome;
		verdicts.set(target, agrees ? verdict : contradiction(earlier, entry));
	}
	return { kind: 'understood', verdicts };
}

/**
 * An ID is echoed as it was sent, or in other letter case (the vendor's own sample asks for
 * "BadCallId" and answers "BadCallID"); the latter counts only if it leaves one candidate.
 */
function targetFinder(
	targets: readonly Target[],
	identifier: string,
): (echoed: unknown) => Target | undefined {
	const exact = new Map<string, Target>();
	const folded = new Map<string, Target | undefined>();
	for (const target of targets) {
		const id = target.identifiers[identifier] ?? '';
		exact.set(id, target);
		const key = id.toLowerCase();
		folded.set(key, folded.has(key) ? undefined : target);
	}
	return (echoed) =>
		typeof echoed === 'string'
			? (exact.get(echoed) ?? folded.get(echoed.toLowerCase()))
			: undefined;
}

function readItem(item: PurgeItem, target: Target): Verdict {
	const said = typeof item.errorMsg === 'string' ? item.errorMsg : '';
	const words = quoteVendor(said, Object.values(target.identifiers));
	switch (item.status) {
		case 'Purging':
			return { outcome: 'accepted', evidence: 'accepted', vendorResponse: item };
		case 'NotFound':
			return { outcome: 'notFound', evidence: 'confirmed', vendorResponse: item };
		case 'Error':
			return notErased(
				'failed',
				'vendorError',
				words === '' ? 'Creovai reported an error without details' : `Creovai reported: ${words}`,
				item,
			);
		default:
			return notErased(
				'unknown',
				'notUnderstood',
				'Creovai answered with a status that it does not document',
				item,
			);
	}
}

function contradiction(earlier: Verdict, item: PurgeItem): Verdict {
	return notErased(
		'unknown',
		'notUnderstood',
		'Creovai gave two different answers about this record',
		[earlier.vendorResponse, item],
	);
}
