import { expect, test } from '@jest/globals';

import { openChromium } from '../../browser/chromium';
import { approver, type Stage } from '../n8n';
import { fill, flows, phoneNumber, type Due } from './customer';
import { openForm } from './form';
import { keyHeader, receiptTable, withExample } from './published';

/** What a page shows outside its card or its window, in pixels beyond the edge. */
const beyondTheEdge = `[...document.querySelectorAll('.card li, .card p, .card label')].flatMap((element) => {
	const range = document.createRange();
	range.selectNodeContents(element);
	const { right } = range.getBoundingClientRect();
	const edge = Math.min(element.closest('.card').getBoundingClientRect().right, innerWidth);
	return right > edge + 1 ? [element.textContent + ': ' + (right - edge)] : [];
})`;

/** The form in which a person approves, as a browser lays it out. */
export function testApprovalForm(stage: () => Stage): void {
	test('shows all of it within its card, on a screen and on a phone', async () => {
		const { sandbox, n8n } = stage();
		sandbox.forget();
		fill(sandbox);
		const long = { ...sandbox.flyflow.calls.get('call_2')!, id: 'call_'.padEnd(200, 'x') };
		sandbox.flyflow.calls.set(long.id, long);
		const work = async () => {
			const request = { requestId: 'first', phoneNumber, kaleyraFlowIds: flows };
			const { approveAt } = await n8n.api.callWebhook<Due>('erase-customer', request, keyHeader);
			await openForm(approveAt, approver); // it waits by then
			const browser = await openChromium();
			try {
				for (const width of [1440, 390]) {
					const httpCredentials = { username: approver.user, password: approver.password };
					const viewport = { width, height: 844 };
					const page = await browser.newPage({ viewport, httpCredentials });
					// The form asks for a font elsewhere.
					const isElsewhere = ({ hostname }: URL) => hostname !== new URL(approveAt).hostname;
					await page.route(isElsewhere, async (route) => await route.abort());
					await page.goto(approveAt);
					expect(await page.locator('.card li').count()).toBe(9);
					expect(await page.evaluate(beyondTheEdge)).toEqual([]);
					const scrolled = await page.evaluate<number>('document.documentElement.scrollWidth');
					expect(scrolled).toBeLessThanOrEqual(width);
				}
			} finally {
				await browser.close();
			}
		};
		await withExample(stage(), 'erase-a-customer', work);
		await n8n.api.deleteDataTable(receiptTable);
	}, 60_000);
}
