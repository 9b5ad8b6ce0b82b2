import { describe, expect } from '@jest/globals';

import { CredentialDialog } from '../editor/credentialDialog';
import { addNode, type Editor, type Walk } from './editor';

const action = 'Delete a record';

/** Somebody with the vendor's page beside the editor, who begins with an empty panel. */
export function describing(walk: Walk): void {
	describe('A vendor without a node of its own', () => {
		walk('is described from its page, previewed and asked to delete: Twilio', async (editor) => {
			const { stage, canvas, panel, screenshots } = editor;
			const { twilio } = stage.sandbox.recipes;
			twilio.fill(10);
			const [sid = ''] = twilio.records().map((recording) => recording.sid);
			const none = `RE${'9'.repeat(32)}`;

			await addNode(editor, { node: 'Erase by HTTP', action, words: 'twilio' });
			await screenshots.take('Erase by HTTP, empty');
			await giveTheKey(editor);
			await describeTwilio(editor);
			expect(await panel.labels()).toEqual(labels);
			await screenshots.take('Erase by HTTP, Twilio described');
			expect(await panel.notices()).toEqual(sections);
			await panel.toggle('notFoundByStatus');
			expect((await panel.notices())[2]).toMatch(
				/^A misspelt path .* every record would then count/,
			);
			await panel.toggle('notFoundByStatus');

			await panel.fill('recordId', `${sid}, ${none}`);
			const [preview] = await panel.execute();
			expect(preview).toContain('2 records: 1 would be deleted, 1 not found.');
			await screenshots.take('Erase by HTTP, Twilio, preview');
			expect(sent(editor)).toEqual([
				['GET', sid, 200],
				['GET', none, 404],
			]);

			stage.sandbox.forget();
			await panel.fill('recordId', sid);
			await panel.choose('deletionMode', 'Always Delete');
			expect((await panel.execute())[0]).toMatch(/^1 record: 1 deleted\./);
			const receipts = await panel.rows();
			expect(receipts).toMatchObject([{ deleted: 'true', outcome: 'deleted', vendor: 'Twilio' }]);
			await screenshots.take('Erase by HTTP, Twilio, deleted');
			expect(sent(editor)).toEqual([['DELETE', sid, 204]]);
			expect(twilio.records().map((recording) => recording.sid)).not.toContain(sid);

			await panel.close();
			expect(await canvas.read(action)).toMatchObject({ visible: 'Twilio: delete records' });
		});
	});
}

/** The order of the page: the request, its answers, and the page about getting one record. */
const labels = [
	...['Resource', 'Operation', 'Vendor Name', 'Record ID'],
	...['Method', 'Path', 'JSON Body', 'IDs per Request'],
	...['What Says Deleted', 'Rules for Answers'],
	...['What Says Not Found', 'Status', 'Condition', 'Field', 'Value'],
	...['404 Alone Means Not Found', 'The Answer Proves Nothing'],
	...['Look at Single Records', 'Path of the Look', 'Field with the ID'],
	...['What a Deleted Record Looks Like', 'Deletion Mode', 'Options'],
];

const sections = ['The request: ', 'The answers: ', 'The look: '].map(
	(words) => expect.stringMatching(`^${words}`) as unknown,
);

/** Basic authentication, with the account in the address. */
async function giveTheKey({ stage, panel }: Editor): Promise<void> {
	const { accountSid, authToken } = stage.sandbox.recipes.twilio;
	const baseUrl = `${stage.sandbox.address('twilio')}/2010-04-01/Accounts/${accountSid}`;
	const dialog = new CredentialDialog(stage.page);
	await panel.connect('Erase by HTTP');
	await dialog.choose({ sendKeyAs: 'Basic (User and Password)' });
	await dialog.fill({ baseUrl, user: accountSid, password: authToken });
	await dialog.saveIntoNode();
}

/** What docs/recipes/twilio.md says, in the order of the panel. What it leaves out is preset. */
async function describeTwilio({ panel }: Editor): Promise<void> {
	await panel.fill('vendorName', 'Twilio');
	await panel.fill('path', '/Recordings/{id}.json');
	await panel.addTo('notFoundRules');
	await panel.fill('field', 'code');
	await panel.fill('value', '20404');
	await panel.toggle('hasLook');
	await panel.fill('lookPath', '/Recordings/{id}.json');
	await panel.fill('lookIdField', 'sid');
}

/** What reached the vendor: method, recording and status. */
function sent({ stage }: Editor): unknown[] {
	return stage.sandbox.requests.map(({ method, url, status }) => [
		method,
		url.replace(/^.*\/|\.json$/g, ''),
		status,
	]);
}
