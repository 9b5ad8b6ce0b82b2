/** What the engine tests of HappyRobot share: a sandbox, the account, and the node run against it. */
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import type { FaultRule } from '../../../sandbox/faults/faults';
import { Sandbox } from '../../../sandbox/sandbox';
import { runNode, type RunOptions, type RunResult } from '../engine';

export let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await Sandbox.start();
});

afterAll(async () => await sandbox.stop());

export const call = (number: number) => `64b7f0c2${number.toString(16).padStart(16, '0')}`;

export const missingNote = '70e70e70ffffffffffffffff';

export let notes: [string, string, string];

beforeEach(() => {
	sandbox.forget();
	sandbox.happyRobot.fill(3, 3);
	notes = sandbox.happyRobot.notes(call(1)).map(({ id }) => id) as typeof notes;
});

export const account = () => ({
	apiKey: sandbox.happyRobot.apiKey,
	baseUrl: `${sandbox.address('happyRobot')}/api/v1`,
});

export type Changes = Partial<RunOptions> & { options?: IDataObject };

export async function run(
	parameters: IDataObject,
	{ options, items = [{}], ...changes }: Changes = {},
): Promise<RunResult> {
	return await runNode({
		type: 'happyRobot',
		items,
		onError: 'continueRegularOutput',
		credentials: { happyRobotApi: account() },
		...changes,
		parameters: { ...parameters, ...(options === undefined ? {} : { options }) },
	});
}

export const deleteNotes = async (noteId: string, changes: Changes = {}, callId = call(1)) =>
	await run({ resource: 'note', operation: 'delete', callId, noteId }, changes);

export const deleteCalls = async (callId: string, changes: Changes = {}) =>
	await run({ resource: 'call', operation: 'delete', callId }, changes);

/** What reached the vendor, as "METHOD path". */
export const requests = () => sandbox.requests.map(({ method, url }) => `${method} ${url}`);

export type When = NonNullable<FaultRule['when']>;

export const isDelete: When = ({ method }) => method === 'DELETE';

export const isLook: When = ({ method, url }) => method === 'GET' && /\/calls\/[^/]+$/.test(url);

/** Answers by this instead of doing what was asked. */
export function answerInstead(status: number, body: unknown, when = isDelete): void {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	sandbox.faults.add({ fault: { kind: 'status', status, body: text }, when });
}

/** Does what was asked, and answers the documented call with these changes. */
export function changeReply(changes: IDataObject, when = isDelete): void {
	const change = (payload: string) =>
		JSON.stringify({ ...(JSON.parse(payload) as IDataObject), ...changes });
	sandbox.faults.add({ fault: { kind: 'garble', change }, when });
}

export const holdsNote = (id: string) =>
	sandbox.happyRobot.notes(call(1)).some((note) => note.id === id);

export const personal = [
	'asked to be forgotten',
	'5125550100',
	'+1512555',
	'A. Customer',
	'agent@example.com',
	'happyrobot-sandbox-key',
];

export const retired = { message: 'Please note that version 1 of this API has been retired.' };
