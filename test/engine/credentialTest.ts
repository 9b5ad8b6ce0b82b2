/**
 * Presses a credential's Test button: the request goes through n8n-core as in the server. What n8n
 * makes of the answer is in its server, which is not here, so its rules stand below as read in
 * n8n 2.41.1 (credentials-tester.service): a rule for a status counts only for a request that n8n
 * takes for failed, a rule for a body only for one that it takes for good.
 */
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';

import {
	core,
	Credentials,
	credentialType,
	makeAdditionalData,
	n8nWorkflow,
	nodeType,
} from './engine';

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

export async function testCredential(
	name: string,
	data: ICredentialDataDecryptedObject,
): Promise<CredentialTestResult> {
	const { test } = await credentialType(name);
	if (test === undefined) throw new Error(`${name} has no test`);
	try {
		const [[item] = []] = (await sendTest(name, data, test)) ?? [];
		return judgeGood(test, item?.json);
	} catch (error) {
		return judgeFailed(test, error as Failure);
	}
}

/** The same where a node has the test: n8n's part is the HTTP helper that it gives to it. */
export async function testCredentialByNode(
	type: string,
	testedBy: string,
	data: ICredentialDataDecryptedObject,
): Promise<CredentialTestResult> {
	const { methods } = await nodeType(type);
	const test = methods?.credentialTest?.[testedBy];
	if (test === undefined) throw new Error(`${type} has no credential test "${testedBy}"`);
	const additionalData = makeAdditionalData(
		'credential-test',
		undefined,
		new Credentials({ type, parameters: {}, items: [], credentials: {} }),
	);
	const context = new core.CredentialTestContext(additionalData);
	return await test.call(context, { id: '', name: '', type: testedBy, data });
}

async function sendTest(
	name: string,
	data: ICredentialDataDecryptedObject,
	{ request }: ICredentialTestRequest,
): Promise<INodeExecutionData[][] | undefined> {
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [name]: { id: 'id', name } },
	};
	const temp = { displayName: 'Temp', name: 'temp', type: 'string', default: '' };
	const nodeType = {
		description: {
			...{ displayName: 'Temp', name: 'noOp', version: 1, inputs: ['main'], outputs: ['main'] },
			credentials: [{ name, required: true }],
			properties: [{ ...temp, routing: { request } }],
		},
	} as unknown as INodeType;
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const workflow = new n8nWorkflow.Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
	});
	const options = { type: 'noOp', parameters: {}, items: [], credentials: { [name]: data } };
	const helper = new Credentials({ ...options, type: 'flyflow' });
	const decrypted = await helper.getDecrypted(undefined, { id: 'id', name }, name);
	const input = { main: [[{ json: {} }]] };
	const context = new core.ExecuteContext(
		workflow,
		node,
		makeAdditionalData('credential-test', undefined, helper),
		'internal',
		n8nWorkflow.createEmptyRunExecutionData?.() ?? { resultData: { runData: {} } },
		0,
		[],
		input,
		{ node, data: {}, source: null },
		[],
	);
	await (workflow.expression as { acquireIsolate?: () => Promise<unknown> }).acquireIsolate?.();
	return await new core.RoutingNode(context, nodeType, {
		id: 'id',
		name,
		type: name,
		data: decrypted,
	}).runNode();
}

function judgeGood(
	{ rules = [] }: ICredentialTestRequest,
	body: IDataObject | undefined,
): CredentialTestResult {
	for (const { type, properties } of rules) {
		if (type !== 'responseSuccessBody') continue;
		if (valueAt(body, properties.key) === properties.value) {
			return { status: 'Error', message: properties.message };
		}
	}
	return { status: 'OK', message: 'Connection successful!' };
}

interface Failure extends Error {
	cause?: { response?: { status: number; statusText: string }; code?: string };
}

function judgeFailed(
	{ rules = [] }: ICredentialTestRequest,
	{ cause, message }: Failure,
): CredentialTestResult {
	const { response, code } = cause ?? {};
	for (const { type, properties } of rules) {
		if (type === 'responseCode' && response?.status === properties.value) {
			return { status: 'Error', message: properties.message };
		}
	}
	return { status: 'Error', message: response?.statusText ?? code ?? message };
}

function valueAt(body: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, key) => (value as IDataObject | undefined)?.[key], body);
}
