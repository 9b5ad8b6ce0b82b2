import { describe, expect } from '@jest/globals';

import { addNode, sandboxOf, type Walk } from './editor';

const deleteCalls = { node: 'Flyflow', action: 'Delete a call' } as const;

/** What somebody pastes into the field, and what becomes of it. */
export function pasting(walk: Walk): void {
	describe('What somebody pastes into an ID field', () => {
		walk(
			'is read as the list that it is, and turned down as a whole for one bad entry',
			async (editor) => {
				const { stage, panel, screenshots } = editor;
				await addNode(editor, deleteCalls);

				await panel.paste('callId', '“call_1”; call_2');
				expect((await panel.execute())[0]).toContain('2 calls: 2 would be deleted.');
				expect((await panel.rows()).map(({ target }) => target)).toEqual([
					'callId:call_1',
					'callId:call_2',
				]);

				stage.sandbox.forget();
				await panel.paste('callId', 'call_1, call_2, 1.12E+17, call_4');
				expect(await panel.executeInVain()).toBe(
					'Call ID holds a number in scientific notation, whose digits are lost at position 3 in item 0. Check the expression or the data that it reads; if IDs really look like that, add the option IDs as Written',
				);
				await screenshots.take('a pasted list with a bad entry');
				expect(await panel.errorDetails()).toContain('Nothing was sent.');
				expect(stage.sandbox.requests).toEqual([]);
				await panel.close();
			},
		);

		walk(
			'is a column of a spreadsheet, whose lines are kept where there is room for them',
			async (editor) => {
				const { stage, panel, screenshots } = editor;
				await addNode(editor, deleteCalls);
				const column = 'call_1\r\ncall_2\r\ncall_none\r\n';
				await panel.paste('callId', column);
				expect(await panel.executeInVain()).toContain(
					'This field makes blanks of pasted line breaks: to paste a column, set the field to Expression first;',
				);
				await screenshots.take('a column pasted into a field of one line');
				expect(stage.sandbox.requests).toEqual([]);

				await panel.pasteAsExpression('callId', 'Call ID', column);
				expect((await panel.execute())[0]).toContain('3 calls: 2 would be deleted, 1 not found.');
				expect(sandboxOf(editor, 'flyflow').records()).toHaveLength(10);
				await panel.close();
			},
		);
	});
}
