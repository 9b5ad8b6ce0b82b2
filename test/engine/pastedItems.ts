import type { IDataObject } from 'n8n-workflow';

import type { Names } from '../pasted/pasted';
import type { RunResult } from './engine';

const labels: Readonly<Record<string, string>> = {
	callId: 'Call ID',
	flowId: 'Flow ID',
	identifier: 'Identifier',
	noteId: 'Note ID',
	sessionId: 'Session ID',
};

/** The parameter that holds what is pasted. */
export function namesIn(parameters: IDataObject, value = '={{ $json.ids }}'): Names {
	const name = Object.keys(parameters).find((key) => parameters[key] === value) ?? '';
	return { name, displayName: labels[name] ?? '' };
}

/** What came out for each input item. */
export function byItem({ outputs }: RunResult, items: number): IDataObject[][] {
	const of = Array.from({ length: items }, (): IDataObject[] => []);
	for (const { json, pairedItem } of outputs[0] ?? []) {
		of[(pairedItem as { item: number }).item]?.push(json);
	}
	return of;
}

/** The sentence, whatever is wrong with the item: it names parameter, item and way out. */
export function sentence({ displayName }: Names, problem: RegExp, item: number): RegExp {
	const says = problem.source.replace(/(^|\|)\^/g, '$1');
	return new RegExp(`^${displayName} (?:${says})[^]* in item ${item}\\. .*Check the expression`);
}
