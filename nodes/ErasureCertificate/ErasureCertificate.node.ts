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
		builderHint: {
			searchHint:
				'Place it once, after all nodes that delete, with the receipts of all of them as items, those that were not erased included. Previews are turned down. Keep both outputs: the certificate names nobody, and only the disclosures show which records it is about.',
		},
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
