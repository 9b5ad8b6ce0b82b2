import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { webhookKey } from '../../sandbox/accounts';
import { CredentialDialog } from './editor/credentialDialog';
import { Executions } from './editor/executions';
import { signIn } from './editor/signIn';
import { erasureByWebhook, webhookPath } from './erasureByWebhook';
import { deleteFromAList } from './listForm';
import { vendors, wordsForAll } from './vendors';
import { describing } from './walks/describing';
import { openEditor, sandboxOf, type Editor } from './walks/editor';
import { pasting } from './walks/pasting';
import { sayingWhatARunDoes } from './walks/modes';
import { stopping } from './walks/stopping';

/** Long enough for the first start of n8n and of the editor, in milliseconds. */
const startTimeout = 300_000;

/** For one walk through the editor on a slow machine, in milliseconds. */
const walkTimeout = 240_000;

let editor: Editor;

beforeAll(async () => {
	editor = await openEditor();
	const { page, n8n } = editor.stage;
	await signIn(page, n8n.api.address, n8n.owner);
}, startTimeout);
afterAll(async () => await editor?.stage.stop(), 60_000);
beforeEach(() => {
	editor.stage.sandbox.forget();
	for (const vendor of editor.stage.sandbox.vendors) vendor.fill(10);
});

/** A test that leaves a picture and the browser's words behind if it does not go well. */
function walk(name: string, steps: (editor: Editor) => Promise<void>): void {
	const keepOnFailure = async () => {
		try {
			await steps(editor);
		} catch (error) {
			const { stage, screenshots } = editor;
			await screenshots.keepFailure(name, stage.browserConsole);
			// Away from whatever is open, for the next walk.
			await stage.page.goto(stage.n8n.api.address);
			throw error;
		}
	};
	test(name, keepOnFailure, walkTimeout);
}

describe('The words that people type', () => {
	walk('find every node, if they fit every node', async ({ canvas, creator, screenshots }) => {
		await canvas.openNew();
		await creator.open();
		for (const words of wordsForAll) {
			for (const { node } of vendors) await creator.find(words, node);
		}
		await creator.find('gdpr', 'Flyflow');
		await screenshots.take('found by gdpr');
	});

	for (const { node, words } of vendors) {
		walk(`find ${node}`, async ({ creator }) => {
			for (const phrase of words) await creator.find(phrase, node);
		});
	}

	walk('for other nodes find those first', async ({ creator }) => {
		const own = vendors.map(({ node }) => node);
		for (const [words, other] of [
			['http', 'HTTP Request'],
			['schedule', 'Schedule Trigger'],
			['slack', 'Slack'],
			['form', 'n8n Form'],
			['data table', 'Data table'],
		] as const) {
			await creator.find(words, other);
			const [first] = await creator.names();
			expect(own).not.toContain(first);
		}
	});
});

