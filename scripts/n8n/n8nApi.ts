/* eslint max-lines: "off" -- one short method for each request that the editor makes */
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import axios, { type AxiosInstance, type Method } from 'axios';
import type { ICredentialDataDecryptedObject, INodeTypeDescription } from 'n8n-workflow';

import {
	readExecutionError,
	readExecutionOutput,
	readSentToChat,
	type ExecutionOutput,
	type SentToChat,
} from './executionOutput';
import { markWorkflow, type Mark } from './mark';

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

interface StoredTable {
	readonly id: string;
	readonly name: string;
}

export interface StoredWorkflow {
	readonly id: string;
	readonly name: string;
	readonly active: boolean;
	readonly isArchived: boolean;
}

/** A row of one of n8n's data tables: its own columns beside `id`, `createdAt` and `updatedAt`. */
export type DataTableRow = Readonly<Record<string, unknown>>;

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

/** A webhook answered, and with no success. */
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

const publicationDeadlineMs = 60_000;

const finishDeadlineMs = 30_000;

const tablesPerPage = 100;

const unfinished = new Set(['new', 'running', 'waiting']);

/** A connection that is kept may be closed by the busy server just as it is used again. */
const ownConnections = new Agent({ keepAlive: false });

/**
 * The requests that n8n's editor makes, for one signed-in owner. With a mark, whoever uses it makes,
 * sees and takes away what carries that mark and nothing else, under the names that it gives.
 */
export class N8nApi {
	private readonly http: AxiosInstance;

	private cookie = '';

	/** The types of credentials that the nodes of a type take. */
	private readonly takenCredentials = new Map<string, readonly string[]>();

