import { maskPhoneNumber } from '../../erasure/mask';
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
		path: visibleText(viewPath(path) + parameters),
		body: visibleText(viewBody(request.body, shown)),
		status: end === 'answered' ? (request.status ?? null) : null,
		end,
		ms: ms === null ? null : Math.round(ms * 10) / 10,
	};
}

// Without the sign it could be an identifier, which the product shows as well.
const internationalNumber = /(?:\+|%(?:25)*2B)[\s()./\p{Pd}]*\d(?:[\s()./\p{Pd}]{0,3}\d){5,}/giu;

function maskInternationalNumbers(text: string): string {
	return text.replace(internationalNumber, (match) =>
		maskPhoneNumber(match.replace(/^%(?:25)*2B/i, '')),
	);
}

/** As it stood on the wire, but for phone numbers. */
function viewPath(path: string): string {
	return path
		.split('/')
		.map((segment) => {
			const decoded = decode(segment);
			const masked = maskInternationalNumbers(decoded);
			return masked === decoded ? segment : masked;
		})
		.join('/');
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
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
		const how = Object.hasOwn(shown, name) ? shown[name] : undefined;
		return how === undefined ? [] : [`${name}=${viewValue(value, how)}`];
	});
	return views.length < entries.length ? [...views, hidden] : views;
}

const itemsShown = 3;

function viewValue(value: unknown, how: 'plain' | 'masked'): string {
	if (Array.isArray(value)) {
		const items = value.slice(0, itemsShown).map((item) => viewValue(item, how));
		const more = value.length - items.length;
		return items.join(', ') + (more > 0 ? ` and ${more} more` : '');
	}
	if (typeof value === 'object' && value !== null) return hidden;
	const text = String(value);
	return how === 'masked' ? maskPhoneNumber(text) : maskInternationalNumbers(text);
}
