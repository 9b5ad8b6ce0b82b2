import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from '@jest/globals';

import { ownBody } from '../../unit/requests/senders';
import { approver, type Stage } from '../n8n';
import { call, listenForCallbacks, signed, type Callbacks, type Called } from '../requests/sender';
import { certificateTable, disclosureTable, type CertificateRow } from './certificates';
import { answers, fill } from './customer';
import { submitForm } from './form';
import { nodeOf, setSettings, type Example } from './published';
import { startByWebhook, withCopy, type Copy } from './sideBySide';

export const requestTable = 'Erasure requests';

export const trigger = 'Erasure Request Trigger';

/** The schedules of the example, and the webhooks that stand in their place. */
const schedules = { 'Take up what is left': 'take-up', 'Report what is due': 'report' } as const;

const deadlineMs = 120_000;

/** A row of the table of requests. */
export interface RequestRow {
	readonly id: number;
	readonly requestId: string;
	readonly requestKey: string;
	readonly workflow: string;
	readonly reference: string;
	readonly state: string;
	readonly request: string;
	readonly approved: string;
	readonly approveAt: string;
	readonly problem: string;
	readonly execution: string;
	readonly starts: number;
	readonly due: number;
	readonly callback: string;
	readonly reportAt: number;
	readonly reports: number;
	readonly reportProblem: string;
}

/** Puts webhooks in the place of the example's schedules, so that they start when a test wants it. */
export function startWhenAsked(example: Example): void {
	for (const [schedule, path] of Object.entries(schedules)) {
		startByWebhook(example, schedule);
		Object.assign(nodeOf(example, schedule).parameters, { path, responseMode: 'onReceived' });
	}
}

/** @throws Error that names what did not come about in time */
export async function until<T>(
	look: () => Promise<T | undefined | false> | T | undefined | false,
	what: string,
): Promise<T> {
	// Many wait at once: what they ask costs the n8n that they wait for.
	let pause = 250;
	for (const deadline = Date.now() + deadlineMs; ; await sleep(pause)) {
		pause = Math.min(pause * 1.5, 2000);
		const seen = await look();
		if (seen !== undefined && seen !== false) return seen;
		if (Date.now() > deadline) throw new Error(`This did not come about: ${what}`);
	}
}

/** A published copy of the example with its sender, its approver and what it calls back. */
export class TakingRequests {
	constructor(
		readonly copy: Copy,
		readonly address: string,
		readonly callbacks: Callbacks,
	) {}

	/** The calls as they were sent, in order. */
	readonly sent: Array<{ rawHeaders: readonly string[]; body: string }> = [];

	private get api() {
		return this.copy.stage.n8n.api;
	}

	/** Signs a request as its sender's library does, and sends it. */
	async send(data: object, options: Parameters<typeof signed>[1] = {}): Promise<Called> {
		const callback = `http://${this.callbacks.host}/erasures`;
		const body = JSON.stringify(ownBody({ callback, ...data }));
		const sent = { rawHeaders: signed(body, options), body };
		this.sent.push(sent);
		return await call(this.address, sent);
	}

	/** Asks at the address that the sender was told. */
	async ask({ json }: Called, method = 'GET'): Promise<Called> {
		return await call((json as { statusUrl: string }).statusUrl, { method });
	}

	async rows(): Promise<RequestRow[]> {
		const rows = await this.api.dataTableRows(this.copy.tableOf(requestTable));
		return (rows as unknown as RequestRow[]).filter(({ state }) => state !== 'gate');
	}

	/** Which executions have the gate. */
	async holders(): Promise<string[]> {
		const rows = await this.api.dataTableRows(this.copy.tableOf(requestTable));
		const gates = (rows as unknown as RequestRow[]).filter(({ state }) => state === 'gate');
		return gates.map(({ execution }) => execution).filter(Boolean);
	}

	async row(requestId: string): Promise<RequestRow> {
		const [row, ...others] = (await this.rows()).filter((one) => one.requestId === requestId);
		expect(others).toEqual([]);
		return row!;
	}

