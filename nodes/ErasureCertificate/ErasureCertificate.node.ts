import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import {
	describeResources,
	describeSubtitle,
	executeOperation,
	type Resources,
} from '../shared/operations/operations';
import { issueCertificate } from './issueCertificate';
import { erasureCertificateKeyApiTest } from './keyTest';
import { verifyCertificate } from './verifyCertificate';

export const resources: Resources = {
	certificate: {
		name: 'Certificate',
		operations: { issue: issueCertificate, verify: verifyCertificate },
	},
};

export class ErasureCertificate implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Erasure Certificate',
		name: 'erasureCertificate',
		icon: { light: 'file:erasureCertificate.svg', dark: 'file:erasureCertificate.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: describeSubtitle('Erasure', resources),
		description: 'Make one signed certificate from the receipts of all vendors, or verify one',
		defaults: { name: 'Erasure Certificate' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Certificate', 'Disclosures'],
		credentials: [
			{
				name: 'erasureCertificateKeyApi',
				required: true,
				testedBy: 'erasureCertificateKeyApiTest',
				displayOptions: { show: { operation: ['issue'] } },
			},
		],
		properties: describeResources(resources),
	};

	methods = { credentialTest: { erasureCertificateKeyApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this, resources);
	}
}
