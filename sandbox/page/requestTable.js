// @ts-check
import { copyTemplate, displayName, formatNumber, within } from './vendorCard.js';

/** @typedef {import('../pageFeed/requestView').RequestView} RequestView */

/** So many of each vendor are kept, as many as the sandbox sends, and so many rows are shown. */
const most = 100;

/** The latest requests, newest on top, of all vendors or of one. */
export class RequestTable {
	/** @param {HTMLElement} body */
	constructor(body) {
		this.body = body;
		this.filter = '';
		/** @type {Map<string, Map<number, RequestView>>} By vendor and number. */
		this.requests = new Map();
		/** @type {Readonly<Record<string, number>>} */
		this.totals = {};
		/** @type {Map<number, {row: HTMLElement, shown: RequestView}>} By number. */
		this.rows = new Map();
	}

	/** Forgets all requests, but leaves the rows until others are shown. */
	clear() {
		this.requests.clear();
		this.totals = {};
	}

	/**
	 * Takes over what is new; nothing is drawn before `show`.
	 * @param {Readonly<Record<string, number>>} totals
	 * @param {readonly RequestView[]} requests
	 */
	add(totals, requests) {
		this.totals = totals;
		for (const request of requests) {
			const ofVendor = this.requests.get(request.vendor) ?? new Map();
			this.requests.set(request.vendor, ofVendor);
			ofVendor.set(request.number, request);
		}
		for (const ofVendor of this.requests.values()) {
			const surplus = ofVendor.size - most;
			if (surplus > 0) {
				for (const number of [...ofVendor.keys()].sort(ascending).slice(0, surplus)) {
					ofVendor.delete(number);
				}
			}
		}
	}

	/** @returns {{shown: number, total: number}} */
	show() {
		const chosen = [...this.requests]
			.filter(([vendor]) => this.filter === '' || vendor === this.filter)
			.flatMap(([, ofVendor]) => [...ofVendor.values()])
			.sort((one, other) => other.number - one.number)
			.slice(0, most);
		this.dropRowsWithout(new Set(chosen.map(({ number }) => number)));
		let next = this.body.firstElementChild;
		for (const request of chosen) {
			const row = this.rowOf(request);
			if (row === next) next = row.nextElementSibling;
			else this.body.insertBefore(row, next);
		}
		return { shown: chosen.length, total: this.total };
	}

	get total() {
		if (this.filter !== '') return this.totals[this.filter] ?? 0;
		return Object.values(this.totals).reduce((sum, count) => sum + count, 0);
	}

	/** @param {Set<number>} numbers */
	dropRowsWithout(numbers) {
		for (const [number, { row }] of this.rows) {
			if (numbers.has(number)) continue;
			this.rows.delete(number);
			row.remove();
		}
	}

	/** @param {RequestView} request */
	rowOf(request) {
		const known = this.rows.get(request.number);
		if (known?.shown === request) return known.row;
		const row = known?.row ?? copyTemplate('request');
		fillRow(row, request);
		this.rows.set(request.number, { row, shown: request });
		return row;
	}
}

/** @type {(one: number, other: number) => number} */
const ascending = (one, other) => one - other;

/**
 * @param {HTMLElement} row
 * @param {RequestView} request
 */
function fillRow(row, request) {
	const { at, vendor, method, path, body, ms } = request;
	within(row, '.time').textContent = timeOfDay(new Date(at));
	within(row, '.vendor').textContent = displayName(vendor);
	within(row, '.method').textContent = method;
	row.classList.toggle('deletes', method === 'DELETE');
	const pathCell = within(row, '.path');
	pathCell.title = `${path}\n${body}`.trim();
	within(pathCell, 'span').textContent = path;
	within(pathCell, '.body').textContent = body;
	const status = within(row, '.status span');
	status.textContent = answerOf(request);
	status.className = kindOf(request);
	within(row, '.ms').textContent = ms === null ? '' : formatNumber(ms);
}

/** @param {RequestView} request */
function answerOf({ end, status }) {
	if (end === null) return 'waits';
	return status === null ? 'no answer' : String(status);
}

/** @param {RequestView} request */
function kindOf({ end, status }) {
	if (end === null) return 'waits';
	return status !== null && status < 400 ? 'good' : 'bad';
}

/** @param {Date} date */
function timeOfDay(date) {
	const parts = [date.getHours(), date.getMinutes(), date.getSeconds()];
	const clock = parts.map((part) => String(part).padStart(2, '0')).join(':');
	return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
