/**
 * The sandbox as a process of its own, so that the vendor's work is not done on the time of whoever
 * measures, and what it counts.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { sandboxAccounts } from '../sandbox/accounts';
import { RateLimit } from '../sandbox/faults/rateLimit';
import { Sandbox } from '../sandbox/sandbox';

/** How the vendors behave in one case. */
export interface VendorConditions {
	/** Records that each vendor holds. */
	readonly records: number;
	/** Milliseconds that each answer takes. */
	readonly latency: number;
	/** What the vendor allows in a second by its clock; undefined for no limit. */
	readonly requestsPerSecond?: number | undefined;
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
}

type Accounts = ReturnType<typeof sandboxAccounts>;

type Order =
	| { readonly kind: 'prepare'; readonly conditions: VendorConditions }
	| { readonly kind: 'count'; readonly vendor: string };

/** The parent's side. */
export class SandboxProcess {
	private constructor(
		private readonly child: ChildProcess,
		readonly address: string,
		readonly accounts: Accounts,
	) {}

	static async start(): Promise<SandboxProcess> {
		const child = fork(fileURLToPath(`file://${__filename}`), { execArgv: ['--import', 'tsx'] });
		const [ready] = (await once(child, 'message')) as [{ address: string; accounts: Accounts }];
		return new SandboxProcess(child, ready.address, ready.accounts);
	}

	/** Fills all vendors again and begins to count anew. */
	async prepare(conditions: VendorConditions): Promise<void> {
		await this.ask({ kind: 'prepare', conditions });
	}

	async count(vendor: string): Promise<VendorCounts> {
		return (await this.ask({ kind: 'count', vendor })) as VendorCounts;
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
		if (order.kind === 'count') return countOf(sandbox, order.vendor, filled);
		const { records, latency, requestsPerSecond } = order.conditions;
		sandbox.forget();
		sandbox.connections.most = 0;
		for (const vendor of sandbox.vendors) vendor.fill(records);
		filled = records;
		sandbox.latency = latency;
		sandbox.rateLimit =
			requestsPerSecond === undefined ? undefined : new RateLimit(requestsPerSecond);
		return {};
	};
	process.on('message', (order: Order) => process.send?.(carryOut(order)));
	process.on('disconnect', () => process.exit());
	process.send?.({ address: sandbox.address(), accounts: sandboxAccounts(sandbox) });
}

function countOf(sandbox: Sandbox, vendorName: string, filled: number): VendorCounts {
	const requests = sandbox
		.requestsTo(vendorName)
		.filter(({ url }) => !url.toLowerCase().startsWith('/token'));
	const vendor = sandbox.vendors.find(({ name }) => name === vendorName);
	const seconds = new Set(requests.map(({ at }) => at.slice(0, 19)));
	return {
		requests: requests.length,
		pushedBack: requests.filter(({ status }) => status === 429).length,
		sockets: sandbox.connections.most,
		erased: filled - (vendor?.records().length ?? 0),
		secondsAsked: seconds.size,
	};
}

if (process.send !== undefined && process.argv[1] === __filename) void serve();
