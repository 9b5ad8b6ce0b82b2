import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isUsable } from '../../erasure/certificate/key';
import { readPublicKeys } from '../../erasure/certificate/publicKey';
import { claimsInShort } from '../../erasure/certificate/summary';
import { verifyCertificate as verify, type Verification } from '../../erasure/certificate/verify';
import type { Operation } from '../shared/operations/operations';
import { exampleVerification } from './examples';
import { certificate, disclosures, publicKey, verifyOptions } from './fields';
import { textsIn } from './texts';

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
	const read = (name: string) => context.getNodeParameter(name, item, '') as unknown;
	const [text = '', ...others] = textsIn(read(certificate.name), 'certificate');
	if (text === '' || others.length > 0) {
		return {
			valid: false,
			reason: 'Certificate has to be exactly one certificate',
		};
	}
	const keys = readPublicKeys(read(publicKey.name));
	if (!isUsable(keys)) {
		return { valid: false, reason: `Public Key ${keys.complaint}. ${keys.wayOut}` };
	}
	const options: IDataObject = context.getNodeParameter('options', item, {});
	const [amended] = textsIn(options.amends, 'certificate');
	return verify({
		certificate: text,
		disclosures: textsIn(read(disclosures.name), 'disclosure'),
		keys,
		...(amended === undefined
			? {}
			: {
					amended: {
						certificate: amended,
						disclosures: textsIn(options.amendsDisclosures, 'disclosure'),
					},
				}),
		now: Date.now(),
	});
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
