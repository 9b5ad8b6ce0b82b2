import type { Page } from 'playwright-core';

import type { SignIn } from '../../../scripts/n8n/n8nApi';

/** Signs in as a person does, and waits for the overview. */
export async function signIn(
	page: Page,
	address: string,
	{ email, password }: SignIn,
): Promise<void> {
	await page.goto(`${address}/signin`);
	await page.getByTestId('emailOrLdapLoginId').locator('input').fill(email);
	await page.getByTestId('password').locator('input').fill(password);
	await page.getByTestId('form-submit-button').click();
	await page.waitForURL(/\/home\/workflows/);
	await page.getByTestId('universal-add').waitFor();
}
