// @ts-check
import { RequestTable } from './requestTable.js';
import { VendorCard, displayName, formatNumber } from './vendorCard.js';

/** @typedef {import('../pageFeed/vendorView').VendorView} VendorView */
/** @typedef {import('../pageFeed/requestFeed').RequestNews} RequestNews */
/** @typedef {import('../faults/troubles').TroubleView} TroubleView */
/** @typedef {Readonly<Record<string, TroubleView>>} TroubleViews */
/** @typedef {RequestNews & {run: string, vendors: VendorView[], troubles: TroubleViews}} State */

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {Map<string, VendorCard>} */
const cards = new Map();

/** @type {Map<string, VendorView>} What came and is not drawn yet. */
const undrawn = new Map();

const table = new RequestTable(byId('requests'));

/** Which start of the sandbox is shown. */
let run = '';

let isPaused = false;

let isDrawingPlanned = false;

/** Once per frame at most, however much arrives; not at all in a tab that is hidden. */
function planDrawing() {
	if (isDrawingPlanned || isPaused) return;
	isDrawingPlanned = true;
	requestAnimationFrame(() => {
		isDrawingPlanned = false;
		if (!isPaused) draw();
	});
}

function draw() {
	for (const [vendor, view] of undrawn) {
		cards.get(vendor)?.show(view);
		noteForAnnouncement(view);
	}
	undrawn.clear();
	const { shown, total } = table.show();
	byId('empty').hidden = shown > 0;
	byId('shown').textContent =
		shown < total
			? `the last ${formatNumber(shown)} of ${formatNumber(total)}`
			: `${formatNumber(total)} ${total === 1 ? 'request' : 'requests'}`;
}

/** @param {State} state */
function takeState(state) {
	if (state.run !== run) {
		run = state.run;
		cards.clear();
		byId('vendors').replaceChildren();
		for (const { vendor } of state.vendors) addVendor(vendor);
	}
	for (const view of state.vendors) undrawn.set(view.vendor, view);
	showTroubles(state.troubles);
	table.clear();
	table.add(state.totals, state.requests);
	planDrawing();
}

/** @param {string} vendor */
function addVendor(vendor) {
	const card = new VendorCard(vendor);
	cards.set(vendor, card);
	byId('vendors').append(card.element);
	card.fillButton.addEventListener('click', () => void fill(vendor));
	card.trouble.addEventListener('change', () => void makeTrouble(vendor, card.trouble.value));
	card.purge.addEventListener(
		'change',
		() => void put(vendor, 'purge', { seconds: card.purge.value }),
	);
	addFilter(vendor);
}

/** @param {string} vendor */
function addFilter(vendor) {
	const filter = byId('filter');
	if (Array.from(filter.querySelectorAll('input')).some(({ value }) => value === vendor)) return;
	const label = document.createElement('label');
	const input = document.createElement('input');
	const text = document.createElement('span');
	Object.assign(input, { type: 'radio', name: 'vendor', value: vendor });
	text.textContent = displayName(vendor);
	label.append(input, text);
	filter.append(label);
}

/** @param {string} vendor */
async function fill(vendor) {
	const count = /** @type {HTMLSelectElement} */ (byId('fill-count')).value;
	await put(vendor, 'records', { count, cases: 'true' });
}

/**
 * @param {string} vendor
 * @param {string} trouble empty: none
 */
async function makeTrouble(vendor, trouble) {
	await put(vendor, 'trouble', { trouble });
}

/**
 * @param {string} vendor
 * @param {string} what
 * @param {Record<string, string>} query
 */
async function put(vendor, what, query) {
	const address = `sandbox/${encodeURIComponent(vendor)}/${what}?${new URLSearchParams(query)}`;
	const reply = await fetch(address, { method: 'PUT' }).catch(() => undefined);
	if (reply?.ok !== true) showConnection('lost', 'The sandbox did not take that. Is it running?');
}

/** @param {TroubleViews} troubles */
function showTroubles(troubles) {
	for (const [vendor, card] of cards) card.showTrouble(troubles[vendor]);
}

/**
 * @param {'waiting' | 'live' | 'lost'} state
 * @param {string} words
 */
function showConnection(state, words) {
	const connection = byId('connection');
	if (connection.textContent === words) return;
	connection.dataset.state = state;
	connection.textContent = words;
}

/** @type {Map<string, VendorView>} */
const unannounced = new Map();

/** @type {Map<string, number>} */
const announced = new Map();

/** @param {VendorView} view */
function noteForAnnouncement(view) {
	const before = announced.get(view.vendor);
	announced.set(view.vendor, view.deleted);
	if (before !== undefined && view.deleted > before) unannounced.set(view.vendor, view);
}

/** Seldom and in short: a screen reader would talk without end if it were told every request. */
function announce() {
	if (unannounced.size === 0) return;
	byId('announcement').textContent = [...unannounced.values()]
		.map(
			({ vendor, count, noun, deleted }) =>
				`${displayName(vendor)}: ${formatNumber(deleted)} deleted, ${formatNumber(count)} ${noun} left.`,
		)
		.join(' ');
	unannounced.clear();
}

function listen() {
	const source = new EventSource('sandbox/events');
	/**
	 * @param {string} event
	 * @param {(data: any) => void} take
	 */
	const on = (event, take) =>
		source.addEventListener(event, ({ data }) => {
			showConnection('live', 'Live');
			take(JSON.parse(data));
		});
	on('state', takeState);
	on('records', (/** @type {VendorView} */ view) => {
		undrawn.set(view.vendor, view);
		planDrawing();
	});
	on('troubles', showTroubles);
	on('requests', (/** @type {RequestNews} */ { totals, requests }) => {
		table.add(totals, requests);
		planDrawing();
	});
	source.addEventListener('error', () => {
		showConnection('lost', 'The sandbox does not answer. Trying again …');
		// The browser tries again by itself unless the answer was something else than a stream.
		if (source.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
	});
}

byId('filter').addEventListener('change', (event) => {
	table.filter = /** @type {HTMLInputElement} */ (event.target).value;
	draw();
});

byId('pause').addEventListener('click', ({ currentTarget }) => {
	isPaused = !isPaused;
	const button = /** @type {HTMLElement} */ (currentTarget);
	button.setAttribute('aria-pressed', String(isPaused));
	planDrawing();
});

setInterval(() => {
	for (const card of cards.values()) card.dropFaded();
}, 500);
setInterval(announce, 5000);
listen();
