import { notDocumented, type Exchange, type Reading } from './exchange';
import { notErased, type NotErased, type Verdict } from './outcome';
import type { Answer, Reply } from './reply';
import type { Target } from './target';

/**
 * What to do after one request: the table "What may be sent again" in docs/architecture.md.
 * `retryAfter` is the header as received, read later against the clock.
 */
export type Judgement =
	| { readonly kind: 'settled'; readonly verdictOf: (target: Target) => Verdict }
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
	| { readonly kind: 'stop'; readonly message: string }
	| { readonly kind: 'cancelled' };

export function judge(reply: Reply, exchange: Exchange, targets: readonly Target[]): Judgement {
	switch (reply.kind) {
		case 'answered':
			return judgeAnswer(reply, exchange, targets);
		case 'notDelivered':
			return again(
				notErased(
					'failed',
					'notDelivered',
					`${exchange.vendorName} was not reached: ${reply.cause}`,
				),
			);
		case 'lost':
			return uncertain(
				exchange,
				notErased(
					'unknown',
					'replyLost',
					`The request was sent, but no reply came from ${exchange.vendorName}: ${reply.cause}`,
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
	if (reading.kind === 'badCredentials') return { kind: 'stop', message: reading.message };
	if (reading.kind === 'understood') {
		const notMentioned = notErased(
			exchange.harmless ? 'failed' : 'unknown',
			'notMentioned',
			`${exchange.vendorName}'s reply does not mention this record`,
		);
		return {
			kind: 'settled',
			verdictOf: (target) => reading.verdicts.get(target) ?? notMentioned,
		};
	}
	return judgeStatus(answer, exchange);
}

/** A reader that throws has met an answer that nobody thought of. */
function readAnswer(answer: Answer, exchange: Exchange, targets: readonly Target[]): Reading {
	try {
		return exchange.read(answer, targets);
	} catch {
		return notDocumented;
	}
}

/** Statuses that no vendor's reader claimed. */
function judgeStatus(answer: Answer, exchange: Exchange): Judgement {
	const { status } = answer;
	const said = `${exchange.vendorName} answered ${status}`;

	if (status === 401) {
		return {
			kind: 'stop',
			message: `${said}: it did not accept the credentials. Check them in n8n under Credentials`,
		};
	}
	const asksToWait = status >= 400 && answer.headers['retry-after'] !== undefined;
	// A gateway's word says nothing about whether the vendor behind it carried the request out.
	// Nor does a 408, which is no refusal: whoever answers it has only stopped waiting.
	if (status === 408 || (status > 501 && status !== 503)) {
		const judgement = uncertain(exchange, notErased('unknown', 'vendorError', said));
		return judgement.kind === 'again' ? { ...judgement, pushedBack: asksToWait } : judgement;
	}
	if (status === 429 || status === 503 || asksToWait) {
		return {
			kind: 'again',
			pushedBack: true,
			inDoubt: false,
			otherwise: notErased('failed', 'pushedBack', `${said}: it asked for fewer requests`),
		};
	}
	if (status === 500) {
		// What stands for several records may have been carried out in part.
		return exchange.repeatable
			? again(notErased('failed', 'vendorError', said))
			: settled(notErased('unknown', 'vendorError', said));
	}
	if (status >= 400 && status !== 404 && status !== 410) return refused(said);

	return settled(
		notErased(
			exchange.harmless ? 'failed' : 'unknown',
			'notUnderstood',
			`${said}, but not as it documents. Check the address in the credentials`,
		),
	);
}

function refused(said: string): Judgement {
	return settled(notErased('refused', 'refusedByVendor', said));
}

function settled(verdict: Verdict): Judgement {
	return { kind: 'settled', verdictOf: () => verdict };
}

function again(otherwise: NotErased): Judgement {
	return { kind: 'again', pushedBack: false, inDoubt: false, otherwise };
}

/** Sent, perhaps carried out. Only a request for exact records may go out a second time. */
function uncertain(exchange: Exchange, otherwise: NotErased): Judgement {
	if (exchange.harmless) return again({ ...otherwise, outcome: 'failed' });
	if (!exchange.repeatable) return settled(otherwise);
	return { kind: 'again', pushedBack: false, inDoubt: true, otherwise };
}
