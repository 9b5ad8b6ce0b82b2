import { setTimeout as sleep } from 'node:timers/promises';

import type { N8nApi, StoredCredential } from '../scripts/n8n/n8nApi';
import { latency } from './setting';
import type { AccountName, SandboxProcess, VendorBehaviour, VendorCounts } from './sandboxProcess';
import { workflowFor, type Deletion, type Vendor } from './ways';

/** What one run came to, as it is seen from outside n8n. */
export interface RunResult extends VendorCounts {
	/** From calling the webhook until its answer; of several runs at once, until the last one's. */
	readonly seconds: number;
	/** Of several runs at once, until the first one's answer. */
	readonly firstEnd?: number;
	/** Items that came out, by what they say of their record. */
	readonly items: Readonly<Record<string, number>>;
}

export interface Run extends Deletion, VendorBehaviour {
	readonly records: number;
	/** Into how many runs the records are divided, which start together; 1 unless it is said. */
	readonly atOnce?: number;
	/** The numbers of the records for which the vendor always answers 503, counted from 1. */
	readonly bad?: readonly number[];
	/** Milliseconds after which the vendor's load is watched; not at all unless it is said. */
	readonly watchedAfter?: number;
	/** For n8n's process, for example Node's own options. */
	readonly settings?: NodeJS.ProcessEnv;
}

/** Of two accounts at each vendor, those that one n8n has stored. */
export type StoredAccounts = Readonly<Record<AccountName, readonly StoredCredential[]>>;

export async function storeAccounts(
	api: N8nApi,
	{ accounts: { warmUp, measured } }: SandboxProcess,
): Promise<StoredAccounts> {
	const store = async ({
		flyflowApi,
		creovaiOAuth2Api,
	}: SandboxProcess['accounts'][AccountName]) => [
		await api.createCredential('flyflowApi', flyflowApi),
		await api.createCredential('eraseByHttpApi', {
			baseUrl: flyflowApi.baseUrl,
			sendKeyAs: 'bearer',
			key: flyflowApi.apiKey,
		}),
		await api.createCredential('creovaiOAuth2Api', creovaiOAuth2Api),
	];
	return { warmUp: await store(warmUp), measured: await store(measured) };
}

const warmUpRecords = 50;

/** How long n8n may settle down before it is measured, in milliseconds. */
const restMs = 1500;

let count = 0;

/** Runs in one n8n, against one sandbox. */
export class Runs {
	constructor(
		private readonly api: N8nApi,
		private readonly sandbox: SandboxProcess,
		private readonly credentials: StoredAccounts,
	) {}

	/** A few records first, then a rest; at another account, because the package shares what it learns of one. */
	async warmUp({ vendor, way, options = {} }: Run): Promise<void> {
		await this.carryOut('warmUp', { vendor, way, options, records: warmUpRecords });
		await sleep(restMs);
	}

	async measure(run: Run): Promise<RunResult> {
		return await this.carryOut('measured', run);
	}

	private async carryOut(account: AccountName, run: Run): Promise<RunResult> {
		const { api } = this;
		// Workflows of earlier runs are still there.
		const path = `run-${(count += 1)}`;
		const workflow = workflowFor(run, this.sandbox.accounts[account], path);
		await api.publishWorkflow(workflow, this.credentials[account]);
		const { vendor, records, bad = [], atOnce = 1, watchedAfter } = run;
		const badIds = bad.map((number) => idOf(vendor, number));
		await this.sandbox.prepare({ latency, ...run, account, badIds });
		const ids = Array.from({ length: records }, (_, index) => idOf(vendor, index + 1));
		const share = Math.ceil(records / atOnce);
		const started = performance.now();
		const ended = await Promise.all(
			Array.from({ length: atOnce }, async (_, index) => {
				const own = ids.slice(index * share, (index + 1) * share);
				const words = await outcomes(async () => await api.callWebhook(path, { ids: own }));
				return { words, seconds: (performance.now() - started) / 1000 };
			}),
		);
		const seconds = ended.map((one) => one.seconds);
		const counts = await this.sandbox.count({ vendor, badIds, watchedAfter });
		return {
			seconds: Math.max(...seconds),
			...(atOnce > 1 && { firstEnd: Math.min(...seconds) }),
			items: tally(ended.flatMap(({ words }) => words)),
			...counts,
		};
	}
}

function tally(words: ReadonlyArray<string | null>): Record<string, number> {
	const items: Record<string, number> = {};
	for (const word of words) {
		const name = word ?? 'error';
		items[name] = (items[name] ?? 0) + 1;
	}
	return items;
}

/** What came out; nothing where the workflow ended with an error. */
async function outcomes(
	call: () => Promise<{ outcome: Array<string | null> }>,
): Promise<Array<string | null>> {
	try {
		return (await call()).outcome;
	} catch (error) {
		if (String(error).includes('Error in workflow')) return [];
		throw error;
	}
}

/** The sandbox's own names for its records. */
function idOf(vendor: Vendor, number: number): string {
	return vendor === 'flyflow' ? `call_${number}` : `c${String(number).padStart(6, '0')}`;
}
