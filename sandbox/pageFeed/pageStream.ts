import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';

import { RequestFeed } from './requestFeed';
import type { LoggedRequest } from '../loggedRequest';
import type { VendorSandbox } from '../vendors/vendorSandbox';
import type { Troubles } from '../faults/troubles';
import { type VendorView, viewVendor } from './vendorView';

/** Milliseconds between two looks at what is new. */
const lookEvery = 100;

const looksPerSignOfLife = 150;

/** A reader that has taken nothing for so many looks (half a minute) is let go. */
const looksUntilStuck = 300;

const mostReaders = 16;

interface Reader {
	readonly response: Writable;
	requests: RequestFeed;
	/** What was sent of each vendor's records, by their version. */
	readonly versions: Map<VendorSandbox, number>;
	/** The same of the troubles. */
	troubles: number;
	looksSinceTaken: number;
}

/**
 * Tells open pages what the vendors hold and what they are asked, as server-sent events: `state` when
 * a page connects, and whenever the log was emptied; then `records` for a vendor whose records have
 * changed, and `requests` for those that came or ended.
 *
 * Each event says how things are and not how they changed, and a page that comes back is sent the
 * whole state again. So nothing is lost or shown twice, no Last-Event-ID is needed, and a slow page
 * is left out of a look or more without anything being kept for it. Nothing happens while no page
 * is open.
 */
export class PageStream {
	private readonly readers = new Set<Reader>();

	private timer: NodeJS.Timeout | undefined;

	private looks = 0;

	/** By which a page sees that the sandbox was started anew. */
	private readonly run = randomUUID();

	constructor(
		private readonly vendors: readonly VendorSandbox[],
		private readonly log: readonly LoggedRequest[],
		private readonly troubles: Troubles,
	) {}

	get isFull(): boolean {
		return this.readers.size >= mostReaders;
	}

	/** Sends the state and from then on what is new, until the reader goes. */
	open(response: Writable): void {
		const reader: Reader = {
			response,
			requests: new RequestFeed(this.log, this.vendors),
			versions: new Map(),
			troubles: this.troubles.version,
			looksSinceTaken: 0,
		};
		response.on('close', () => this.leave(reader));
		response.on('error', () => this.leave(reader));
		response.write('retry: 1000\n\n');
		this.sendState(reader);
		this.readers.add(reader);
		this.timer ??= setInterval(() => this.look(), lookEvery).unref();
	}

	close(): void {
		for (const { response } of this.readers) response.end();
	}

	private leave(reader: Reader): void {
		this.readers.delete(reader);
		if (this.readers.size > 0) return;
		clearInterval(this.timer);
		this.timer = undefined;
	}

	private look(): void {
		this.looks += 1;
		const views = new Map<VendorSandbox, VendorView>();
		for (const reader of this.readers) {
			if (reader.response.writableNeedDrain) this.passOver(reader);
			else this.sendNews(reader, views);
		}
	}

	private passOver(reader: Reader): void {
		reader.looksSinceTaken += 1;
		if (reader.looksSinceTaken > looksUntilStuck) reader.response.destroy();
	}

	private sendState(reader: Reader): void {
		reader.requests = new RequestFeed(this.log, this.vendors);
		const vendors = this.vendors.map((vendor) => {
			reader.versions.set(vendor, vendor.store.version);
			return viewVendor(vendor);
		});
		const { totals, requests } = reader.requests.next() ?? { totals: {}, requests: [] };
		reader.troubles = this.troubles.version;
		const troubles = this.troubles.view();
		send(reader, 'state', { run: this.run, vendors, troubles, totals, requests });
	}

	private sendNews(reader: Reader, views: Map<VendorSandbox, VendorView>): void {
		reader.looksSinceTaken = 0;
		if (reader.requests.isStale) {
			this.sendState(reader);
			return;
		}
		for (const vendor of this.vendors) {
			const { version } = vendor.store;
			if (reader.versions.get(vendor) === version) continue;
			reader.versions.set(vendor, version);
			const view = views.get(vendor) ?? viewVendor(vendor);
			views.set(vendor, view);
			send(reader, 'records', view);
		}
		if (reader.troubles !== this.troubles.version) {
			reader.troubles = this.troubles.version;
			send(reader, 'troubles', this.troubles.view());
		}
		const requests = reader.requests.next();
		if (requests !== undefined) send(reader, 'requests', requests);
		else if (this.looks % looksPerSignOfLife === 0) reader.response.write(': still here\n\n');
	}
}

/** JSON holds no line break, so it is one line of an event whatever stands in it. */
function send({ response }: Reader, event: string, data: unknown): void {
	response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
