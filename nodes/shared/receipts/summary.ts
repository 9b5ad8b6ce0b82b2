import type { NodeExecutionHint } from 'n8n-workflow';

import { outcomes, type Outcome } from '../../../erasure/outcome';
import { toDelete } from '../parameters/deletionFields';
import { describeEffort } from './effort';
import type { FinishedRun } from './finishedRun';
import type { Tally } from './tally';
import { counts, words } from './words';

const forecastWords: Readonly<Record<Outcome, string>> = {
	...words,
	deleted: 'would be deleted',
	accepted: 'would be accepted for deletion',
	deprecated: 'would be deprecated',
	refused: 'would be refused',
};

/** "2 would be deleted, 1 not found, 1 duplicate" */
function forecasts({ byForecast, byOutcome, unseen, duplicates }: Tally): string {
	const foreseen = outcomes
		.filter((outcome) => byForecast.has(outcome))
		.map((outcome) => `${byForecast.get(outcome)} ${forecastWords[outcome]}`);
	const sentUnseen = unseen === 0 ? [] : [`${unseen} would be sent without a look-up`];
	const unforeseen = [...byOutcome].filter(([outcome]) => outcome !== 'preview');
	const repeated = duplicates === 0 ? [] : [`${duplicates} duplicate${duplicates > 1 ? 's' : ''}`];
	return [
		...foreseen,
		...sentUnseen,
		...unforeseen.map(([outcome, number]) => `${number} ${words[outcome]}`),
		...repeated,
	].join(', ');
}

/** Whether a preview looked for every record and found none: to delete then would do nothing. */
function foundNothing({ byForecast, byOutcome, unseen }: Tally): boolean {
	const only = (counted: ReadonlyMap<Outcome, number>, outcome: Outcome) =>
		counted.size === 1 && counted.has(outcome);
	return unseen === 0 && only(byForecast, 'notFound') && only(byOutcome, 'preview');
}

const checkWhatWasGiven =
	'Check the IDs or numbers that were given, and which account the credentials are for';

/** What the editor shows above the output. */
export function hintFor(finished: FinishedRun, tally: Tally): NodeExecutionHint {
	const location = 'outputPane';
	const { deletion, settings, effort } = finished;
	const took = effort === undefined ? '' : ` Took ${describeEffort(effort)}.`;
	const noun = tally.total === 1 ? deletion.noun.one : deletion.noun.many;
	const { base, title, done } = deletion.defaults.verb ?? toDelete;
	if (settings?.preview === true) {
		if (foundNothing(tally)) {
			return {
				location,
				type: 'warning',
				message: `Preview: nothing was ${done}. ${tally.total} ${noun}: ${forecasts(tally)}. ${checkWhatWasGiven}.${took}`,
			};
		}
		const inProduction = settings.asTool ? '' : 'run the workflow in production or ';
		return {
			location,
			type: 'info',
			message: `Preview: nothing was ${done}. ${tally.total} ${noun}: ${forecasts(tally)}. To ${base}, ${inProduction}set Deletion Mode to Always ${title}.${took}`,
		};
	}
	if (tally.total > 0 && tally.byOutcome.get('notFound') === tally.total) {
		return {
			location,
			type: 'warning',
			message: `Nothing was found. ${tally.total} ${noun}: ${counts(tally)}. ${checkWhatWasGiven}.${took}`,
		};
	}
	return {
		location,
		type: tally.notErased > 0 ? 'warning' : 'info',
		message: `${tally.total} ${noun}: ${counts(tally) || 'nothing to do'}.${took}`,
	};
}
