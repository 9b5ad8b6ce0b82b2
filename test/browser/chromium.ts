import { existsSync } from 'node:fs';

import { type Browser, chromium } from 'playwright-core';

const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts the machine's own Chromium without a window. Whoever opens it closes it. */
export async function openChromium(): Promise<Browser> {
	const places = [process.env.CHROMIUM_PATH ?? '', ...usualPlaces];
	const executablePath = places.find((place) => place !== '' && existsSync(place));
	if (executablePath === undefined) {
		throw new Error(
			'The browser tests need Chromium. Install it (on Debian: apt-get install chromium), or set CHROMIUM_PATH to where it is.',
		);
	}
	return await chromium.launch({
		executablePath,
		args: [
			'--headless',
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
}
