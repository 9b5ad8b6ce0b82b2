import type { NodeHint } from 'n8n-workflow';

import { toDelete, type Verb } from '../parameters/deletionFields';
import { deletionModeField } from '../parameters/deletionMode';
import { onErrorHides } from '../receipts/onError';
import { isDeletion, toolField, type Resources } from './operations';

/** What the editor shows in the output pane of a deletion that has not run yet. */
export function describeHints(resources: Resources): NodeHint[] {
	const byTitle = new Map<string, { verb: Verb; operations: string[] }>();
	for (const [resource, { operations }] of Object.entries(resources)) {
		for (const [name, operation] of Object.entries(operations)) {
			if (!isDeletion(operation)) continue;
			const { verb = toDelete } = operation;
			const group = byTitle.get(verb.title) ?? { verb, operations: [] };
			group.operations.push(`${resource}.${name}`);
			byTitle.set(verb.title, group);
		}
	}
	return [...byTitle.values()].flatMap(({ verb, operations }) => hintsOf(verb, operations));
}

function hintsOf({ base, title, done }: Verb, operations: readonly string[]): NodeHint[] {
	const isOne = `${JSON.stringify(operations)}.includes($parameter["resource"] + "." + $parameter["operation"])`;
	const isMode = (mode: string) => `($parameter["${deletionModeField}"] || "auto") === "${mode}"`;
	const isTool = `!!$parameter["${toolField}"]`;
	const hint = (message: string, ...conditions: string[]): NodeHint => ({
		message,
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'beforeExecution',
		displayCondition: `={{ ${[isOne, ...conditions].join(' && ')} }}`,
	});
	return [
		hint(
			`A test run previews: nothing is ${done}. Once the workflow is published, each run ${base}s, for good.`,
			isMode('auto'),
			`!${isTool}`,
		),
		hint(
			`As an AI agent's tool this previews: nothing is ${done}. To ${base}, set Deletion Mode to Always ${title}.`,
			isMode('auto'),
			isTool,
		),
		hint(
			`Previews in test runs and once the workflow is published: nothing is ${done}. To ${base}, choose another Deletion Mode.`,
			isMode('preview'),
		),
		{
			...hint(
				`Each run ${base}s, for good, test runs too. To see first what would be ${done}, choose another Deletion Mode.`,
				isMode('delete'),
			),
			type: 'warning',
		},
		// n8n lets no condition see On Error, and its agents get no error output.
		hint(onErrorHides, `!${isTool}`),
	];
}
