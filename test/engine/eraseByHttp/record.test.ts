/* eslint max-lines: "off" -- one operation, and what is said where it cannot be carried out, beside each other */
/** Erase by HTTP, with Flyflow's sandbox as the vendor that somebody describes. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { Sandbox } from '../../../sandbox/sandbox';
import { publishedPem } from '../../unit/certificate/others';
import { coreVersion, runNode, type RunOptions, type RunResult } from '../engine';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.forget();
	sandbox.flyflow.fill(10);
});

const says = (field: string, value: string, status: string): IDataObject => ({
	...{ status, condition: 'equals', field, value },
});

const look: IDataObject = {
	notFoundRules: { rule: [says('message', 'Call not found', '404')] },
	lookPath: '/call?id={id}',
	lookIdField: 'id',
};

/** Flyflow's page about deleting a call, in the node's fields. */
const described: IDataObject = {
	vendorName: 'Acme Calls',
	method: 'DELETE',
	path: '/call/{id}',
	deletedAnswer: 'rule',
	answerRules: {
		rule: [{ meaning: 'deleted', ...says('message', 'Call deleted successfully', '200') }],
	},
	hasLook: true,
	...look,
};

const credentials = () => ({
	eraseByHttpApi: {
		baseUrl: `${sandbox.address('flyflow')}/v1`,
		sendKeyAs: 'bearer',
		key: sandbox.flyflow.apiKey,
	},
});

async function run(parameters: IDataObject, changes: Partial<RunOptions> = {}): Promise<RunResult> {
	return await runNode({
		type: 'eraseByHttp',
		items: [{ ids: ['call_1', 'call_2'] }],
		credentials: credentials(),
		...changes,
		parameters: {
			...{ resource: 'record', operation: 'delete', authentication: 'eraseByHttpApi' },
			...{ recordId: '={{ $json.ids }}', ...described, ...parameters },
		},
	});
}

async function recheck(
	receipts: readonly IDataObject[],
	parameters: IDataObject = {},
	changes: Partial<RunOptions> = {},
): Promise<RunResult> {
	return await runNode({
		type: 'eraseByHttp',
		items: [...receipts],
		credentials: credentials(),
		...changes,
		parameters: {
			...{ resource: 'receipt', operation: 'recheck', authentication: 'eraseByHttpApi' },
			...{ vendorName: 'Acme Calls', ...look, ...parameters },
		},
	});
}

const outcomes = ({ json }: RunResult) => json.map(({ outcome, evidence }) => [outcome, evidence]);

