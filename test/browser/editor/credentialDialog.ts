import type { Locator, Page } from 'playwright-core';

/** The dialog in which a credential is made, changed and tested. */
export class CredentialDialog {
	constructor(private readonly page: Page) {}

	/** Opens an empty credential by the button that n8n has on every page. */
	async create(type: string): Promise<void> {
		await this.page.getByTestId('universal-add').click();
		await this.page.getByRole('menuitem', { name: 'New credential' }).click();
		await this.page.getByTestId('new-credential-type-select').click();
		await this.page.keyboard.type(type);
		await this.page
			.getByTestId('new-credential-type-select-option')
			.filter({ hasText: type })
			.click();
		await this.page.getByTestId('new-credential-type-button').click();
		await this.dialog.waitFor();
	}

	async close(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.dialog.waitFor({ state: 'hidden' });
	}

	/** The labels of its fields, in order. */
	async labels(): Promise<string[]> {
		const labels = await this.dialog
			.getByTestId('credential-connection-parameter')
			.locator('label')
			.allInnerTexts();
		return labels
			.map((label) => label.split(/[*\n]/)[0]?.trim() ?? '')
			.filter((label) => label !== '');
	}

	async fill(fields: Readonly<Record<string, string>>): Promise<void> {
		for (const [name, value] of Object.entries(fields)) {
			await this.dialog.getByTestId(`parameter-input-${name}`).locator('input').fill(value);
		}
	}

	/** Chooses from a field's list. */
	async choose(fields: Readonly<Record<string, string>>): Promise<void> {
		for (const [name, option] of Object.entries(fields)) {
			await this.dialog.getByTestId(`parameter-input-${name}`).click();
			await this.page.getByRole('option', { name: option }).click();
		}
	}

	/** Saves, upon which n8n tests. @returns what n8n then shows */
	async save(): Promise<string> {
		await this.dialog.getByTestId('credential-save-button').locator('button').click();
		return await this.verdict();
	}

	/** Saves a credential that was opened from a node. n8n closes it by itself if its test goes well. */
	async saveIntoNode(): Promise<void> {
		await this.dialog.getByTestId('credential-save-button').locator('button').click();
		await this.dialog.waitFor({ state: 'hidden' });
	}

	/** Tests again what is stored. @returns what n8n then shows */
	async test(): Promise<string> {
		const answered = this.page.waitForResponse((answer) =>
			answer.url().endsWith('/credentials/test'),
		);
		await this.dialog.getByRole('button', { name: 'Retry' }).click();
		await answered;
		return await this.verdict();
	}

	private async verdict(): Promise<string> {
		const good = this.dialog.getByText('Connection tested successfully');
		const details = this.dialog.getByText('More details');
		await good.or(details).first().waitFor();
		if (await good.isVisible()) return 'Connection tested successfully';
		await details.click();
		return (await this.dialog.getByTestId('credential-edit-dialog').innerText()).trim();
	}

	private get dialog(): Locator {
		return this.page.getByTestId('editCredential-modal');
	}
}
