import type { Evidence, Outcome } from '../../outcome';
import { isOpen } from '../groups';
import type { CertificatePayload, Counts } from '../payload';
import { html, type Html } from './html';

/** What a page says beyond what is in the certificate. */
export interface PageContent {
	readonly payload: CertificatePayload;
	/** The certificate's text; undefined in a test run. */
	readonly text: string | undefined;
	readonly kid: string | undefined;
	/** How vendors are called, by the names in the certificate. */
	readonly vendorNames: Readonly<Record<string, string>>;
}

const happened: Readonly<Record<Outcome, string>> = {
	deleted: 'Deleted',
	accepted: 'Deletion taken on, not yet carried out',
	notFound: 'Not there',
	deprecated: 'Withdrawn from use, not deleted',
	preview: 'Nothing was changed',
	refused: 'Refused, not deleted',
	failed: 'Not deleted',
	unknown: 'Not certain',
	skipped: 'Not attempted, not deleted',
};

const known: Readonly<Record<Evidence, string>> = {
	none: 'Nothing was confirmed',
	accepted: 'The vendor took it on',
	confirmed: 'The vendor said so',
	rechecked: 'Asked again afterwards',
};

export function heading({ payload }: PageContent): Html {
	const { iss, iat, jti, erasure } = payload;
	const { test, state, total, counts } = erasure;
	const all = total ?? counts;
	const open = Object.entries(all)
		.filter(([outcome]) => isOpen(outcome as Outcome))
		.reduce((sum, [, count]) => sum + count, 0);
	const verdict =
		state === 'final'
			? html`<p class="state final">
					Final. Nothing is left open for any of the ${records(all.records)}.
				</p>`
			: html`<p class="state open">
					Open. Something is still to be done or checked for ${open} of ${records(all.records)}.
				</p>`;
	return html`<h1>Certificate of erasure</h1>
		<p class="soft">
			Issued by ${iss} on ${moment(new Date(iat * 1000).toISOString())}, number ${jti}
		</p>
		${
			test === true
				? html`<p class="state test">
						TEST. This page was made in a test run. It is not signed and certifies nothing.
					</p>`
				: verdict
		}`;
}

export function request({ payload: { erasure }, vendorNames }: PageContent): Html {
	const { reference, received } = erasure.request;
	const vendors = [...new Set(erasure.groups.map(({ vendor }) => vendor))];
	const { part, parts, total, unnamed, meanings } = erasure;
	return html`<h2>What was asked</h2>
		<p>
			To delete records that companies keep on behalf of the issuer. This page does not say which
			records, or whom they are about.
		</p>
		<dl>
			<dt>Request</dt>
			<dd>${reference}</dd>
			<dt>Received</dt>
			<dd>${received === undefined ? 'not stated' : moment(received)}</dd>
			<dt>Where</dt>
			<dd>${vendors.map((vendor) => vendorNames[vendor] ?? vendor).join(', ')}</dd>
			<dt>How many</dt>
			<dd>
				${records(erasure.counts.records)}${
					part === undefined || parts === undefined
						? ''
						: ` in this certificate, which is part ${part} of ${parts}; ${records(total?.records ?? 0)} in all parts`
				}
			</dd>
			${
				unnamed === undefined
					? ''
					: html`<dt>Of these, not named</dt>
							<dd>${records(unnamed)}. ${meanings.unnamed?.unnamed ?? ''}</dd>`
			}
		</dl>`;
}

export function whatHappened({ payload: { erasure }, vendorNames }: PageContent): Html {
	const rows = erasure.groups.map((group) => {
		const { vendor, resource, outcome, evidence, reason, count, first, last, was } = group;
		return html`<tr>
			<td data-name="Where">${vendorNames[vendor] ?? vendor}</td>
			<td data-name="Records" class="number">${things(count, resource)}</td>
			<td data-name="What happened">
				${happened[outcome]}${
					reason === undefined
						? ''
						: html`<br /><span class="soft">${erasure.meanings.reasons[reason] ?? reason}</span>`
				}${
					was === undefined
						? ''
						: html`<br /><span class="soft">Before: ${happened[was.outcome]}</span>`
				}
			</td>
			<td data-name="How it is known">${known[evidence]}</td>
			<td data-name="When">${period(first, last)}</td>
		</tr>`;
	});
	return html`<h2>What happened</h2>
		<table>
			<thead>
				<tr>
					<th>Where</th>
					<th class="number">Records</th>
					<th>What happened</th>
					<th>How it is known</th>
					<th>When</th>
				</tr>
			</thead>
			<tbody>
				${rows}
			</tbody>
		</table>`;
}

export function changesOf({ payload: { erasure } }: PageContent): Html | undefined {
	const { amends, total } = erasure;
	if (amends === undefined) return undefined;
	return html`<h2>What this changes</h2>
		<p>
			This certificate lists only records whose outcome has changed since certificate ${amends.jti},
			which stays as it is (SHA-256 <code>${amends.sha256}</code>).
			${total === undefined ? '' : `Of all its records: ${countsInWords(total)}.`}
		</p>`;
}

