/**
 * The sandbox as a process of its own, so that the vendor's work is not done on the time of whoever
 * measures, and what it counts.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { sandboxAccounts, type SandboxAccounts } from '../sandbox/accounts';
import { RateLimit } from '../sandbox/faults/rateLimit';
import { Workers } from '../sandbox/faults/workers';
import { Sandbox } from '../sandbox/sandbox';
import { loadOf, type VendorLoad } from './vendorLoad';
import type { Vendor } from './ways';

/** How a vendor behaves in one case. */
export interface VendorBehaviour {
	/** Milliseconds that each answer takes. */
	readonly latency?: number;
	/** Milliseconds by which it takes longer at most, at random. */
	readonly latencySpread?: number;
	/** What it allows in a second by its clock; undefined for no limit. */
	readonly requestsPerSecond?: number;
	/** How many requests it works on at a time; undefined for as many as come. */
	readonly workers?: number;
}

/** Two accounts at the same vendor: what is learnt of one says nothing of the other. */
export type AccountName = 'warmUp' | 'measured';

interface VendorConditions extends VendorBehaviour {
	/** Records that each vendor holds. */
	readonly records: number;
	/** The one account that is let in. */
	readonly account: AccountName;
	/** Records for which it always answers 503. */
	readonly badIds: readonly string[];
}

/** What is to be counted. */
interface Question {
	readonly vendor: Vendor;
	readonly badIds: readonly string[];
	/** Milliseconds after which its load is watched; undefined for not at all. */
	readonly watchedAfter: number | undefined;
}

/** What reached a vendor, requests for tokens left out. */
export interface VendorCounts {
	readonly requests: number;
	/** Those that were turned away by the vendor's limit. */
	readonly pushedBack: number;
	/** The most connections open at once. */
	readonly sockets: number;
	/** Of the records that it held, how many are gone. */
	readonly erased: number;
	/** Seconds of the vendor's clock in which it was asked for anything. */
	readonly secondsAsked: number;
	/** How often the record was sent that was sent most of those that are always answered 503. */
	readonly badSent?: number;
	readonly load?: VendorLoad;
}

type AccountsByName = Readonly<Record<AccountName, SandboxAccounts>>;

type Order =
	| { readonly kind: 'prepare'; readonly conditions: VendorConditions }
	| { readonly kind: 'count'; readonly question: Question };

/** The parent's side. */
export class SandboxProcess {
	private constructor(
		private readonly child: ChildProcess,
		readonly accounts: AccountsByName,
	) {}

	static async start(): Promise<SandboxProcess> {
		const child = fork(fileURLToPath(`file://${__filename}`), { execArgv: ['--import', 'tsx'] });
		const [accounts] = (await once(child, 'message')) as [AccountsByName];
		return new SandboxProcess(child, accounts);
	}

	/** Fills all vendors again and begins to count anew. */
	async prepare(conditions: VendorConditions): Promise<void> {
		await this.ask({ kind: 'prepare', conditions });
	}

	async count(question: Question): Promise<VendorCounts> {
		return (await this.ask({ kind: 'count', question })) as VendorCounts;
	}

	async stop(): Promise<void> {
		this.child.kill();
		await once(this.child, 'exit');
	}

	private async ask(order: Order): Promise<unknown> {
		this.child.send(order);
		const [answer] = (await once(this.child, 'message')) as [unknown];
		return answer;
	}
}

async function serve(): Promise<void> {
	const sandbox = await Sandbox.start();
	let filled = 0;
	const carryOut = (order: Order): VendorCounts | Record<string, never> => {
		if (order.kind === 'count') return countOf(sandbox, order.question, filled);
		prepare(sandbox, order.conditions);
		filled = order.conditions.records;
		return {};
	};
	process.on('message', (order: Order) => process.send?.(carryOut(order)));
	process.on('disconnect', () => process.exit());
	const accounts: AccountsByName = {
		warmUp: letIn(sandbox, 'warmUp'),
		measured: letIn(sandbox, 'measured'),
	};
	process.send?.(accounts);
}

/** @returns its credentials */
function letIn(sandbox: Sandbox, account: AccountName): SandboxAccounts {
	sandbox.flyflow.apiKey = `flyflow-key-${account}`;
	sandbox.creovai.clientSecret = `creovai-secret-${account}`;
	return sandboxAccounts(sandbox);
}

function prepare(sandbox: Sandbox, conditions: VendorConditions): void {
	const { records, latency = 0, latencySpread = 0, requestsPerSecond, workers } = conditions;
	sandbox.forget();
	sandbox.connections.most = 0;
	for (const vendor of sandbox.vendors) vendor.fill(records);
	letIn(sandbox, conditions.account);
	sandbox.latency = latency;
	sandbox.latencySpread = latencySpread;
	if (workers !== undefined) sandbox.workers = new Workers(workers);
	if (requestsPerSecond !== undefined) sandbox.rateLimit = new RateLimit(requestsPerSecond);
	const badIds = new Set(conditions.badIds);
	sandbox.faults.add({
		fault: { kind: 'status', status: 503, body: '{}' },
		when: ({ url }) => badIds.has(lastPart(url)),
	});
}

function countOf(
	sandbox: Sandbox,
	{ vendor: name, badIds, watchedAfter }: Question,
	filled: number,
): VendorCounts {
	const requests = sandbox
		.requestsTo(name)
		.filter(({ url }) => !url.toLowerCase().startsWith('/token'));
	const seconds = new Set(requests.map(({ at }) => at.slice(0, 19)));
	const sent = (id: string) => requests.filter(({ url }) => lastPart(url) === id).length;
	return {
		requests: requests.length,
		pushedBack: requests.filter(({ status }) => status === 429).length,
		sockets: sandbox.connections.most,
		erased: filled - sandbox[name].records().length,
		secondsAsked: seconds.size,
		...(badIds.length > 0 && { badSent: Math.max(...badIds.map(sent)) }),
		...(watchedAfter !== undefined && { load: loadOf(requests, watchedAfter) }),
	};
}

function lastPart(url: string): string {
	return url.slice(url.lastIndexOf('/') + 1);
}

if (process.send !== undefined && process.argv[1] === __filename) void serve();
