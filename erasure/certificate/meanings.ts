import type { Evidence, Outcome, ReasonCode } from '../outcome';
import type { Group, Meanings, State } from './payload';

/**
 * Each word of a certificate in a sentence, which goes into it: in years no one has our pages. They
 * are read by people who know neither this package nor n8n.
 */

const ofStates: Readonly<Record<State, string>> = {
	final: 'Nothing is left open: each record that is counted has an outcome that will not change.',
	open: 'Something is left open: at least one record that is counted is still there, or may be.',
};

const ofOutcomes: Readonly<Record<Outcome, string>> = {
	deleted:
		'The vendor confirmed that the record is deleted, or was asked again and no longer had it.',
	accepted: 'The vendor took the deletion on and carries it out later.',
	notFound: 'The vendor has no such record: it was already gone, or it was never there.',
	deprecated: 'Not deleted: the record was withdrawn from use instead, as had been chosen.',
	preview: 'Nothing was changed: this was only a preview of what would happen.',
	refused: 'Not deleted: the vendor said no.',
	failed: 'Not deleted: the request did not reach the vendor, or the vendor did not carry it out.',
	unknown: "The deletion was asked for, but the vendor's answer does not say whether it happened.",
	skipped: 'Not deleted: the deletion was not asked for.',
};

const ofEvidence: Readonly<Record<Evidence, string>> = {
	none: 'Nothing was confirmed.',
	accepted: 'The vendor said that it took the deletion on.',
	confirmed: 'The vendor said so.',
	rechecked: 'The vendor was asked again, and the answer showed it.',
};

const ofReasons: Readonly<Record<ReasonCode, string>> = {
	alreadyDeprecated: 'It had been withdrawn from use before.',
	badCredentials: 'The vendor did not accept the credentials.',
	badInput: 'What was given does not name a record.',
	cancelled: 'The run was cancelled.',
	goneAfterRepeat: 'An earlier request, to which no clear answer came, may have deleted it.',
	goneAtLook:
		'It was not there when the vendor was asked again, and nothing proved that it had been there before.',
	notDelivered: 'The vendor could not be reached.',
	notMentioned: 'The answer of the vendor does not mention it.',
	notRechecked:
		'The vendor could not be asked again afterwards, or not about this record, or its receipt had been altered.',
	notStarted: 'The run did not start.',
	notUnderstood: 'The answer of the vendor is not one that the vendor documents.',
	overLimit: 'There were more records than the run was allowed to delete.',
	planChanged: 'The records were not those that had been approved.',
	pushedBack: 'The vendor asked for fewer requests for longer than the run waited.',
	refusedByVendor: 'The vendor said no.',
	replyLost: 'The request was sent, and no answer came.',
	searchedAs:
		'No record was found under the number, in the notations in which it was searched for; one that is stored in another notation would not have been found',
	stillThere: 'The vendor still showed it when asked again.',
	vendorError: 'The vendor answered that something had gone wrong there.',
};

const ofUnnamed =
	'Known by nothing that names one record, such as a phone number under which nothing was found. Two of them may be of the same.';

/** The sentences for the words that stand in these groups, and for no others. */
export function meaningsOf(state: State, groups: readonly Group[], unnamed: number): Meanings {
	const standings = groups.flatMap((group) => [group, ...(group.was ? [group.was] : [])]);
	return {
		state: { [state]: ofStates[state] },
		outcomes: pick(
			ofOutcomes,
			standings.map(({ outcome }) => outcome),
		),
		evidence: pick(
			ofEvidence,
			standings.map(({ evidence }) => evidence),
		),
		reasons: pick(
			ofReasons,
			standings.flatMap(({ reason }) => reason ?? []),
		),
		...(unnamed === 0 ? {} : { unnamed: { unnamed: ofUnnamed } }),
	};
}

function pick<Word extends string>(
	sentences: Readonly<Record<Word, string>>,
	words: readonly Word[],
): Record<string, string> {
	return Object.fromEntries([...new Set(words)].sort().map((word) => [word, sentences[word]]));
}

/** What no certificate of this kind covers; the issuer may say more, or it better. */
export const usuallyNotCovered = [
	'Backups and exports that the vendor keeps',
	'Copies elsewhere, such as downloads, reports and e-mails',
] as const;
