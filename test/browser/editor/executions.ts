import type { Page } from 'playwright-core';

/** The executions of a workflow, the latest of which is opened. */
export class Executions {
	constructor(
		private readonly page: Page,
		private readonly address: string,
	) {}

	/** @returns what n8n says of the latest: "Succeeded in 94ms | ID#1" */
	async openLatest(workflowId: string): Promise<string> {
		await this.page.goto(`${this.address}/workflow/${workflowId}/executions`);
		await this.page.getByTestId('execution-preview-host').waitFor();
		await this.page.getByTestId('canvas-node').first().waitFor();
		const preview = this.page.locator('[data-test-id^="execution-preview-details-"]');
		return await preview.innerText();
	}
}
