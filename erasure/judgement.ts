import { notDocumented, type Exchange, type Reading } from './exchange';
import { notErased, type NotErased, type Verdict } from './outcome';
import { showReply, type Answer, type Reply } from './reply';
import type { Target } from './target';

/**
 * What to do after one request: the table "What may be sent again" in docs/architecture.md.
 * `retryAfter` is the header as received, read later against the clock.
 */
export type Judgement =
	| {
			readonly kind: 'settled';
			readonly verdictOf: (target: Target) => Verdict;
			/** A refusal of the whole request that may be about one of its targets. */
			readonly mayBeAboutOne?: true;
	  }
	| {
			readonly kind: 'again';
			/** The vendor asks for less: pause, shrink, and do not count the attempt. */
			readonly pushedBack: boolean;
			/** The request may have been carried out although no good answer came. */
			readonly inDoubt: boolean;
			/** What the targets get if there is no further attempt. */
			readonly otherwise: NotErased;
	  }
	/** The credentials are not good: nothing more is sent in this run. */
	| { readonly kind: 'stop'; readonly message: string; readonly vendorResponse?: unknown }
	| { readonly kind: 'cancelled' };

export function judge(reply: Reply, exchange: Exchange, targets: readonly Target[]): Judgement {
	switch (reply.kind) {
		case 'answered':
			return judgeAnswer(reply, exchange, targets);
		case 'tooLarge':
			return judgeTooLarge(reply, exchange);
		case 'notDelivered':
			return again(
				notErased(
					'failed',
					'notDelivered',
					`${exchange.vendorName} was not reached: ${reply.cause}. ${reply.remedy ?? 'Check the address in the credentials, and try again'}`,
				),
			);
		case 'lost':
			return uncertain(
				exchange,
				notErased(
					'unknown',
					'replyLost',
					`The request was sent, but no reply came from ${exchange.vendorName}: ${reply.cause}. ${findOut(exchange)}`,
				),
			);
		case 'badCredentials':
			return { kind: 'stop', message: reply.cause };
		case 'cancelled':
			return { kind: 'cancelled' };
	}
}

function judgeAnswer(answer: Answer, exchange: Exchange, targets: readonly Target[]): Judgement {
	const reading = readAnswer(answer, exchange, targets);
	if (reading.kind === 'badCredentials') {
		return withReply({ kind: 'stop', message: reading.message }, answer);
	}
	if (reading.kind === 'again' && !isBreakdown(answer.status)) {
		const { otherwise } = reading;
		const isUncertain = otherwise.outcome === 'unknown';
		return isUncertain ? withReply(uncertain(exchange, otherwise), answer) : again(otherwise);
	}
	if (reading.kind === 'understood') {
		const notMentioned = notErased(
			exchange.harmless ? 'failed' : 'unknown',
			'notMentioned',
			`${exchange.vendorName}'s reply does not mention this record. ${findOut(exchange)}`,
		);
		return {
			kind: 'settled',
			verdictOf: (target) => reading.verdicts.get(target) ?? notMentioned,
		};
	}
	return withReply(judgeStatus(answer, exchange), answer);
}

/** What the vendor said beside its status, for a user who asks for it. */
function withReply(judgement: Judgement, answer: Answer): Judgement {
	const vendorResponse = showReply(answer);
	if (vendorResponse === undefined) return judgement;
	switch (judgement.kind) {
		case 'stop':
			return { ...judgement, vendorResponse };
		case 'again':
			return { ...judgement, otherwise: { ...judgement.otherwise, vendorResponse } };
		case 'settled':
			return {
				...judgement,
				verdictOf: (target) => ({ ...judgement.verdictOf(target), vendorResponse }),
			};
		case 'cancelled':
			return judgement;
	}
}

/** A reader that throws has met an answer that nobody thought of. */
function readAnswer(answer: Answer, exchange: Exchange, targets: readonly Target[]): Reading {
	try {
		return exchange.read(answer, targets);
	} catch {
		return notDocumented;
	}
}

