import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Receipt } from '../../erasure/receipt';
import { certificateIssuer, sandboxAccounts, webhookKey } from '../../sandbox/accounts';
import type { Sandbox } from '../../sandbox/sandbox';
import { WebhookRefusal, type ExportedWorkflow, type N8nApi } from '../n8n/n8nApi';

export interface BulkRequest {
	readonly requestId: string;
	readonly flyflowCallIds?: readonly string[];
	readonly creovaiCallIds?: readonly string[];
}

export interface BulkAnswer {
	readonly requestId: string;
	readonly targets: number;
	readonly chunks: number;
	/** The request was stored before. */
	readonly known: boolean;
}

export interface BulkReport {
	readonly requestId: string;
	readonly finished: boolean;
	readonly chunks: number;
	/** Chunks that are being carried out. */
	readonly underWay: number;
	readonly targets: number;
	readonly settled: number;
	readonly outcomes: Readonly<Record<string, number>>;
	/** Once the request is finished. */
	readonly receipts?: ReadonlyArray<Receipt & { readonly id: string }>;
}

export interface BulkReportWithCertificate extends BulkReport {
	/** Once the request is finished. */
	readonly certificates?: ReadonlyArray<{ readonly jti: string; readonly certificate: string }>;
	/** Why there is none, or what of it could not be kept. */
	readonly certificateProblem?: string;
}

const path = 'erase-in-bulk';

const headers = { [webhookKey.name]: webhookKey.value };

/** The example workflow "Erase in bulk", published in a running n8n, with the sandbox's accounts. */
export class EraseInBulk {
	private constructor(
		private readonly api: N8nApi,
		readonly workflowId: string,
	) {}

	/**
	 * @param change made to the workflow before it is published
	 * @param issuer who signs its certificates
	 */
	static async publish(
		api: N8nApi,
		sandbox: Sandbox,
		change: (workflow: ExportedWorkflow) => ExportedWorkflow = (workflow) => workflow,
		issuer: { readonly issuer: string; readonly privateKey: string } = certificateIssuer,
	): Promise<EraseInBulk> {
		const credentials = [await api.createCredential('httpHeaderAuth', webhookKey, 'Webhook key')];
		const { flyflowApi, creovaiOAuth2Api } = sandboxAccounts(sandbox);
		credentials.push(await api.createCredential('flyflowApi', flyflowApi));
		credentials.push(await api.createCredential('creovaiOAuth2Api', creovaiOAuth2Api));
		credentials.push(await api.createCredential('erasureCertificateKeyApi', issuer));
		const file = join(__dirname, '..', '..', 'workflows', 'erase-in-bulk.json');
		const workflow = change(JSON.parse(readFileSync(file, 'utf8')) as ExportedWorkflow);
		return new EraseInBulk(api, await api.publishWorkflow(workflow, credentials));
	}

	/** Takes the workflow away, so that another with the same webhooks can be published. */
	async remove(): Promise<void> {
		await this.api.deleteWorkflow(this.workflowId);
	}

	/**
	 * Sends a request, again if n8n could not take it, as a caller may: the same request twice is
	 * one request.
	 */
	async send(request: BulkRequest, deadlineMs = 60_000): Promise<BulkAnswer> {
		for (const deadline = Date.now() + deadlineMs; ; await sleep(1000)) {
			try {
				return await this.api.callWebhook<BulkAnswer>(path, request, headers);
			} catch (error) {
				const wasRead = error instanceof WebhookRefusal && error.status < 500;
				if (wasRead || Date.now() > deadline) throw error;
			}
		}
	}

	async report(requestId: string): Promise<BulkReport> {
		const query = `${path}?requestId=${encodeURIComponent(requestId)}`;
		return await this.api.readWebhook<BulkReport>(query, headers);
	}

	/** The report together with the request's certificate, which is issued by the first that asks. */
	async reportWithCertificate(requestId: string): Promise<BulkReportWithCertificate> {
		const query = `${path}?requestId=${encodeURIComponent(requestId)}&certificate=true`;
		return await this.api.readWebhook<BulkReportWithCertificate>(query, headers);
	}

	/**
	 * Waits until a request is finished.
	 *
	 * @param seen called with every report on the way; one that could not be had is left out
	 */
	async untilFinished(
		requestId: string,
		deadlineMs: number,
		seen: (report: BulkReport) => void = () => undefined,
	): Promise<Required<BulkReport>> {
		const deadline = Date.now() + deadlineMs;
		let last = 'none';
		while (Date.now() < deadline) {
			// A webhook may not answer while Redis, the database or a worker is away.
			const report = await this.report(requestId).catch((error: Error) => error);
			if (report instanceof Error) {
				last = report.message;
			} else {
				seen(report);
				const { receipts } = report;
				if (receipts !== undefined) return { ...report, receipts };
				last = JSON.stringify(report);
			}
			await sleep(500);
		}
		throw new Error(`${requestId} is not finished after ${deadlineMs / 1000} s; last: ${last}`);
	}
}
