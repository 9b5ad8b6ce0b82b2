import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';

import { formLogin } from '../../sandbox/accounts';
import type { ExportedWorkflow } from '../../scripts/n8n/n8nApi';
import type { BrowserStage } from './stage';

const pictures = join(__dirname, '..', '..', 'build', 'screenshots', 'form');

const list = join(__dirname, '..', 'server', 'examples', 'lists', '04-quoted-and-blank.csv');

async function takePicture(page: Page, name: string): Promise<void> {
	mkdirSync(pictures, { recursive: true });
	await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

/**
 * Somebody opens the form of "Delete from a list", sends a file, reads what would go, says yes, and
 * gets the receipts as a file.
 *
 * @returns the file that was downloaded
 */
export async function deleteFromAList({
	n8n,
	credentials,
	page: editor,
	sandbox,
}: BrowserStage): Promise<string> {
	const file = join(__dirname, '..', '..', 'workflows', 'delete-from-a-list.json');
	const workflow = JSON.parse(readFileSync(file, 'utf8')) as ExportedWorkflow;
	const id = await n8n.api.publishWorkflow(workflow, credentials);
	const browser = editor.context().browser()!;
	const { user: username, password } = formLogin;
	const context = await browser.newContext({ httpCredentials: { username, password } });
	try {
		const page = await context.newPage();
		await page.goto(n8n.api.formUrl('delete-from-a-list'));
		await page.locator('input[type="file"]').setInputFiles(list);
		await page.locator('select').selectOption('Flyflow: calls by call ID');
		await takePicture(page, 'upload');
		await page.getByRole('button', { name: 'Show what would go' }).click();

		await page.getByText('What looks wrong').waitFor();
		await takePicture(page, 'what would go');
		expect(await page.locator('td').allInnerTexts()).toContain('would be deleted');
		expect(sandbox.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);

		await page.getByText('Delete exactly these, for good').click();
		await page.locator('select').selectOption('privacy-office');
		const [download] = await Promise.all([
			page.waitForEvent('download', (one) => one.suggestedFilename().endsWith('.csv')),
			page.getByRole('button', { name: 'Go on' }).click(),
		]);
		await page.getByText('The list is done').waitFor();
		await takePicture(page, 'the end');
		return readFileSync(await download.path(), 'utf8');
	} finally {
		await context.close();
		await n8n.api.deleteWorkflow(id);
	}
}