describe(`A described vendor on n8n-core ${coreVersion}`, () => {
	test('is named in receipts as the user calls it', async () => {
		const result = await run({});

		expect(result.json).toMatchObject(
			['call_1', 'call_2'].map((recordId) => ({
				...{ outcome: 'deleted', evidence: 'confirmed', vendor: 'Acme Calls' },
				...{ resource: 'record', target: { recordId } },
			})),
		);
		expect([...sandbox.flyflow.calls.keys()]).not.toContain('call_1');
		expect(sandbox.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
			'DELETE /v1/call/call_1',
			'DELETE /v1/call/call_2',
		]);
	});

	const unusable: ReadonlyArray<readonly [string, IDataObject]> = [
		['Path has no {id}', { path: '/calls' }],
		['Path holds a whole address', { path: 'https://{id}.example.com/' }],
		[
			'Rule 1 of Rules for Answers has the Status "600"',
			{ answerRules: { rule: [{ meaning: 'deleted', ...says('message', 'x', '600') }] } },
		],
		['Vendor Name is not', { vendorName: '+15125551234' }],
		['Recheck in the node', { hasLook: false, options: { recheck: true } }],
		[
			"Headers in the node's options",
			{ options: { headers: { header: [{ name: 'Host', value: 'evil.example' }] } } },
		],
	];

	test.each(unusable)(
		'that cannot be described so stops before anything is sent: %s',
		async (complaint, changes) => {
			const { error } = await run(changes, { onError: 'stopWorkflow' });

			expect(error?.message).toContain(complaint);
			expect(sandbox.received).toBe(0);
		},
	);

	test.each(unusable)(
		'that cannot be described so has receipts that say so: %s',
		async (complaint, changes) => {
			const kept = await run(changes, { onError: 'continueRegularOutput' });
			const apart = await run(changes, { onError: 'continueErrorOutput' });

			for (const json of [kept.json, apart.outputs[1]?.map((item) => item.json) ?? []]) {
				expect(json).toHaveLength(2);
				for (const receipt of json) {
					expect(receipt).toMatchObject({ outcome: 'skipped', reason: { code: 'notStarted' } });
					expect((receipt.reason as IDataObject).message).toContain(complaint);
				}
			}
			expect(sandbox.received).toBe(0);
		},
	);

	test('is deleted at by the plan of the very same description alone', async () => {
		const { json } = await run({}, { mode: 'manual' });
		const { plan } = json[0]?.preview as { plan: string };
		const before = sandbox.received;

		const other = await run(
			{ notFoundByStatus: true, options: { approvedPlan: plan } },
			{ onError: 'continueRegularOutput' },
		);
		expect(other.json).toMatchObject([
			{ outcome: 'skipped', reason: { code: 'planChanged' } },
			{ outcome: 'skipped', reason: { code: 'planChanged' } },
		]);
		expect(sandbox.received).toBe(before);

		expect(outcomes(await run({ options: { approvedPlan: plan } }))).toEqual([
			['deleted', 'confirmed'],
			['deleted', 'confirmed'],
		]);
	});

	test('whose page answers 200 has deleted nothing', async () => {
		const page = '<!DOCTYPE html><html><body>Call deleted successfully</body></html>';
		sandbox.faults.add({ fault: { kind: 'status', status: 200, body: page, headers: {} } });

		const result = await run({}, { onError: 'continueRegularOutput' });
		expect(outcomes(result)).toEqual([
			['unknown', 'none'],
			['unknown', 'none'],
		]);
	});

	test('whose answers prove nothing is looked at before and after', async () => {
		expect(outcomes(await run({ provesNothing: true }))).toEqual([
			['deleted', 'rechecked'],
			['deleted', 'rechecked'],
		]);
		expect(sandbox.requests.map(({ method }) => method).join(' ')).toBe(
			'GET GET DELETE DELETE GET GET',
		);
	});

	test('whose answers prove nothing, and that cannot be looked at, has taken it on', async () => {
		const result = await run({ provesNothing: true, hasLook: false });

		expect(outcomes(result)).toEqual([
			['accepted', 'accepted'],
			['accepted', 'accepted'],
		]);
	});

	test('that deletes by GET is asked so', async () => {
		const page = { message: 'Call deleted successfully' };
		sandbox.faults.add({
			fault: { kind: 'status', status: 200, body: JSON.stringify(page), headers: {} },
		});

		const result = await run({ method: 'GET', path: '/purge?call={id}&hard=true', hasLook: false });
		expect(outcomes(result)).toEqual([
			['deleted', 'confirmed'],
			['deleted', 'confirmed'],
		]);
		expect(sandbox.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
			'GET /v1/purge?call=call_1&hard=true',
			'GET /v1/purge?call=call_2&hard=true',
		]);
	});

	test('whose headers would be of another tenant for each item is not asked at all', async () => {
		const items = [
			{ ids: 'call_1', tenant: 'A' },
			{ ids: 'call_2', tenant: 'B' },
		];
		const header = [{ name: 'X-Tenant', value: '={{ $json.tenant }}' }];

		const { error } = await run({ options: { headers: { header } } }, { items });
		expect(error?.message).toContain('An expression in Options gives item 1 something else');
		expect(sandbox.received).toBe(0);

		const same = items.map((item) => ({ ...item, tenant: 'A' }));
		expect(outcomes(await run({ options: { headers: { header } } }, { items: same }))).toEqual([
			['deleted', 'confirmed'],
			['deleted', 'confirmed'],
		]);
		expect(sandbox.requests.map(({ headers }) => headers['x-tenant'])).toEqual(['A', 'A']);
	});

	test('is not sent its key twice', async () => {
		const inQuery = {
			eraseByHttpApi: {
				...{ baseUrl: sandbox.address('flyflow'), sendKeyAs: 'query' },
				...{ queryName: 'k', key: 'a-key-of-the-test' },
			},
		};
		const { error } = await run({ path: '/call/{id}?K=x' }, { credentials: inQuery });

		expect(error?.message).toContain('Path holds the query parameter "K"');
		expect(sandbox.received).toBe(0);
	});

	test('gets no wildcard for an ID', async () => {
		const { error } = await run({}, { items: [{ ids: ['call_1', 'call_*'] }] });

		expect(error?.message).toContain('Record ID holds "*"');
		expect(sandbox.received).toBe(0);
	});

	test('whose second key stands in a header gives it out no more than the first', async () => {
		const header = [{ name: 'X-Application-Key', value: 'second-key-0123456789' }];
		sandbox.faults.add({
			fault: { kind: 'status', status: 409, body: '{"seen":"second-key-0123456789"}', headers: {} },
		});
		const options = { headers: { header }, includeVendorResponse: true };

		const { json } = await run({ options }, { onError: 'continueRegularOutput' });
		expect(json[0]?.vendorResponse).toBeDefined();
		expect(JSON.stringify(json)).not.toContain('second-key');
	});

	test('that names records by phone numbers shows none of them', async () => {
		const number = '+15125551234';
		const options = { idsArePhoneNumbers: true, includeVendorResponse: true };
		const answers = { message: `No record for ${number}` };
		sandbox.faults.add({
			fault: { kind: 'status', status: 404, body: JSON.stringify(answers), headers: {} },
		});

		const items = [{ ids: [number] }];
		const { json, hints } = await run({ options }, { items, onError: 'continueRegularOutput' });
		expect(json).toMatchObject([{ target: { recordId: '*********34' } }]);
		expect(JSON.stringify([json[0]?.target, json[0]?.reason, hints])).not.toContain('5551234');
		expect(sandbox.requests.at(-1)?.url).toBe('/v1/call/%2B15125551234');
	});
});

