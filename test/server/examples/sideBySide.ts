import { sandboxAccounts } from '../../../sandbox/accounts';
import { Sandbox } from '../../../sandbox/sandbox';
import type { Stage } from '../n8n';
import { nodeOf, receiptTable, withExample, type Example } from './published';

/** A row of the table of receipts. */
export type ReceiptRow = Readonly<
	Record<
		'request' | 'vendor' | 'resource' | 'target' | 'outcome' | 'evidence' | 'reason' | 'account',
		string
	>
> & {
	readonly deleted: boolean;
	/** Under what its certificate stands, where it can have one. */
	readonly reference: string | null;
	readonly seen: boolean;
	readonly duplicate: boolean;
	readonly recheckedAt: string | null;
	readonly approvedBy: string | null;
	readonly approvedAt: string | null;
};

/** A published copy of an example, with vendors, accounts, webhooks and a table of its own. */
export interface Copy {
	readonly stage: Stage;
	readonly sandbox: Sandbox;
	readonly workflowId: string;
	/** Where its webhooks are: the path of the example's webhook, as this copy has it. */
	readonly pathOf: (path: string) => string;
	/** The name of its table of receipts. */
	readonly table: string;
	/** The name of any other of its tables, by the example's. */
	readonly tableOf: (title: string) => string;
	/** What the table of receipts holds. */
	readonly rows: () => Promise<ReceiptRow[]>;
	/** The records that the vendors had before and have no more, by vendor. */
	readonly gone: () => string[];
}

let copies = 0;

/**
 * Runs `work` on a copy of an example that shares nothing with other copies but the n8n that it runs
 * in, so that many can run at once, each with another vendor failing.
 *
 * @param fill puts records into the vendors, and faults
 */
export async function withCopy<T>(
	stage: Stage,
	name: string,
	fill: (sandbox: Sandbox) => void,
	work: (copy: Copy) => Promise<T>,
	change: (example: Example) => void = () => undefined,
): Promise<T> {
	const { api } = stage.n8n;
	const suffix = `copy ${(copies += 1)} of ${process.pid}`;
	const pathOf = (path: string) => `${path}-${suffix.replaceAll(' ', '-')}`;
	const table = `Receipts, ${suffix}`;
	const sandbox = await Sandbox.start();
	try {
		fill(sandbox);
		const accounts = Object.entries(sandboxAccounts(sandbox)).map(
			async ([type, data]) => await api.createCredential(type, data, `${type}, ${suffix}`),
		);
		const credentials = [...(await Promise.all(accounts)), ...shared(stage)];
		const own = { ...stage, sandbox, credentials };
		const recordsOf = () =>
			sandbox.vendors.flatMap((vendor) => vendor.records().map(({ id }) => `${vendor.name} ${id}`));
		const before = recordsOf();
		const copy = {
			stage: own,
			sandbox,
			pathOf,
			table,
			tableOf: (title: string) => `${title}, ${suffix}`,
			rows: async () => (await api.dataTableRows(table)) as unknown as ReceiptRow[],
			gone: () => {
				const left = new Set(recordsOf());
				return before.filter((record) => !left.has(record));
			},
		};
		const tables = new Set([table]);
		const tableFor = (title: unknown) => {
			const own = title === receiptTable ? table : `${String(title)}, ${suffix}`;
			tables.add(own);
			return own;
		};
		const separate = (example: Example) => {
			change(example);
			for (const { type, parameters } of example.nodes) {
				if ('tableName' in parameters) parameters.tableName = tableFor(parameters.tableName);
				if (type.endsWith('.webhook')) parameters.path = pathOf(String(parameters.path));
			}
			for (const node of example.nodes)
				if ('webhookId' in node) node.webhookId = crypto.randomUUID();
		};
		const results: T[] = [];
		const keep = async (workflowId: string) => {
			results.push(await work({ ...copy, workflowId }));
		};
		await withExample(own, name, keep, separate).finally(async () => {
			for (const one of tables) await api.deleteDataTable(one);
		});
		return results[0]!;
	} finally {
		await sandbox.stop();
	}
}

/** What webhooks and forms ask for is the same everywhere, and so is who sends and who issues certificates. */
function shared({ credentials }: Stage) {
	return credentials.filter(({ type }) => type.startsWith('http') || type.startsWith('erasure'));
}

/** A webhook in the place of a schedule: a production run whenever the test wants one. */
export function startByWebhook(example: Example, trigger: string): void {
	const node = nodeOf(example, trigger) as Example['nodes'][number] & { typeVersion: number };
	node.type = 'n8n-nodes-base.webhook';
	node.typeVersion = 2.1;
	node.parameters = {
		httpMethod: 'POST',
		path: 'start',
		responseMode: 'lastNode',
		options: {},
	};
	Object.assign(node, { webhookId: crypto.randomUUID() });
}

/** Deactivates a node: n8n hands on what it is given. */
export function deactivate(example: Example, name: string): void {
	Object.assign(nodeOf(example, name), { disabled: true });
}

/** Takes away the credential that the copy's nodes of a vendor have. */
export async function loseCredential({ stage: { n8n, credentials } }: Copy, type: string) {
	const lost = credentials.find((credential) => credential.type === type);
	if (lost === undefined) throw new Error(`The copy has no credential ${type}`);
	await n8n.api.deleteCredential(lost);
}

/** Makes a vendor refuse for good, at once and every time, what the pattern finds in "METHOD url". */
export function refuse(sandbox: Sandbox, what: RegExp): void {
	sandbox.faults.add({
		fault: { kind: 'status', status: 403 },
		when: ({ method, url }) => what.test(`${method} ${url}`),
	});
}

/**
 * Runs many at once, and waits until all are through.
 *
 * @returns what became of each, for the test that is about it: one that failed fails that test alone
 */
export async function allAtOnce<Case extends { readonly what: string }, T>(
	cases: readonly Case[],
	run: (one: Case) => Promise<T>,
): Promise<(what: string) => Promise<T>> {
	const runs = new Map(cases.map((one) => [one.what, run(one)]));
	await Promise.allSettled(runs.values());
	return async (what) => await runs.get(what)!;
}
