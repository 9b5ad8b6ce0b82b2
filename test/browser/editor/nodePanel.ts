import type { Locator, Page } from 'playwright-core';

export type Row = Readonly<Record<string, string>>;

/** An opened node: its parameters in the middle, its output on the right. */
export class NodePanel {
	constructor(private readonly page: Page) {}

	async untilOpen(): Promise<void> {
		await this.parameters.waitFor();
	}

	async close(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.parameters.waitFor({ state: 'hidden' });
	}

	/** The labels of the parameters that are shown, from top to bottom. */
	async labels(): Promise<string[]> {
		const labels = await this.parameters
			.getByTestId('input-label')
			.filter({ visible: true })
			.allInnerTexts();
		return labels
			.map((label) => label.split('\n')[0]?.trim() ?? '')
			.filter((label) => label !== '');
	}

	/** What stands between the parameters. */
	async notices(): Promise<string[]> {
		const notices = this.parameters.getByRole('alert').filter({ visible: true });
		return (await notices.allInnerTexts()).map((notice) => notice.trim());
	}

	/** The credential that is chosen. */
	async credential(): Promise<string> {
		return await this.page.getByTestId('node-credentials-select').locator('input').inputValue();
	}

	/** Opens an empty credential from the node, by the button that n8n has while there is none. */
	async connect(node: string): Promise<void> {
		await this.page.getByRole('button', { name: `Connect to ${node}` }).click();
	}

	async fill(parameter: string, value: string): Promise<void> {
		const field = this.field(parameter);
		await field.fill(value);
		await field.blur();
	}

	/** Pastes into a parameter from the clipboard, over whatever stands there. */
	async paste(parameter: string, text: string): Promise<void> {
		await this.copy(text);
		const field = this.field(parameter);
		await field.fill('');
		await field.press('ControlOrMeta+V');
		await field.blur();
		await this.untilTaken();
	}

	/** Sets a parameter to Expression and pastes into it. */
	async pasteAsExpression(parameter: string, label: string, text: string): Promise<void> {
		await this.copy(text);
		const heading = this.parameters.getByTestId('input-label').filter({ hasText: label });
		await heading.getByTestId('radio-button-expression').click();
		const expression = this.parameter(parameter).locator('.cm-content');
		await expression.click();
		await expression.press('ControlOrMeta+A');
		await expression.press('ControlOrMeta+V');
		await expression.blur();
		await this.untilTaken();
	}

	/** The editor takes a value over up to half a second after the last key, by a timer of the page. */
	private async untilTaken(): Promise<void> {
		await this.page.evaluate(async () => await new Promise((taken) => setTimeout(taken, 1500)));
	}

	private async copy(text: string): Promise<void> {
		await this.page.evaluate(async (copied) => await navigator.clipboard.writeText(copied), text);
	}

	/** The example that stands in a parameter as long as it is empty. */
	async placeholder(parameter: string): Promise<string | null> {
		return await this.field(parameter).getAttribute('placeholder');
	}

	async choose(parameter: string, option: string): Promise<void> {
		await this.parameter(parameter).click();
		await this.page
			.getByRole('option')
			.filter({ has: this.page.getByText(option, { exact: true }) })
			.click();
	}

	/** Switches a parameter on or off. */
	async toggle(parameter: string): Promise<void> {
		await this.parameter(parameter).locator('.el-switch').click();
	}

	/** Adds an entry to a list of them; its fields are then parameters like others. */
	async addTo(list: string): Promise<void> {
		const entries = this.parameters.getByTestId(`fixed-collection-${list}`);
		await entries.getByTestId('fixed-collection-add').click();
	}

	/** Executes the step. @returns the hints that it leaves above its output */
	async execute(): Promise<string[]> {
		await this.startStep();
		// Other hints stand there before a first run.
		await this.output
			.getByTestId('radio-button-table')
			.or(this.output.getByTestId('node-error-message'))
			.first()
			.waitFor();
		return await this.hints();
	}

	/** Executes the step, which stops at an error. @returns its message */
	async executeInVain(): Promise<string> {
		await this.startStep();
		const message = this.output.getByTestId('node-error-message');
		await message.waitFor();
		return (await message.innerText()).trim();
	}

	/** From when n8n has taken the run on, nothing of the run before is shown any more. */
	private async startStep(): Promise<void> {
		const isRun = (url: URL) => /^\/rest\/workflows\/[^/]+\/run$/.test(url.pathname);
		const taken = this.page.waitForResponse((response) => isRun(new URL(response.url())));
		await this.page.getByTestId('node-execute-button').click();
		await taken;
	}

	/** What stands below an error's message. */
	async errorDetails(): Promise<string> {
		return (await this.output.getByTestId('node-error-description').innerText()).trim();
	}

	async hints(): Promise<string[]> {
		const hints = this.output.getByTestId('node-hint');
		await hints.first().waitFor();
		return (await hints.allInnerTexts()).map((hint) => hint.trim());
	}

	/** The items of the output, in the table's words. */
	async rows(): Promise<Row[]> {
		await this.output.getByTestId('radio-button-table').click();
		const table = this.output.getByTestId('ndv-data-container').locator('table').first();
		await table.waitFor();
		return await table.evaluate((element) => {
			const cells = (row: Element) =>
				Array.from(row.children, (cell) => (cell as HTMLElement).innerText.trim());
			const [head, ...body] = Array.from(element.querySelectorAll('tr')).filter(
				(row) => row.closest('table') === element,
			);
			const names = head === undefined ? [] : cells(head);
			return body
				.map((row) => cells(row))
				.filter((values) => values.length > 1)
				.map((values) =>
					Object.fromEntries(names.map((name, column) => [name, values[column] ?? ''])),
				);
		});
	}

	/** The outputs, where a node has several: "Success Branch (2 items)". */
	async branches(): Promise<string[]> {
		const tabs = this.output.getByTestId('branches').locator('[data-test-id^="tab-"]');
		return (await tabs.allInnerTexts()).map((tab) => tab.trim());
	}

	async openBranch(name: string): Promise<void> {
		await this.output.getByTestId('branches').getByText(name).click();
	}

	private get parameters(): Locator {
		return this.page.getByTestId('node-parameters');
	}

	private get output(): Locator {
		return this.page.getByTestId('output-panel');
	}

	/** Where a parameter's value is typed, in one line or several. */
	private field(parameter: string): Locator {
		return this.parameter(parameter).locator('input:not([readonly]), textarea').last();
	}

	private parameter(name: string): Locator {
		return this.parameters.getByTestId(`parameter-input-${name}`);
	}
}