/** Nothing was kept of it, so that no reader can say what it means; its status may say enough. */
function judgeTooLarge(
	{ status, limit }: Extract<Reply, { kind: 'tooLarge' }>,
	exchange: Exchange,
): Judgement {
	if (status >= 400 && status !== 404 && status !== 410) {
		return judgeStatus({ kind: 'answered', status, headers: {}, body: '' }, exchange);
	}
	const next = exchange.harmless
		? 'Ask for less, or check the address in the credentials'
		: `Check the address in the credentials, and look for the record at ${exchange.vendorName}`;
	return settled(
		notErased(
			exchange.harmless ? 'failed' : 'unknown',
			'notUnderstood',
			`${exchange.vendorName} answered ${status} with more than ${limit}, which is more than is read of a reply. ${next}`,
		),
	);
}

/** Statuses that no vendor's reader claimed. */
function judgeStatus(answer: Answer, exchange: Exchange): Judgement {
	const { status } = answer;
	const said = `${exchange.vendorName} answered ${status}`;
	const untold = `${said}, which does not tell whether it was done. ${findOut(exchange)}`;

	if (status === 401) {
		return {
			kind: 'stop',
			message: `${said}: it did not accept the credentials. Check them in n8n under Credentials`,
		};
	}
	const asksToWait = status >= 400 && answer.headers['retry-after'] !== undefined;
	if (isBreakdown(status))
		return uncertain(exchange, notErased('unknown', 'vendorError', untold), asksToWait);
	// What may stand for other records a moment later is sent again only where nothing was looked at.
	if (status === 429 || (asksToWait && (exchange.repeatable || exchange.harmless))) {
		return {
			kind: 'again',
			pushedBack: true,
			inDoubt: false,
			otherwise: notErased('failed', 'pushedBack', `${said}: it asked for fewer requests`),
		};
	}
	// Sent to a server or at a moment at which nobody takes it on: RFC 9110 and RFC 8470.
	if (status === 421 || status === 425) {
		return again(
			notErased('failed', 'vendorError', `${said}: it did not take this on. Try again later`),
		);
	}
	if (status === 403) {
		return refused(`${said}: it does not permit this. Check what these credentials may do there`);
	}
	if (status >= 400 && status !== 404 && status !== 410) {
		const refusal = refused(
			`${said}: it turned the request down. Check the parameters, and look there`,
		);
		return ofOneAmongOthers.has(status) ? { ...refusal, mayBeAboutOne: true } : refusal;
	}

	return settled(
		notErased(
			exchange.harmless ? 'failed' : 'unknown',
			'notUnderstood',
			`${said}, but not as it documents. Check the address in the credentials${exchange.harmless ? '' : `, and look for the record at ${exchange.vendorName}`}`,
		),
	);
}

/**
 * No 5xx proves that nothing was done, whatever the words beside it: a vendor can break down after
 * it has, and a gateway knows nothing of the vendor behind it. Nor does a 408, which is no refusal.
 */
function isBreakdown(status: number): boolean {
	return status >= 500 || status === 408;
}

/** With these a vendor may refuse a whole request for one of its targets. */
const ofOneAmongOthers = new Set([400, 413, 422]);

function refused(why: string): Settled {
	return settled(notErased('refused', 'refusedByVendor', why));
}

/** How the user gets to know what nobody can tell yet: a repeat is no harm where it is exact. */
function findOut({ harmless, repeatable, vendorName }: Exchange): string {
	if (harmless) return 'Try again later';
	const look = `ook for the record at ${vendorName}`;
	return repeatable ? `Run it again, or l${look}` : `L${look}`;
}

type Settled = Extract<Judgement, { kind: 'settled' }>;

function settled(verdict: Verdict): Settled {
	return { kind: 'settled', verdictOf: () => verdict };
}

function again(otherwise: NotErased): Extract<Judgement, { kind: 'again' }> {
	return { kind: 'again', pushedBack: false, inDoubt: false, otherwise };
}

/** Sent, perhaps carried out. Only a request for exact records may go out a second time. */
function uncertain(exchange: Exchange, otherwise: NotErased, pushedBack = false): Judgement {
	const { harmless, repeatable } = exchange;
	if (harmless) return { ...again({ ...otherwise, outcome: 'failed' }), pushedBack };
	if (!repeatable) return settled(otherwise);
	return { ...again(otherwise), pushedBack, inDoubt: true };
}
