import { get, type IncomingMessage } from 'node:http';

import type { RequestNews } from '../../sandbox/pageFeed/requestFeed';
import type { RequestView } from '../../sandbox/pageFeed/requestView';
import type { VendorView } from '../../sandbox/pageFeed/vendorView';

interface ServerSentEvent {
	readonly event: string;
	readonly data: unknown;
}

interface State extends RequestNews {
	readonly run: string;
	readonly vendors: readonly VendorView[];
}

/** Reads the page's stream as a browser does, and keeps what a page would show. */
export class PageReader {
	readonly events: ServerSentEvent[] = [];

	readonly vendors = new Map<string, VendorView>();

	requests = new Map<number, RequestView>();

	totals: Readonly<Record<string, number>> = {};

	/** All that came over the wire. */
	text = '';

	private unread = '';

	private constructor(private readonly response: IncomingMessage) {
		response.setEncoding('utf8').on('data', (chunk: string) => this.take(chunk));
		// Closing the connection is what some tests are about.
		response.on('error', () => {});
	}

	/** Resolves when the first state is there. */
	static async open(address: string): Promise<PageReader> {
		const reader = new PageReader(await openStream(address));
		await reader.until(() => reader.events.length > 0);
		return reader;
	}

	get contentType(): string | undefined {
		return this.response.headers['content-type'];
	}

	close(): void {
		this.response.destroy();
	}

	vendor(name: string): VendorView {
		const view = this.vendors.get(name);
		if (view === undefined) throw new Error(`The stream said nothing of ${name}`);
		return view;
	}

	/** Newest first, as the page shows them. */
	get latest(): RequestView[] {
		return [...this.requests.values()].sort((one, other) => other.number - one.number);
	}

	/** @throws after 5 seconds */
	async until(isTrue: () => boolean): Promise<void> {
		const deadline = Date.now() + 5000;
		while (!isTrue()) {
			if (Date.now() > deadline) throw new Error(`Waited in vain. Last came: ${this.lastEvents()}`);
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}

	private lastEvents(): string {
		return JSON.stringify(this.events.slice(-2)).slice(0, 2000);
	}

	private take(chunk: string): void {
		this.text += chunk;
		const blocks = (this.unread + chunk).split('\n\n');
		this.unread = blocks.pop() ?? '';
		for (const block of blocks) {
			const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
			if (event !== undefined && data !== undefined) this.show(event, JSON.parse(data));
		}
	}

	private show(event: string, data: unknown): void {
		this.events.push({ event, data });
		if (event === 'records') return this.showVendor(data as VendorView);
		if (event === 'troubles') return;
		if (event === 'state') {
			this.requests = new Map();
			for (const vendor of (data as State).vendors) this.showVendor(vendor);
		}
		const { totals, requests } = data as RequestNews;
		this.totals = totals;
		for (const request of requests) this.requests.set(request.number, request);
	}

	private showVendor(view: VendorView): void {
		this.vendors.set(view.vendor, view);
	}
}

/** The stream's answer, unread. */
export async function openStream(address: string): Promise<IncomingMessage> {
	return await new Promise((resolve, reject) => {
		get(`${address}/sandbox/events`, { agent: false }, resolve).on('error', reject);
	});
}
