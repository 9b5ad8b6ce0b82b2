/* eslint max-lines: "off" -- the promises of every deletion, to be read as one list */
/**
 * What every delete operation of every vendor has to do, in n8n's own engine: each outcome, each
 * row of "What may be sent again" (docs/architecture.md), each On Error setting with and without
 * Retry On Fail. A new vendor joins by a file of its own in vendors/: see holdVendor.ts.
 */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../sandbox/faults/faults';
import { Sandbox } from '../../../sandbox/sandbox';
import { missingOf, namedIn, standInOf, vendorOf, type ContractEntry } from './entry';
import { coreVersion, runNode, type RunOptions, type RunResult } from '../engine';
import { fieldsNotShown } from '../outputSchema';
import { inOrder, type Seen } from '../receiptPromises';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => sandbox.forget());

type Changes = Partial<Omit<RunOptions, 'type'>> & { options?: IDataObject };

/** Runs the entry's node over items that each select the given records. */
async function run(
	entry: ContractEntry,
	selections: ReadonlyArray<readonly string[]>,
	{ options, parameters, ...changes }: Changes = {},
): Promise<RunResult> {
	const result = await runNode({
		type: entry.type,
		items: selections.map((names) => entry.item(names)),
		credentials: entry.credentials(sandbox),
		...changes,
		parameters: {
			...entry.parameters,
			...parameters,
			options: { ...(entry.parameters.options as IDataObject | undefined), ...options },
		},
	});
	const everything = JSON.stringify([result.outputs, result.hints, result.error]);
	for (const secret of entry.secrets) expect(everything).not.toContain(secret);
	return result;
}

const one = (names: readonly string[]) => names.map((name) => [name]);

const deleteRequests = (entry: ContractEntry) =>
	sandbox.requestsTo(standInOf(entry)).filter((request) => entry.deletes(request));

const sent = (entry: ContractEntry) =>
	deleteRequests(entry).flatMap((request) => entry.named(request));

const isLook = ({ method }: { method: string }) => method === 'GET';

const verbOf = ({ verb }: ContractEntry) => verb ?? { base: 'delete', done: 'deleted' };

/** "1 of 3 calls was not erased" */
const notErased = (entry: ContractEntry, count: number, total: number) => {
	const { base, done } = verbOf(entry);
	const erased = base === 'delete' ? 'erased' : done;
	return new RegExp(`^${count} of ${total} \\w+ w(as|ere) not ${erased}$`);
};

const hintOf = (result: RunResult) => result.hints[0]?.message ?? '';

const outcomes = (result: RunResult) => result.json.map(({ outcome }) => outcome);

const reasons = (result: RunResult) =>
	result.json.map(({ reason }) => (reason as { code?: string } | undefined)?.code);

function fail(entry: ContractEntry, fault: Fault, times?: number): void {
	const rule = { fault, when: entry.deletes.bind(entry) };
	sandbox.faults.add(times === undefined ? rule : { ...rule, times });
}

const carryOn = { onError: 'continueRegularOutput' } as const;

export function holdToContract(entries: readonly ContractEntry[]): void {
	describe.each(entries)(`$title, on n8n-core ${coreVersion}`, promises);
}

/** n8n's OAuth2 client reads what it may renew for every request, and cannot be kept from it. */
function readsOftener(entry: ContractEntry): boolean {
	return Object.keys(entry.credentials(sandbox)).some((name) => name.endsWith('OAuth2Api'));
}

/** What a receipt shows of a record that the vendor's answer has named. */
function answered(entry: ContractEntry, name: string): Record<string, string> {
	return entry.answered?.(name) ?? entry.target(name);
}

