import { selectors, type BrowserContext, type Page } from 'playwright-core';

import { readyN8n } from '../../scripts/n8n/anyN8n';
import type { StoredCredential } from '../../scripts/n8n/n8nApi';
import type { ReadyN8n } from '../../scripts/n8n/readyN8n';
import {
	accountNames,
	certificateIssuer,
	formLogin,
	sandboxAccounts,
	webhookKey,
} from '../../sandbox/accounts';
import { Sandbox } from '../../sandbox/sandbox';
import { openChromium } from './chromium';
import { refuseOthersAccounts } from './othersAccounts';

/** A real n8n with the packed tarball and the sandbox's accounts in it, and a browser to use it with. */
export interface BrowserStage {
	readonly sandbox: Sandbox;
	readonly n8n: ReadyN8n;
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
		const n8n = await readyN8n();
		started.push(async () => await n8n.stop());
		await refuseOthersAccounts(n8n.api);

		const credentials = await storeAccounts(n8n, sandbox);
		selectors.setTestIdAttribute('data-test-id');
		const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
		context.setDefaultTimeout(patience);
		await context.grantPermissions(['clipboard-read', 'clipboard-write']);
		await keepOnMachine(context, n8n);
		await markWhatIsMade(context, n8n);
		const page = await context.newPage();
		return { sandbox, n8n, credentials, page, browserConsole: listen(page, n8n), stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** The editor asks n8n's and npm's services for news. */
async function keepOnMachine(context: BrowserContext, { api }: ReadyN8n): Promise<void> {
	const own = [new URL(api.address).hostname, '127.0.0.1'];
	const isElsewhere = ({ hostname }: URL) => !own.includes(hostname);
	await context.route(isElsewhere, async (route) => await route.abort());
}

/** Also what the editor makes by itself carries the mark by which it is taken away. */
async function markWhatIsMade(context: BrowserContext, { api }: ReadyN8n): Promise<void> {
	const { address, mark } = api;
	if (mark === '') return;
	const isStored = ({ href, pathname }: URL) =>
		href.startsWith(address) && /\/rest\/(workflows|credentials)(\/\w+)?$/.test(pathname);
	await context.route(isStored, async (route) => {
		const request = route.request();
		const body = request.postDataJSON() as { name?: unknown } | null;
		if (typeof body?.name !== 'string' || body.name.startsWith(mark)) {
			await route.continue();
			return;
		}
		const marked = { ...body, name: mark + body.name };
		await route.continue({ postData: JSON.stringify(marked) });
	});
}

async function storeAccounts(n8n: ReadyN8n, sandbox: Sandbox): Promise<StoredCredential[]> {
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

function listen(page: Page, { api }: ReadyN8n): string[] {
	const heard: string[] = [];
	page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
	page.on('pageerror', (error) => heard.push(`thrown: ${error.stack ?? error.message}`));
	page.on('requestfailed', (request) => {
		if (new URL(request.url()).hostname !== new URL(api.address).hostname) return;
		heard.push(`not loaded: ${request.url()} (${request.failure()?.errorText})`);
	});
	return heard;
}
