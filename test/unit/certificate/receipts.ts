import { issue, type Certificate, type Particulars } from '../../../erasure/certificate/issue';
import { isUsable, readSigningKey, type SigningKey } from '../../../erasure/certificate/key';
import { usuallyNotCovered } from '../../../erasure/certificate/meanings';
import {
	entriesOf,
	oneForEachRecord,
	type GivenReceipt,
} from '../../../erasure/certificate/records';
import { readReceipt } from '../../../erasure/receiptReader';
import { recordKinds } from '../../../nodes/ErasureCertificate/knownVendors';
import { publishedPem } from './others';

function readKey(): SigningKey {
	const key = readSigningKey(publishedPem);
	if (!isUsable(key)) throw new Error(key.complaint);
	return key;
}

export const key = readKey();

export const issuedAt = new Date('2026-11-25T12:00:00.500Z');

export const particulars: Particulars = {
	issuer: 'https://privacy.example.com',
	key,
	issuedAt,
	reference: 'DSR-2026-0017',
	notCovered: usuallyNotCovered,
	made: { package: 'n8n-nodes-call-erasure', version: '0.1.0', execution: '4711' },
};

/** A receipt as a node gives it. */
export function receipt(number: number, changes: object = {}): object {
	return {
		deleted: true,
		outcome: 'deleted',
		evidence: 'confirmed',
		vendor: 'flyflow',
		resource: 'call',
		target: { callId: `call_${number}` },
		attempts: 1,
		at: new Date(Date.UTC(2026, 10, 22, 10, 0, number % 60)).toISOString(),
		...changes,
	};
}

export const accepted = {
	deleted: false,
	outcome: 'accepted',
	evidence: 'accepted',
	vendor: 'creovai',
};

export const unknown = {
	deleted: false,
	outcome: 'unknown',
	evidence: 'none',
	reason: { code: 'replyLost', message: 'No reply came from +1 512 555 1234' },
};

export function given(...receipts: readonly object[]): GivenReceipt[] {
	return receipts.map((json, itemIndex) => {
		const check = readReceipt(json);
		if (!check.valid) throw new Error(check.problem);
		return { receipt: check.receipt, place: `in item ${itemIndex}`, itemIndex };
	});
}

export function certify(
	receipts: readonly object[],
	changes: Partial<Particulars> = {},
): Certificate[] {
	const entries = entriesOf(oneForEachRecord(given(...receipts), recordKinds), recordKinds);
	return issue({ ...particulars, ...changes }, entries);
}

export function certifyOne(
	receipts: readonly object[],
	changes: Partial<Particulars> = {},
): Certificate & { text: string; sha256: string } {
	const [certificate, ...others] = certify(receipts, changes);
	if (certificate?.text === undefined || certificate.sha256 === undefined || others.length > 0) {
		throw new Error('There is not exactly one signed certificate');
	}
	return { ...certificate, text: certificate.text, sha256: certificate.sha256 };
}

/** The certificate with all its disclosures behind it. */
export function presented({ text = '', records, subject }: Certificate): string {
	const all = [...records.map(({ disclosure }) => disclosure), ...(subject ? [subject] : [])];
	return text + all.map((disclosure) => `${disclosure.text}~`).join('');
}

/** What stands between the first and the last line of the private key. */
export const publishedPemLines = publishedPem.trim().split('\n').slice(1, -1);

/** With one character of the signature changed. */
export function altered(text: string): string {
	const place = text.indexOf('~') - 20;
	return text.slice(0, place) + (text[place] === 'A' ? 'B' : 'A') + text.slice(place + 1);
}
