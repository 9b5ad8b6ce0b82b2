/**
 * The demo in one process: the sandbox with records in it, and a real n8n with the packed package,
 * credentials and an example workflow; or the n8n that N8N_URL gives. Started by start.mjs, with the
 * port for n8n and perhaps `--once`.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Receipt } from '../../erasure/receipt';
import {
	accountNames,
	certificateIssuer,
	formLogin,
	sandboxAccounts,
	webhookKey,
} from '../../sandbox/accounts';
import { addCases } from '../../sandbox/practice';
import { Sandbox } from '../../sandbox/sandbox';
import type { ExportedWorkflow, StoredCredential } from '../n8n/n8nApi';
import { freePort } from '../processes/ports';
import { receiptTable } from './receiptTable';
import { sandboxPlace } from './sandboxPlace';
import { stopSignal, untilAborted } from '../processes/stopSignal';
import { isOwn, readyN8n } from '../n8n/anyN8n';
import { givenN8n, type GivenN8n } from '../n8n/givenN8n';
import { loadPackage } from '../n8n/packageInN8n';
import type { ReadyN8n } from '../n8n/readyN8n';

const recordsPerVendor = 100;

const webhookPath = 'erase-calls';

const previewPath = 'preview-calls';

const formPath = 'delete-from-a-list';

/** What the demo asks for, and what is to become of it. The last of each vendor does not exist. */
const request = {
	flyflowCallIds: ['call_1', 'call_2', 'call_3', 'call_unknown'],
	creovaiCallIds: ['c000001', 'c000002', 'c000003', 'c999999'],
};

const expected = [
	'flyflow call_1 deleted',
	'flyflow call_2 deleted',
	'flyflow call_3 deleted',
	'flyflow call_unknown notFound',
	'creovai c000001 accepted',
	'creovai c000002 accepted',
	'creovai c000003 accepted',
	'creovai c999999 notFound',
];

async function main([portText = '5678', ...options]: readonly string[]): Promise<boolean> {
	const port = Number(portText);
	const once = options.includes('--once');
	const stop = stopSignal();
	const given = givenN8n();
	if (given === undefined) await refuseTakenPort(port);
	const { port: sandboxPort, reachedAt } = sandboxPlace();
	const sandbox = await Sandbox.start(sandboxPort, reachedAt);
	try {
		for (const vendor of sandbox.vendors) vendor.fill(recordsPerVendor);
		addCases(sandbox);
		console.log(`The sandbox stands in for the vendors; watch it at ${sandbox.address()}/`);
		return await withN8n(port, stop, given, async (n8n) => {
			const examples = await setUp(n8n, sandbox);
			const good = await show(n8n, sandbox);
			if (once) return good;
			printDirections(n8n, sandbox, examples);
			await Promise.race([untilAborted(stop), untilEnded(n8n)]);
			return true;
		});
	} catch (error) {
		// Stopped on request before it was up: no fault, but not shown to work either.
		if (stop.aborted) return !once;
		throw error;
	} finally {
		await sandbox.stop();
		if (stop.aborted) console.log('Stopped.');
	}
}

async function refuseTakenPort(port: number): Promise<void> {
	await freePort(port).catch((error: Error) => {
		throw new Error(`${error.message}. Choose another: npm start -- --port ${port + 12}`);
	});
}

async function withN8n<T>(
	port: number,
	signal: AbortSignal,
	given: GivenN8n | undefined,
	work: (n8n: ReadyN8n) => Promise<T>,
): Promise<T> {
	console.log(
		given === undefined
			? 'Starting n8n with the package (about half a minute) ...'
			: `Using the n8n at ${given.address}.`,
	);
	const unload = given && (await loadPackage(given, { signal }));
	try {
		const n8n = await readyN8n({ port, signal });
		try {
			return await work(n8n);
		} finally {
			await n8n.stop();
		}
	} finally {
		await unload?.();
	}
}

/** Settles for a process of ours alone: a given n8n may be started again meanwhile. */
async function untilEnded(n8n: ReadyN8n): Promise<never> {
	if (!isOwn(n8n)) return await new Promise(() => undefined);
	await n8n.server.ended;
	throw new Error(`n8n ended by itself.\n${n8n.server.output}`);
}

/** The workflows that are there, by what they are for: their IDs. */
interface Examples {
	readonly deletes: string;
	readonly previews: string;
	readonly takesLists: string;
}

