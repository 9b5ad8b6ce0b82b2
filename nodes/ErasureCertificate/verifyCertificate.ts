import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { isUsable } from '../../erasure/certificate/key';
import { readPublicKeys } from '../../erasure/certificate/publicKey';
import { claimsInShort } from '../../erasure/certificate/summary';
import {
	verifyCertificate as verify,
	type ToVerify,
	type Verification,
} from '../../erasure/certificate/verify';
import type { Operation } from '../shared/operations/operations';
import { exampleVerification } from './examples';
import { certificate, disclosures, publicKey, verifyOptions } from './fields';
import { readAmends } from './issueSettings';
import { ifReadable, textsIn } from './texts';

export const verifyCertificate: Operation = {
	name: 'Verify',
	action: 'Verify a certificate',
	subtitle: 'verify certificate',
	description: 'Say whether a certificate is valid, and what its disclosures show',
	fields: [certificate, disclosures, publicKey, verifyOptions],
	example: exampleVerification,
	execute,
};

/** What is not valid is an answer, and stops nothing. */
async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const answers: INodeExecutionData[] = [];
	const shown: INodeExecutionData[] = [];
	for (const item of context.getInputData().keys()) {
		const result = verifyItem(context, item);
		answers.push({ json: answerOf(result), pairedItem: { item } });
		if (!result.valid) continue;
		for (const record of result.records) {
			shown.push({
				json: { jti: result.payload.jti, record: { ...record } },
				pairedItem: { item },
			});
		}
	}
	return await Promise.resolve([answers, shown]);
}

function verifyItem(context: IExecuteFunctions, item: number): Verification {
	const given = readGiven(context, item);
	return 'reason' in given ? { valid: false, ...given } : verify(given);
}

/** @returns or why what was given cannot be verified */
function readGiven(
	context: IExecuteFunctions,
	item: number,
): ToVerify | { readonly reason: string } {
	const read = ({ name }: INodeProperties) => context.getNodeParameter(name, item, '') as unknown;
	const options: IDataObject = context.getNodeParameter('options', item, {});
	const texts = ifReadable(() => ({
		certificates: textsIn(read(certificate), 'certificate', certificate.displayName),
		disclosures: textsIn(read(disclosures), 'disclosure', disclosures.displayName),
		...readAmends(context, item, options),
	}));
	if ('reason' in texts) return texts;
	const [text, ...others] = texts.certificates;
	if (text === undefined || others.length > 0) {
		return { reason: 'Certificate has to be exactly one certificate' };
	}
	const keys = readPublicKeys(read(publicKey));
	if (!isUsable(keys)) return { reason: `Public Key ${keys.complaint}. ${keys.wayOut}` };
	const [amended, ...furtherAmended] = texts.amends;
	if (furtherAmended.length > 0) {
		return { reason: 'Amends holds several certificates. Give the one that this one amends' };
	}
	return {
		certificate: text,
		disclosures: texts.disclosures,
		keys,
		...(amended === undefined
			? {}
			: { amended: { certificate: amended, disclosures: texts.amendsDisclosures } }),
		now: Date.now(),
	};
}

function answerOf(result: Verification): IDataObject {
	if (!result.valid) return { valid: false, reasons: [result.reason] };
	const { payload, kid, sha256, records, subject } = result;
	return {
		valid: true,
		reasons: [],
		...(claimsInShort(payload) as IDataObject),
		kid,
		sha256,
		disclosed: records.length,
		...(subject === undefined ? {} : { subject }),
	};
}
