import {
	NodeOperationError,
	UserError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { changesSince } from '../../erasure/certificate/amend';
import { readEarlier, type EarlierCertificate } from '../../erasure/certificate/earlier';
import {
	issue,
	issueAmendment,
	type Certificate,
	type Particulars,
} from '../../erasure/certificate/issue';
import { makePage } from '../../erasure/certificate/page/page';
import { entriesOf, NotIssued, oneForEachRecord } from '../../erasure/certificate/records';
import { summaryOf } from '../../erasure/certificate/summary';
import { isTool } from '../shared/parameters/deletionMode';
import type { Operation } from '../shared/operations/operations';
import { exampleCertificate } from './examples';
import { issueOptions, notCovered, reference } from './fields';
import { readIssueSettings, type IssueSettings } from './issueSettings';
import { credentialName, readIssuer, type Issuer } from './keyTest';
import { readRequests, type Request } from './requests';
import { recordKindsWith, vendorNames } from './knownVendors';

export const issueCertificate: Operation = {
	name: 'Issue',
	action: 'Issue a certificate',
	subtitle: 'issue certificate',
	description: 'Make one certificate from the receipts of all vendors',
	fields: [reference, notCovered, issueOptions],
	example: exampleCertificate,
	execute,
};

const testModes: ReadonlySet<string> = new Set(['manual', 'evaluation']);

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const output: Output = { certificates: [], disclosures: [] };
	try {
		if (isTool(context.getNode())) {
			throw new UserError(
				"As an AI agent's tool this node gets no receipts. Put it after the nodes that delete",
			);
		}
		const issuer = readIssuer(await context.getCredentials(credentialName));
		const settings = readIssueSettings(context);
		const requests = readRequests(context, settings.keptApart);
		const isTest = testModes.has(context.getMode());
		for (const request of requests) {
			await attempt(context, output, async () => {
				const certificates = issueFor(request, settings, issuer, isTest);
				await emit(context, certificates, issuer, output);
			});
		}
		if (output.certificates.length === 0) {
			const message = 'No outcome has changed since the certificate to amend, so none was issued';
			context.addExecutionHints({ message, location: 'outputPane' });
		}
	} catch (error) {
		conclude(context, output, error);
	}
	return [output.certificates, output.disclosures];
}

interface Output {
	readonly certificates: INodeExecutionData[];
	readonly disclosures: INodeExecutionData[];
}

/** Under On Error = Continue, what is wrong with one request holds no other back. */
async function attempt(
	context: IExecuteFunctions,
	output: Output,
	work: () => Promise<void>,
): Promise<void> {
	try {
		await work();
	} catch (error) {
		conclude(context, output, error);
	}
}

/** @throws NodeOperationError under On Error = Stop */
function conclude(context: IExecuteFunctions, { certificates }: Output, error: unknown): void {
	if (!(error instanceof NotIssued) && !(error instanceof UserError)) throw error;
	const itemIndex = error instanceof NotIssued ? error.itemIndex : undefined;
	const nodeError = new NodeOperationError(
		context.getNode(),
		error.message,
		itemIndex === undefined ? {} : { itemIndex },
	);
	if (!context.continueOnFail()) throw nodeError;
	certificates.push({
		json: { error: error.message },
		error: nodeError,
		pairedItem: { item: itemIndex ?? 0 },
	});
}

function issueFor(
	{ reference: name, itemIndex, given }: Request,
	settings: IssueSettings,
	{ address, key }: Issuer,
	isTest: boolean,
): Certificate[] {
	const particulars: Particulars = {
		...settings.particulars,
		issuer: address,
		...(isTest ? {} : { key }),
		issuedAt: new Date(),
		reference: name,
	};
	if (given.length === 0) {
		throw new NotIssued(
			`No receipt came for the request ${name}: the lists in "receipts" are empty. Give all receipts of the request`,
			itemIndex,
		);
	}
	const kinds = recordKindsWith(settings.otherVendors);
	const receipts = oneForEachRecord(given, kinds);
	const { amends, amendsDisclosures: shown } = settings;
	if (amends.length === 0) return issue(particulars, entriesOf(receipts, kinds));
	const earlier = amends
		.map((text, index) => readEarlier(text, shown, key, index + 1))
		.filter((certificate) => !settings.keptApart || certificate.reference === name);
	checkReference(earlier, name);
	return issueAmendment(particulars, changesSince(earlier, receipts, kinds));
}

function checkReference(earlier: readonly EarlierCertificate[], name: string): void {
	const other = earlier.find(({ reference: theirs }) => theirs !== name);
	if (other === undefined && earlier.length > 0) return;
	throw new NotIssued(
		`The certificate to amend is not of the request ${name}. Give the one that was issued for it`,
	);
}

async function emit(
	context: IExecuteFunctions,
	certificates: readonly Certificate[],
	{ key }: Issuer,
	output: Output,
): Promise<void> {
	for (const certificate of certificates) {
		const { text, payload, records, subject } = certificate;
		const { jti, erasure } = payload;
		const kid = text === undefined ? undefined : key.kid;
		const page = makePage({ payload, text, kid, vendorNames });
		const part = erasure.part === undefined ? '' : `-${erasure.part}`;
		const name = `erasure-certificate-${erasure.request.reference.replace(/:/g, '_')}${part}.html`;
		const items = [...new Set(records.map(({ itemIndex }) => itemIndex))];
		output.certificates.push({
			json: summaryOf(certificate, kid) as IDataObject,
			binary: {
				page: await context.helpers.prepareBinaryData(Buffer.from(page), name, 'text/html'),
			},
			pairedItem: items.map((item) => ({ item })),
		});
		const shared = { jti, ...(erasure.test === true ? { test: true } : {}) };
		for (const { disclosure, record, itemIndex } of records) {
			output.disclosures.push({
				json: {
					...shared,
					disclosure: disclosure.text,
					digest: disclosure.digest,
					record: { ...record },
				},
				pairedItem: { item: itemIndex },
			});
		}
		if (subject !== undefined) {
			output.disclosures.push({
				json: { ...shared, disclosure: subject.text, digest: subject.digest, subject: true },
				pairedItem: items.map((item) => ({ item })),
			});
		}
	}
}