describe(`Receipts of a described vendor on n8n-core ${coreVersion}`, () => {
	const takenOn: IDataObject = {
		answerRules: {
			rule: [{ meaning: 'accepted', ...says('message', 'Call deleted successfully', '200') }],
		},
	};

	async function openReceipts(parameters: IDataObject = {}): Promise<IDataObject[]> {
		const { json } = await run({ ...takenOn, ...parameters });
		return json;
	}

	test('are settled by a later look, if a look before had shown the record', async () => {
		const receipts = await openReceipts();
		expect(sandbox.requests.map(({ method }) => method).join(' ')).toBe('GET GET DELETE DELETE');
		expect(receipts).toMatchObject([
			{ outcome: 'accepted', seen: true },
			{ outcome: 'accepted', seen: true },
		]);
		sandbox.flyflow.fill(1);

		const { json } = await recheck(receipts);
		expect(json).toMatchObject([
			{ outcome: 'accepted', seen: true },
			{ outcome: 'deleted', evidence: 'rechecked', deleted: true },
		]);
		expect(sandbox.requests.slice(-2).map(({ method }) => method)).toEqual(['GET', 'GET']);
	});

	test('of what nobody ever saw are not deleted because a look finds nothing', async () => {
		sandbox.faults.add({
			fault: { kind: 'status', status: 204, body: '', headers: {} },
			when: ({ method }) => method === 'DELETE',
		});
		const items = [{ ids: ['call_never'] }];
		const { json } = await run(
			{ deletedAnswer: 'noContent', answerRules: {}, provesNothing: true, hasLook: false },
			{ items },
		);
		expect(json).toMatchObject([{ outcome: 'accepted' }]);

		const looked = await recheck(json, {}, {});
		expect(looked.json).toMatchObject([{ outcome: 'accepted', reason: { code: 'notRechecked' } }]);
		const options = { otherAccounts: true };
		expect((await recheck(json, { options })).json).toMatchObject([
			{ outcome: 'notFound', evidence: 'rechecked', reason: { code: 'goneAtLook' } },
		]);
	});

	test('of one kind of record are not settled by a look at another kind', async () => {
		const receipts = await openReceipts();
		const before = sandbox.received;

		const { json } = await recheck(receipts, { lookPath: '/agent?id={id}' });
		for (const receipt of json) {
			expect(receipt.outcome).toBe('accepted');
			expect((receipt.reason as IDataObject).message).toContain('from a node with another look');
		}
		expect(sandbox.received).toBe(before);
	});

	test('of another vendor pass through, and are not looked at', async () => {
		const receipts = await openReceipts();
		const before = sandbox.received;

		const { json } = await recheck(receipts, { vendorName: 'Other Calls' });
		expect(json).toEqual(receipts);
		expect(sandbox.received).toBe(before);
	});

	test('do not pass through where nobody says whose they are', async () => {
		const receipts = await openReceipts();
		const before = sandbox.received;

		const stopped = await recheck(receipts, { vendorName: '?' }, { onError: 'stopWorkflow' });
		expect(stopped.error?.message).toContain('Vendor Name is not');
		const kept = await recheck(receipts, { vendorName: '?' }, { onError: 'continueRegularOutput' });
		expect(kept.json).toHaveLength(2);
		for (const { error } of kept.json) expect(error).toContain('Vendor Name is not');
		expect(sandbox.received).toBe(before);
	});

	test('say why where the look cannot be described so', async () => {
		const receipts = await openReceipts();

		const { json } = await recheck(receipts, { lookPath: '/call' });
		for (const receipt of json) {
			expect(receipt.outcome).toBe('accepted');
			expect((receipt.reason as IDataObject).message).toContain('Path of the Look has no {id}');
		}
	});

	test('are certified once whoever issues the certificate names the vendor', async () => {
		const { json } = await run({});
		const issue = async (options: IDataObject) =>
			await runNode({
				type: 'erasureCertificate',
				items: json,
				mode: 'trigger',
				parameters: {
					...{ resource: 'certificate', operation: 'issue', reference: 'DSR-1' },
					...{ notCovered: 'Backups', options },
				},
				credentials: {
					erasureCertificateKeyApi: {
						issuer: 'https://privacy.example.com',
						privateKey: publishedPem,
					},
				},
			});

		expect((await issue({})).error?.message).toContain(
			'add its vendor to the option Other Vendors',
		);
		expect((await issue({ otherVendors: 'Acme' })).error?.message).toContain('not known here');
		const issued = await issue({ otherVendors: 'Twilio, Acme Calls' });
		expect(issued.json).toMatchObject([{ state: 'final', counts: { deleted: 2 } }]);
	});
});
