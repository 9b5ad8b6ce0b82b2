/* eslint max-lines: "off" -- what runs a node is one thing: every part of it needs the others */
/**
 * Runs a node of the built package in n8n's own engine: the loader, the expressions, the HTTP
 * helper, On Error and Retry On Fail are n8n's. Which n8n-core it is, Jest's configuration says
 * (`coreFolder`), so that the same tests run on both major versions.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type * as Core from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeListSearchResult,
	INodeType,
	IRun,
	IRunExecutionData,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type * as N8nWorkflow from 'n8n-workflow';

declare const coreFolder: string;

const fromCore = createRequire(join(coreFolder, 'index.js'));
// Jest's own `require`, given absolute paths, keeps each core's modules apart.
// eslint-disable-next-line @typescript-eslint/no-require-imports
export const core = require(fromCore.resolve('n8n-core')) as typeof Core;
// eslint-disable-next-line @typescript-eslint/no-require-imports
export const n8nWorkflow = require(fromCore.resolve('n8n-workflow')) as typeof N8nWorkflow;

export const coreVersion = (fromCore('n8n-core/package.json') as { version: string }).version;

export interface RunOptions {
	/** The node's type without the package, for example `flyflow`. */
	type: string;
	/** A node of another package that uses our credentials; `type` is then its whole type. */
	foreign?: ForeignNode;
	parameters: IDataObject;
	items: IDataObject[];
	mode?: WorkflowExecuteMode;
	onError?: INode['onError'];
	/** Switches Retry On Fail on, with this many tries. */
	maxTries?: number;
	/** How long n8n waits between two tries, in milliseconds; 1 unless given. */
	waitBetweenTries?: number;
	/** Credential data by type; the sandbox's own where it is left out. */
	credentials: Record<string, ICredentialDataDecryptedObject>;
	executionId?: string;
	nodeId?: string;
	/** What the account's pace has learnt in other runs counts in this one too, as it does for users. */
	sharesPace?: true;
	/** Called once the run has begun, with what cancels it. */
	onStart?: (cancel: () => void) => void;
}

export interface ForeignNode {
	readonly nodeType: INodeType;
	readonly version: number;
}

export interface RunResult {
	/** The node's outputs: main, and with On Error = Continue (using error output) the error branch. */
	outputs: INodeExecutionData[][];
	/** What a node that passes everything on gives for each output, as later nodes see it. */
	passedOn: IDataObject[];
	/** The json of the first output's items. */
	json: IDataObject[];
	/** The error that stopped the workflow, if one did. */
	error: (Error & { description?: string; context?: IDataObject; node?: INode }) | undefined;
	hints: Array<{ message: string }>;
	/** How often n8n was asked for the node's credentials: each time is a read of its database. */
	credentialReads: number;
	/** What the node told the editor while it ran; n8n passes that on for test runs alone. */
	said: string[];
	run: IRun;
}

export const packageFolder = join(coreFolder, 'package');

let loaded: Promise<Core.PackageDirectoryLoader> | undefined;

async function loadPackage(): Promise<Core.PackageDirectoryLoader> {
	const loader = new core.PackageDirectoryLoader(packageFolder);
	await loader.loadAll();
	return loader;
}

export async function nodeType(type: string): Promise<INodeType> {
	const loader = await (loaded ??= loadPackage());
	const found = loader.nodeTypes[type];
	if (found === undefined) throw new Error(`The package has no node "${type}"`);
	return found.type as INodeType;
}

export async function credentialType(name: string): Promise<ICredentialType> {
	const loader = await (loaded ??= loadPackage());
	const found = loader.credentialTypes[name];
	if (found === undefined) throw new Error(`The package has no credential "${name}"`);
	return found.type;
}

/** Emits the items that its parameter holds: stands where a webhook or a database would. */
export const startNode: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	execute() {
		return Promise.resolve([[]]);
	},
};

/** Passes its items on as they are, as n8n's If, Filter, Merge and others do. */
const afterNode: INodeType = {
	description: { ...startNode.description, name: 'after', group: ['transform'], inputs: ['main'] },
	execute(this: IExecuteFunctions) {
		return Promise.resolve([this.getInputData()]);
	},
};