function promises(entry: ContractEntry): void {
	test('erases what is there, and says "not found" of what is not', async () => {
		const [first = '', second = ''] = entry.fill(sandbox, 3);
		const result = await run(entry, one([first, entry.missing, second]));

		const { outcome, evidence } = missingOf(entry);
		expect(outcomes(result)).toEqual([entry.erased.outcome, outcome, entry.erased.outcome]);
		expect(result.json[0]).toMatchObject({
			...entry.erased,
			deleted: entry.erased.outcome === 'deleted',
			vendor: vendorOf(entry),
			target: answered(entry, first),
			attempts: 1,
			at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown,
		});
		expect(result.json[1]).toMatchObject({ deleted: false, evidence });
		expect(result.json[0]).not.toHaveProperty('vendorResponse');
		expect([first, second].map((name) => entry.holds(sandbox, name))).toEqual([false, false]);
		const missing = entry.looksFirst === true ? [] : [entry.missing];
		expect(sent(entry).sort()).toEqual([first, ...missing, second].sort());
	});

	test('gives receipts as the editor shows them before the first run', async () => {
		const [first = ''] = entry.fill(sandbox, 1);
		const { resource, operation } = entry.parameters as Record<string, string>;
		const selections = one([first, entry.missing, entry.missing]);
		for (const deletionMode of ['preview', 'delete']) {
			const { json } = await run(entry, selections, { parameters: { deletionMode } });
			expect(json).toHaveLength(3);
			for (const receipt of json) {
				expect(fieldsNotShown(entry.type, resource!, operation!, receipt)).toEqual([]);
			}
		}
	});

	test('asks once about a missing record that comes twice, and marks the second receipt', async () => {
		entry.fill(sandbox, 1);
		const { json } = await run(entry, one([entry.missing, entry.missing]));

		expect(json).toMatchObject([
			{ outcome: missingOf(entry).outcome, attempts: 1 },
			{ outcome: missingOf(entry).outcome, attempts: 1, duplicate: true },
		]);
		expect(json[0]).not.toHaveProperty('duplicate');
	});

	test('gives a receipt for each of many, in the order of the input, each paired', async () => {
		const names = entry.fill(sandbox, 250);
		const result = await run(entry, one(names));

		expect(result.json.map(({ target }) => target)).toEqual(
			names.map((name) => answered(entry, name)),
		);
		expect(new Set(outcomes(result))).toEqual(new Set([entry.erased.outcome]));
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			names.map((_, item) => ({ item })),
		);
		expect(deleteRequests(entry)).toHaveLength(Math.ceil(250 / entry.perRequest));
		expect(sent(entry).sort()).toEqual([...names].sort());
	});

	test('takes several IDs from one item, and sends the same record only once', async () => {
		const [a = '', b = '', c = ''] = entry.fill(sandbox, 3);
		const result = await run(entry, [
			[b, a],
			[a, c],
		]);

		expect(result.json.map(({ target }) => target)).toEqual(
			[b, a, a, c].map((name) => answered(entry, name)),
		);
		expect(result.json.map(({ duplicate }) => duplicate)).toEqual([
			undefined,
			undefined,
			true,
			undefined,
		]);
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 1].map((item) => ({ item })),
		);
		expect(sent(entry).sort()).toEqual([a, b, c].sort());
	});

	test('whatever stands in an ID, it reaches the vendor as that ID and on no other path', async () => {
		entry.fill(sandbox, 1);
		const strange = entry.strange ?? [
			'a/b',
			'%2e%2e',
			'../x',
			'a?b=c&d#e',
			'a b',
			'ä€𝄞',
			'\'"<>\\',
			'%00',
		];
		// As people's accidents look, so do these: the option lets them through.
		const items = strange.map((name) => entry.item([name]));
		const result = await run(entry, [], { items, options: { idsAsWritten: true } });

		expect(outcomes(result)).toEqual(strange.map(() => missingOf(entry).outcome));
		expect(result.json.map(({ target }) => target)).toEqual(
			strange.map((name) => entry.target(name)),
		);
		const asked = sandbox
			.requestsTo(standInOf(entry))
			.filter((request) => (entry.looksFirst === true ? isLook(request) : entry.deletes(request)));
		expect(asked.flatMap((request) => entry.named(request)).sort()).toEqual([...strange].sort());
	});

	describe('an answer that is no documented one is "unknown" and is not asked for again', () => {
		test.each<[string, string]>([
			['an empty body', ''],
			['a sign-in page', '<html><body>Sign in</body></html>'],
			['truncated JSON', '{"message":"Call dele'],
			['JSON null', 'null'],
			['another object', '{"ok":true}'],
			['a list', '[]'],
		])('%s', async (_, body) => {
			const [name = ''] = entry.fill(sandbox, 1);
			fail(entry, { kind: 'status', status: 200, body });
			const result = await run(entry, [[name]], { ...carryOn, maxTries: 2 });

			expect(outcomes(result)).toEqual(['unknown']);
			expect(deleteRequests(entry)).toHaveLength(1);
		});

		test('a redirect, which is not followed', async () => {
			const [name = ''] = entry.fill(sandbox, 1);
			const elsewhere = await Sandbox.start();
			const headers = { location: `${elsewhere.address(standInOf(entry))}/v1/elsewhere` };
			fail(entry, { kind: 'status', status: 307, headers });
			const result = await run(entry, [[name]], carryOn);

			expect(outcomes(result)).toEqual(['unknown']);
			expect(elsewhere.received).toBe(0);
			await elsewhere.stop();
		});

		test('a 404 that does not speak of the record', async () => {
			const [name = ''] = entry.fill(sandbox, 1);
			fail(entry, { kind: 'status', status: 404, body: '<html>No such page</html>' });
			const result = await run(entry, [[name]], carryOn);

			expect(outcomes(result)).toEqual(['unknown']);
		});
	});

	describe('what may be sent again', () => {
		test.each([403, 409, 423])('%i is refused and not sent again', async (status) => {
			const [name = ''] = entry.fill(sandbox, 1);
			fail(entry, { kind: 'status', status });
			const result = await run(entry, [[name]], { ...carryOn, maxTries: 2 });

			expect(outcomes(result)).toEqual(['refused']);
			expect(deleteRequests(entry)).toHaveLength(1);
		});

		test.each([500, 502, 504])('%i once is sent again', async (status) => {
			const [name = ''] = entry.fill(sandbox, 1);
			fail(entry, { kind: 'status', status }, 1);
			const result = await run(entry, [[name]]);

			expect(result.json).toMatchObject([{ ...entry.erased, attempts: 2 }]);
		});

		test('500 for ever ends as "unknown", after a few attempts', async () => {
			const [name = ''] = entry.fill(sandbox, 1);
			fail(entry, { kind: 'status', status: 500 });
			const result = await run(entry, [[name]], carryOn);

			expect(outcomes(result)).toEqual(['unknown']);
			expect(deleteRequests(entry)).toHaveLength(4);
			expect(entry.holds(sandbox, name)).toBe(true);
		});

		test.each([429, 503])(
			'%i is sent again after the pause that the vendor asks for',
			async (status) => {
				const [name = ''] = entry.fill(sandbox, 1);
				fail(entry, { kind: 'status', status, headers: { 'retry-after': '1' } }, 1);
				const result = await run(entry, [[name]]);

				expect(result.json).toMatchObject([entry.erased]);
				const [refused = '', again = ''] = deleteRequests(entry).map(({ at }) => at);
				expect(Date.parse(again) - Date.parse(refused)).toBeGreaterThanOrEqual(990);
				expect(hintOf(result)).toMatch(/ Took \d[\d.]* s; \w+ pushed back 1 request\.$/);
			},
		);

		test('a pause that is too long ends the run: nothing else is sent', async () => {
			const names = entry.fill(sandbox, 250);
			fail(entry, { kind: 'status', status: 429, headers: { 'retry-after': '86400' } });
			const result = await run(entry, one(names), carryOn);

			expect(new Set(outcomes(result))).toEqual(new Set(['failed']));
			expect(new Set(reasons(result))).toEqual(new Set(['pushedBack']));
			expect(deleteRequests(entry)).toHaveLength(1);
		});

		test('a connection that is reset before anything happened is tried again', async () => {
			const [name = ''] = entry.fill(sandbox, 1);
			fail(entry, { kind: 'resetBefore' }, 1);
			const result = await run(entry, [[name]]);

			expect(result.json).toMatchObject([{ ...entry.erased, attempts: 2 }]);
		});

		test('a lost reply is asked for again, and the answer then says why it proves little', async () => {
			const [name = ''] = entry.fill(sandbox, 1);
			fail(entry, { kind: 'resetAfter' }, 1);
			const result = await run(entry, [[name]], carryOn);

			const repeated = entry.repeated ?? {
				outcome: 'notFound',
				reason: { code: 'goneAfterRepeat' },
			};
			expect(result.json).toMatchObject([{ ...repeated, attempts: 2 }]);
			expect(entry.holds(sandbox, name)).toBe(false);
		});

		test('replies that are lost for ever leave the outcome unknown, unless a look can tell', async () => {
			const [name = ''] = entry.fill(sandbox, 1);
			fail(entry, { kind: 'resetAfter' });
			const result = await run(entry, [[name]], carryOn);

			const isSeen = entry.looksAfterwards === true;
			expect(outcomes(result)).toEqual([isSeen ? entry.erased.outcome : 'unknown']);
			expect(reasons(result)).toEqual([isSeen ? undefined : 'replyLost']);
		});

		test('no answer within the timeout counts as a lost reply', async () => {
			const [name = ''] = entry.fill(sandbox, 1);
			fail(entry, { kind: 'noAnswer' }, 1);
			const result = await run(entry, [[name]], { options: { timeout: 1500 } });

			expect(outcomes(result)).toEqual([entry.erased.outcome]);
			expect(sent(entry)).toEqual([name, name]);
		});

		test('a vendor that cannot be reached: "failed", and said in plain words', async () => {
			const [name = ''] = entry.fill(sandbox, 1);
			const gone = await Sandbox.start();
			const credentials = entry.credentials(gone);
			await gone.stop();
			const result = await run(entry, [[name]], { ...carryOn, credentials });

			expect(outcomes(result)).toEqual(['failed']);
			// Where a token comes first, it is the token's address that is not there.
			expect(result.json[0]?.error).toMatch(
				/was not reached: (no token could be fetched from the [\w ]+: )?the connection was refused\. /,
			);
		});

		test('401: the run stops, nothing else is sent, all that is left is skipped', async () => {
			const names = entry.fill(sandbox, 250);
			fail(entry, { kind: 'status', status: 401 });
			const result = await run(entry, one(names), carryOn);

			expect(new Set(outcomes(result))).toEqual(new Set(['skipped']));
			expect(new Set(reasons(result))).toEqual(new Set(['badCredentials']));
			if (!entry.renewable) expect(deleteRequests(entry)).toHaveLength(1);
			expect(new Set(sent(entry)).size).toBe(entry.perRequest);
		});
	});

	describe('On Error and Retry On Fail', () => {
		const refusal = (name: string): void => {
			sandbox.faults.add({
				fault: { kind: 'status', status: 403 },
				when: (request) => entry.deletes(request) && namedIn(request, entry).includes(name),
			});
		};

		test('Stop: goes to the end, then one message that counts, names, and carries all receipts', async () => {
			const names = entry.fill(sandbox, 3);
			refusal(names[1] ?? '');
			const result = await run(entry, one(names), { onError: 'stopWorkflow' });

			const count = entry.perRequest === 1 ? 1 : 3;
			expect(result.error?.message).toMatch(notErased(entry, count, 3));
			expect(result.error?.description).toContain(
				Object.values(entry.target(names[1] ?? '')).at(-1),
			);
			expect(result.error?.context?.receipts).toHaveLength(3);
			expect(new Set(sent(entry))).toEqual(new Set(names));
		});

		test('Continue: all receipts, those not erased with `error`', async () => {
			const names = entry.fill(sandbox, 3);
			refusal(names[1] ?? '');
			const result = await run(entry, one(names), carryOn);

			expect(result.error).toBeUndefined();
			expect(result.json).toHaveLength(3);
			expect(result.json[1]).toMatchObject({
				outcome: 'refused',
				error: expect.any(String) as unknown,
				target: entry.target(names[1] ?? ''),
			});
			if (entry.perRequest === 1) expect(result.json[0]).not.toHaveProperty('error');
		});

		test('error output: those not erased leave there, whole, and nothing else does', async () => {
			const [good = '', bad = ''] = entry.fill(sandbox, 2);
			refusal(bad);
			// Apart, so that a bulk request carries one of them only.
			const settings = { onError: 'continueErrorOutput' } as const;
			const refused = await run(entry, [[bad]], settings);
			const erased = await run(entry, [[good]], settings);

			expect(refused.outputs[0]).toEqual([]);
			expect(refused.outputs[1]).toMatchObject([
				{ json: { outcome: 'refused', target: entry.target(bad) } },
			]);
			const receipt = refused.outputs[1]?.[0]?.json ?? {};
			const seen = receipt.seen === true ? ['seen'] : [];
			expect(Object.keys(receipt).sort()).toEqual(
				[
					'account',
					'at',
					'attempts',
					'deleted',
					'evidence',
					'outcome',
					'reason',
					'resource',
					'seal',
					'target',
					'vendor',
					...seen,
				].sort(),
			);
			expect(refused.passedOn).toEqual([refused.outputs[1]?.[0]?.json]);
			expect(erased.outputs[0]).toMatchObject([{ json: entry.erased }]);
			expect(erased.outputs[1] ?? []).toEqual([]);
		});

		test.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
			'%s with Retry On Fail: only what has no final outcome is sent again',
			async (onError) => {
				const names = entry.fill(sandbox, 101);
				const last = names.at(-1) ?? '';
				sandbox.faults.add({
					fault: { kind: 'status', status: 500 },
					times: 5,
					when: (request) => entry.deletes(request) && namedIn(request, entry).includes(last),
				});
				const result = await run(entry, one(names), { onError, maxTries: 3 });

				expect(outcomes(result)).toEqual(names.map(() => entry.erased.outcome));
				expect(result.json.at(-1)).toMatchObject({ attempts: 6 });
				const again = sent(entry).filter((name) => name === last);
				expect(again).toHaveLength(6);
				expect(sent(entry)).toHaveLength(names.length + 5);
			},
		);

		test('Retry On Fail does not send again what was refused, and the receipts still come out', async () => {
			const names = entry.fill(sandbox, 2);
			fail(entry, { kind: 'status', status: 403 });
			const result = await run(entry, one(names), { ...carryOn, maxTries: 5 });

			expect(outcomes(result)).toEqual(['refused', 'refused']);
			expect(sent(entry).sort()).toEqual([...names].sort());
		});

		test('If Not Found = Fail', async () => {
			entry.fill(sandbox, 1);
			const result = await run(entry, [[entry.missing]], { options: { ifNotFound: 'fail' } });

			const { outcome } = missingOf(entry);
			if (outcome === 'notFound') {
				expect(result.error?.message).toMatch(/^1 of 1 \w+ was not found$/);
			} else {
				expect([result.error, outcomes(result)]).toEqual([undefined, [outcome]]);
			}
		});
	});

	describe('nothing is sent', () => {
		test.each<[string, unknown]>([
			['an empty text', ''],
			['blanks', '  '],
			['undefined', undefined],
			['the text "undefined"', 'undefined'],
			['null', null],
			['an object', { a: 1 }],
			['"[object Object]"', '[object Object]'],
			['".."', '..'],
			['an empty list', []],
			['a hole in a list', ['a', undefined]],
		])('for %s as an ID: Stop names the parameter and the item', async (_, ids) => {
			const [name = ''] = entry.fill(sandbox, 1);
			const items = [entry.item([name]), { ...entry.item([name]), ...replaceIds(entry, ids) }];
			const stopped = await run(entry, [], { items });
			expect(stopped.error?.message).toMatch(/ in item 1\. /);
			expect(stopped.error?.message).toMatch(/^[A-Z]\w*( [A-Z]\w*)* /);
			expect(sent(entry)).toEqual([]);

			const carriedOn = await run(entry, [], { ...carryOn, items });
			expect(outcomes(carriedOn)).toEqual([entry.erased.outcome, 'failed']);
			expect(reasons(carriedOn)).toEqual([undefined, 'badInput']);
			expect(sent(entry)).toEqual([name]);
		});

		test('over Maximum Targets', async () => {
			const names = entry.fill(sandbox, 3);
			const stopped = await run(entry, one(names), { options: { maximumTargets: 2 } });
			expect(stopped.error?.message).toMatch(
				new RegExp(`^There are 3 \\w+ to ${verbOf(entry).base}, and Maximum Targets allows 2`),
			);

			const carriedOn = await run(entry, one(names), {
				...carryOn,
				options: { maximumTargets: 2 },
			});
			expect(reasons(carriedOn)).toEqual(['overLimit', 'overLimit', 'overLimit']);
			expect(sent(entry)).toEqual([]);
			if (entry.finds !== true) expect(sandbox.requests).toEqual([]);
		});

		test('without the approved plan; with it, the same records are erased', async () => {
			const names = entry.fill(sandbox, 2);
			const previewed = await run(entry, one(names), { parameters: { deletionMode: 'preview' } });
			const { plan } = previewed.json[0]?.preview as { plan: string };
			const [other = ''] = entry.fill(sandbox, 3).slice(2);

			const looks = sandbox.requests.length;
			const refused = await run(entry, one([...names, other]), { options: { approvedPlan: plan } });
			expect(refused.error?.message).toMatch(
				/^The records to delete are not those of the Approved Plan/,
			);
			expect(sent(entry)).toEqual([]);
			if (entry.finds !== true) expect(sandbox.requests).toHaveLength(looks);

			const approved = await run(entry, one([...names].reverse()), {
				options: { approvedPlan: plan },
			});
			expect(outcomes(approved)).toEqual([entry.erased.outcome, entry.erased.outcome]);
		});

		test('if the approved plan got lost on its way', async () => {
			const [name = ''] = entry.fill(sandbox, 1);
			for (const approvedPlan of ['', '={{ $json.nothing }}']) {
				const result = await run(entry, [[name]], { options: { approvedPlan } });
				expect(result.error?.message).toMatch(
					/^Approved Plan in the node's options must be a plan/,
				);
			}
			expect(sent(entry)).toEqual([]);
		});

		test.each([
			['deletionMode', 'Delete', /^Deletion Mode must be one of/],
			['timeout', 'soon', /^Timeout in the node's options must be/],
			// Node's timers would run out at once, with the request on its way.
			['timeout', 2 ** 31, /^Timeout in the node's options must be .* at most 2147483647$/],
			['maximumTargets', 0, /^Maximum Targets in the node's options must be/],
			['maxConcurrency', 257, /^Maximum Concurrency in the node's options must be .* at most 256$/],
			['maxConcurrency', 1.5, /^Maximum Concurrency in the node's options must be/],
			['requestsPerSecond', -1, /^Requests per Second in the node's options must be/],
			['includeVendorResponse', 'false', /^Include Vendor Response in the node's options must be/],
			['ifNotFound', 'ignore', /^If Not Found in the node's options must be one of/],
		])('for %s = %p', async (option, value, message) => {
			const [name = ''] = entry.fill(sandbox, 1);
			const changes =
				option === 'deletionMode'
					? { parameters: { deletionMode: value } }
					: { options: { [option]: value } };
			const stopped = await run(entry, [[name]], changes);
			expect(stopped.error?.message).toMatch(message);

			const carriedOn = await run(entry, [[name]], { ...carryOn, ...changes });
			expect(reasons(carriedOn)).toEqual(['notStarted']);
			expect(sandbox.requests).toEqual([]);
		});

		test('in a test run in the editor, which previews', async () => {
			const [name = ''] = entry.fill(sandbox, 1);
			const result = await run(entry, one([name, entry.missing, name]), { mode: 'manual' });

			expect(result.json).toMatchObject([
				{ outcome: 'preview', deleted: false, preview: entry.preview },
				{ outcome: 'preview', deleted: false, preview: entry.previewMissing },
				{ outcome: 'preview', duplicate: true },
			]);
			const [, forecast = ''] =
				/^Preview: nothing was \w+\. 3 \w+: (.*?)\. To /.exec(hintOf(result)) ?? [];
			expect(hintOf(result)).toContain(`Preview: nothing was ${verbOf(entry).done}.`);
			expect(forecast).toMatch(/^\d (would be|not found).*, 1 duplicate$/);
			expect(sent(entry)).toEqual([]);
			expect(entry.holds(sandbox, name)).toBe(true);
		});

		// A test run that stopped can be retried from the list of executions, and is `retry` then.
		test.each(['integrated', 'retry'] as const)('in mode %s, if it is automatic', async (mode) => {
			const [name = ''] = entry.fill(sandbox, 1);
			const result = await run(entry, [[name]], { mode });

			expect(result.error?.message).toMatch(
				/[Ss]et Deletion Mode to Always Delete or Always Preview$/,
			);
			expect(sent(entry)).toEqual([]);
		});
	});

	test('Always Delete deletes in a test run too', async () => {
		const [name = ''] = entry.fill(sandbox, 1);
		const changes = { mode: 'manual', parameters: { deletionMode: 'delete' } } as const;
		const result = await run(entry, [[name]], changes);

		expect(outcomes(result)).toEqual([entry.erased.outcome]);
	});

	test("Include Vendor Response puts the vendor's reply into the receipt", async () => {
		const [name = ''] = entry.fill(sandbox, 1);
		const result = await runNode({
			type: entry.type,
			items: [entry.item([name])],
			credentials: entry.credentials(sandbox),
			parameters: {
				...entry.parameters,
				options: {
					...(entry.parameters.options as IDataObject | undefined),
					includeVendorResponse: true,
				},
			},
		});
		const hasResponse = 'vendorResponse' in (result.json[0] ?? {});
		expect(hasResponse).toBe(entry.answersEmpty !== true);
	});

	test('reads a key from n8n once for a whole run', async () => {
		const names = entry.fill(sandbox, 20);
		const result = await run(entry, one(names));

		const requests = sandbox.requestsTo(standInOf(entry)).length;
		expect(result.credentialReads).toBeLessThanOrEqual(readsOftener(entry) ? 1 + requests : 1);
		expect(outcomes(result)).toHaveLength(20);
	});

	describe('a cancelled execution stops sending and leaves nothing without an outcome', () => {
		/** Cancels with the second deletion: the first has been answered by then. */
		async function runAndCancel(names: readonly string[], changes: Changes) {
			let cancelledAt = Infinity;
			const result = await run(entry, one(names), {
				...changes,
				onStart: (cancel) => {
					const happens = () => {
						cancelledAt = Date.now();
						cancel();
					};
					const when = entry.deletes.bind(entry);
					sandbox.faults.add({ fault: { kind: 'meanwhile', happens }, when, after: 1, times: 1 });
				},
				options: { maxConcurrency: 2 },
			});
			// The vendor still carries out what was under way; it must not do so in the next test.
			await sandbox.quiet();
			return { result, cancelledAt };
		}

		// n8n starts a node again that throws, or whose first item has an `error`, cancelled or not.
		test.each<[string, Changes]>([
			['Continue', carryOn],
			['Continue and Retry On Fail', { ...carryOn, maxTries: 3 }],
			['Stop and Retry On Fail', { onError: 'stopWorkflow', maxTries: 3 }],
			['the error output and Retry On Fail', { onError: 'continueErrorOutput', maxTries: 3 }],
		])('under %s', async (_, changes) => {
			const names = entry.fill(sandbox, 3 * entry.perRequest + 20);
			sandbox.latency = 5;
			const { result, cancelledAt } = await runAndCancel(names, changes);

			const late = sandbox.requests.filter(({ at }) => Date.parse(at) > cancelledAt + 1000);
			expect(late).toEqual([]);
			expect(sent(entry)).toHaveLength(new Set(sent(entry)).size);
			// The tries that n8n makes after the cancel ask for nothing, not even for the key.
			if (!readsOftener(entry)) expect(result.credentialReads).toBe(1);
			const receipts = receiptsOf(result);
			expect(receipts).toHaveLength(names.length);
			for (const [index, { outcome, attempts, target }] of receipts.entries()) {
				const name = names[index] ?? '';
				expect([entry.target(name), answered(entry, name)]).toContainEqual(target);
				// What was under way when the execution was cancelled may have happened.
				const words = entry.holds(sandbox, name)
					? ['skipped', 'unknown']
					: [entry.erased.outcome, 'unknown'];
				expect(words).toContain(outcome);
				// On a busy machine a request may be cut off on its way: nobody knows that of it.
				const wasHandedOver = sent(entry).includes(name) || outcome === 'unknown';
				expect(attempts).toBe(wasHandedOver ? 1 : 0);
			}
			// A look afterwards that was not made has confirmed nothing.
			const settled = entry.looksAfterwards === true ? 'unknown' : entry.erased.outcome;
			expect(receipts.map(({ outcome }) => outcome)).toEqual(
				expect.arrayContaining([settled, 'skipped']),
			);
		});
	});
}

/** All receipts of a run, whichever way they left the node, in the order of the input. */
function receiptsOf({ error, outputs }: RunResult): Seen[] {
	const carried = error?.context?.receipts as Seen[] | undefined;
	return carried ?? inOrder(outputs.flat()).map(({ json }) => json as IDataObject & Seen);
}

/** An item whose selecting field holds something unusable, in place of the IDs. */
function replaceIds(entry: ContractEntry, ids: unknown): IDataObject {
	const [field = ''] = Object.keys(entry.item(['x'])).slice(-1);
	return { [field]: ids as IDataObject };
}
