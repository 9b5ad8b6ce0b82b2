/**
 * The nodes with which a user sends requests of their own, a credential of this package chosen in
 * them: n8n's HTTP Request and GraphQL, as the n8n server that the tests install has them. The
 * n8n-nodes-base of 1.x cannot be installed as it is: there a node stands in that asks n8n's helper
 * in the same way.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type {
	IDataObject,
	IExecuteFunctions,
	INodeType,
	IRequestOptions,
	IVersionedNodeType,
} from 'n8n-workflow';

import { coreVersion, type ForeignNode } from './engine';

/** What one item asks for. */
export interface Ask extends IDataObject {
	url: string;
	proxy?: string;
}

export interface RequestNode extends ForeignNode {
	readonly title: string;
	/** The whole type, which n8n knows as one that may use every credential. */
	readonly type: string;
	/** Sends what each item asks for, follows every redirect, and goes on where a request is refused. */
	parameters(credential: string, ignoreSslIssues: boolean): IDataObject;
	/** GraphQL has no option for a proxy. */
	readonly hasProxy: boolean;
}

const predefined = (nodeCredentialType: string) => ({
	authentication: 'predefinedCredentialType',
	nodeCredentialType,
});

const httpRequest = (version: number, nodeType: INodeType): RequestNode => ({
	title: `HTTP Request ${version}`,
	type: 'n8n-nodes-base.httpRequest',
	nodeType,
	version,
	hasProxy: true,
	parameters: (credential, allowUnauthorizedCerts) => ({
		...predefined(credential),
		url: '={{ $json.url }}',
		...(version < 3
			? {
					allowUnauthorizedCerts,
					options: {
						followRedirect: true,
						followAllRedirects: true,
						proxy: '={{ $json.proxy ?? "" }}',
					},
				}
			: {
					options: {
						allowUnauthorizedCerts,
						proxy: '={{ $json.proxy ?? "" }}',
						redirect: { redirect: { followRedirects: true, maxRedirects: 21 } },
					},
				}),
	}),
});

const graphQl = (version: number, nodeType: INodeType): RequestNode => ({
	title: `GraphQL ${version}`,
	type: 'n8n-nodes-base.graphql',
	nodeType,
	version,
	hasProxy: false,
	parameters: (credential, allowUnauthorizedCerts) => ({
		...predefined(credential),
		// n8n's helper follows redirects of a GET by itself.
		requestMethod: 'GET',
		endpoint: '={{ $json.url }}',
		allowUnauthorizedCerts,
		query: 'query { calls { id } }',
	}),
});

/** Asks as HTTP Request 4.2 of n8n 1.x does. */
const standIn: INodeType = {
	description: {
		displayName: 'HTTP Request',
		name: 'httpRequest',
		group: ['output'],
		version: 4.2,
		description: '',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			{ displayName: '', name: 'nodeCredentialType', type: 'string', default: '' },
			{ displayName: '', name: 'allowUnauthorizedCerts', type: 'boolean', default: false },
		],
	},
	async execute(this: IExecuteFunctions) {
		const credential = this.getNodeParameter('nodeCredentialType', 0) as string;
		const isUnchecked = this.getNodeParameter('allowUnauthorizedCerts', 0) === true;
		const ask = async ({ url, proxy }: Ask) => {
			const options: IRequestOptions = {
				headers: {},
				method: 'GET',
				uri: url,
				gzip: true,
				rejectUnauthorized: !isUnchecked,
				followRedirect: true,
				followAllRedirects: true,
				maxRedirects: 21,
				resolveWithFullResponse: true,
				sendCredentialsOnCrossOriginRedirect: true,
				...(proxy === undefined ? {} : { proxy }),
			};
			const asked = this.helpers.requestWithAuthentication.call(this, credential, options);
			return await asked.then(
				() => ({ json: {} }),
				(error: unknown) => ({ json: { error: error as IDataObject } }),
			);
		};
		return [await Promise.all(this.getInputData().map(async ({ json }) => await ask(json as Ask)))];
	},
};

export function requestNodes(): readonly RequestNode[] {
	if (coreVersion.startsWith('1.')) {
		const parameters: RequestNode['parameters'] = (nodeCredentialType, allowUnauthorizedCerts) => ({
			nodeCredentialType,
			allowUnauthorizedCerts,
		});
		return [{ ...httpRequest(4.2, standIn), title: 'HTTP Request of n8n 1.x', parameters }];
	}
	const versions = [2, 3, 4, 4.1, 4.2, 4.3, 4.4, 4.5];
	const http = new (load('HttpRequest/HttpRequest.node').HttpRequest as Type<IVersionedNodeType>)();
	const { GraphQL } = load('GraphQL/GraphQL.node');
	const queries = new (GraphQL as Type<INodeType>)();
	return [
		...versions.map((version) => httpRequest(version, http.getNodeType(version))),
		graphQl(1.1, queries),
	];
}

type Type<Node> = new () => Node;

function load(file: string): Record<string, unknown> {
	const folder = process.env.N8N_SERVER_FOLDER;
	if (folder === undefined) {
		throw new Error('N8N_SERVER_FOLDER is not set: npm test installs an n8n server and sets it');
	}
	const path = join('n8n-nodes-base', 'dist', 'nodes', file);
	// Jest's own `require`, as for n8n-core in engine.ts.
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	return require(createRequire(join(folder, 'index.js')).resolve(path)) as Record<string, unknown>;
}
