import { setTimeout as sleep } from 'node:timers/promises';

import axios, { type AxiosInstance, type Method } from 'axios';
import type { ICredentialDataDecryptedObject, INodeTypeDescription } from 'n8n-workflow';

/** How the owner signs in to the editor. */
export interface SignIn {
	readonly email: string;
	readonly password: string;
}

export interface StoredCredential {
	readonly id: string;
	readonly name: string;
	readonly type: string;
}

/** A workflow as n8n exports it. */
export interface ExportedWorkflow {
	readonly name: string;
	readonly nodes: ReadonlyArray<{
		readonly name: string;
		readonly type: string;
		readonly parameters: Readonly<Record<string, unknown>>;
	}>;
	readonly connections: object;
	readonly settings?: object;
}

export interface Execution {
	readonly id: string;
	readonly status: string;
	readonly mode: string;
	readonly workflowId: string;
}

/** What the Test button of a credential shows. */
export interface CredentialTest {
	readonly status: 'OK' | 'Error';
	readonly message: string;
}

/** A webhook answered, and neither 200 nor 202. */
export class WebhookRefusal extends Error {
	constructor(
		readonly status: number,
		content: string,
	) {
		super(`The webhook answered ${status}: ${content}`);
		this.name = 'WebhookRefusal';
	}
}

interface Publication {
	readonly status: string;
	readonly liveVersionId: string | null;
	readonly triggers: ReadonlyArray<{ readonly errorMessage: string | null }>;
}

const publicationDeadlineMs = 30_000;

const finishDeadlineMs = 30_000;

const unfinished = new Set(['new', 'running']);

/** The requests that n8n's editor makes, for one signed-in owner. */
export class N8nApi {
	private readonly http: AxiosInstance;

	private cookie = '';

	/**
	 * @param webhookAddress where webhooks are taken, if not at the editor's address
	 */
	constructor(
		readonly address: string,
		readonly webhookAddress = address,
	) {
		this.http = axios.create({
			baseURL: address,
			proxy: false,
			validateStatus: null,
			// n8n ties a session to the browser it was opened in.
			headers: { 'browser-id': 'call-erasure' },
		});
	}

	/** Sets up the owner of a new n8n and signs in. */
	async setUpOwner({ email, password }: SignIn): Promise<void> {
		const owner = { email, password, firstName: 'Call', lastName: 'Erasure' };
		await this.request('POST', '/rest/owner/setup', owner);
		await this.signIn({ email, password });
	}

