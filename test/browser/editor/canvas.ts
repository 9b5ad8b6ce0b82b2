import type { Locator, Page } from 'playwright-core';

export interface ShownNode {
	readonly name: string;
	readonly subtitle: string;
	/** As much of the subtitle as there is room for. */
	readonly visible: string;
}

/** A workflow in the editor. */
export class Canvas {
	constructor(
		private readonly page: Page,
		private readonly address: string,
	) {}

	/** Opens a new workflow by the button that n8n has on every page. */
	async openNew(): Promise<void> {
		const before = this.page.url();
		const isOpen = (url: URL) => url.href !== before && url.pathname.startsWith('/workflow/');
		// n8n forgets what was chosen while the page before is still being loaded.
		for (let tries = 3; tries > 0 && !isOpen(new URL(this.page.url())); tries--) {
			await this.page.getByTestId('universal-add').click();
			await this.page.getByRole('menuitem', { name: 'New workflow' }).click();
			await this.page
				.waitForURL(isOpen, { waitUntil: 'commit', timeout: 20_000 })
				.catch(() => undefined);
		}
		await this.page.getByTestId('canvas-plus-button').waitFor();
	}

	async open(workflowId: string): Promise<void> {
		await this.page.goto(`${this.address}/workflow/${workflowId}`);
		await this.nodes.first().waitFor();
	}

	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
	}

	/** What stands below a node's picture. */
	async read(name: string): Promise<ShownNode> {
		return await this.node(name).evaluate((element, shown) => {
			const line = element.querySelector<HTMLElement>('[class*="_subtitle_"]');
			const subtitle = line?.innerText ?? '';
			const text = line?.firstChild ?? null;
			if (line === null || text === null) return { name: shown, subtitle, visible: subtitle };
			// The "…" takes the room of two letters.
			const room =
				line.getBoundingClientRect().right - (line.scrollWidth > line.clientWidth ? 14 : 0);
			const letters = document.createRange();
			let length = subtitle.length;
			for (; length > 0; length--) {
				letters.setStart(text, 0);
				letters.setEnd(text, length);
				if (letters.getBoundingClientRect().right <= room + 1) break;
			}
			return { name: shown, subtitle, visible: subtitle.slice(0, length) };
		}, name);
	}

	/** Publishes the workflow as it stands and waits until n8n says that it is published. */
	async publish(): Promise<void> {
		await this.page.getByTestId('workflow-open-publish-modal-button').click();
		await this.page.getByTestId('workflow-publish-button').click();
		await this.page.getByTestId('workflow-active-version-indicator').waitFor();
		await this.page.getByRole('button', { name: 'Got it' }).click();
	}

	private get nodes(): Locator {
		return this.page.getByTestId('canvas-node');
	}

	private node(name: string): Locator {
		return this.nodes.filter({ has: this.page.getByText(name, { exact: true }) });
	}
}
