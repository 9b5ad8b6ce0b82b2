import type { LoggedRequest } from '../loggedRequest';
import type { ShownParameters } from '../vendors/vendorSandbox';
import { visibleText } from './visibleText';

/**
 * What the page shows of a request. Headers are left out, and so is every value in the query and the
 * body that the vendor does not name as fit to be shown.
 */
export interface RequestView {
	/** The position in the sandbox's log. */
	readonly number: number;
	/** ISO 8601, UTC. */
	readonly at: string;
	readonly vendor: string;
	readonly method: string;
	/** Path and query. */
	readonly path: string;
	/** What the body asks for. */
	readonly body: string;
	/** `null` while it is under way, and where no answer was sent. */
	readonly status: number | null;
	readonly end: LoggedRequest['end'] | null;
	/** Milliseconds until it ended. */
	readonly ms: number | null;
}

export function viewRequest(
	number: number,
	request: LoggedRequest,
	shown: ShownParameters,
): RequestView {
	const { at, vendor, method, url, end = null, ms = null } = request;
	const [path = '', ...query] = url.split('?');
	const parameters = query.length > 0 ? `?${viewForm(query.join('?'), shown)}` : '';
	return {
		number,
		at,
		vendor,
		method,
		path: visibleText(path + parameters),
		body: visibleText(viewBody(request.body, shown)),
		status: end === 'answered' ? (request.status ?? null) : null,
		end,
		ms: ms === null ? null : Math.round(ms * 10) / 10,
	};
}

function viewBody(body: string, shown: ShownParameters): string {
	if (body === '') return '';
	return /^\s*[[{]/.test(body) ? viewJson(body, shown) : viewForm(body, shown);
}

function viewForm(form: string, shown: ShownParameters): string {
	const entries = [...new URLSearchParams(form)];
	return viewEntries(entries, shown).join('&');
}

function viewJson(body: string, shown: ShownParameters): string {
	try {
		return viewEntries(Object.entries(JSON.parse(body) as object), shown).join(', ');
	} catch {
		return hidden;
	}
}

/** Stands for all that is not shown: not even its names are, for a name can be a secret as well. */
const hidden = '…';

function viewEntries(
	entries: ReadonlyArray<readonly [string, unknown]>,
	shown: ShownParameters,
): string[] {
	const views = entries.flatMap(([name, value]) => {
		return shown.has(name) ? [`${name}=${viewValue(value)}`] : [];
	});
	return views.length < entries.length ? [...views, hidden] : views;
}

const itemsShown = 3;

function viewValue(value: unknown): string {
	if (Array.isArray(value)) {
		const items = value.slice(0, itemsShown).map((item) => viewValue(item));
		const more = value.length - items.length;
		return items.join(', ') + (more > 0 ? ` and ${more} more` : '');
	}
	if (typeof value === 'object' && value !== null) return hidden;
	return String(value);
}
