/* eslint max-lines: "off" -- one list, in which a message is found by its place and not by the name of a file */
import { generateKeyPairSync } from 'node:crypto';

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { digestOf, discloseElement, discloseMember } from '../../../erasure/certificate/disclosure';
import { signJws } from '../../../erasure/certificate/jws';
import { processPayload } from '../../../erasure/certificate/sdJwt';
import { testCredential } from '../../engine/credentialTest';
import { runNode, type RunOptions, type RunResult } from '../../engine/engine';
import { publishedPem, publishedPublicKey } from '../../unit/certificate/others';
import {
	accepted,
	altered,
	certifyOne,
	key,
	presented,
	receipt,
	unknown,
} from '../../unit/certificate/receipts';
import { issueCertificate } from '../../../nodes/ErasureCertificate/issueCertificate';
import type { Listed } from '../listed';
import { thrownBy, type Met } from '../stage';

const issuer = { issuer: 'https://privacy.example.com', privateKey: publishedPem };

async function run(
	operation: string,
	parameters: IDataObject,
	items: readonly object[],
	changes: Partial<RunOptions> = {},
): Promise<RunResult> {
	return await runNode({
		type: 'erasureCertificate',
		parameters: { resource: 'certificate', operation, ...parameters },
		items: items as IDataObject[],
		credentials: operation === 'issue' ? { erasureCertificateKeyApi: issuer } : {},
		...changes,
	});
}

interface Issued {
	readonly text: string;
	readonly wayOut: string;
	readonly names?: string;
	readonly item?: number;
}

/** What stops the operation Issue. */
export function stops(
	listed: Issued,
	items: readonly object[],
	parameters: IDataObject = {},
	changes: Partial<RunOptions> = {},
): Listed {
	return {
		...listed,
		meet: async () => {
			const given = { reference: 'DSR-2026-0017', ...parameters };
			const { error } = await run('issue', given, items, changes);
			return { text: error?.message ?? '', item: error?.context?.itemIndex as number | undefined };
		},
	};
}

const asGiven = "Give receipts as the vendors' nodes gave them";

const asText = (field: string) =>
	`Give each as text, or in items that have it in their field "${field}"`;

/** A receipt that cannot be read. */
function unreadable(what: string, changes: object): Listed {
	const items = [{ ...receipt(1), ...changes }];
	return stops(
		{ text: `The receipt in item 0 ${what}. ${asGiven}`, wayOut: asGiven, item: 0 },
		items,
	);
}

function field(name: string, expected: string, changes: object): Listed {
	return unreadable(`has no usable "${name}", which has to be ${expected}`, changes);
}

function reference(what: string, value: unknown): Listed {
	const wayOut = 'Give your number for the request, such as DSR-2026-0017';
	const text = `Reference in item 0 ${what}. ${wayOut}`;
	return stops({ text, names: 'Reference', wayOut, item: 0 }, [receipt(1)], {
		reference: value as string,
	});
}

function notCovered(what: string, value: string): Listed {
	const wayOut = 'Everybody may read it: say in general what is not covered';
	const listed = { text: `Not Covered ${what}. ${wayOut}`, names: 'Not Covered', wayOut };
	return stops(listed, [receipt(1)], { notCovered: value });
}

function option(text: string, names: string, wayOut: string, options: IDataObject): Listed {
	return stops({ text, names, wayOut }, [receipt(1)], { options });
}

/** What the Test button says of a private key. */
function privateKey(complaint: string, wayOut: string, value: string): Listed {
	return {
		text: `Private Key in the credentials ${complaint}. ${wayOut}`,
		names: 'Private Key',
		wayOut,
		meet: async () => await press({ privateKey: value }),
	};
}

async function press(changes: object): Promise<Met> {
	const data = { ...issuer, ...changes };
	return {
		text: (await testCredential('erasureCertificate', 'erasureCertificateKeyApi', data)).message,
	};
}

const certificate = certifyOne([receipt(1), receipt(2, accepted)]);
const publicKeyPem = publishedPublicKey.export({ type: 'spki', format: 'pem' }) as string;

const answers =
	'it is the answer that was asked for: the certificate is not valid, for this reason';

