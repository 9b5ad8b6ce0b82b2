/**
 * A vendor may repeat what authenticated a request: in its words, in a field of its reply or as the
 * name of one, in whatever form. Nothing that leaves the node holds it then.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject, INode } from 'n8n-workflow';

import type { Fault } from '../../sandbox/faults/faults';
import { sandboxAccounts } from '../../sandbox/accounts';
import { Sandbox } from '../../sandbox/sandbox';
import { entries } from './contract/entries';
import type { ContractEntry } from './contract/entry';
import { testCredential } from './credentialTest';
import { coreVersion, runNode, type RunOptions, type RunResult } from './engine';
import { keysOf, textOf, tokensOf } from './receiptPromises';
import { gives, spellings, type Spelling } from './spellings';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => sandbox.forget());

const json = { 'content-type': 'application/json' };

/** The vendor's reply with these words in it, where it refuses something. */
function refusalWith(entry: ContractEntry, words: string, { name }: Spelling): Fault {
	// Written as an escape in JSON, and not as a backslash that is escaped.
	const asIs = (body: unknown) => {
		const text = JSON.stringify(body);
		return name === 'in escapes of JSON' ? text.replaceAll('\\\\u', '\\u') : text;
	};
	const nested = { list: [{ [words]: words }] };
	switch (entry.type) {
		case 'kaleyra': {
			const body = asIs({ code: 'WA-400', error: { payload: words }, nested });
			return { kind: 'status', status: 400, body };
		}
		case 'creovai':
			return {
				kind: 'garble',
				change: (payload) => {
					const { items } = JSON.parse(payload) as { items: IDataObject[] };
					const refused = items.map((item) => ({
						...item,
						status: 'Error',
						errorMsg: words,
						nested,
					}));
					return asIs({ items: refused });
				},
			};
		case 'verba': {
			const body = `<VerbaApi><Response code="9" type="DeleteCall"/><ErrorMessage>${words}</ErrorMessage></VerbaApi>`;
			return { kind: 'status', status: 200, headers: { 'content-type': 'text/xml' }, body };
		}
		default:
			return {
				kind: 'status',
				status: 400,
				headers: json,
				body: asIs({ error: 'Bad Request', message: words, nested }),
			};
	}
}

async function run(entry: ContractEntry, changes: Partial<RunOptions> = {}): Promise<RunResult> {
	return await runNode({
		type: entry.type,
		items: entry.fill(sandbox, 2).map((name) => entry.item([name])),
		credentials: entry.credentials(sandbox),
		...changes,
		parameters: {
			...entry.parameters,
			options: {
				...(entry.parameters.options as IDataObject | undefined),
				includeVendorResponse: true,
			},
		},
	});
}

const settings = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

describe.each(entries)(`$title, on n8n-core ${coreVersion}`, (entry) => {
	describe('a vendor that repeats a key', () => {
		test.each(spellings)(
			'$name',
			async (spelling) => {
				for (const [index, key] of keysOf(entry, sandbox).entries()) {
					sandbox.forget();
					const words = `Denied (${spelling.spell(key)}) today`;
					sandbox.faults.add({
						fault: refusalWith(entry, words, spelling),
						when: entry.deletes.bind(entry),
					});
					// Which setting meets which spelling does not matter: each meets many.
					const onError = settings[(spellings.indexOf(spelling) + index) % settings.length];
					const result = await run(entry, onError === undefined ? {} : { onError });
					const text = textOf(result);
					expect(text).toContain('***');
					expect([key, gives(text, key)]).toEqual([key, false]);
				}
			},
			60_000,
		);

		test('or a key that reads like an address', async () => {
			if (entry.renewable) return;
			for (const key of ['open:sesame-4711', 'https://a.example/b1c2d3']) {
				sandbox.forget();
				const words = `Denied (${key}) today`;
				// Every request: the sandbox does not know this key.
				sandbox.faults.add({ fault: refusalWith(entry, words, spellings[0] as Spelling) });
				const [[name = '', account] = []] = Object.entries(entry.credentials(sandbox));
				const text = textOf(
					await run(entry, { credentials: { [name]: { ...account, apiKey: key } } }),
				);
				expect(text).toContain('***');
				expect([key, gives(text, key)]).toEqual([key, false]);
			}
		});

		test('or a token', async () => {
			if (!entry.renewable) return;
			const repeat: Fault = {
				kind: 'garble',
				change: (payload) => {
					const said = tokensOf(entry, sandbox).map((token) => `${token} or Bearer ${token}`);
					const words = `Denied (${said.join()}) today`;
					const fault = refusalWith(entry, words, spellings[0] as Spelling);
					if (fault.kind === 'garble') return fault.change(payload);
					return fault.kind === 'status' ? (fault.body ?? '') : '';
				},
			};
			for (const onError of settings) {
				sandbox.forget();
				sandbox.faults.add({ fault: repeat, when: entry.deletes.bind(entry) });
				const text = textOf(await run(entry, { onError }));
				expect(text).toContain('***');
				expect(tokensOf(entry, sandbox)).not.toEqual([]);
				for (const token of tokensOf(entry, sandbox)) expect(gives(text, token)).toBe(false);
			}
		});
	});
});