	async signIn({ email, password }: SignIn): Promise<void> {
		await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/** The nodes that n8n has loaded, those of community packages included. */
	async nodeTypes(): Promise<INodeTypeDescription[]> {
		return await this.request('GET', '/types/nodes.json');
	}

	/** The credentials that n8n has loaded. */
	async credentialTypes(): Promise<Array<{ name: string; displayName: string }>> {
		return await this.request('GET', '/types/credentials.json');
	}

	async createCredential(
		type: string,
		data: ICredentialDataDecryptedObject,
		name = type,
	): Promise<StoredCredential> {
		const { id } = await this.data<{ id: string }>('POST', '/rest/credentials', {
			name,
			type,
			data,
		});
		return { id, name, type };
	}

	/**
	 * Opens a stored credential, changes some of its fields and presses the Test button. As in the
	 * editor, what is secret comes and goes as a placeholder unless it is changed.
	 */
	async testCredential(
		credential: StoredCredential,
		changes: ICredentialDataDecryptedObject = {},
	): Promise<CredentialTest> {
		const { data } = await this.data<{ data: ICredentialDataDecryptedObject }>(
			'GET',
			`/rest/credentials/${credential.id}?includeData=true`,
		);
		return await this.data('POST', '/rest/credentials/test', {
			credentials: { ...credential, data: { ...data, ...changes } },
		});
	}

	/**
	 * Imports a workflow and publishes it.
	 *
	 * @param credentials put into each node that takes one of their types
	 * @returns the workflow's ID
	 */
	async publishWorkflow(
		workflow: ExportedWorkflow,
		credentials: readonly StoredCredential[],
	): Promise<string> {
		const types = await this.nodeTypes();
		const nodes = workflow.nodes.map((node) => {
			const accepted = types.find(({ name }) => name === node.type)?.credentials ?? [];
			const names = [...accepted.map(({ name }) => name), node.parameters.genericAuthType];
			const fitting = credentials.filter(({ type }) => names.includes(type));
			const entries = fitting.map(({ id, name, type }) => [type, { id, name }] as const);
			return { ...node, credentials: Object.fromEntries(entries) };
		});
		const { id, versionId } = await this.data<{ id: string; versionId: string }>(
			'POST',
			'/rest/workflows',
			{ ...workflow, nodes, active: false },
		);
		await this.request('POST', `/rest/workflows/${id}/activate`, { versionId });
		await this.untilPublished(id, versionId);
		return id;
	}

	/** Takes a published workflow back: its webhooks and schedules are gone. */
	async unpublishWorkflow(id: string): Promise<void> {
		await this.request('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/** n8n publishes in the background: a webhook is not there yet when `activate` answers. */
	private async untilPublished(id: string, versionId: string): Promise<void> {
		const deadline = Date.now() + publicationDeadlineMs;
		for (;;) {
			const { status, liveVersionId, triggers } = await this.data<Publication>(
				'GET',
				`/rest/workflows/${id}/publication-status`,
			);
			if (status === 'published' && liveVersionId === versionId) return;
			if (status === 'failed' || status === 'partial') {
				const messages = triggers.map(({ errorMessage }) => errorMessage).join(' ');
				throw new Error(`n8n could not publish the workflow: ${messages}`);
			}
			if (Date.now() > deadline) throw new Error('n8n did not publish the workflow in time');
			await sleep(100);
		}
	}

	/**
	 * The executions of a workflow, the latest first, once none of them runs any more: a webhook may
	 * have been answered a moment before its execution ends.
	 */
	async finishedExecutions(workflowId: string): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const deadline = Date.now() + finishDeadlineMs;
		for (;;) {
			const { results } = await this.data<{ results: Execution[] }>(
				'GET',
				`/rest/executions?filter=${filter}`,
			);
			if (results.every(({ status }) => !unfinished.has(status))) return results;
			if (Date.now() > deadline) throw new Error('An execution of the workflow does not end');
			await sleep(100);
		}
	}

	/** Executions of any workflow that are waiting to start or running, 100 of them at most. */
	async unfinishedExecutions(): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify({ status: [...unfinished] }));
		const { results } = await this.data<{ results: Execution[] }>(
			'GET',
			`/rest/executions?limit=100&filter=${filter}`,
		);
		return results;
	}

	/** Calls a webhook in production, as a system outside would: not signed in. */
	async callWebhook<T>(
		path: string,
		body: object,
		headers: Readonly<Record<string, string>> = {},
	): Promise<T> {
		return await this.webhookAnswer<T>({ method: 'POST', path, body, headers });
	}

	/**
	 * What a webhook answers in production.
	 *
	 * @param call.path what follows `/webhook/`, a query included
	 * @throws WebhookRefusal for any status but 200 and 202
	 */
	async webhookAnswer<T>(call: {
		readonly method: Method;
		readonly path: string;
		readonly body?: object;
		readonly headers?: Readonly<Record<string, string>>;
	}): Promise<T> {
		const { status, data } = await axios.request<T>({
			method: call.method,
			url: `${this.webhookAddress}/webhook/${call.path}`,
			data: call.body,
			headers: { ...call.headers },
			proxy: false,
			validateStatus: null,
			maxBodyLength: Infinity,
		});
		if (status !== 200 && status !== 202) {
			throw new WebhookRefusal(status, shorten(data));
		}
		return data;
	}

	private async data<T>(method: Method, path: string, body?: object): Promise<T> {
		const { data } = await this.request<{ data: T }>(method, path, body);
		return data;
	}

	private async request<T>(method: Method, path: string, body?: object): Promise<T> {
		const headers = this.cookie === '' ? {} : { cookie: this.cookie };
		const answer = await this.http.request<T>({ method, url: path, data: body, headers });
		if (answer.status >= 300) {
			throw new Error(
				`n8n answered ${answer.status} to ${method} ${path}: ${shorten(answer.data)}`,
			);
		}
		const [cookie] = answer.headers['set-cookie'] ?? [];
		if (cookie !== undefined) this.cookie = cookie.split(';')[0] ?? '';
		return answer.data;
	}
}

function shorten(data: unknown): string {
	return (typeof data === 'string' ? data : JSON.stringify(data)).slice(0, 500);
}
