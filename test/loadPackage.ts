/** Before and after all tests in a real n8n: nothing to do, unless it is somebody's (N8N_URL). */
import { needOwnN8n } from './ownN8n';

let unload: (() => Promise<void>) | undefined;

/** Jest runs this before the first test. */
export default async function setUp(): Promise<void> {
	if (!process.env.N8N_URL) return;
	// Not loaded where it is not needed.
	const { givenN8n } = await import('../scripts/n8n/givenN8n');
	const { loadPackage } = await import('../scripts/n8n/packageInN8n');
	const given = givenN8n();
	if (given === undefined) return;
	console.log(
		`\nTests in the n8n at ${given.address}. Skipped, because they need one of their own:`,
	);
	for (const { at, tests = ['all of it'], why } of needOwnN8n) {
		for (const title of tests) console.log(`  ${at}: ${title} (${why})`);
	}
	unload = await loadPackage(given);
}

/** Jest runs this after the last test. */
export async function tearDown(): Promise<void> {
	await unload?.();
}
