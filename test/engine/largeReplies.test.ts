import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import type { Fault } from '../../sandbox/faults/faults';
import { Sandbox } from '../../sandbox/sandbox';
import { entriesUnderFaults } from './contract/entries';
import { testCredential } from './credentialTest';
import { coreVersion, runNode, type RunOptions } from './engine';

/**
 * Replies of 300 MB, which used to cost n8n more than twice that. What Node holds outside its heap
 * counts as well: pieces of a reply lie there.
 */
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => sandbox.forget());

let peak = 0;
let before = 0;
let sampling: NodeJS.Timeout;
const held = () => {
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
};
beforeEach(() => {
	before = held();
	peak = before;
	sampling = setInterval(() => {
		peak = Math.max(peak, held());
	}, 10);
});
/** In bytes; a reader without a limit holds 300 MB of text and its pieces at the end. */
const mostGrowth = 150_000_000;
afterEach(() => {
	clearInterval(sampling);
	expect(Math.max(peak, held()) - before).toBeLessThan(mostGrowth);
});

/** In MB: several times the reply, and a fraction of what a place for each character takes. */
const mostHeld = 200;

const flood: Fault = { kind: 'flood' };

function flyflow(operation: string, changes: Partial<RunOptions> = {}): RunOptions {
	return {
		type: 'flyflow',
		items: [{}],
		onError: 'continueRegularOutput',
		credentials: {
			flyflowApi: { apiKey: sandbox.flyflow.apiKey, baseUrl: `${sandbox.address('flyflow')}/v1` },
		},
		...changes,
		parameters: { resource: 'call', operation, ...changes.parameters },
	};
}

describe(`a reply of 300 MB on n8n-core ${coreVersion}`, () => {
	test.each(entriesUnderFaults)(
		'$title: is not understood, says the size, and memory does not follow',
		async (entry) => {
			const names = entry.fill(sandbox, 1);
			sandbox.faults.add({ fault: flood, when: (request) => entry.deletes(request) });
			const result = await runNode({
				type: entry.type,
				items: [entry.item(names)],
				onError: 'continueRegularOutput',
				credentials: entry.credentials(sandbox),
				parameters: entry.parameters,
			});
			if (entry.looksAfterwards === true) {
				expect(result.json).toMatchObject([entry.erased]);
				return;
			}
			expect(result.json).toMatchObject([
				{
					outcome: 'unknown',
					attempts: 1,
					reason: {
						code: 'notUnderstood',
						message: expect.stringContaining('answered 200 with more than 10 MB') as unknown,
					},
				},
			]);
		},
	);

	test.each(['gzip', 'deflate', 'br'] as const)(
		'counts as it is unpacked: 300 MB in a few hundred kB of %s',
		async (packed) => {
			sandbox.flyflow.fill(1);
			sandbox.faults.add({ fault: { kind: 'flood', packed } });
			const parameters = { callId: 'call_1' };
			const { json } = await runNode(flyflow('delete', { parameters }));
			expect(json).toMatchObject([{ outcome: 'unknown', reason: { code: 'notUnderstood' } }]);
		},
	);

	test('to a look: the preview says the size', async () => {
		sandbox.flyflow.fill(1);
		sandbox.faults.add({ fault: flood });
		const parameters = { callId: 'call_1', deletionMode: 'preview' };
		const { json } = await runNode(flyflow('delete', { parameters }));
		expect(json).toMatchObject([
			{
				outcome: 'failed',
				reason: { message: expect.stringContaining('with more than 10 MB') as unknown },
			},
		]);
	});

	test('to a Test button: says the size', async () => {
		sandbox.faults.add({ fault: flood });
		const data = flyflow('get').credentials.flyflowApi ?? {};
		expect(await testCredential('flyflow', 'flyflowApi', data)).toEqual({
			status: 'Error',
			message: expect.stringMatching(/^Flyflow answered 200 with more than 10 MB/) as unknown,
		});
	});

	test('to a request for a token of Verba: nothing is deleted, and the credentials are to be checked', async () => {
		const entry = entriesUnderFaults.find(({ type }) => type === 'verba');
		if (entry === undefined) throw new Error('Verba has no entry');
		const names = entry.fill(sandbox, 1);
		sandbox.faults.add({
			fault: flood,
			when: ({ url, body }) => `${url}${body}`.includes('RequestToken'),
		});
		const { json } = await runNode({
			type: 'verba',
			items: [entry.item(names)],
			onError: 'continueRegularOutput',
			credentials: entry.credentials(sandbox),
			parameters: entry.parameters,
		});
		expect(json).toMatchObject([{ outcome: 'skipped', reason: { code: 'badCredentials' } }]);
		expect(sandbox.requests.filter((request) => entry.deletes(request))).toEqual([]);
	});
});

