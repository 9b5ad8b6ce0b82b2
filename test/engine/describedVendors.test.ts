/**
 * Vendors that have a node, described in the fields of Erase by HTTP: whatever goes wrong, the receipts
 * are those of the vendor's own node, and so is what reaches the vendor.
 */
import { afterAll, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { Sandbox } from '../../sandbox/sandbox';
import type { ContractEntry } from './contract/entry';
import { flyflow } from './contract/vendors/flyflow';
import { happyRobotCall } from './contract/vendors/happyRobot';
import { coreVersion } from './engine';
import { carryOnOnce, play } from './meetNamedFaults';
import { namedFaults, type NamedFault } from './namedFaults';
import { SandboxPool } from './sandboxPool';

const pool = new SandboxPool();
const elsewhere = Sandbox.start();
afterAll(async () => {
	await pool.stop();
	await (await elsewhere).stop();
});

const rule = (entry: IDataObject) => ({ rule: [{ condition: 'equals', ...entry }] });

/** The entry, with the node that is described in place of the vendor's own. */
function describedAs(
	own: ContractEntry,
	credential: string,
	vendorName: string,
	parameters: IDataObject,
): ContractEntry {
	return {
		...own,
		title: vendorName,
		type: 'eraseByHttp',
		standIn: own.type,
		vendor: vendorName,
		target: (name) => ({ recordId: name }),
		parameters: {
			...{ resource: 'record', operation: 'delete', vendorName, authentication: 'eraseByHttpApi' },
			...{ method: 'DELETE', recordId: '={{ $json.ids }}', deletedAnswer: 'rule', hasLook: true },
			...parameters,
		},
		credentials: (sandbox) => {
			const { apiKey, baseUrl } = own.credentials(sandbox)[credential]!;
			return { eraseByHttpApi: { baseUrl, sendKeyAs: 'bearer', key: apiKey } } as ReturnType<
				ContractEntry['credentials']
			>;
		},
	};
}

const notFoundRules = rule({ status: '404', field: 'message', value: 'Call not found' });

const pairs: ReadonlyArray<readonly [ContractEntry, ContractEntry]> = [
	[
		flyflow,
		describedAs(flyflow, 'flyflowApi', 'Flyflow by HTTP', {
			path: '/call/{id}',
			answerRules: rule({
				...{ meaning: 'deleted', status: '200' },
				...{ field: 'message', value: 'Call deleted successfully' },
			}),
			notFoundRules,
			lookPath: '/call?id={id}',
			lookIdField: 'id',
		}),
	],
	[
		happyRobotCall,
		describedAs(happyRobotCall, 'happyRobotApi', 'HappyRobot by HTTP', {
			path: '/calls/{id}',
			answerRules: rule({ meaning: 'deleted', status: '200', condition: 'exists', field: 'id' }),
			notFoundRules,
			provesNothing: true,
			lookPath: '/calls/{id}',
			lookIdField: 'id',
			options: { fieldsOfRecord: 'status' },
		}),
	],
];

/** What is the same whoever writes it: all but names, times and what the account's key signs. */
function essence({ outputs }: { outputs: ReadonlyArray<ReadonlyArray<{ json: IDataObject }>> }) {
	return outputs.flat().map(({ json }) => {
		const { deleted, outcome, evidence, attempts, seen, duplicate, target, reason } = json;
		const ids = Object.values(target as IDataObject);
		const code = (reason as IDataObject | undefined)?.code;
		return { deleted, outcome, evidence, attempts, seen, duplicate, ids, code };
	});
}

/** Receipts and requests of a run, and whether the sandbox can be used again. */
async function meet(entry: ContractEntry, fault: NamedFault) {
	const seen: { receipts?: unknown; requests?: unknown } = {};
	await pool.with(async (sandbox) => {
		const scene = { entry, sandbox, elsewhere: await elsewhere };
		const names = [...entry.fill(sandbox, 2), entry.missing];
		const { result } = await play(scene, fault, names, carryOnOnce);
		seen.receipts = essence(result);
		seen.requests = sandbox.requests
			.map(({ method, url, body, headers }) => [method, url, body, headers.authorization])
			.sort();
		return fault.spoils === true ? 'spoilt' : 'good';
	});
	return seen;
}

const isForOne = ({ only, address }: NamedFault) => only === undefined && address === undefined;

// n8n's own part is the same for both: one n8n-core is enough.
const cases = coreVersion.startsWith('1.') ? [] : pairs;

for (const [own, described] of cases) {
	const faults = namedFaults.filter(isForOne).filter(({ concerns }) => concerns?.(own) ?? true);
	describe(`${described.title}, on the newer n8n-core`, () => {
		test.concurrent.each(faults)(
			'described in fields gives the same receipts and requests under: $name',
			async (fault) => {
				const [byOwn, byFields] = await Promise.all([meet(own, fault), meet(described, fault)]);
				expect(byFields).toEqual(byOwn);
			},
			300_000,
		);
	});
}

test('the vendors with a node are described', () => {
	expect(pairs.map(([own, { standIn }]) => [own.type, standIn])).toEqual([
		['flyflow', 'flyflow'],
		['happyRobot', 'happyRobot'],
	]);
});
