import { describe, expect, test } from '@jest/globals';

import { everyOperation, hintsBeforeRun } from './editorExpressions';

const deletions = everyOperation.filter(({ operation }) =>
	/^(delete|deprecate|purge)/.test(operation),
);

const others = everyOperation.filter((operation) => !deletions.includes(operation));

const aboutOnError =
	/On Error set to Stop Workflow.*hides the receipts.*Continue \(using error output\)/;

async function shown(
	{ vendor, resource, operation }: (typeof everyOperation)[number],
	deletionMode?: string,
	asTool = false,
): Promise<string[]> {
	const mode = deletionMode === undefined ? {} : { deletionMode };
	const hints = await hintsBeforeRun({
		vendor,
		asTool,
		parameters: { resource, operation, ...mode },
	});
	for (const { location, whenToDisplay } of hints) {
		expect({ location, whenToDisplay }).toEqual({
			location: 'outputPane',
			whenToDisplay: 'beforeExecution',
		});
	}
	return hints.map(({ message, type }) => `${type}: ${message}`);
}

describe.each(deletions)(
	'Before its first run, $vendor, $resource, $operation says',
	(deletion) => {
		const [base, done] =
			deletion.operation === 'deprecate' ? ['deprecate', 'deprecated'] : ['delete', 'deleted'];

		test('what a test run does and what a published workflow does, and what On Error hides', async () => {
			const expected = [
				`info: A test run previews: nothing is ${done}. Once the workflow is published, each run ${base}s, for good.`,
				expect.stringMatching(aboutOnError),
			];
			expect(await shown(deletion)).toEqual(expected);
			expect(await shown(deletion, 'auto')).toEqual(expected);
		});

		test('that Always Preview does nothing else', async () => {
			expect(await shown(deletion, 'preview')).toEqual([
				expect.stringContaining(
					`info: Previews in test runs and once the workflow is published: nothing is ${done}`,
				),
				expect.stringMatching(aboutOnError),
			]);
		});

		test('that Always Delete knows no test runs', async () => {
			expect(await shown(deletion, 'delete')).toEqual([
				expect.stringContaining(`warning: Each run ${base}s, for good, test runs too`),
				expect.stringMatching(aboutOnError),
			]);
		});

		test('as a tool, that it previews; a tool has no error output', async () => {
			expect(await shown(deletion, undefined, true)).toEqual([
				expect.stringContaining(`info: As an AI agent's tool this previews: nothing is ${done}`),
			]);
			expect(await shown(deletion, 'delete', true)).toHaveLength(1);
		});
	},
);

test.each(others)('$vendor, $resource, $operation says nothing of it', async (operation) => {
	// As left over from a deletion that was chosen before.
	for (const mode of [undefined, 'auto', 'delete', 'preview']) {
		expect(await shown(operation, mode)).toEqual([]);
	}
});