interface ReadingCase {
	readonly title: string;
	readonly entry: ContractEntry;
	readonly parameters: IDataObject;
}

/** What gets records out of a vendor, where a record's field repeats the key. */
const readings: readonly ReadingCase[] = [
	{ type: 'flyflow', resource: 'call', operation: 'get', callId: '={{ $json.ids }}' },
	{ type: 'flyflow', resource: 'call', operation: 'getAll' },
	{ type: 'happyRobot', resource: 'call', operation: 'get', callId: '={{ $json.ids }}' },
	{ type: 'happyRobot', resource: 'call', operation: 'getAll' },
	{ type: 'kaleyra', resource: 'flow', operation: 'get', flowId: '={{ $json.ids }}' },
].map(({ type, ...parameters }) => ({
	title: `${type} ${parameters.resource}: ${parameters.operation}`,
	entry: entries.find(
		(entry) => entry.type === type && !('noteId' in entry.parameters),
	) as ContractEntry,
	parameters,
}));

describe.each(readings)(`$title, on n8n-core ${coreVersion}`, ({ entry, parameters }) => {
	test('gives records without the key that the vendor repeats in their fields', async () => {
		const [key = ''] = keysOf(entry, sandbox);
		for (const { name, spell } of spellings) {
			sandbox.forget();
			sandbox.faults.add({
				fault: {
					kind: 'garble',
					change: (payload) =>
						payload.replace(
							'{"id":',
							`{${JSON.stringify(`x ${spell(key)}`)}:${JSON.stringify([spell(key)])},"id":`,
						),
				},
			});
			const [record = ''] = entry.fill(sandbox, 1);
			const result = await runNode({
				type: entry.type,
				items: [entry.item([record])],
				credentials: entry.credentials(sandbox),
				parameters,
			});
			expect([name, result.error?.message, result.json.length]).toEqual([name, undefined, 1]);
			expect([name, gives(textOf(result), key)]).toEqual([name, false]);
			expect(textOf(result)).toContain('***');
		}
	}, 60_000);
});

describe(`the Test button, on n8n-core ${coreVersion}`, () => {
	test('of Verba, whose refusal of a token repeats what it was sent', async () => {
		const data = { ...sandboxAccounts(sandbox).verbaApi, password: 'Not-the-passw0rd' };
		const login = Buffer.from(`${data.user}:${data.password}`).toString('base64');
		sandbox.verba.words.login = `Basic ${login} (${data.apiKey.replaceAll('-', '&#45;')}) is unknown`;
		const { status, message } = await testCredential('verba', 'verbaApi', data);
		expect([status, message]).toEqual(['Error', expect.stringContaining('***')]);
		for (const secret of [data.apiKey, data.password]) expect(gives(message, secret)).toBe(false);
	});
});

describe.each(entries)(
	`$title, on n8n-core ${coreVersion}: a reply that is nested too deep`,
	(entry) => {
		test.each(settings)(
			'costs no receipt under %s',
			async (onError: NonNullable<INode['onError']>) => {
				const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
				sandbox.faults.add({
					fault: {
						kind: 'garble',
						change: (payload) =>
							payload.startsWith('{') ? `{"deep":${deep},${payload.slice(1)}` : payload,
					},
					when: entry.deletes.bind(entry),
				});
				const result = await run(entry, { onError });
				const receipts = (result.error?.context?.receipts ??
					result.outputs.flat().map(({ json: receipt }) => receipt)) as IDataObject[];
				expect(receipts.map(({ outcome }) => outcome)).toEqual([
					entry.erased.outcome,
					entry.erased.outcome,
				]);
				expect(result.passedOn).toEqual(result.outputs.flat().map(({ json: receipt }) => receipt));
				expect(structuredClone(JSON.parse(JSON.stringify(receipts)))).toEqual(receipts);
			},
		);
	},
);
