import { describe, expect } from '@jest/globals';

import { addNode, type Walk } from './editor';

/** What somebody sees who leaves On Error as n8n presets it. */
export function stopping(walk: Walk): void {
	describe('With On Error = Stop Workflow, as n8n presets it', () => {
		walk('a run with one record that stays names every record by outcome', async (editor) => {
			const { stage, panel, screenshots } = editor;
			stage.sandbox.faults.add({
				fault: { kind: 'status', status: 403 },
				when: ({ url }) => url.endsWith('/call_2'),
			});
			await addNode(editor, { node: 'Flyflow', action: 'Delete a call' });
			await panel.choose('deletionMode', 'Always Delete');
			await panel.fill('callId', 'call_1, call_2, call_3, call_none');
			expect(await panel.hints()).toEqual([
				expect.stringMatching(/^Each run deletes, for good, test runs too\./),
				expect.stringMatching(/^With On Error set to Stop Workflow, as n8n presets it, one record/),
			]);

			expect(await panel.executeInVain()).toBe('1 of 4 calls was not erased');
			await screenshots.take('stopped by one bad record');
			const details = await panel.errorDetails();
			expect(details).toMatch(/^All in all: 2 deleted, 1 not found, 1 refused\./);
			expect(details).toMatch(/set On Error to Continue \(using error output\)/);
			expect(details).toMatch(/Refused \([^)]+\): call_2\. /);
			expect(details).toMatch(/Deleted: call_1, call_3\. Not found: call_none\.$/);
			const gone = stage.sandbox.requests.filter(({ method }) => method === 'DELETE');
			expect(gone.map(({ url, status }) => [url, status])).toEqual([
				['/v1/call/call_1', 200],
				['/v1/call/call_2', 403],
				['/v1/call/call_3', 200],
				['/v1/call/call_none', 404],
			]);
			await panel.close();
		});
	});
}
