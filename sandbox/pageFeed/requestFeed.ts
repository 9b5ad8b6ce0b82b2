import { type RequestView, viewRequest } from './requestView';
import type { LoggedRequest } from '../loggedRequest';
import type { VendorSandbox } from '../vendors/vendorSandbox';

/** So many of each vendor's requests are shown at most. The page keeps as many. */
export const requestsShown = 100;

interface Followed {
	readonly number: number;
	readonly request: LoggedRequest;
	isSettled: boolean;
}

interface VendorRequests {
	readonly vendor: VendorSandbox;
	total: number;
	latest: Followed[];
}

export interface RequestNews {
	/** How many requests each vendor has had. */
	readonly totals: Readonly<Record<string, number>>;
	/** The new ones, and those that have ended since they were new; oldest first. */
	readonly requests: readonly RequestView[];
}

/**
 * What one reader of the page has not been shown yet. It looks at the log when it is asked, so that
 * a request costs nothing more while it is answered, and keeps no more than the page can show.
 */
export class RequestFeed {
	private read = 0;

	private lastRead: LoggedRequest | undefined;

	private readonly vendors: ReadonlyMap<string, VendorRequests>;

	constructor(
		private readonly log: readonly LoggedRequest[],
		vendors: readonly VendorSandbox[],
	) {
		this.vendors = new Map(
			vendors.map((vendor) => [vendor.name, { vendor, total: 0, latest: [] }]),
		);
	}

	/** The log was emptied since: numbers start again, so the reader needs a feed from the start. */
	get isStale(): boolean {
		return this.read > 0 && this.log[this.read - 1] !== this.lastRead;
	}

	/** @returns undefined if there is nothing new */
	next(): RequestNews | undefined {
		const changed = [...this.ended(), ...this.arrived()];
		if (changed.length === 0) return undefined;
		return {
			totals: Object.fromEntries([...this.vendors].map(([name, { total }]) => [name, total])),
			requests: changed
				.sort((one, other) => one.number - other.number)
				.map(({ number, request }) => viewRequest(number, request, this.shown(request))),
		};
	}

	private ended(): Followed[] {
		const ended: Followed[] = [];
		for (const { latest } of this.vendors.values()) {
			for (const followed of latest) {
				if (followed.isSettled || followed.request.end === undefined) continue;
				followed.isSettled = true;
				ended.push(followed);
			}
		}
		return ended;
	}

	private arrived(): Followed[] {
		const fresh = new Map<VendorRequests, Followed[]>();
		for (let number = this.log.length - 1; number >= this.read; number--) {
			const request = this.log[number];
			const vendor = request && this.vendors.get(request.vendor);
			if (request === undefined || vendor === undefined) continue;
			vendor.total += 1;
			const found = fresh.get(vendor) ?? [];
			fresh.set(vendor, found);
			if (found.length === requestsShown) continue;
			found.push({ number, request, isSettled: request.end !== undefined });
		}
		for (const [vendor, found] of fresh) {
			vendor.latest = [...vendor.latest, ...found.reverse()].slice(-requestsShown);
		}
		this.read = this.log.length;
		this.lastRead = this.log.at(-1);
		return [...fresh.values()].flat();
	}

	private shown(request: LoggedRequest) {
		return this.vendors.get(request.vendor)?.vendor.shownParameters ?? new Set<string>();
	}
}