export function howKnown({ payload: { erasure } }: PageContent): Html {
	const { outcomes, evidence } = erasure.meanings;
	const words = [
		...Object.entries(outcomes).map(([word, meaning]) => [label(happened, word), meaning] as const),
		...Object.entries(evidence).map(([word, meaning]) => [label(known, word), meaning] as const),
	];
	// Some words are sentences already.
	const explained = words
		.filter(([word, meaning]) => meaning !== `${word}.`)
		.map(([word, meaning]) => html`<li><b>${word}:</b> ${meaning}</li>`);
	return html`<h2>What the words mean</h2>
		<ul>
			${explained}
		</ul>`;
}

export function leftOpen({ payload: { erasure }, vendorNames }: PageContent): Html {
	const open = erasure.groups.filter(({ outcome }) => isOpen(outcome));
	const rows = open.map(
		({ vendor, resource, outcome, count }) =>
			html`<li>
				${things(count, resource)} at ${vendorNames[vendor] ?? vendor}:
				${lowerFirst(happened[outcome])}
			</li>`,
	);
	const elsewhere =
		erasure.total === undefined ? undefined : html`<p>In all: ${countsInWords(erasure.total)}.</p>`;
	return html`<h2>What is still open</h2>
		${
			rows.length === 0
				? html`<p>Nothing that this certificate lists.</p>`
				: html`<ul>
						${rows}
					</ul>`
		}
		${elsewhere}`;
}

export function notCovered({ payload: { erasure } }: PageContent): Html {
	const rows = erasure.notCovered.map((sentence) => html`<li>${sentence}</li>`);
	return html`<h2>What is not covered</h2>
		<ul>
			${rows}
		</ul>`;
}

export function approval({ payload: { erasure } }: PageContent): Html {
	const { approved, made } = erasure;
	return html`<h2>Who approved, and who made this</h2>
		<p>
			${
				approved === undefined
					? 'No approval is stated.'
					: `Approved on ${moment(approved.at)} by ${approved.by}.`
			}
			Made by the program ${made.package} ${made.version}, run ${made.execution}, for the issuer.
		</p>`;
}

export function wayToVerify({ payload, text, kid }: PageContent): Html {
	if (text === undefined || kid === undefined) {
		return html`<h2>How to verify it</h2>
			<p>There is nothing to verify: a test run signs nothing.</p>`;
	}
	return html`<h2>How to verify it</h2>
		<p>
			This page is only for reading: what counts is the certificate, a line of text that comes with
			it. It is signed with the key whose thumbprint is <code>${kid}</code>. Have the issuer confirm
			the thumbprint, or find the key at ${payload.iss.replace(/\/$/, '')}/.well-known/jwks.json.
			With the certificate in certificate.txt and that key in public.pem, this says “Signature
			Verified Successfully” (Linux, macOS; OpenSSL 3):
		</p>
		<pre>${verifyCommands}</pre>
		<p class="soft">
			It is an SD-JWT (RFC 9901), signed with Ed25519, so other programs can verify it too. Anyone
			who has been given the disclosure of a record can show that it is among those counted here.
		</p>
		<details>
			<summary>The certificate as text</summary>
			<pre>${text}</pre>
		</details>`;
}

/** As docs/verify.md has them. */
export const verifyCommands = `tr -d '\\r\\n ' < certificate.txt | cut -d '~' -f 1 > jws.txt
cut -d . -f 1,2 jws.txt | tr -d '\\n' > signed.txt
(cut -d . -f 3 jws.txt | tr -d '\\n' | tr '_-' '/+'; echo ==) | openssl base64 -d -A > signature.bin
openssl pkeyutl -verify -pubin -inkey public.pem -rawin -in signed.txt -sigfile signature.bin`;

function label(labels: Readonly<Record<string, string>>, word: string): string {
	return labels[word] ?? word;
}

function records(count: number): string {
	return things(count, 'record');
}

function things(count: number, resource: string): string {
	return `${count.toLocaleString('en')} ${resource}${count === 1 ? '' : 's'}`;
}

function countsInWords(counts: Counts): string {
	return Object.entries(counts)
		.filter(([outcome]) => outcome !== 'records')
		.map(
			([outcome, count]) => `${count.toLocaleString('en')} ${lowerFirst(label(happened, outcome))}`,
		)
		.join('; ');
}

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}

/** In UTC, as the certificate has it, and said so: the reader may live anywhere. */
function moment(iso: string): string {
	return `${day(iso)}, ${iso.slice(11, 16)} UTC`;
}

const months = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
];

function day(iso: string): string {
	const [year = '', month = '', date = ''] = iso.slice(0, 10).split('-');
	return `${Number(date)} ${months[Number(month) - 1] ?? month} ${year}`;
}

function period(first: string, last: string): string {
	if (first.slice(0, 16) === last.slice(0, 16)) return moment(first);
	if (day(first) === day(last)) {
		return `${day(first)}, ${first.slice(11, 16)} to ${last.slice(11, 16)} UTC`;
	}
	return `${moment(first)} to ${moment(last)}`;
}