/** Why a certificate is not valid. */
function reason(text: string, parameters: IDataObject): Listed {
	return {
		text,
		because: answers,
		meet: async () => {
			const given = { certificate: certificate.text, publicKey: publicKeyPem, ...parameters };
			const { json } = await run('verify', given, [{}]);
			return { text: (json[0]?.reasons as string[])[0] ?? '' };
		},
	};
}

function publicKey(complaint: string, wayOut: string, value: string): Listed {
	return {
		...reason(`Public Key ${complaint}. ${wayOut}`, { publicKey: value }),
		names: 'Public Key',
	};
}

/** The same where no certificate of ours brings it about. */
function notSdJwt(text: string, payload: object, disclosures: readonly string[] = []): Listed {
	return {
		text,
		because: answers,
		meet: async () =>
			await thrownBy(() => processPayload(payload as Record<string, unknown>, disclosures)),
	};
}

const signed = (payload: object, header: object = {}) =>
	`${signJws({ typ: 'erasure-certificate+sd-jwt', ...header }, payload as Record<string, unknown>, key)}~`;

const claims = (changes: object) =>
	signed({ ...certificate.payload, erasure: { ...certificate.payload.erasure, ...changes } });

/** A certificate of the same records that amends that one. */
const amendingOne = (jti: string, sha256: string) =>
	signed({
		...certificate.payload,
		jti: 'later',
		erasure: {
			...certificate.payload.erasure,
			amends: { jti, sha256 },
			total: certificate.payload.erasure.counts,
			totalOf: [jti, 'later'],
			groups: certificate.payload.erasure.groups.map((group) => ({
				...group,
				was: { outcome: 'unknown', evidence: 'none' },
			})),
		},
	});

const ownDisclosures = presented(certificate).split('~').slice(1).join('~');
const twoDeleted = certifyOne([
	receipt(1),
	receipt(2, { vendor: 'verba', resource: 'conversation', target: { callID: '2' } }),
]);

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const member = discloseMember('a', 1);
const element = discloseElement('x');

const makeOne = 'Make one with: openssl genpkey -algorithm ed25519 -out key.pem';
const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const encrypted = { ...pkcs8, cipher: 'aes-256-cbc', passphrase: 'x' };
const notAKey =
	'Paste the public key of the issuer, as PEM, as a JWK or as the JWKS that it publishes';

const amending = {
	amends: certificate.text,
	amendsDisclosures: presented(certificate).split('~').slice(1).join(' '),
};
const ofAnotherKey = certifyOne([receipt(1)], { key: { ...key, kid: 'another' } });
const vague = certifyOne([receipt(1, { ...unknown, target: {} })]);

function tooDeep(): string[] {
	let inner = member;
	const all = [inner.text];
	for (let level = 0; level < 60; level++) {
		inner = discloseMember('a', { _sd: [inner.digest] });
		all.push(inner.text);
	}
	return all;
}

const deep = tooDeep();