describe.each(vendors)('$node', ({ node, sandbox: vendorName, credential, deletions }) => {
	for (const screens of deletions) {
		const { words, action, subtitle, labels, forecast, previews } = screens;
		walk(`${action} at ${node}, found by "${words}", previews in a test run`, async (editor) => {
			const { stage, canvas, creator, panel, screenshots } = editor;
			const vendor = sandboxOf(editor, vendorName);
			screens.prepare?.(stage.sandbox);
			const before = vendor.records();

			await canvas.openNew();
			await creator.open();
			await creator.find(words, node);
			await creator.openActions(node);
			if (screens === deletions[0]) await screenshots.take(`${node} actions`);
			await creator.add(action);
			await panel.untilOpen();
			expect(await panel.credential()).toMatch(/ \(sandbox\)$/);
			await screens.fill(panel);
			expect(await panel.labels()).toEqual(labels);
			if (screens.example !== undefined) {
				const { parameter, placeholder } = screens.example;
				expect(await panel.placeholder(parameter)).toBe(placeholder);
			}

			expect(await panel.hints()).toEqual([
				expect.stringMatching(/^A test run previews: nothing is (deleted|deprecated)\. Once/),
				expect.stringMatching(/^With On Error set to Stop Workflow/),
			]);

			const hints = await panel.execute();
			await screenshots.take(`${node}, ${action}, preview`);
			expect(hints).toEqual([
				expect.stringMatching(
					/^Preview: nothing was (deleted|deprecated)\. .* To (delete|deprecate), run/,
				),
				expect.stringMatching(/^With On Error set to Stop Workflow/),
			]);
			expect(hints[0]).toContain(forecast);
			const rows = await panel.rows();
			expect(Object.keys(rows[0] ?? {}).slice(0, 4)).toEqual([
				'deleted',
				'outcome',
				'target',
				'preview',
			]);
			expect(rows.map(({ deleted, outcome }) => [deleted, outcome])).toEqual(
				previews.map(() => ['false', 'preview']),
			);
			expect(rows.map(({ target }) => inOneLine(target))).toEqual(
				previews.map(({ target }) => target),
			);
			for (const [index, { preview = '' }] of previews.entries()) {
				expect(inOneLine(rows[index]?.preview)).toContain(preview);
			}
			expect(vendor.records()).toEqual(before);

			await panel.close();
			const shown = await canvas.read(action);
			expect(shown).toMatchObject({ name: action, subtitle });
			// The canvas cuts it: what is left says what it may do, and that there is another way.
			expect(shown.visible).toMatch(/: (?:delete|deprecate|purge)(?: \w+)? or/);
		});
	}

	walk(
		`${credential.type}: Test says what is wrong, and is green when nothing is`,
		async ({ stage, screenshots }) => {
			const dialog = new CredentialDialog(stage.page);
			await dialog.create(credential.type);
			await dialog.choose(credential.choices ?? {});
			const right = credential.right(stage.sandbox);
			await dialog.fill({ ...right, ...credential.wrong });
			expect(await dialog.labels()).toEqual(credential.labels);

			expect(await dialog.save()).toContain(credential.complaint);
			await screenshots.take(`${credential.type} wrong`);

			const wrong = Object.keys(credential.wrong).map((name) => [name, right[name] ?? ''] as const);
			await dialog.fill(Object.fromEntries(wrong));
			expect(await dialog.save()).toBe('Connection tested successfully');
			await screenshots.take(`${credential.type} right`);
			expect(await dialog.test()).toBe('Connection tested successfully');
			await dialog.close();
		},
	);
});

function inOneLine(text: string | undefined): string {
	return (text ?? '').replace(/\s+/g, ' ');
}

describing(walk);
pasting(walk);
sayingWhatARunDoes(walk);
stopping(walk);

describe('A workflow that a person publishes', () => {
	walk(
		'deletes when its webhook is called, and shows each receipt on its branch',
		async (editor) => {
			const { stage, canvas, panel, screenshots } = editor;
			const { api } = stage.n8n;
			const { id } = await api.importWorkflow(erasureByWebhook, stage.credentials);
			await canvas.open(id);
			await canvas.publish();
			await screenshots.take('workflow published');

			const callIds = ['call_1', 'call_2', 'call_none'];
			await api.callWebhook(webhookPath, { callIds }, { [webhookKey.name]: webhookKey.value });
			await api.finishedExecutions(id);
			expect(sandboxOf(editor, 'flyflow').records()).toHaveLength(8);

			const executions = new Executions(stage.page, api.address);
			expect(await executions.openLatest(id)).toMatch(/Succeeded/);
			await screenshots.take('execution');
			await canvas.openNode('Flyflow');
			expect((await panel.hints())[0]).toMatch(/^3 calls: 2 deleted, 1 not found/);
			expect(await panel.branches()).toEqual(['Success Branch (2 items)', 'Error Branch (1 item)']);
			await panel.openBranch('Success Branch');
			expect((await panel.rows()).map(({ deleted, target }) => [deleted, target])).toEqual([
				['true', 'callId:call_1'],
				['true', 'callId:call_2'],
			]);
			await screenshots.take('execution, receipts of the deleted');
			await panel.openBranch('Error Branch');
			const [receipt] = await panel.rows();
			expect(receipt).toMatchObject({ outcome: 'notFound', target: 'callId:call_none' });
			await screenshots.take('execution, receipt on the error branch');
		},
	);
});

describe('The form of "Delete from a list"', () => {
	walk(
		'shows what would go, deletes it after a yes, and hands over the receipts',
		async (editor) => {
			const { stage } = editor;
			const receipts = await deleteFromAList(stage);
			expect(receipts.split('\r\n').map((line) => line.split(',').slice(0, 3).join())).toEqual([
				'\ufeff"row","id","outcome"',
				'"2","call_9","deleted"',
				'"3","call_10","deleted"',
				'"4","","failed"',
				'"5","call_9","deleted"',
				'',
			]);
			const gone = stage.sandbox.requests.filter(({ method }) => method === 'DELETE');
			expect(gone.map(({ url }) => url)).toEqual(['/v1/call/call_9', '/v1/call/call_10']);
			expect(sandboxOf(editor, 'flyflow').records()).toHaveLength(8);
		},
	);
});