describe(`a reply that is just small enough on n8n-core ${coreVersion}`, () => {
	const secretsSource = join(__dirname, '../../nodes/shared/secrets/secrets.ts');

	/** What costs most to be searched for secrets: an escape or a blank at every turn, or secrets alone. */
	const pieces = [' a', '&#65;', '%41a', '\\\\u0041', '+1 512 555 1234 '];

	test.each(pieces)('full of "%s" is searched for secrets in little memory', async (piece) => {
		// What is thrown away in between cannot be measured from beside: a process that may hold no more.
		const search = `
			const { Secrets } = require(${JSON.stringify(secretsSource)});
			const secrets = new Secrets();
			secrets.holdCredential({ apiKey: 'a-key-of-the-account-1', baseUrl: 'https://a.example' });
			const full = ${JSON.stringify(piece)}.repeat(${Math.floor(9_500_000 / piece.length)});
			process.stdout.write(secrets.outOfReply('"' + full + ' a-key-of-the-account-1"').slice(-8));`;
		const { stdout } = await promisify(execFile)(process.execPath, [
			'--import=tsx',
			`--max-old-space-size=${mostHeld}`,
			'-e',
			search,
		]);
		expect(stdout).toMatch(/\*\*\*"$/);
	});
});

describe(`a page of a list larger than 10 MB on n8n-core ${coreVersion}`, () => {
	const limits = () =>
		sandbox.requests.map(({ url }) => new URL(url, 'http://sandbox').searchParams.get('limit'));

	/** As if each record were so large that more than this many do not fit. */
	function tooManyFrom(records: number): void {
		sandbox.faults.add({
			fault: flood,
			when: ({ url }) => Number(new URL(url, 'http://sandbox').searchParams.get('limit')) > records,
		});
	}

	test('Flyflow: half of it is asked for, and half again; no call is missed', async () => {
		sandbox.flyflow.fill(60);
		tooManyFrom(30);
		const { json } = await runNode(flyflow('getAll', { parameters: { returnAll: true } }));
		expect(json.map(({ id }) => id)).toEqual([...sandbox.flyflow.calls.keys()]);
		expect(limits()).toEqual(['100', '50', '25', '25', '25']);
	});

	test('HappyRobot: half of it is asked for, and half again; no call is missed', async () => {
		const entry = entriesUnderFaults.find(({ title }) => title.includes('HappyRobot'));
		if (entry === undefined) throw new Error('HappyRobot has no entry');
		sandbox.happyRobot.fill(60);
		tooManyFrom(30);
		const { json } = await runNode({
			type: 'happyRobot',
			items: [{}],
			credentials: entry.credentials(sandbox),
			parameters: { resource: 'call', operation: 'getAll', returnAll: true },
		});
		expect(new Set(json.map(({ id }) => id)).size).toBe(60);
		expect(Math.max(...limits().slice(3).map(Number))).toBeLessThanOrEqual(30);
	});

	test('one record that is too large by itself: says so', async () => {
		sandbox.flyflow.fill(1);
		tooManyFrom(0);
		const { json } = await runNode(flyflow('getAll', { parameters: { limit: 4 } }));
		expect(json).toMatchObject([{ error: expect.stringContaining('more than 10 MB') as unknown }]);
		expect(limits()).toEqual(['4', '2', '1']);
	});
});