/** What the node Erasure Certificate says. */
export const certificates: readonly Listed[] = [
	unreadable('is not a receipt: it has no "outcome"', { outcome: '' }),
	unreadable(
		'is not one receipt: it holds further ones in "receipt" or "receipts", and nothing tells which of them count',
		{ receipts: [receipt(2)] },
	),
	stops(
		{
			text: 'No receipt came for the request DSR-2026-0017: the lists in "receipts" are empty. Give all receipts of the request',
			wayOut: 'Give all receipts of the request',
			item: 0,
		},
		[{ receipts: [] }, { receipts: [] }],
	),
	field('outcome', 'one of ‹words›', { outcome: 'gone' }),
	field('evidence', 'one of ‹words›', { evidence: 'sure' }),
	field('deleted', 'true or false', { deleted: 'perhaps' }),
	field(
		'vendor',
		"a name of at most 40 letters, with at most 6 digits and single blanks, '.', '_', '-', '&' or apostrophes among them",
		{ vendor: '<b>acme</b>' },
	),
	field('resource', "a name of letters, with at most 6 digits and '.', '_' or '-' among them", {
		resource: '1',
	}),
	field('at', 'when the outcome was settled', { at: null }),
	field('at', 'a date with its time and time zone, such as 2026-11-22T10:00:00.000Z', {
		at: '2026',
	}),
	field('attempts', 'a whole number', { attempts: -1 }),
	field('account', '16 hexadecimal digits', { account: 'mine' }),
	field('reason.code', 'a code listed in docs/receipts.md', { reason: { code: 'x' } }),
	field('target', "an object of the record's identifiers, or its JSON text", { target: 'call_1' }),
	field('target', 'at most 12 identifiers, each of them one line of text', {
		target: { callId: '' },
	}),
	unreadable('contradicts itself: deleted: false does not go with the outcome "deleted"', {
		deleted: false,
	}),
	unreadable('contradicts itself: evidence "none" does not go with the outcome "deleted"', {
		evidence: 'none',
	}),
	unreadable(
		'contradicts itself: evidence "confirmed" with the reason "stillThere" does not go with the outcome "deleted"',
		{ reason: { code: 'stillThere', message: '' } },
	),
	unreadable('contradicts itself: an empty target does not go with the outcome "deleted"', {
		target: {},
	}),
	stops(
		{
			text: `The receipt at position 2 in item 0 is not a receipt: it has no "outcome". ${asGiven}`,
			wayOut: asGiven,
			item: 0,
		},
		[{ receipts: [receipt(1), {}] }],
	),
	stops(
		{
			text: 'The receipt in item 0 is a preview: nothing has happened that could be certified. Give the receipts of a run that deletes',
			wayOut: 'Give the receipts of a run that deletes',
			item: 0,
		},
		[receipt(1, { deleted: false, outcome: 'preview', evidence: 'none' })],
	),
	stops(
		{
			text: 'The receipts in item 0 and in item 1 are of the same record. Give only the last receipt of each record',
			wayOut: 'Give only the last receipt of each record',
		},
		[receipt(1), receipt(1)],
	),
	stops(
		{
			text: 'The receipts in item 0 and in item 1 are of the same record and contradict each other: one of them is marked as a duplicate and says something else. Give only the last receipt of each record',
			wayOut: 'Give only the last receipt of each record',
		},
		[receipt(1), receipt(1, { ...unknown, duplicate: true })],
	),
	stops(
		{
			text: 'The receipts in item 0 and in item 2 may be of the same record or of two: the latter has no account, or only an ID that several records share. Give receipts as the nodes gave them, and only the last one of each record',
			wayOut: 'Give receipts as the nodes gave them, and only the last one of each record',
		},
		[
			receipt(1, { account: '0123456789abcdef' }),
			receipt(1, { account: 'fedcba9876543210' }),
			receipt(1),
		],
	),
	stops(
		{
			text: 'Other Vendors has to be names, separated by commas, as Vendor Name in Erase by HTTP has them. Everybody may read them: leave out names of people',
			names: 'Other Vendors',
			wayOut: 'leave out names of people',
		},
		[receipt(1)],
		{ options: { otherVendors: '+15125551234' } },
	),
	stops(
		{
			text: 'The receipt in item 0 is of a vendor, or of a kind of record, that is not known here. Give receipts as the nodes gave them; if it is of Erase by HTTP, add its vendor to the option Other Vendors',
			wayOut: 'add its vendor to the option Other Vendors',
			item: 0,
		},
		[receipt(1, { vendor: 'Anna.Mueller' })],
	),
	reference('has to be 1 to 64 letters, digits, ".", "_", ":" or "-"', 'Ada Example'),
	reference('looks like a phone number', '5125551234'),
	reference('is not text', '={{ [1] }}'),
	stops(
		{
			text: 'The receipts in item 0 and in item 1 are of two requests, A and B. Switch on the option Certificate for Each Request, or give the receipts of one',
			wayOut: 'Switch on the option Certificate for Each Request',
		},
		[receipt(1, { request: 'A' }), receipt(2, { request: 'B' })],
		{ reference: '={{ $json.request }}' },
	),
	stops(
		{
			text: 'The receipts in item 0 and in item 1 are of two requests: their field "request" differs. Set Reference to {{ $json.request }} and switch on the option Certificate for Each Request, or give the receipts of one',
			names: 'Reference',
			wayOut: 'Set Reference to {{ $json.request }}',
		},
		[receipt(1, { request: 'A' }), receipt(2, { request: 'B' })],
	),
	stops(
		{
			text: 'The receipts at position 1 in item 0 and at position 2 in item 0 are of two requests: their field "request" differs. Give the receipts of one',
			wayOut: 'Give the receipts of one',
			item: 0,
		},
		[{ receipts: [receipt(1, { request: 'A' }), receipt(2, { request: 'B' })] }],
	),
	stops(
		{
			text: 'Not Covered is empty. Say what the certificate does not cover, at least the backups of the vendors',
			names: 'Not Covered',
			wayOut: 'Say what the certificate does not cover',
		},
		[receipt(1)],
		{ notCovered: ' ' },
	),
	notCovered('holds a sentence of more than 300 characters', 'a'.repeat(301)),
	notCovered('holds a character that cannot be seen', 'a\u0007b'),
	notCovered('seems to hold an e-mail address', 'Mails to ada@example.com'),
	notCovered('seems to hold a phone number', 'Calls of +1 (512) 555-1234'),
	option(
		'Approved At and Approved By go together. Fill in both, or neither',
		'Approved By',
		'Fill in both, or neither',
		{ approvedBy: 'x' },
	),
	option(
		'Approved By has to be 1 to 64 letters, digits, ".", "_", ":" or "-". Everybody may read it: give a role or a number, such as privacy-office',
		'Approved By',
		'give a role or a number, such as privacy-office',
		{ approvedAt: '2026-11-21T09:00:00Z', approvedBy: 'Ada Example' },
	),
	option(
		'Subject has to be a text of at most 1,000 characters. Correct the expression',
		'Subject',
		'Correct the expression',
		{ subject: 'a'.repeat(1001) },
	),
	option(
		'Received is not a date and time. Enter one such as 2026-01-31T14:30:00Z',
		'Received',
		'Enter one such as 2026-01-31T14:30:00Z',
		{ received: 'soon' },
	),
	option(
		'The certificate to amend cannot be read: The certificate does not end with ~, so a part of it is missing. Give it as it was issued',
		'certificate to amend',
		'Give it as it was issued',
		{ amends: 'abc' },
	),
	option(
		'The certificate to amend cannot be read: The signature does not match: the certificate was changed, or another key signed it. Give it as it was issued',
		'certificate to amend',
		'Give it as it was issued',
		{ amends: altered(certificate.text) },
	),
	option(
		'Certificate 2 in Amends was not signed with the key in the credentials (‹kid›). Choose the credentials with which it was issued, or leave Amends empty and give all receipts of the request',
		'Amends',
		'Choose the credentials with which it was issued, or leave Amends empty',
		{ amends: [certificate.text, ofAnotherKey.text] },
	),
	stops(
		{
			text: 'The certificate to amend is not of the request B. Give the one that was issued for it',
			wayOut: 'Give the one that was issued for it',
		},
		[receipt(1)],
		{ reference: 'B', options: amending },
	),
	stops(
		{
			text: 'The record of the receipt in item 0 is not among the disclosures of the certificate to amend. Give all its disclosures, or issue a separate certificate for this record',
			wayOut: 'Give all its disclosures, or issue a separate certificate for this record',
		},
		[receipt(9)],
		{ options: amending },
	),
	stops(
		{
			text: 'The receipt in item 0 does not name one record, so there is no telling which one has changed. Leave it out, or issue a separate certificate for it',
			wayOut: 'Leave it out, or issue a separate certificate for it',
		},
		[receipt(1, { ...unknown, target: {}, outcome: 'failed' })],
		{ options: { amends: presented(vague) } },
	),
	option(
		'Amends is filled in and gives no certificate. Check its expression, or remove the option',
		'Amends',
		'Check its expression, or remove the option',
		{ amends: '={{ $json.certificate }}' },
	),
	option(`Amends holds no certificate. ${asText('certificate')}`, 'Amends', asText('certificate'), {
		amends: '={{ { Certificate: "x" } }}',
	}),
	option(
		`Disclosures of Amends holds something at position 2 that is no disclosure. ${asText('disclosure')}`,
		'Disclosures of Amends',
		asText('disclosure'),
		{ ...amending, amendsDisclosures: '={{ ["x", null] }}' },
	),
	{
		text: 'No outcome has changed since the certificate to amend, so none was issued',
		because: 'all is as it was',
		meet: async () => {
			const given = { reference: 'DSR-2026-0017', options: amending };
			const { hints } = await run('issue', given, [receipt(1)]);
			return { text: hints[0]?.message ?? '' };
		},
	},
	privateKey('is empty', `Paste the whole file of a private key. ${makeOne}`, ''),
	privateKey(
		'does not hold a private key in PEM form',
		'Copy the whole file, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----',
		'abc',
	),
	privateKey(
		'is damaged: the text between its first and last lines cannot be read',
		'Copy the whole file again, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----',
		publishedPem.replace('MC4', '*'),
	),
	privateKey(
		'is encrypted with a passphrase, which n8n does not need: it encrypts credentials itself',
		'Decrypt it with: openssl pkey -in key.pem -out plain.pem',
		rsa.privateKey.export(encrypted) as string,
	),
	privateKey(
		'is a public key, but signing takes a private one',
		'Paste the file that the public key was made from',
		publicKeyPem,
	),
	privateKey(
		'is an X.509 certificate, but signing takes a private key',
		`Paste a private key. ${makeOne}`,
		'-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----',
	),
	privateKey(
		'is a key in another format (RSA PRIVATE KEY)',
		`An Ed25519 key in PKCS#8 is needed. ${makeOne}`,
		rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }) as string,
	),
	privateKey(
		'is a key of another kind (rsa)',
		`Certificates are signed with Ed25519. ${makeOne}`,
		rsa.privateKey.export(pkcs8) as string,
	),
	{
		text: 'Issuer Address in the credentials is not a web address. Enter one such as https://api.example.com',
		names: 'Issuer Address',
		wayOut: 'Enter one such as https://api.example.com',
		meet: async () => await press({ issuer: 'us' }),
	},
	{
		text: 'This key signs, and its signature verifies. Its thumbprint (kid) is ‹thumbprint›',
		because: 'all is well',
		meet: async () => await press({}),
	},
	publicKey('is empty', notAKey, ' '),
	publicKey('does not hold a public key', notAKey, 'abc'),
	publicKey(
		'is a private key, which only the issuer may have',
		'Make the public key from it with: openssl pkey -in key.pem -pubout',
		publishedPem,
	),
	publicKey(
		'is a private key, which only the issuer may have',
		'Remove its member d',
		JSON.stringify({ kty: 'OKP', crv: 'Ed25519', d: 'x', x: 'x' }),
	),
	publicKey(
		'is a key of another kind (rsa)',
		'Certificates are signed with Ed25519: paste the public key that the issuer publishes',
		rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string,
	),
	reason('Certificate has to be exactly one certificate', { certificate: ' ' }),
	reason(
		`Disclosures holds something at position 1 that is no disclosure. ${asText('disclosure')}`,
		{ disclosures: '={{ [{ json: { Disclosure: "x" } }] }}' },
	),
	reason('The certificate has an end, which has passed (exp)', {
		certificate: signed({ ...certificate.payload, exp: 1000 }),
	}),
	reason('The certificate has a beginning, which is still to come (nbf)', {
		certificate: signed({ ...certificate.payload, nbf: 99_999_999_999 }),
	}),
	reason('The certificate has a time that cannot be read (exp or nbf)', {
		certificate: signed({ ...certificate.payload, exp: 'never' }),
	}),
	reason('The certificate was made in a test run, so it certifies nothing', {
		certificate: claims({ test: true }),
	}),
	reason('A disclosure shows something else than a record or whom it is about', {
		certificate: `${signed({ ...certificate.payload, _sd: [member.digest] })}${member.text}~`,
	}),
	reason('Amends holds several certificates. Give the one that this one amends', {
		options: { amends: `${certificate.text} ${certificate.text}` },
	}),
	reason('The certificate does not end with ~, so a part of it is missing', { certificate: 'abc' }),
	reason('Something follows the last ~ of the certificate, where nothing belongs', {
		certificate: 'a~b',
	}),
	reason('The certificate is not a signed document: it may be cut off or changed', {
		certificate: 'a.b.c~',
	}),
	reason('The document is not an erasure certificate: its header names another type', {
		certificate: signed({}, { typ: 'JWT' }),
	}),
	reason('The certificate is signed in a way that is not known, so nothing is verified', {
		certificate: signed({}, { alg: 'none' }),
	}),
	reason('The certificate names the key ‹kid›, and the public key given is ‹kid›', {
		publicKey: generateKeyPairSync('ed25519').publicKey.export({
			type: 'spki',
			format: 'pem',
		}),
	}),
	reason('The signature does not match: the certificate was changed, or another key signed it', {
		certificate: altered(certificate.text),
	}),
	reason('The document is signed, but it is not an erasure certificate', {
		certificate: signed({ a: 1 }),
	}),
	reason('The certificate has a version that is not known here', {
		certificate: claims({ version: 2 }),
	}),
	reason('The numbers in the certificate do not agree with each other', {
		certificate: claims({ records: [] }),
	}),
	reason('The certificate says "final", which its numbers do not bear out', {
		certificate: claims({ state: 'final' }),
	}),
	reason('The certificate is dated in the future', {
		certificate: signed({ ...certificate.payload, iat: 4e9 }),
	}),
	reason('Disclosure 1 does not belong to this certificate, or was changed', {
		disclosures: element.text,
	}),
	reason('Disclosure 1 cannot be read: it may be cut off or changed', { disclosures: 'abc' }),
	reason('A disclosure does not show a record', {
		certificate: claims({ records: [{ '...': element.digest }, { '...': 'x' }] }),
		disclosures: element.text,
	}),
	reason('A disclosed record is in none of the groups of the certificate', {
		certificate:
			claims({
				groups: certificate.payload.erasure.groups.map((group) => ({ ...group, vendor: 'x' })),
			}) + ownDisclosures,
	}),
	reason('The certificate does not amend another one', { options: { amends: certificate.text } }),
	reason('The certificate amends a different certificate from the one given', {
		certificate: amendingOne('x', 'x'),
		options: { amends: certificate.text },
	}),
	reason('A disclosed record is not in the certificate that is amended', {
		certificate: amendingOne(certificate.payload.jti, certificate.sha256) + ownDisclosures,
		options: { amends: certificate.text },
	}),
	reason('A disclosed record says otherwise whether it amends another one', {
		certificate: amendingOne(certificate.payload.jti, certificate.sha256) + ownDisclosures,
	}),
	reason('The disclosed records are not as many as the certificate counts', {
		certificate:
			claims({
				counts: { records: 2, deleted: 2 },
				state: 'final',
				groups: twoDeleted.payload.erasure.groups.map((group, index) => ({
					...group,
					count: index * 2,
				})),
				records: twoDeleted.payload.erasure.records,
			}) + presented(twoDeleted).split('~').slice(1).join('~'),
	}),
	notSdJwt('The certificate has digests of a kind that is not known (_sd_alg)', { _sd_alg: 'md5' }),
	notSdJwt('The certificate has digests that cannot be read (_sd)', { _sd: 1 }),
	notSdJwt('Disclosure 2 came before', { _sd: [member.digest] }, [member.text, member.text]),
	notSdJwt('The certificate is nested too deep', { _sd: [digestOf(deep.at(-1) ?? '')] }, deep),
	notSdJwt('A digest is in a place where none is allowed', { a: { '...': 'x' } }),
	notSdJwt('A digest occurs twice in the certificate', { _sd: ['x', 'x'] }),
	notSdJwt(
		'A disclosure shows something that the certificate says already',
		{ a: 1, _sd: [member.digest] },
		[member.text],
	),
	notSdJwt('A disclosure of a member is used for an element', { a: [{ '...': member.digest }] }, [
		member.text,
	]),
	notSdJwt('A disclosure of an element is used for a member', { _sd: [element.digest] }, [
		element.text,
	]),
	notSdJwt(
		'A disclosure has a name that is not allowed',
		{ _sd: [digestOf(encode(['a', '_sd', 1]))] },
		[encode(['a', '_sd', 1])],
	),
	{
		text: "As an AI agent's tool this node gets no receipts. Put it after the nodes that delete",
		wayOut: 'Put it after the nodes that delete',
		meet: async () => {
			const node = { type: 'n8n-nodes-call-erasure.erasureCertificateTool', typeVersion: 1 };
			const context = { getNode: () => node, continueOnFail: () => false };
			return await thrownBy(
				async () => await issueCertificate.execute(context as unknown as IExecuteFunctions),
			);
		},
	},
];
