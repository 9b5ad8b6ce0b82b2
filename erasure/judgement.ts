import { namesMemberTwice } from './json';
import { notErased, type NotErased, type Uncertain } from './outcome';
import { notDocumented, type Reading } from './reading';
import { showReply, type Answer, type Reply } from './reply';

/** A kind of request, as far as it decides what a reply to it is worth. */
export interface RequestKind {
	/** As a person writes it. */
	readonly vendorName: string;
	/**
	 * What it does at the vendor: nothing, so that nothing is ever in doubt; the same however often it
	 * arrives; or something else each time, as with a phone number that may stand for other records a
	 * moment later.
	 */
	readonly effect: 'none' | 'repeatable' | 'unrepeatable';
}

/** What to do after one request: the table "What may be sent again" in docs/architecture.md. */
export type Judgement<Content> =
	/** Answered as documented. */
	| { readonly kind: 'understood'; readonly content: Content }
	/** There is no better answer to get. */
	| {
			readonly kind: 'settled';
			readonly why: NotErased;
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

type Judged = Exclude<Judgement<never>, { kind: 'understood' }>;

/** @param read the vendor's own reader of answers to this request */
export function judge<Content>(
	reply: Reply,
	request: RequestKind,
	read: (answer: Answer) => Reading<Content> | undefined,
): Judgement<Content> {
	switch (reply.kind) {
		case 'answered':
			return judgeAnswer(reply, request, readAnswer(reply, read));
		case 'tooLarge':
			return judgeTooLarge(reply, request);
		case 'notDelivered':
			return again(
				notErased(
					'failed',
					'notDelivered',
					`${request.vendorName} was not reached: ${reply.cause}. ${reply.remedy ?? 'Check the address in the credentials, and try again'}`,
				),
			);
		case 'lost':
			return uncertain(
				request,
				notErased(
					'unknown',
					'replyLost',
					`The request was sent, but no reply came from ${request.vendorName}: ${reply.cause}. ${findOut(request)}`,
				),
			);
		case 'badCredentials':
			return { kind: 'stop', message: reply.cause };
		case 'cancelled':
			return { kind: 'cancelled' };
	}
}

function judgeAnswer<Content>(
	answer: Answer,
	request: RequestKind,
	reading: Reading<Content>,
): Judgement<Content> {
	switch (reading.kind) {
		case 'understood':
			return reading;
		case 'refused':
			return settled(reading.why);
		case 'badCredentials':
			return withReply({ kind: 'stop', message: reading.message }, answer);
		case 'again': {
			if (isBreakdown(answer.status)) break;
			const { otherwise } = reading;
			const isUncertain = otherwise.outcome === 'unknown';
			return isUncertain ? withReply(uncertain(request, otherwise), answer) : again(otherwise);
		}
		case 'notDocumented':
	}
	return withReply(judgeStatus(answer, request), answer);
}

/** What is said of a target that the answer to a change does not mention. */
export function notMentioned(request: RequestKind): NotErased {
	return notErased(
		'unknown',
		'notMentioned',
		`${request.vendorName}'s reply does not mention this record. ${findOut(request)}`,
	);
}

/** What the vendor said beside its status, for a user who asks for it. */
function withReply(judgement: Judged, answer: Answer): Judged {
	const vendorResponse = showReply(answer);
	if (vendorResponse === undefined) return judgement;
	switch (judgement.kind) {
		case 'stop':
			return { ...judgement, vendorResponse };
		case 'again':
			return { ...judgement, otherwise: { ...judgement.otherwise, vendorResponse } };
		case 'settled':
			return { ...judgement, why: { ...judgement.why, vendorResponse } };
		case 'cancelled':
			return judgement;
	}
}

/**
 * A reader that throws has met an answer that no one thought of. Of one that names a member twice, as in
 * `{"deleted":false,"deleted":true}`, a reader sees only the last.
 */
function readAnswer<Content>(
	answer: Answer,
	read: (answer: Answer) => Reading<Content> | undefined,
): Reading<Content> {
	if (namesMemberTwice(answer.body)) return notDocumented;
	try {
		return read(answer) ?? notDocumented;
	} catch {
		return notDocumented;
	}
}

/** Nothing was kept of it, so that no reader can say what it means; its status may say enough. */
function judgeTooLarge(
	{ status, limit }: Extract<Reply, { kind: 'tooLarge' }>,
	request: RequestKind,
): Judged {
	if (status >= 400 && status !== 404 && status !== 410) {
		return judgeStatus({ kind: 'answered', status, headers: {}, body: '' }, request);
	}
	const next = isQuestion(request)
		? 'Ask for less, or check the address in the credentials'
		: `Check the address in the credentials, and look for the record at ${request.vendorName}`;
	return settled(
		notErased(
			isQuestion(request) ? 'failed' : 'unknown',
			'notUnderstood',
			`${request.vendorName} answered ${status} with more than ${limit}, which is too much to read. ${next}`,
		),
	);
}

/** Statuses that no vendor's reader claimed. */
function judgeStatus(answer: Answer, request: RequestKind): Judged {
	const { status } = answer;
	const said = `${request.vendorName} answered ${status}`;
	const untold = `${said}, which does not say whether it was done. ${findOut(request)}`;

	if (status === 401) {
		return {
			kind: 'stop',
			message: `${said}: it did not accept the credentials. Check them in n8n under Credentials`,
		};
	}
	const asksToWait = status >= 400 && answer.headers['retry-after'] !== undefined;
	if (isBreakdown(status))
		return uncertain(request, notErased('unknown', 'vendorError', untold), asksToWait);
	// What may stand for other records a moment later is sent again only where nothing was looked at.
	if (status === 429 || (asksToWait && request.effect !== 'unrepeatable')) {
		return {
			kind: 'again',
			pushedBack: true,
			inDoubt: false,
			otherwise: notErased('failed', 'pushedBack', `${said}: it asked for fewer requests`),
		};
	}
	// Sent to a server or at a moment at which it is not taken on: RFC 9110 and RFC 8470.
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
			isQuestion(request) ? 'failed' : 'unknown',
			'notUnderstood',
			`${said}, but not as it documents. Check the address in the credentials${isQuestion(request) ? '' : `, and look for the record at ${request.vendorName}`}`,
		),
	);
}

