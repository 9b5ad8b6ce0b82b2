import { quoteVendor } from '../../erasure/mask';
import type { Answer } from '../../erasure/reply';
import type { VerbaReply } from './verbaReply';

/**
 * An answer that may be about the account and not about what was asked for. Verba's words for a
 * token that ran out are not published, and it says them inside an HTTP 200: words are never enough.
 */
export interface Suspicion {
	/** The vendor's words, without what was asked for. */
	readonly words: string;
	/** The same without whatever holds a digit: refusals of one kind have the same. */
	readonly kindOfWords: string;
	/** What they sound like. Other refusals may still be about the account, in words that are not known. */
	readonly soundsLike: 'credentials' | 'permission' | 'other';
	/** Nothing but the status speaks, so that there are no words of the vendor's about a record. */
	readonly status?: 401 | 403;
}

const credentialWords =
	/token|api.?key|session|authenti|unauthori[sz]ed|password|credential|log(?:ged)? ?[io]n|log(?:ged)?[ -]?out|sign(?:ed)? ?[io]n|ticket|cookie|expired|timed out/i;

const permissionWords =
	/permi[st]|privilege|authori[sz]|\brights?\b|\brole|denied|forbidden|not allowed|\buser\b|\baccount\b|licen[cs]e/i;

/** @returns undefined where the answer says nothing of the kind, such as a success or "not there" */
export function readSuspicion(
	{ status }: Answer,
	read: VerbaReply | undefined,
	asked: Readonly<Record<string, string>>,
): Suspicion | undefined {
	if (read?.kind === 'refusal') {
		const words = quoteVendor(withoutValues(read.words, Object.values(asked)));
		const kindOfWords = words.replace(/[\p{L}*-]{0,50}\d[\p{L}\d*-]*/gu, '#');
		return { words, kindOfWords, soundsLike: status === 401 ? 'credentials' : soundOf(words) };
	}
	if (read !== undefined) return undefined;
	const silent = { words: '', kindOfWords: '' };
	if (status === 401) return { ...silent, soundsLike: 'credentials', status };
	return status === 403 ? { ...silent, soundsLike: 'other', status } : undefined;
}

/** In any letter case: Verba writes IDs in its own. A single character is part of most words. */
function withoutValues(text: string, values: readonly string[]): string {
	return values
		.filter((value) => value.length > 1)
		.reduce((rest, value) => {
			const pattern = value.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
			return rest.replace(new RegExp(pattern, 'gi'), '***');
		}, text);
}

function soundOf(words: string): Suspicion['soundsLike'] {
	if (credentialWords.test(words)) return 'credentials';
	return permissionWords.test(words) ? 'permission' : 'other';
}