async function setUp({ api }: ReadyN8n, sandbox: Sandbox): Promise<Examples> {
	const credentials: StoredCredential[] = [
		await api.createCredential('httpHeaderAuth', webhookKey, 'Webhook key'),
		await api.createCredential('httpBasicAuth', formLogin, 'People who may use the forms'),
		await api.createCredential('erasureCertificateKeyApi', certificateIssuer, 'Demo key'),
	];
	for (const [type, data] of Object.entries(sandboxAccounts(sandbox))) {
		const name = accountNames[type as keyof typeof accountNames];
		credentials.push(await api.createCredential(type, data, name));
	}
	const deletion = readExample('delete-by-webhook');
	return {
		deletes: await api.publishWorkflow(deletion, credentials),
		previews: await api.publishWorkflow(previewOnly(deletion), credentials),
		takesLists: await api.publishWorkflow(readExample(formPath), credentials),
	};
}

function readExample(name: string): ExportedWorkflow {
	const file = join(__dirname, '..', '..', 'workflows', `${name}.json`);
	return JSON.parse(readFileSync(file, 'utf8')) as ExportedWorkflow;
}

/** The same workflow at an address of its own, with Deletion Mode set to Always Preview. */
function previewOnly(workflow: ExportedWorkflow): ExportedWorkflow {
	const nodes = workflow.nodes.map((node) => {
		const { deletionMode, path } = node.parameters;
		const changes = {
			...(deletionMode !== undefined && { deletionMode: 'preview' }),
			...(path === webhookPath && { path: previewPath }),
		};
		return {
			...node,
			...(path === webhookPath && { webhookId: randomUUID() }),
			parameters: { ...node.parameters, ...changes },
		};
	});
	return { ...workflow, name: `${workflow.name} (always previews)`, nodes };
}

/** Calls the webhook, shows what came of it, and says whether it is as it should be. */
async function show({ api }: ReadyN8n, sandbox: Sandbox): Promise<boolean> {
	const before = countRecords(sandbox);
	console.log(`\nPOST ${api.webhookUrl(webhookPath)}`);
	console.log(`${JSON.stringify(request)}\n`);
	const headers = { [webhookKey.name]: webhookKey.value };
	const { receipts } = await api.callWebhook<{ receipts: Receipt[] }>(
		webhookPath,
		request,
		headers,
	);
	console.log(`${receiptTable(receipts)}\n`);
	for (const { name } of sandbox.vendors) {
		console.log(`Records at ${name}: ${before[name]} before, ${countRecords(sandbox)[name]} now`);
	}
	const got = receipts.map(
		({ vendor, target, outcome }) => `${vendor} ${target.callId ?? '-'} ${outcome}`,
	);
	const left = [...request.flyflowCallIds, ...request.creovaiCallIds].filter((id) =>
		sandbox.vendors.some((vendor) => vendor.records().some((record) => record.id === id)),
	);
	const good = got.join() === expected.join() && left.length === 0;
	console.log(
		good
			? 'Every record has its receipt, and the sandbox no longer holds those that were there.'
			: `This is not as it should be. Expected:\n  ${expected.join('\n  ')}\nStill there: ${left.join(', ') || 'none'}`,
	);
	return good;
}

function countRecords(sandbox: Sandbox): Readonly<Record<string, number>> {
	return Object.fromEntries(
		sandbox.vendors.map((vendor) => [vendor.name, vendor.records().length]),
	);
}

function printDirections(n8n: ReadyN8n, sandbox: Sandbox, { deletes, takesLists }: Examples): void {
	const { api, owner } = n8n;
	const signIn = isOwn(n8n)
		? `\n  E-mail:   ${owner.email}\n  Password: ${owner.password}`
		: `, as you sign in; all that was made there has a name that begins with ${api.mark}`;
	const body = JSON.stringify({ flyflowCallIds: ['call_10'], creovaiCallIds: ['c000010'] });
	const call = (path: string) =>
		`curl -X POST ${api.webhookUrl(path)} -H '${webhookKey.name}: ${webhookKey.value}' -H 'content-type: application/json' -d '${body}'`;
	console.log(`
The editor: ${api.address}${signIn}
  What has just run: ${api.address}/workflow/${deletes}

What the vendors hold and are asked, live, and how to cause trouble there: ${sandbox.address()}/

To see what would be deleted:
  ${call(previewPath)}
To delete it:
  ${call(webhookPath)}

To delete from a list, such as a spreadsheet: ${api.formUrl(formPath)}
  User:     ${formLogin.user}
  Password: ${formLogin.password}
  The workflow: ${api.address}/workflow/${takesLists}

${isOwn(n8n) ? 'Ctrl-C stops everything and leaves nothing behind.' : 'Ctrl-C ends this and takes out of that n8n what was made there.'}`);
}

main(process.argv.slice(2)).then(
	(good) => process.exit(good ? 0 : 1),
	(error: unknown) => {
		console.error(`\n${error instanceof Error ? error.message : String(error)}`);
		process.exit(1);
	},
);
