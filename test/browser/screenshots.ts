import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright-core';

const folder = join(__dirname, '..', '..', 'build', 'screenshots', 'editor');

export type ColourScheme = 'light' | 'dark';

/** What a person would have seen, for a person to look at: build/screenshots/editor. */
export class Screenshots {
	private taken = 0;

	constructor(private readonly page: Page) {
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
	}

	/** Takes the screen as it is, in light and in dark. n8n follows the system's colour scheme. */
	async take(name: string): Promise<void> {
		this.taken += 1;
		const number = String(this.taken).padStart(2, '0');
		for (const scheme of ['light', 'dark'] as const) {
			await showIn(this.page, scheme);
			await this.page.screenshot({ path: join(folder, `${number} ${name}, ${scheme}.png`) });
		}
		await showIn(this.page, 'light');
	}

	/** Keeps what was on the screen when a test did not go well, and what the browser had to say. */
	async keepFailure(test: string, browserConsole: readonly string[]): Promise<void> {
		const name = test.replace(/[^\w ,.-]/g, '').slice(0, 120);
		await this.page.screenshot({ path: join(folder, `failed ${name}.png`) });
		writeFileSync(join(folder, `failed ${name}.log`), browserConsole.join('\n'));
	}
}

/** Changes the system's colour scheme and waits until n8n has followed. */
export async function showIn(page: Page, scheme: ColourScheme): Promise<void> {
	await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
	await page.waitForFunction((dark) => {
		const canvas = document.createElement('canvas').getContext('2d');
		if (canvas === null) return true;
		canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
		canvas.fillRect(0, 0, 1, 1);
		const [red = 0] = canvas.getImageData(0, 0, 1, 1).data;
		return dark ? red < 100 : red > 150;
	}, scheme === 'dark');
	await untilStill(page);
}

/** Waits for icons, which have a file for each scheme, and for colours that fade into each other. */
export async function untilStill(page: Page): Promise<void> {
	await page.waitForFunction(
		() =>
			Array.from(document.images).every(({ complete }) => complete) &&
			document.getAnimations().every((animation) => !(animation instanceof CSSTransition)),
	);
}
