// @ts-check

/** @typedef {import('../pageFeed/vendorView').VendorView} VendorView */
/** @typedef {import('../pageFeed/vendorView').RecordView} RecordView */
/** @typedef {import('../pageFeed/vendorView').DeletionView} DeletionView */
/** @typedef {import('../faults/troubles').TroubleView} TroubleView */

/** How long a deleted record stays in sight, in milliseconds; page.css fades it as long. */
const fadingTime = 6000;

const mostFading = 20;

const inEnglish = new Intl.NumberFormat('en');

/** @param {number} number */
export const formatNumber = (number) => inEnglish.format(number);

/** The vendor's name as people write it. @param {string} name */
export const displayName = (name) => name.charAt(0).toUpperCase() + name.slice(1);

/**
 * A copy of what a template holds.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function copyTemplate(id) {
	const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
	const element = /** @type {HTMLElement} */ (template.content.firstElementChild);
	return /** @type {HTMLElement} */ (element.cloneNode(true));
}

/**
 * @param {ParentNode} parent
 * @param {string} selector
 */
export function within(parent, selector) {
	return /** @type {HTMLElement} */ (parent.querySelector(selector));
}

/** One vendor: how many records it holds, the first and the last of them, and what is just gone. */
export class VendorCard {
	/** @param {string} vendor */
	constructor(vendor) {
		this.element = copyTemplate('vendor-card');
		const name = displayName(vendor);
		within(this.element, 'h3').textContent = name;
		within(this.element, '.scroll').setAttribute('aria-label', `Records at ${name}`);
		this.fillButton = within(this.element, 'button');
		this.fillButton.setAttribute('aria-label', `Refill ${name}`);
		this.trouble = /** @type {HTMLSelectElement} */ (within(this.element, '.trouble select'));
		this.trouble.setAttribute('aria-label', `Trouble at ${name}`);
		this.purge = /** @type {HTMLSelectElement} */ (within(this.element, '.purge select'));
		this.purge.setAttribute('aria-label', `${name} deletes`);
		this.list = within(this.element, 'ul');
		this.gap = within(this.element, '.gap');
		/** @type {Map<string, HTMLElement>} By key. */
		this.rows = new Map();
		/** @type {Map<HTMLElement, number>} Deleted ones, and when they go. */
		this.fading = new Map();
		this.lastDeletion = 0;
	}

	/** @param {VendorView} view */
	show(view) {
		within(this.element, '.count b').textContent = formatNumber(view.count);
		within(this.element, '.count span').textContent = view.noun;
		within(this.element, '.deleted').textContent =
			view.deleted === 0 ? '' : `${formatNumber(view.deleted)} deleted`;
		this.showPurge(view);
		this.showDeletions(view);
		this.dropRowsWithout(new Set([...view.first, ...view.last].map(({ key }) => key)));
		const afterFirst = this.place(view.first, this.list.firstElementChild);
		if (afterFirst !== this.gap) this.list.insertBefore(this.gap, afterFirst);
		this.place(view.last, this.gap.nextElementSibling);
		const more = view.count - view.first.length - view.last.length;
		this.gap.hidden = more <= 0;
		this.gap.textContent = `${formatNumber(more)} more`;
	}

	/** @param {VendorView} view */
	showPurge({ purgeSeconds }) {
		within(this.element, '.purge').hidden = purgeSeconds === undefined;
		const value = String(purgeSeconds ?? 0);
		// A test or a command may have set what the page does not offer.
		if (!Array.from(this.purge.options).some((option) => option.value === value)) {
			this.purge.add(new Option(`After ${value} seconds`, value));
		}
		this.purge.value = value;
	}

	/** @param {TroubleView | undefined} view */
	showTrouble(view) {
		this.trouble.value = view?.trouble ?? '';
		this.element.classList.toggle('in-trouble', view !== undefined);
		const option = within(this.trouble, '[value="unavailableForOne"]');
		option.textContent =
			view?.record === undefined ? '503 for one record' : `503 for ${view.record}`;
	}

	/** Takes away what has faded. */
	dropFaded() {
		const now = Date.now();
		for (const [row, end] of this.fading) {
			if (end <= now) this.dropFading(row);
		}
	}

	/** @param {VendorView} view */
	showDeletions({ deletions, deleted }) {
		const isFilledAgain = deleted === 0;
		if (isFilledAgain) for (const row of this.fading.keys()) this.dropFading(row);
		for (const deletion of deletions) {
			if (deletion.number <= this.lastDeletion) continue;
			this.lastDeletion = deletion.number;
			if (deletion.ago < fadingTime) this.strike(deletion);
		}
		for (const row of [...this.fading.keys()].slice(0, -mostFading)) this.dropFading(row);
	}

	/** @param {DeletionView} deletion */
	strike(deletion) {
		const row = this.rows.get(deletion.key) ?? this.rowOfUnseen(deletion);
		this.rows.delete(deletion.key);
		row.classList.add('deleted');
		row.style.animationDelay = `-${deletion.ago}ms`;
		row.setAttribute('aria-label', `Deleted: ${deletion.id}`);
		this.fading.set(row, Date.now() + fadingTime - deletion.ago);
	}

	/** @param {DeletionView} deletion */
	rowOfUnseen(deletion) {
		const row = makeRow(deletion);
		const whole = deletion.of === undefined ? undefined : this.rows.get(deletion.of);
		this.list.insertBefore(row, whole?.nextElementSibling ?? this.list.firstElementChild);
		return row;
	}

	/** @param {HTMLElement} row */
	dropFading(row) {
		this.fading.delete(row);
		row.remove();
	}

	/** @param {Set<string>} keys */
	dropRowsWithout(keys) {
		for (const [key, row] of this.rows) {
			if (keys.has(key)) continue;
			this.rows.delete(key);
			row.remove();
		}
	}

	/**
	 * Puts the records in their order from `next` on; those that fade stay where they are.
	 * @param {readonly RecordView[]} records
	 * @param {Element | null} next
	 * @returns {Element | null} what follows the last
	 */
	place(records, next) {
		for (const record of records) {
			while (next !== null && this.isFading(next)) next = next.nextElementSibling;
			const row = this.rows.get(record.key) ?? makeRow(record);
			if (this.rows.has(record.key)) changeWords(row, record.words);
			this.rows.set(record.key, row);
			if (row === next) next = row.nextElementSibling;
			else this.list.insertBefore(row, next);
		}
		while (next !== null && this.isFading(next)) next = next.nextElementSibling;
		return next;
	}

	/** @param {Element} element */
	isFading(element) {
		return this.fading.has(/** @type {HTMLElement} */ (element));
	}
}

/** @param {RecordView} record */
function makeRow({ id, words }) {
	const row = copyTemplate('record');
	within(row, '.id span').textContent = id;
	within(row, '.words').textContent = words;
	row.title = `${id}\n${words}`;
	return row;
}

/**
 * @param {HTMLElement} row
 * @param {string} words
 */
function changeWords(row, words) {
	const element = within(row, '.words');
	if (element.textContent === words) return;
	element.textContent = words;
	row.title = row.title.replace(/\n.*$/, () => `\n${words}`);
	if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
	element.animate([{ background: 'var(--changed)' }, {}], 2000);
}
