/**
 * Takes the pictures in docs/images: the example workflow after an execution, with its receipts, in
 * light and in dark. Started by screenshots.mjs.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright-core';

import { webhookKey } from '../sandbox/accounts';
import { Executions } from '../test/browser/editor/executions';
import { signIn } from '../test/browser/editor/signIn';
import { showIn, untilStill } from '../test/browser/screenshots';
import { openStage } from '../test/browser/stage';
import type { ExportedWorkflow } from './n8n/n8nApi';

const root = join(__dirname, '..');

const images = join(root, 'docs', 'images');

const pictures = [
	{ scheme: 'light', file: 'editor.png' },
	{ scheme: 'dark', file: 'editor-dark.png' },
] as const;

/** Fits README's column, and leaves the text legible there; in pixels. */
const size = { width: 1280, height: 840 };

/** How far the log is drawn up, so that it holds all receipts; in pixels. */
const drawnUp = 110;

const request = {
	flyflowCallIds: ['call_1', 'call_2', 'call_3', 'call_unknown'],
	creovaiCallIds: ['c000001', 'c000002'],
};

async function main(): Promise<void> {
	mkdirSync(images, { recursive: true });
	const stage = await openStage();
	try {
		for (const vendor of stage.sandbox.vendors) vendor.fill(10);
		const { api, owner } = stage.n8n;
		const workflowId = await api.publishWorkflow(readWorkflow(), stage.credentials);
		await api.callWebhook('erase-calls', request, { [webhookKey.name]: webhookKey.value });
		await api.finishedExecutions(workflowId);
		await stage.page.setViewportSize(size);
		await signIn(stage.page, api.address, owner);
		await new Executions(stage.page, api.address).openLatest(workflowId);
		await showReceipts(stage.page);
		for (const { scheme, file } of pictures) {
			await showIn(stage.page, scheme);
			await stage.page.screenshot({ path: join(images, file) });
			console.log(join('docs', 'images', file));
		}
	} finally {
		await stage.stop();
	}
}

/** Without its note, which would leave the nodes too little room in a picture. */
function readWorkflow(): ExportedWorkflow {
	const file = join(root, 'workflows', 'delete-by-webhook.json');
	const workflow = JSON.parse(readFileSync(file, 'utf8')) as ExportedWorkflow;
	const nodes = workflow.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
	return { ...workflow, nodes };
}

/** Opens the log below the workflow, where n8n shows what a node gave. */
async function showReceipts(page: Page): Promise<void> {
	await page.getByTestId('logs-overview-header').click();
	await page.getByTestId('logs-overview-body').getByText('Flyflow', { exact: true }).click();
	await page.getByTestId('log-details').waitFor();

	const edge = await page.getByTestId('logs-panel').boundingBox();
	if (edge === null) throw new Error('The log has no place on the screen');
	await page.mouse.move(edge.x + edge.width / 2, edge.y);
	await page.mouse.down();
	await page.mouse.move(edge.x + edge.width / 2, edge.y - drawnUp, { steps: 5 });
	await page.mouse.up();
	await page.mouse.move(0, 0);
	await page.getByTestId('zoom-to-fit').click();
	await untilStill(page);
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
