import { outcomes } from '../../../erasure/outcome';
import { describeEffort } from './effort';
import type { FinishedRun } from './finishedRun';
import { namesShown, type Group, type Tally } from './tally';
import { counts, words } from './words';

/**
 * Where the receipts are that a stopped workflow shows nowhere, and how to see them next time. n8n
 * hands the whole error to an error workflow, and stores it with the execution.
 */
const whereReceiptsAre =
	"All receipts are stored with the execution, and an error workflow gets them as execution.error.context.receipts. To see them as items, set On Error to Continue (using error output) in the node's settings.";

/** The one message under On Error = Stop, and below it what came of every record, by outcome. */
export function describeNotErased(
	finished: FinishedRun,
	tally: Tally,
): { message: string; description: string } {
	const { effort } = finished;
	const repeated = tally.duplicates === 0 ? '' : ` (${duplicatesAmongThem(tally)})`;
	const took = effort === undefined ? '' : ` Took ${describeEffort(effort)}.`;
	// What to do comes before a list that may be long. The editor shows a line break as a blank.
	const lines = [
		`All in all: ${counts(tally)}${repeated}.${took}`,
		whereReceiptsAre,
		...namedByOutcome(tally.groups),
	];
	return { message: headline(finished, tally), description: lines.join('\n') };
}

/**
 * Says of nothing that it was not erased if that is not certain: what is unknown may be gone.
 * "2 of 6 calls were not erased, and 3 are uncertain".
 */
function headline({ deletion, settings }: FinishedRun, tally: Tally): string {
	const noun = tally.total === 1 ? deletion.noun.one : deletion.noun.many;
	const done =
		settings?.preview === true ? 'previewed' : (deletion.defaults.verb?.done ?? 'erased');
	const unknown = tally.notErasedByOutcome.get('unknown') ?? 0;
	const certain = tally.notErased - unknown;
	const of = (number: number) => `${number} of ${tally.total} ${noun}`;
	const was = (number: number) => (number === 1 ? 'was' : 'were');
	if (certain === 0) return `Nobody can say whether ${of(unknown)} ${was(unknown)} ${done}`;
	// A record that is not there has been erased perhaps, only not now.
	const onlyMissing = tally.notErasedByOutcome.get('notFound') === certain;
	const verdict = `${of(certain)} ${was(certain)} ${onlyMissing ? 'not found' : `not ${done}`}`;
	return unknown === 0
		? verdict
		: `${verdict}, and ${unknown} ${unknown === 1 ? 'is' : 'are'} uncertain`;
}

function duplicatesAmongThem({ duplicates }: Tally): string {
	return `${duplicates} ${duplicates === 1 ? 'duplicate' : 'duplicates'} among them`;
}

/** A line for each outcome and reason, what was not erased first: "Refused (protected): call_2, call_3". */
function namedByOutcome(groups: readonly Group[]): string[] {
	return [false, true].flatMap((success) =>
		outcomes.flatMap((outcome) =>
			allotNames(groups.filter((group) => group.outcome === outcome && group.success === success))
				.sort((one, other) => other.count - one.count)
				.map(describeGroup),
		),
	);
}

/**
 * The names that an outcome has room for. The rarest reasons get theirs first, so that a reason that
 * holds for thousands hides none that holds for one.
 */
function allotNames(groups: readonly Group[]): Group[] {
	let room = namesShown;
	return [...groups]
		.sort((one, other) => one.count - other.count)
		.map((group) => {
			const names = group.names.slice(0, room);
			room -= names.length;
			return { ...group, names };
		});
}

/** "Refused (it is protected): call_2, call_3, call_4 and 5 more." */
function describeGroup({ outcome, why, count, names }: Group): string {
	const more = count - names.length;
	const named = [names.join(', '), ...(more > 0 ? [`${more} more`] : [])].filter(Boolean);
	const head = `${capitalised(words[outcome])}${why === undefined ? '' : ` (${why})`}`;
	return `${head}: ${named.join(' and ')}.`;
}

function capitalised(text: string): string {
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
