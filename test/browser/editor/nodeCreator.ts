import type { Page } from 'playwright-core';

/** The panel in which nodes are looked for and chosen. */
export class NodeCreator {
	constructor(private readonly page: Page) {}

	async open(): Promise<void> {
		await this.page
			.getByTestId('canvas-plus-button')
			.or(this.page.getByTestId('node-creator-plus-button'))
			.first()
			.click();
		await this.search.waitFor();
	}

	/** Looks for words and waits until a node of that name is among what was found. */
	async find(words: string, node: string): Promise<void> {
		await this.search.fill(words);
		await this.found(node).waitFor();
	}

	/** The names of the nodes that were found, in order. */
	async names(): Promise<string[]> {
		return await this.page.getByTestId('node-creator-item-name').allInnerTexts();
	}

	/** Opens what a found node can do. @returns its actions, those that n8n adds left out */
	async openActions(node: string): Promise<string[]> {
		await this.found(node).click();
		const actions = this.page.getByTestId('item-iterator-item');
		await this.page.getByText('Actions (', { exact: false }).waitFor();
		return await actions.allInnerTexts();
	}

	/** Adds the node to the canvas, which opens it. */
	async add(action: string): Promise<void> {
		await this.page
			.getByTestId('item-iterator-item')
			.filter({ has: this.page.getByText(action, { exact: true }) })
			.click();
	}

	private get search() {
		return this.page.getByTestId('node-creator-search-bar');
	}

	private found(node: string) {
		return this.page.getByTestId('item-iterator-item').filter({
			has: this.page.getByTestId('node-creator-item-name').getByText(node, { exact: true }),
		});
	}
}
