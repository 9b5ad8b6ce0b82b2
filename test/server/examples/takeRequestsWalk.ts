import { createPublicKey } from 'node:crypto';

import { expect } from '@jest/globals';

import { certificateIssuer } from '../../../sandbox/accounts';
import { openChromium } from '../../browser/chromium';
import { opensslVerifies } from '../../unit/certificate/others';
import { approver } from '../n8n';
import { call } from '../requests/sender';
import { sendByThePage } from '../requests/senderOfThePage';
import type { TakingRequests } from './takeRequestsStage';

/**
 * What docs/requests.md says to somebody new: the sender's few lines, a row with the form's address, a
 * decision in the browser, and a certificate that openssl verifies.
 */
export async function walkThePage(taking: TakingRequests): Promise<void> {
	const printed = await sendByThePage(taking.address, 'DSR-2026-0017', 'call_3');
	expect(printed).toMatch(/^202 \{/);
	const [, statusUrl = ''] = /statusUrl: '([^']+)'/.exec(printed) ?? [];
	expect(await call(statusUrl, { method: 'GET' })).toMatchObject({ json: { status: 'pending' } });

	await approve(await taking.formOf('DSR-2026-0017'));
	await taking.untilState('DSR-2026-0017', 'deleted');
	expect(taking.copy.gone()).toEqual(['flyflow call_3']);
	expect(await call(statusUrl, { method: 'GET' })).toMatchObject({
		json: { status: 'completed', result: 'deleted' },
	});

	const [issued] = await taking.certificates();
	expect(issued?.state).toBe('final');
	const key = createPublicKey(certificateIssuer.privateKey);
	expect(opensslVerifies(issued!.certificate, key)).toBe(true);
}

/** Somebody opens the form, reads what would go, and says yes. */
async function approve(address: string): Promise<void> {
	const browser = await openChromium();
	try {
		const { user: username, password } = approver;
		const page = await browser.newPage({ httpCredentials: { username, password } });
		// The form asks for a font elsewhere.
		const isElsewhere = ({ hostname }: URL) => hostname !== new URL(address).hostname;
		await page.route(isElsewhere, async (route) => await route.abort());
		await page.goto(address);
		expect(await page.locator('.card li').allInnerTexts()).toEqual([
			expect.stringMatching(/^flyflow: call[^]*call_3[^]*would be deleted/),
		]);
		await page.getByText('Delete exactly these, for good').click();
		await page.locator('input[type="text"]').fill('Ann Approver');
		await page.locator('select').selectOption('privacy-office');
		await page.locator('button').click();
		await page.getByText('It is being carried out now').waitFor();
	} finally {
		await browser.close();
	}
}