	/** Changes a row as time or a person would. */
	async changeRow(requestId: string, changes: Partial<RequestRow>): Promise<void> {
		const { id } = await this.row(requestId);
		await this.api.updateDataTableRow(this.copy.tableOf(requestTable), id, changes);
	}

	async untilState(requestId: string, ...states: string[]): Promise<RequestRow> {
		return await until(
			async () => {
				const row = await this.row(requestId);
				return row !== undefined && states.includes(row.state) && row;
			},
			`${requestId} is ${states.join(' or ')}`,
		);
	}

	/** The address of the form, once somebody is asked. */
	async formOf(requestId: string, other = ''): Promise<string> {
		return await until(async () => {
			const { approveAt = '' } = (await this.row(requestId)) ?? {};
			return approveAt !== '' && approveAt !== other && approveAt;
		}, `Somebody is asked about ${requestId}`);
	}

	/** @returns what the approver reads then */
	async decide(requestId: string, decision: string): Promise<string> {
		const { status, text } = await submitForm(
			await this.formOf(requestId),
			answers(decision),
			approver,
		);
		expect(status).toBe(200);
		return text;
	}

	async takeUp(): Promise<void> {
		await this.api.callWebhook(this.copy.pathOf('take-up'), {});
	}

	async report(): Promise<void> {
		await this.api.callWebhook(this.copy.pathOf('report'), {});
	}

	/** Lets the time come at which a report goes out again, and then the schedule. */
	async reportAgain(requestId: string): Promise<void> {
		await this.changeRow(requestId, { reportAt: 1 });
		await this.report();
	}

	/** What the sender was told of a request at its callback, in order. */
	told(requestId: string): object[] {
		return this.callbacks.calls
			.map(({ body }) => JSON.parse(body) as { data: { requestId: string } })
			.filter(({ data }) => data.requestId === requestId)
			.map(({ data: { requestId: _, ...said } }) => said);
	}

	async untilTold(requestId: string, count = 1): Promise<object[]> {
		await until(() => this.told(requestId).length >= count, `The sender of ${requestId} is told`);
		return this.told(requestId);
	}

	async certificates(): Promise<CertificateRow[]> {
		const rows = await this.api.dataTableRows(this.copy.tableOf(certificateTable));
		return rows as unknown as CertificateRow[];
	}

	async disclosures() {
		const rows = await this.api.dataTableRows(this.copy.tableOf(disclosureTable));
		return rows as unknown as Array<{ jti: string; digest: string; disclosure: string }>;
	}
}

/** Runs `work` on a copy of the example that shares nothing with others but the n8n that it runs in. */
export async function withRequests<T>(
	stage: Stage,
	work: (taking: TakingRequests) => Promise<T>,
	change: (example: Example) => void = () => undefined,
): Promise<T> {
	const callbacks = await listenForCallbacks();
	let published: Example | undefined;
	try {
		return await withCopy(
			stage,
			'take-erasure-requests',
			fill,
			async (copy) => {
				const { webhookId } = nodeOf(published!, trigger) as unknown as { webhookId: string };
				const address = stage.n8n.api.webhookUrl(`${webhookId}/requests`);
				return await work(new TakingRequests(copy, address, callbacks));
			},
			(example) => {
				published = example;
				startWhenAsked(example);
				setSettings(example, { allowedHosts: callbacks.host });
				change(example);
			},
		);
	} finally {
		await callbacks.stop();
	}
}

/** What is shown of one request, on a copy of the example of its own. */
export interface RequestCase {
	readonly run: (taking: TakingRequests) => Promise<void>;
	readonly change?: (example: Example) => void;
}

/** Executions of the example that ended in red, the latest first. */
async function failures({ copy: { stage, workflowId } }: TakingRequests): Promise<string[]> {
	const { api } = stage.n8n;
	const ended = (await api.executionsOf(workflowId)).filter(({ status }) => status === 'error');
	const messages = ended.map(async ({ id }) => (await api.executionError(id)) ?? '');
	return await Promise.all(messages);
}

/** Waits until an execution has failed and said this. */
export async function untilFailed(taking: TakingRequests, message: RegExp): Promise<void> {
	const isThere = async () => (await failures(taking)).some((text) => message.test(text));
	await until(isThere, `An execution fails with ${message}`);
}
