import { describe, expect } from '@jest/globals';

import { addNode, sandboxOf, type Walk } from './editor';

const chosen = [
	{
		mode: 'Always Delete',
		subtitle: 'Flyflow: delete calls',
		hint: /^Each run deletes, for good, test runs too\. To see first what would be deleted, choose/,
	},
	{
		mode: 'Always Preview',
		subtitle: 'Flyflow: preview calls',
		hint: /^Previews in test runs and once the workflow is published: nothing is deleted\. To delete,/,
	},
] as const;

/** Whether a run deletes or previews, as it can be seen without running it. */
export function sayingWhatARunDoes(walk: Walk): void {
	describe('Before the first run, canvas and node say whether it deletes', () => {
		walk(
			'in each Deletion Mode, and after a preview in which nothing was found',
			async (editor) => {
				const { stage, canvas, panel, screenshots } = editor;
				const name = 'Delete a call';
				await addNode(editor, { node: 'Flyflow', action: name });
				await panel.fill('callId', 'call_none');
				for (const { mode, subtitle, hint } of chosen) {
					await panel.choose('deletionMode', mode);
					await panel.close();
					const shown = await canvas.read(name);
					expect(shown).toMatchObject({ subtitle, visible: subtitle });
					await canvas.openNode(name);
					await panel.untilOpen();
					expect((await panel.hints())[0]).toMatch(hint);
					await screenshots.take(`before a run, ${mode}`);
				}
				expect(stage.sandbox.requests).toEqual([]);

				expect((await panel.execute())[0]).toMatch(
					/^Preview: nothing was deleted\. 1 call: 1 not found\. Check the IDs or numbers that were given, and which account the credentials are for\./,
				);
				await screenshots.take('a preview in which nothing was found');
				expect(sandboxOf(editor, 'flyflow').records()).toHaveLength(10);
				await panel.close();
			},
		);
	});
}
