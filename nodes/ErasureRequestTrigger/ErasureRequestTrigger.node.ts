import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import type { RequestProtocol } from '../../erasure/requests/intake';
import type { Resources } from '../shared/operations/operations';
import {
	erasureRequestHeaderApiTest,
	erasureRequestSecretApiTest,
} from '../shared/requests/credentialTests';
import { openIntake, protocolField } from '../shared/requests/protocols';
import { answerField, vendorsField } from './fields';
import { receive } from './receive';

/** It has none: what comes out is what came in. */
export const resources: Resources = {};

export class ErasureRequestTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Erasure Request Trigger',
		name: 'erasureRequestTrigger',
		icon: { light: 'file:erasureRequestTrigger.svg', dark: 'file:erasureRequestTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["protocol"] === "fixedHeader" ? "fixed header" : "standard webhooks" }}',
		description: 'Starts when a sender that is known asks for an erasure, and never otherwise',
		defaults: { name: 'Erasure Request Trigger' },
		builderHint: {
			searchHint:
				"Use it instead of a Webhook for erasure requests: it lets through only what its sender can prove. Do not delete straight from it. Put a vendor's node with deletionMode 'preview' and a person's approval in between, and pass preview.plan on as options.approvedPlan.",
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'erasureRequestSecretApi',
				required: true,
				testedBy: 'erasureRequestSecretApiTest',
				displayOptions: { show: { protocol: ['standardWebhooks'] } },
			},
			{
				name: 'erasureRequestHeaderApi',
				required: true,
				testedBy: 'erasureRequestHeaderApiTest',
				displayOptions: { show: { protocol: ['fixedHeader'] } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'requests',
				responseMode: '={{$parameter["answer"] === "atOnce" ? "onReceived" : "responseNode"}}',
				responseCode: '={{$parameter["protocol"] === "standardWebhooks" ? 202 : 200}}',
				// n8n sends the answer that the node gives only if this is here and empty.
				responseData: '',
			},
			{
				name: 'status' as 'default',
				httpMethod: 'GET',
				path: 'requests',
				responseMode: 'responseNode',
				// Nobody calls it without what the answer to a request adds to it.
				ndvHideUrl: true,
			},
			{
				name: 'cancel' as 'default',
				httpMethod: 'DELETE',
				path: 'requests',
				responseMode: 'responseNode',
				ndvHideUrl: true,
			},
		],
		properties: [protocolField, answerField, vendorsField],
	};

	methods = { credentialTest: { erasureRequestSecretApiTest, erasureRequestHeaderApiTest } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await Promise.resolve(false);
			},
			/** Nothing is set up anywhere; a workflow whose secret cannot be used is not published. */
			async create(this: IHookFunctions): Promise<boolean> {
				await openIntake(this, this.getNodeParameter('protocol') as RequestProtocol);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await Promise.resolve(true);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