export async function runNode(options: RunOptions): Promise<RunResult> {
	await (loaded ??= loadPackage());
	const executionId = options.executionId ?? `execution-${Math.random()}`;
	const { workflow, workflowData } = await makeWorkflow({ ...options, executionId });
	const mode = options.mode ?? 'trigger';
	const hooks = new core.ExecutionLifecycleHooks(mode, executionId, workflowData);
	const credentials = new Credentials(options);
	const said: string[] = [];
	const additionalData: IWorkflowExecuteAdditionalData = {
		...makeAdditionalData(executionId, hooks, credentials),
		sendDataToUI: (_type, data) => {
			said.push(...(data as { messages: string[] }).messages);
		},
	};
	const pinned = options.items.map((json, item) => ({ json, pairedItem: { item } }));

	await (workflow.expression as { acquireIsolate?: () => Promise<unknown> }).acquireIsolate?.();
	const runExecutionData = makeRunData(workflow.getNode('Start') as INode, pinned);
	const execution = new core.WorkflowExecute(
		additionalData,
		mode,
		runExecutionData,
	).processRunExecutionData(workflow);
	options.onStart?.(() => execution.cancel());
	const run = await execution;

	const [task] = run.data.resultData.runData['Under Test'] ?? [];
	const outputs = (task?.data?.main ?? []).map((output) => output ?? []);
	const after = run.data.resultData.runData.After ?? [];
	const passedOn = after.flatMap(({ data }) =>
		(data?.main ?? []).flatMap((output) => output ?? []),
	);
	return {
		outputs,
		passedOn: passedOn.map(({ json }) => json),
		json: (outputs[0] ?? []).map(({ json }) => json),
		error: run.data.resultData.error as RunResult['error'],
		hints: task?.hints ?? [],
		credentialReads: credentials.reads,
		said,
		run,
	};
}

/** Asks a node's list search, as the editor does for a field with a list. */
export async function searchList(
	options: RunOptions,
	method: string,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const type = await nodeType(options.type);
	const { workflow, workflowData } = await makeWorkflow(options);
	const hooks = new core.ExecutionLifecycleHooks('internal', 'list-search', workflowData);
	const additionalData = makeAdditionalData('list-search', hooks, new Credentials(options));
	const node = workflow.getNode('Under Test') as INode;
	const context = new core.LoadOptionsContext(workflow, node, additionalData, '');
	const search = type.methods?.listSearch?.[method];
	if (search === undefined) throw new Error(`${options.type} has no list search "${method}"`);
	return await search.call(context as unknown as ILoadOptionsFunctions, filter, paginationToken);
}

export function makeRunData(start: INode, pinned: INodeExecutionData[]): IRunExecutionData {
	const executionData = {
		contextData: {},
		metadata: {},
		nodeExecutionStack: [{ node: start, data: { main: [[{ json: {} }]] }, source: null }],
		waitingExecution: {},
		waitingExecutionSource: {},
	};
	const data = { executionData, resultData: { runData: {}, pinData: { Start: pinned } } };
	// n8n 1.x has no factory for it; there the plain object is what it takes.
	const make = (n8nWorkflow as Partial<typeof N8nWorkflow>).createRunExecutionData;
	return make === undefined ? (data as unknown as IRunExecutionData) : make(data);
}

/** The node under test, as a workflow holds it. */
export function makeNode(options: Omit<RunOptions, 'items'>): INode {
	const { foreign } = options;
	return {
		id: options.nodeId ?? 'node-under-test',
		name: 'Under Test',
		type: foreign === undefined ? `n8n-nodes-call-erasure.${options.type}` : options.type,
		typeVersion: foreign?.version ?? 1,
		position: [200, 0],
		parameters: options.parameters as INode['parameters'],
		credentials: Object.fromEntries(
			Object.keys(options.credentials).map((name) => [
				name,
				{ id: `${name}-${options.executionId ?? ''}`, name },
			]),
		),
		...(options.onError === undefined ? {} : { onError: options.onError }),
		...(options.maxTries === undefined
			? {}
			: {
					retryOnFail: true,
					maxTries: options.maxTries,
					waitBetweenTries: options.waitBetweenTries ?? 1,
				}),
	};
}

