import { selectors, type BrowserContext, type Page } from 'playwright-core';

import type { StoredCredential } from '../../scripts/n8n/n8nApi';
import { startTemporaryN8n, type TemporaryN8n } from '../../scripts/n8n/temporaryN8n';
import {
	accountNames,
	certificateIssuer,
	formLogin,
	sandboxAccounts,
	webhookKey,
} from '../../sandbox/accounts';
import { Sandbox } from '../../sandbox/sandbox';
import { openChromium } from './chromium';

/** A real n8n with the packed tarball and the sandbox's accounts in it, and a browser to use it with. */
export interface BrowserStage {
	readonly sandbox: Sandbox;
	readonly n8n: TemporaryN8n;
	readonly credentials: readonly StoredCredential[];
	/** Not signed in yet. */
	readonly page: Page;
	/** What the browser's console said, and what it could not load. */
	readonly browserConsole: readonly string[];
	stop(): Promise<void>;
}

/** Large enough that n8n shows a node's three panels whole, in pixels. */
const viewport = { width: 1440, height: 900 };

/** For the editor's first load on a machine with other things to do, in milliseconds. */
const patience = 90_000;

/** @throws Error with a sentence for a person; nothing is left running then */
export async function openStage(): Promise<BrowserStage> {
	const started: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (const end of started.reverse()) await end();
	};
	try {
		const browser = await openChromium();
		started.push(async () => await browser.close());
		const sandbox = await Sandbox.start();
		started.push(async () => await sandbox.stop());
		const n8n = await startTemporaryN8n();
		started.push(async () => await n8n.stop());

		const credentials = await storeAccounts(n8n, sandbox);
		selectors.setTestIdAttribute('data-test-id');
		const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
		context.setDefaultTimeout(patience);
		await context.grantPermissions(['clipboard-read', 'clipboard-write']);
		await keepOnMachine(context);
		const page = await context.newPage();
		return { sandbox, n8n, credentials, page, browserConsole: listen(page), stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** The editor asks n8n's and npm's services for news. */
async function keepOnMachine(context: BrowserContext): Promise<void> {
	const isElsewhere = ({ hostname }: URL) => hostname !== '127.0.0.1';
	await context.route(isElsewhere, async (route) => await route.abort());
}

async function storeAccounts(n8n: TemporaryN8n, sandbox: Sandbox): Promise<StoredCredential[]> {
	const credentials = [
		await n8n.api.createCredential('httpHeaderAuth', webhookKey, 'Webhook key'),
		await n8n.api.createCredential('httpBasicAuth', formLogin),
		await n8n.api.createCredential('erasureCertificateKeyApi', certificateIssuer),
	];
	for (const [type, data] of Object.entries(sandboxAccounts(sandbox))) {
		credentials.push(
			await n8n.api.createCredential(type, data, accountNames[type as keyof typeof accountNames]),
		);
	}
	return credentials;
}

function listen(page: Page): string[] {
	const heard: string[] = [];
	page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
	page.on('pageerror', (error) => heard.push(`thrown: ${error.stack ?? error.message}`));
	page.on('requestfailed', (request) => {
		if (new URL(request.url()).hostname !== '127.0.0.1') return;
		heard.push(`not loaded: ${request.url()} (${request.failure()?.errorText})`);
	});
	return heard;
}
