import { type Exchange } from '../../erasure/exchange';
import { notErased, type Verdict } from '../../erasure/outcome';
import { notDocumented, told, type Reading } from '../../erasure/reading';
import { asRecord, parseJson, type Answer, type Reply } from '../../erasure/reply';
import type { Target } from '../../erasure/target';
import type { VirtualClock } from './virtualClock';

/** How long the vendor takes for a reply, in milliseconds, unless the script says otherwise. */
export const latencyMs = 10;

export type Step = Reply | { readonly afterMs: number; readonly reply: Reply };

/** The reply to each request: one after the other, or worked out from what was sent. */
export type Script = readonly Step[] | ((ids: readonly string[], request: number) => Step);

export interface SentRequest {
	readonly ids: readonly string[];
	/** Milliseconds since the test began. */
	readonly at: number;
}

export function call(id: string): Target {
	return { identifiers: { callId: id } };
}

export function calls(count: number): Target[] {
	return Array.from({ length: count }, (_, index) => call(`call_${index + 1}`));
}

export function callId(target: Target): string {
	return target.identifiers.callId ?? '';
}

export function answer(
	status: number,
	body: unknown = '',
	headers: Readonly<Record<string, string>> = {},
): Answer {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { kind: 'answered', status, headers, body: text };
}

/** The documented answer of this vendor that says the same word of each record. */
export function says(word: string): (ids: readonly string[]) => Answer {
	return (ids) => answer(200, Object.fromEntries(ids.map((id) => [id, word])));
}

export const lost: Reply = { kind: 'lost', cause: 'the connection was reset' };

export const notDelivered: Reply = { kind: 'notDelivered', cause: 'the connection was refused' };

const verdicts: Readonly<Record<string, Verdict>> = {
	deleted: { outcome: 'deleted', evidence: 'confirmed', vendorResponse: 'gone' },
	accepted: { outcome: 'accepted', evidence: 'accepted' },
	notFound: { outcome: 'notFound', evidence: 'confirmed' },
	protected: notErased('refused', 'refusedByVendor', 'Acme protects this record'),
	busy: notErased('failed', 'vendorError', 'Acme was busy with this record'),
	strange: notErased('unknown', 'notUnderstood', 'Acme used a word that it does not document'),
};

/**
 * A vendor that answers by a script. It writes down every request and throws on one that the
 * script does not expect; what it threw is kept, for a run that swallows it.
 */
export class ScriptedVendor implements Exchange {
	readonly vendorName = 'Acme';

	readonly targetsPerRequest: number = 1;

	readonly repeatable: boolean = true;

	readonly requests: SentRequest[] = [];

	readonly unexpected: string[] = [];

	inFlight = 0;

	mostInFlight = 0;

	constructor(
		private readonly clock: VirtualClock,
		private readonly script: Script,
		traits: Partial<Pick<Exchange, 'targetsPerRequest' | 'repeatable'>> = {},
	) {
		Object.assign(this, traits);
	}

	async send(targets: readonly Target[]): Promise<Reply> {
		const ids = targets.map(callId);
		const index = this.requests.length;
		this.requests.push({ ids, at: this.clock.elapsed });
		const step = typeof this.script === 'function' ? this.script(ids, index) : this.script[index];
		if (step === undefined) {
			this.unexpected.push(`request ${index + 1} for ${ids.join(', ')}`);
			throw new Error(`The script does not expect ${this.unexpected.at(-1)}`);
		}
		this.inFlight += 1;
		this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
		await this.clock.pass('afterMs' in step ? step.afterMs : latencyMs);
		this.inFlight -= 1;
		return 'afterMs' in step ? step.reply : step;
	}

	read({ status, body }: Answer, targets: readonly Target[]): Reading {
		if (body === 'bad key') return { kind: 'badCredentials', message: 'Acme knows no such key' };
		const words = asRecord(parseJson(body));
		if (status !== 200 || words === undefined) return notDocumented;
		const mentioned = targets.flatMap((target) => {
			const verdict = verdicts[String(words[callId(target)])];
			return verdict === undefined ? [] : [[target, verdict] as const];
		});
		return told(new Map(mentioned));
	}

	/** The IDs of each request, in order. */
	get sent(): ReadonlyArray<readonly string[]> {
		return this.requests.map(({ ids }) => ids);
	}
}