async function makeWorkflow(options: RunOptions) {
	const type = options.foreign?.nodeType ?? (await nodeType(options.type));
	const node = makeNode(options);
	const start: INode = {
		id: 'start',
		name: 'Start',
		type: 'start',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const after: INode = { ...start, id: 'after', name: 'After', type: 'after', position: [400, 0] };
	const find = (name: string) => ({ start: startNode, after: afterNode })[name] ?? type;
	const connections = {
		Start: { main: [[{ node: 'Under Test', type: 'main', index: 0 }]] },
		'Under Test': {
			main: [
				[{ node: 'After', type: 'main', index: 0 }],
				[{ node: 'After', type: 'main', index: 0 }],
			],
		},
	};
	return connect([start, node, after], connections, find);
}

/** A workflow of these nodes; `find` gives the node of a type. */
export function connect(
	nodes: INode[],
	connections: unknown,
	find: (type: string) => INodeType,
): { workflow: Workflow; workflowData: IWorkflowBase } {
	const workflowData: IWorkflowBase = {
		id: 'workflow',
		name: 'Test',
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes,
		connections: connections as IWorkflowBase['connections'],
		settings: { executionOrder: 'v1' },
	};
	const nodeTypes = {
		getByName: find,
		getByNameAndVersion: find,
		getKnownTypes: () => ({}),
	};
	const workflow = new n8nWorkflow.Workflow({ ...workflowData, nodeTypes });
	return { workflow, workflowData };
}

export function makeAdditionalData(
	executionId: string,
	hooks: unknown,
	credentialsHelper: ICredentialsHelper,
): IWorkflowExecuteAdditionalData {
	const url = 'http://127.0.0.1:9';
	return {
		credentialsHelper,
		executionId,
		hooks,
		currentNodeExecutionIndex: 0,
		restApiUrl: url,
		instanceBaseUrl: url,
		formBaseUrl: url,
		formWaitingBaseUrl: url,
		formTestBaseUrl: url,
		webhookBaseUrl: url,
		webhookWaitingBaseUrl: url,
		webhookTestBaseUrl: url,
		variables: {},
	} as unknown as IWorkflowExecuteAdditionalData;
}

let accountsSoFar = 0;

/** n8n's credential store, in memory: defaults, expressions, and tokens that n8n keeps. */
export class Credentials extends n8nWorkflow.ICredentialsHelper {
	reads = 0;

	/** A field that no credential has makes the account another one, with a pace of its own. */
	private readonly ownPace: IDataObject;

	constructor(private readonly options: RunOptions) {
		super();
		accountsSoFar += 1;
		this.ownPace = options.sharesPace === true ? {} : { account: accountsSoFar };
	}

	/** None of the package's credentials extends another. */
	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = await credentialType(typeName);
		// n8n sends such a request as it is.
		if (authenticate === undefined) return requestOptions;
		if (typeof authenticate !== 'function') throw new Error(`${typeName} cannot authenticate`);
		return await authenticate(credentials, requestOptions);
	}

	/** As n8n does it: where there is no token yet, or after a request went wrong. */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		_node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication, properties } = await credentialType(typeName);
		const expirable = properties.find(({ typeOptions }) => typeOptions?.expirable === true)?.name;
		if (preAuthentication === undefined || expirable === undefined) return undefined;
		if (credentials[expirable] !== '' && !credentialsExpired) return undefined;
		const output = await preAuthentication.call(helpers, credentials);
		if (output[expirable] === undefined) return undefined;
		Object.assign(this.options.credentials[typeName] ?? {}, output);
		return Object.assign<ICredentialDataDecryptedObject, IDataObject>(credentials, output);
	}

	async runPreAuthentication(): Promise<undefined> {}

	getCredentials(): never {
		throw new Error('Not called by the engine in these tests');
	}

	async getDecrypted(
		_additionalData: unknown,
		_details: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		this.reads += 1;
		const { properties } = await credentialType(type);
		const defaults = Object.fromEntries(
			properties.map((property) => [property.name, property.default]),
		);
		const data = {
			...defaults,
			...this.ownPace,
			...this.options.credentials[type],
		} as ICredentialDataDecryptedObject;
		const { workflow } = await makeWorkflow(this.options);
		await (workflow.expression as { acquireIsolate?: () => Promise<unknown> }).acquireIsolate?.();
		return workflow.expression.getComplexParameterValue(
			workflow.getNode('Start') as INode,
			data as never,
			'internal',
			{},
			undefined,
			undefined,
			data,
		) as ICredentialDataDecryptedObject;
	}

	async updateCredentials(): Promise<void> {
		await Promise.reject(new Error('Not called by the engine in these tests'));
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		await Promise.reject(new Error('Not called by the engine in these tests'));
	}

	getCredentialsProperties(): never[] {
		return [];
	}
}