/**
 * No 5xx proves that nothing was done, whatever the words beside it: a vendor can break down after
 * it has, and a gateway knows nothing of the vendor behind it. Nor does a 408, which is not a refusal.
 */
function isBreakdown(status: number): boolean {
	return status >= 500 || status === 408;
}

function isQuestion({ effect }: RequestKind): boolean {
	return effect === 'none';
}

/** With these a vendor may refuse a whole request for one of its targets. */
const ofOneAmongOthers = new Set([400, 413, 422]);

function refused(why: string): Settled {
	return settled(notErased('refused', 'refusedByVendor', why));
}

/** How the user finds out what is not known yet: a repeat does no harm where it is exact. */
function findOut({ effect, vendorName }: RequestKind): string {
	if (effect === 'none') return 'Try again later';
	const look = `ook for the record at ${vendorName}`;
	return effect === 'repeatable' ? `Run it again, or l${look}` : `L${look}`;
}

type Settled = Extract<Judged, { kind: 'settled' }>;

function settled(why: NotErased): Settled {
	return { kind: 'settled', why };
}

function again(otherwise: NotErased): Extract<Judged, { kind: 'again' }> {
	return { kind: 'again', pushedBack: false, inDoubt: false, otherwise };
}

/** Sent, perhaps carried out. Only a request for exact records may go out a second time. */
function uncertain({ effect }: RequestKind, otherwise: Uncertain, pushedBack = false): Judged {
	switch (effect) {
		case 'none':
			return { ...again({ ...otherwise, outcome: 'failed' }), pushedBack };
		case 'unrepeatable':
			return settled(otherwise);
		case 'repeatable':
			return { ...again(otherwise), pushedBack, inDoubt: true };
	}
}