	/**
	 * @param webhookAddress where webhooks are taken, if not at the editor's address
	 */
	constructor(
		readonly address: string,
		readonly webhookAddress = address,
		readonly mark: Mark = '',
	) {
		this.http = axios.create({
			baseURL: address,
			proxy: false,
			validateStatus: null,
			httpAgent: ownConnections,
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
		const stored = { name: this.mark + name, type };
		const { id } = await this.data<{ id: string }>('POST', '/rest/credentials', {
			...stored,
			data,
		});
		return { id, ...stored };
	}

	/** The credentials that are stored, of any type, under the names that n8n shows. */
	async credentials(): Promise<StoredCredential[]> {
		return (await this.credentialsOfAll()).filter(({ name }) => name.startsWith(this.mark));
	}

	/** Those without the mark as well: to be seen, not to be touched. */
	async credentialsOfAll(): Promise<StoredCredential[]> {
		return await this.data('GET', '/rest/credentials');
	}

	/** Takes a credential away, also from under the workflows that have it. */
	async deleteCredential({ id }: Pick<StoredCredential, 'id'>): Promise<void> {
		await this.request('DELETE', `/rest/credentials/${id}`);
	}

	/** Opens a stored credential and saves it with other content. */
	async changeCredential(
		{ id, name, type }: StoredCredential,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		await this.request('PATCH', `/rest/credentials/${id}`, { name, type, data });
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
		const { id, versionId } = await this.importWorkflow(workflow, credentials);
		await this.publishVersion(id, versionId);
		return id;
	}

	/** Publishes a version of a workflow that is stored, whether it is published already or not. */
	async publishVersion(id: string, versionId: string): Promise<void> {
		await this.request('POST', `/rest/workflows/${id}/activate`, { versionId });
		await this.untilPublished(id, versionId);
	}

	/** n8n does it in the background: its webhooks may be there for a moment longer. */
	async unpublishWorkflow(id: string): Promise<void> {
		await this.request('POST', `/rest/workflows/${id}/deactivate`);
	}

	/** Imports a workflow, as `publishWorkflow` does, and leaves publishing it to others. */
	async importWorkflow(
		workflow: ExportedWorkflow,
		credentials: readonly StoredCredential[],
	): Promise<{ id: string; versionId: string }> {
		await this.readTakenCredentials(workflow);
		const marked = markWorkflow(workflow, this.mark);
		const nodes = marked.nodes.map((node) => {
			const taken = this.takenCredentials.get(node.type) ?? [];
			// n8n's HTTP Request takes any other node's credential, by its name.
			const { nodeCredentialType, genericAuthType } = node.parameters;
			const accepted = [...taken, nodeCredentialType, genericAuthType];
			const fitting = credentials.filter(({ type }) => accepted.includes(type));
			const entries = fitting.map(({ id, name, type }) => [type, { id, name }] as const);
			return { ...node, credentials: Object.fromEntries(entries) };
		});
		return await this.data('POST', '/rest/workflows', { ...marked, nodes, active: false });
	}

	/** n8n's list of nodes has megabytes: it is read again only for a node that was not in it. */
	private async readTakenCredentials({ nodes }: ExportedWorkflow): Promise<void> {
		if (nodes.every(({ type }) => this.takenCredentials.has(type))) return;
		for (const { name, credentials = [] } of await this.nodeTypes()) {
			if (this.takenCredentials.has(name)) continue;
			this.takenCredentials.set(
				name,
				credentials.map(({ name: type }) => type),
			);
		}
	}

	/** The workflows that are stored, under the names that n8n shows. */
	async workflows(): Promise<StoredWorkflow[]> {
		const stored = await this.data<StoredWorkflow[]>('GET', '/rest/workflows');
		return stored.filter(({ name }) => name.startsWith(this.mark));
	}

	/** Takes a workflow away, published or not. n8n unpublishes in the background, too. */
	async deleteWorkflow(id: string): Promise<void> {
		await this.request('POST', `/rest/workflows/${id}/archive`);
		for (const deadline = Date.now() + publicationDeadlineMs; ; await sleep(100)) {
			try {
				await this.request('DELETE', `/rest/workflows/${id}`);
				return;
			} catch (error) {
				const isUnpublishing = (error as Error).message.includes('still being unpublished');
				if (!isUnpublishing || Date.now() > deadline) throw error;
			}
		}
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
	async finishedExecutions(
		workflowId: string,
		deadlineMs = finishDeadlineMs,
	): Promise<Execution[]> {
		const deadline = Date.now() + deadlineMs;
		let before = '';
		for (;;) {
			const results = await this.executions({ workflowId });
			const seen = JSON.stringify(results.map(({ id, status }) => [id, status]));
			// n8n looks for those that run and for those that ended separately: one that ends in between
			// is in neither list, and shows the next time.
			if (seen === before && results.every(({ status }) => !unfinished.has(status))) return results;
			before = seen;
			if (Date.now() > deadline) throw new Error('An execution of the workflow does not end');
			await sleep(100);
		}
	}

	/** The executions of a workflow as they are now, the latest first, 100 of them at most. */
	async executionsOf(workflowId: string): Promise<Execution[]> {
		return await this.executions({ workflowId });
	}

	/** The executions of a workflow that run now. */
	async runningExecutions(workflowId: string): Promise<Execution[]> {
		return (await this.executionsOf(workflowId)).filter(({ status }) => unfinished.has(status));
	}

	/** Executions of any workflow that are waiting to start or running, 100 of them at most. */
	async unfinishedExecutions(): Promise<Execution[]> {
		return await this.executions({ status: [...unfinished] });
	}

	/** Presses Stop in the list of executions. */
	async stopExecution({ id }: Pick<Execution, 'id'>): Promise<void> {
		await this.request('POST', `/rest/executions/${id}/stop`);
	}

	private async executions(filter: object): Promise<Execution[]> {
		const query = encodeURIComponent(JSON.stringify(filter));
		const { results } = await this.data<{ results: Execution[] }>(
			'GET',
			`/rest/executions?limit=100&filter=${query}`,
		);
		return results;
	}

	/**
	 * Presses Execute Workflow in the editor: a test run of the workflow as it is stored.
	 *
	 * @param trigger the name of the trigger to start from
	 * @returns the execution's ID; undefined where n8n waits for a call of the test webhook
	 */
	async runManually(workflowId: string, trigger: string): Promise<string | undefined> {
		const { executionId } = await this.data<{ executionId?: string }>(
			'POST',
			`/rest/workflows/${workflowId}/run`,
			{ triggerToStartFrom: { name: trigger } },
		);
		return executionId;
	}

	/** What each node of an execution gave: per node and output, the items of all its runs. */
	async executionOutput(executionId: string): Promise<ExecutionOutput> {
		const { data } = await this.data<{ data: string }>('GET', `/rest/executions/${executionId}`);
		return readExecutionOutput(data);
	}

	/** The message that n8n shows of an execution that failed; undefined for one that did not. */
	async executionError(executionId: string): Promise<string | undefined> {
		const { data } = await this.data<{ data: string }>('GET', `/rest/executions/${executionId}`);
		return readExecutionError(data);
	}

	/**
	 * What an execution that waits has sent into its chat at last.
	 *
	 * @returns undefined while it runs, and where it has sent nothing
	 * @throws Error with n8n's message if the execution failed
	 */
	async sentToChat(executionId: string): Promise<SentToChat | undefined> {
		const { status, data } = await this.data<{ status: string; data: string }>(
			'GET',
			`/rest/executions/${executionId}`,
		);
		if (status === 'error') throw new Error(readExecutionError(data));
		return status === 'waiting' ? readSentToChat(data) : undefined;
	}

	/** All rows of the owner's data table of exactly this name, the oldest first; none without it. */
	async dataTableRows(name: string): Promise<DataTableRow[]> {
		const tables = await this.dataTablesPath();
		const table = await this.findDataTable(name);
		if (table === undefined) return [];
		const rows: DataTableRow[] = [];
		for (;;) {
			const path = `${tables}/${table.id}/rows?sortBy=id:asc&take=100&skip=${rows.length}`;
			const { data } = await this.data<{ data: DataTableRow[] }>('GET', path);
			rows.push(...data);
			if (data.length === 0) return rows;
		}
	}

	async createDataTable(
		name: string,
		columns: ReadonlyArray<{ readonly name: string; readonly type: string }> = [],
	): Promise<void> {
		await this.request('POST', await this.dataTablesPath(), { name: this.mark + name, columns });
	}

	/** Puts rows into the owner's data table of exactly this name, by the names of its columns. */
	async insertDataTableRows(name: string, rows: readonly DataTableRow[]): Promise<void> {
		const table = await this.findDataTable(name);
		if (table === undefined) throw new Error(`There is no data table "${name}"`);
		const path = `${await this.dataTablesPath()}/${table.id}/insert`;
		await this.request('POST', path, { data: rows, returnType: 'count' });
	}

	/** Changes cells of one row, as somebody does in the editor's table. */
	async updateDataTableRow(name: string, id: number, data: DataTableRow): Promise<void> {
		const table = await this.findDataTable(name);
		if (table === undefined) throw new Error(`There is no data table "${name}"`);
		const filters = [{ columnName: 'id', condition: 'eq', value: id }];
		const path = `${await this.dataTablesPath()}/${table.id}/rows`;
		await this.request('PATCH', path, { filter: { type: 'and', filters }, data });
	}

	/** Does nothing where there is no data table of this name. */
	async deleteDataTable(name: string): Promise<void> {
		const table = await this.findDataTable(name);
		if (table === undefined) return;
		await this.request('DELETE', `${await this.dataTablesPath()}/${table.id}`);
	}

	/** The owner's data tables, under the names that n8n shows. */
	async dataTables(): Promise<StoredTable[]> {
		const path = await this.dataTablesPath();
		const tables: StoredTable[] = [];
		for (let skip = 0; ; skip += tablesPerPage) {
			// By itself n8n lists the first few only.
			const page = `${path}?take=${tablesPerPage}&skip=${skip}`;
			const { data } = await this.data<{ data: StoredTable[] }>('GET', page);
			tables.push(...data.filter(({ name }) => name.startsWith(this.mark)));
			if (data.length < tablesPerPage) return tables;
		}
	}

	private async findDataTable(name: string): Promise<StoredTable | undefined> {
		return (await this.dataTables()).find((table) => table.name === this.mark + name);
	}

	/** The path of the owner's own data tables. */
	private async dataTablesPath(): Promise<string> {
		const { id } = await this.data<{ id: string }>('GET', '/rest/projects/personal');
		return `/rest/projects/${id}/data-tables`;
	}

	/** Where a webhook of a published workflow is, or of a trigger with an address of its own. */
	webhookUrl(path: string): string {
		return `${this.webhookAddress}/webhook/${this.mark}${path}`;
	}

	/** The same for a webhook that waits for a call because of a test run in the editor. */
	testWebhookUrl(path: string): string {
		return `${this.address}/webhook-test/${this.mark}${path}`;
	}

	/** Where a form is; that of a test run if so. */
	formUrl(path: string, isTest = false): string {
		return `${this.address}/${isTest ? 'form-test' : 'form'}/${this.mark}${path}`;
	}

	/** Calls a webhook in production, as a system outside would: not signed in. */
	async callWebhook<T>(
		path: string,
		body: object,
		headers: Readonly<Record<string, string>> = {},
	): Promise<T> {
		return await this.callFromOutside('POST', this.webhookUrl(path), headers, body);
	}

	/** Calls a webhook that waits for it because of a test run in the editor. */
	async callTestWebhook<T>(
		path: string,
		body: object,
		headers: Readonly<Record<string, string>> = {},
	): Promise<T> {
		return await this.callFromOutside('POST', this.testWebhookUrl(path), headers, body);
	}

	/** The same as callWebhook, for a webhook that takes GET. */
	async readWebhook<T>(path: string, headers: Readonly<Record<string, string>> = {}): Promise<T> {
		return await this.callFromOutside('GET', this.webhookUrl(path), headers);
	}

	/** @throws WebhookRefusal for an answer that is no success */
	private async callFromOutside<T>(
		method: Method,
		url: string,
		headers: Readonly<Record<string, string>>,
		body?: object,
	): Promise<T> {
		const { status, data } = await axios.request<T>({
			method,
			url,
			data: body,
			headers,
			proxy: false,
			httpAgent: ownConnections,
			validateStatus: null,
			maxBodyLength: Infinity,
		});
		if (status >= 300) throw new WebhookRefusal(status, shorten(data));
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
