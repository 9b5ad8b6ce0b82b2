/* eslint max-lines: "off" -- one workflow with many ways to go, which run side by side */
import { beforeAll, expect, test } from '@jest/globals';

import { secret } from '../../unit/requests/senders';
import { approver, type Stage } from '../n8n';
import { databaseOf } from '../requests/database';
import { verified } from './certificates';
import { happyRobotId, name, no, phoneNumber, role, verbaId, yes } from './customer';
import { openForm } from './form';
import { changes, keepExecutions, nodeOf, setSettings } from './published';
import { listenForCallbacks } from '../requests/sender';
import { deactivate, loseCredential, refuse } from './sideBySide';
import { gateCases } from './takeRequestsGate';
import {
	until,
	untilFailed,
	withRequests,
	type RequestCase,
	type TakingRequests,
} from './takeRequestsStage';
import { walkThePage } from './takeRequestsWalk';

const phone = { identities: [{ type: 'phone', value: phoneNumber }] };

const nobody = { identities: [{ type: 'phone', value: '+15125559999' }] };

/** A flow of this name is a draft in the sandbox. */
const flow = '1120000000000001';

const deletions = ({ copy }: TakingRequests) => changes(copy.stage);

/** What each vendor was sent that changes something, as often as it was sent. */
const once = (sent: readonly string[]) => expect(sent).toEqual([...new Set(sent)]);

const cases: Readonly<Record<string, RequestCase>> = {
	...gateCases,

	'is found, approved, erased, certified and reported': {
		run: async (taking) => {
			const records = { flyflow: ['call_1', 'call_2'], kaleyra: [flow] };
			const answer = await taking.send({ requestId: 'DSR-1', records, ...phone });
			expect(answer).toMatchObject({
				status: 202,
				json: { requestId: 'DSR-1', status: 'pending' },
			});
			await taking.formOf('DSR-1');
			expect(taking.copy.gone()).toEqual([]);
			expect(await taking.ask(answer)).toMatchObject({ status: 200, json: { status: 'pending' } });
			expect(await taking.decide('DSR-1', yes)).toContain('Approved');
			const { reference } = await taking.untilState('DSR-1', 'accepted');

			const gone = [
				'creovai c000002',
				'creovai c2b',
				'flyflow call_1',
				'flyflow call_2',
				'flyflow call_2b',
				`happyRobot ${happyRobotId}`,
				`kaleyra ${flow}`,
				`verba ${verbaId}`,
			];
			expect(taking.copy.gone().sort()).toEqual(gone);
			once(deletions(taking));
			const rows = await taking.copy.rows();
			const erased = rows.filter(({ outcome }) => ['deleted', 'accepted'].includes(outcome));
			expect(erased).toHaveLength(rows.length);
			expect(
				erased.map(({ vendor, target }) => `${vendor} ${/: ([^,]+)/.exec(target)?.[1]}`).sort(),
			).toEqual(gone);
			for (const row of rows) {
				expect(row).toMatchObject({ request: 'DSR-1', reference, approvedBy: name });
			}
			expect(await taking.untilTold('DSR-1')).toEqual([{ status: 'in_progress' }]);

			const [certificate, ...others] = await taking.certificates();
			expect(others).toEqual([]);
			const disclosures = await taking.disclosures();
			const { signed, records: certified } = verified(certificate!.certificate, disclosures);
			expect(reference).toMatch(/^[a-z]{6}\.DSR-1$/);
			expect(signed).toMatchObject({
				erasure: {
					request: { reference, received: expect.any(String) },
					approved: { by: role },
					counts: { records: 8, deleted: 6, accepted: 2 },
					state: 'open',
				},
			});
			expect(certified).toHaveLength(8);

			// As Follow up leaves them, once Creovai has purged.
			const { api } = taking.copy.stage.n8n;
			for (const row of rows.filter(({ outcome }) => outcome === 'accepted')) {
				const { id } = row as unknown as { id: number };
				const settled = { outcome: 'deleted', evidence: 'rechecked', deleted: true };
				await api.updateDataTableRow(taking.copy.table, id, settled);
			}
			await taking.changeRow('DSR-1', { due: 1 });
			await taking.report();
			await taking.untilState('DSR-1', 'deleted');
			expect(await taking.untilTold('DSR-1', 2)).toEqual([
				{ status: 'in_progress' },
				{ status: 'completed', result: 'deleted' },
			]);
			expect(await taking.ask(answer)).toMatchObject({
				status: 200,
				json: { status: 'completed', result: 'deleted' },
			});
			// Of whom it was is nothing left in its row.
			const { request, approved } = await taking.row('DSR-1');
			expect([request, approved]).toEqual(['', '']);
		},
	},

	'of the sender in docs/requests.md is approved in a browser, and openssl verifies its certificate':
		{ run: walkThePage },

	'that comes again, and at once, is one request': {
		run: async (taking) => {
			const data = { requestId: 'again', records: { flyflow: ['call_3'] } };
			const answers = await Promise.all(Array.from({ length: 20 }, async () => taking.send(data)));
			expect(answers.map(({ status }) => status).sort()).toEqual([
				...Array<number>(19).fill(200),
				202,
			]);
			const other = { ...data, records: { flyflow: ['call_4'] } };
			expect(await taking.send(other)).toMatchObject({ status: 409 });
			await taking.decide('again', yes);
			await taking.untilState('again', 'deleted');
			expect(await taking.send(data)).toMatchObject({
				status: 200,
				json: { status: 'completed', result: 'deleted' },
			});
			expect(await taking.send(other)).toMatchObject({ status: 409 });
			expect(await taking.rows()).toHaveLength(1);
			expect(deletions(taking)).toEqual(['flyflow DELETE /v1/call/call_3']);
			expect(await taking.copy.rows()).toHaveLength(1);
			expect(await taking.untilTold('again')).toEqual([{ status: 'completed', result: 'deleted' }]);
		},
	},

	'that is taken back in time erases nothing, whatever is approved then': {
		run: async (taking) => {
			const answer = await taking.send({ requestId: 'back', ...phone });
			await taking.formOf('back');
			const form = await taking.formOf('back');
			expect(await taking.ask(answer, 'DELETE')).toMatchObject({
				status: 200,
				json: { status: 'cancelled' },
			});
			expect(await taking.ask(answer)).toMatchObject({ json: { status: 'cancelled' } });
			await taking.changeRow('back', { approveAt: form });
			expect(await taking.decide('back', yes)).toContain('Nothing was deleted');
			await taking.report();
			expect(await taking.untilTold('back')).toEqual([{ status: 'cancelled' }]);
			expect(deletions(taking)).toEqual([]);
			expect(await taking.row('back')).toMatchObject({ state: 'cancelled', request: '' });
		},
	},

	'that is taken back too late goes on, and its sender hears so': {
		run: async (taking) => {
			const answer = await taking.send({ requestId: 'late', records: { flyflow: ['call_3'] } });
			await taking.formOf('late');
			taking.copy.sandbox.latency = 1500;
			await taking.decide('late', yes);
			expect(await taking.ask(answer, 'DELETE')).toMatchObject({
				status: 409,
				json: { status: 'in_progress' },
			});
			await taking.untilState('late', 'deleted');
			expect(await taking.ask(answer, 'DELETE')).toMatchObject({
				status: 409,
				json: { status: 'completed' },
			});
			expect(taking.copy.gone()).toEqual(['flyflow call_3']);
		},
	},

	'that is a trial only previews': {
		run: async (taking) => {
			const records = { kaleyra: [flow] };
			const answer = await taking.send({ requestId: 'trial', test: true, records, ...phone });
			expect(answer.status).toBe(202);
			expect(await taking.untilTold('trial')).toEqual([{ status: 'in_progress' }]);
			const rows = await taking.copy.rows();
			expect(rows.map(({ outcome }) => outcome)).toEqual(Array(7).fill('preview'));
			expect(await taking.row('trial')).toMatchObject({ approveAt: '', due: 0 });
			expect(deletions(taking)).toEqual([]);
			expect(await taking.certificates()).toEqual([]);
			expect(await taking.ask(answer)).toMatchObject({ json: { status: 'in_progress' } });
		},
	},

	'that is not approved is left, and said to be': {
		run: async (taking) => {
			const answer = await taking.send({ requestId: 'no', ...phone });
			expect(await taking.decide('no', no)).toContain('Not approved');
			await taking.untilState('no', 'notErased');
			await taking.report();
			expect(await taking.untilTold('no')).toEqual([{ status: 'action_required' }]);
			expect(await taking.ask(answer)).toMatchObject({ json: { status: 'action_required' } });
			expect(deletions(taking)).toEqual([]);
			const problem = `Not approved by ${name}`;
			expect((await taking.row('no')).problem).toBe(problem);
			// As somebody may change it by hand: a "no" is never opened again.
			await taking.changeRow('no', { due: 1 });
			await taking.report();
			await until(async () => (await taking.row('no')).due === 0, 'It is looked at again');
			expect(await taking.row('no')).toMatchObject({ state: 'notErased', problem, reportAt: 0 });
		},
	},

	'of which one record is refused is never completed': {
		run: async (taking) => {
			refuse(taking.copy.sandbox, /DELETE .*flyflow.*call_3/);
			const records = { flyflow: ['call_1', 'call_3', 'call_4'], verba: [verbaId] };
			const answer = await taking.send({ requestId: 'refused', records });
			await taking.decide('refused', yes);
			await taking.untilState('refused', 'notErased');
			expect(await taking.untilTold('refused')).toEqual([{ status: 'action_required' }]);
			expect(await taking.ask(answer)).toMatchObject({ json: { status: 'action_required' } });
			expect(taking.copy.gone()).toEqual(['flyflow call_1', 'flyflow call_4', `verba ${verbaId}`]);
			expect((await taking.row('refused')).problem).toBe('Not all is erased: 3 deleted, 1 refused');
			await untilFailed(taking, /refused: Not all is erased: /);
			const [certificate] = await taking.certificates();
			expect(certificate?.state).toBe('open');
			await taking.changeRow('refused', { due: 1 });
			await taking.report();
			await until(async () => (await taking.row('refused')).due > 1, 'It is looked at again');
			expect(await taking.row('refused')).toMatchObject({ state: 'notErased', reportAt: 0 });
		},
	},

	'that finds nothing is completed, with no match and no certificate': {
		run: async (taking) => {
			const answer = await taking.send({ requestId: 'nobody', ...nobody });
			await taking.untilState('nobody', 'notFound');
			expect(await taking.untilTold('nobody')).toEqual([
				{ status: 'completed', result: 'no_match' },
			]);
			expect(await taking.ask(answer)).toMatchObject({ json: { result: 'no_match' } });
			const rows = await taking.copy.rows();
			expect(rows.map(({ vendor, outcome }) => `${vendor} ${outcome}`)).toEqual([
				'creovai notFound',
				'flyflow notFound',
				'happyRobot notFound',
				'verba notFound',
			]);
			expect(JSON.stringify([rows, await taking.rows()])).not.toContain('5125559999');
			expect(await taking.certificates()).toEqual([]);
		},
	},

	'with what cannot be searched for, or where, erases the rest and is never completed': {
		run: async (taking) => {
			const identities = [...phone.identities, { type: 'email', value: 'ada@example.com' }];
			const records = { happyRobot: [{ callId: 'x', noteId: 'y', other: 'z' }] };
			await loseCredential(taking.copy, 'verbaApi');
			await taking.send({ requestId: 'partly', identities, records });
			await taking.decide('partly', yes);
			await taking.untilState('partly', 'notErased');
			expect(taking.copy.gone()).toHaveLength(5);
			const failed = (await taking.copy.rows()).filter(({ outcome }) => outcome === 'failed');
			expect(failed.map(({ vendor }) => vendor)).toEqual(['verba']);
			const left = (await taking.copy.rows()).filter(({ outcome }) => outcome === 'skipped');
			expect(left.map(({ vendor }) => vendor)).toEqual([
				'happyRobot',
				'creovai',
				'flyflow',
				'happyRobot',
				'verba',
			]);
			expect(left[1]?.reason).toContain('this workflow does not search by email');
			expect(await taking.untilTold('partly')).toEqual([{ status: 'action_required' }]);
		},
	},

	'with identities that no vendor can be searched for is never completed': {
		change: (example) => setSettings(example, { vendors: 'kaleyra' }),
		run: async (taking) => {
			const identities = [...phone.identities, { type: 'email', value: 'ada@example.com' }];
			await taking.send({ requestId: 'unsearched', identities });
			expect(await taking.untilTold('unsearched')).toEqual([{ status: 'action_required' }]);
			await taking.send({ requestId: 'flow', identities, records: { kaleyra: [flow] } });
			await taking.decide('flow', yes);
			expect(await taking.untilTold('flow')).toEqual([{ status: 'action_required' }]);
			expect(taking.copy.gone()).toEqual([`kaleyra ${flow}`]);
			expect((await taking.certificates()).map(({ state }) => state)).toEqual(['open', 'open']);
		},
	},

	'says on its form that an exact ID that is not there yet goes too': {
		run: async (taking) => {
			await taking.send({ requestId: 'absent', records: { flyflow: ['call_1', 'call_none'] } });
			const { text } = await openForm(await taking.formOf('absent'), approver);
			expect(text).toContain('Records that would be: 1.');
			expect(text).toContain('IDs at which nothing is there now: 1. <b>They are sent too: ');
			await taking.decide('absent', yes);
			await taking.untilState('absent', 'deleted');
			const rows = await taking.copy.rows();
			expect(rows.map(({ target, outcome }) => `${target} ${outcome}`)).toEqual([
				'callId: call_1 deleted',
				'callId: call_none notFound',
			]);
		},
	},

	'with identities of a kind that is nowhere kept is completed': {
		change: (example) => setSettings(example, { otherTypes: 'email' }),
		run: async (taking) => {
			const identities = [{ type: 'email', value: 'ada@example.com' }];
			await taking.send({ requestId: 'email', identities });
			expect(await taking.untilTold('email')).toEqual([
				{ status: 'completed', result: 'no_match' },
			]);
		},
	},

	'nobody decides on is looked at again, and somebody is asked again': {
		run: async (taking) => {
			await taking.send({ requestId: 'slow', records: { flyflow: ['call_3'] } });
			const first = await taking.formOf('slow');
			await taking.changeRow('slow', { due: 1 });
			await taking.takeUp();
			await taking.formOf('slow', first);
			// Whoever still has the first form open approves what another execution has shown anew.
			const second = await taking.formOf('slow', first);
			await taking.changeRow('slow', { approveAt: first });
			expect(await taking.decide('slow', yes)).toContain('Nothing was deleted');
			await taking.changeRow('slow', { approveAt: second });
			await taking.decide('slow', yes);
			await taking.untilState('slow', 'deleted');
			expect(deletions(taking)).toEqual(['flyflow DELETE /v1/call/call_3']);
		},
	},

	'whose execution died before anybody was asked is taken up': {
		run: async (taking) => {
			const { copy } = taking;
			const { api } = copy.stage.n8n;
			copy.sandbox.latency = 20_000;
			const answer = await taking.send({ requestId: 'died', ...phone });
			expect(answer.status).toBe(202);
			const { execution } = await taking.row('died');
			await api.stopExecution({ id: execution });
			copy.sandbox.latency = 0;
			await taking.takeUp();
			expect(await taking.row('died')).toMatchObject({ state: 'stored', starts: 1 });
			await taking.changeRow('died', { due: 1 });
			await Promise.all([taking.takeUp(), taking.takeUp()]);
			await taking.decide('died', yes);
			await taking.untilState('died', 'accepted');
			expect(copy.gone()).toHaveLength(6);
			once(deletions(taking));
			expect(await taking.row('died')).toMatchObject({ starts: 2 });
		},
	},

	'whose execution died while it erased is finished, and what is done is not done again': {
		run: async (taking) => {
			const { copy } = taking;
			const { api } = copy.stage.n8n;
			const records = { flyflow: ['call_1'], kaleyra: [flow], verba: [verbaId] };
			await taking.send({ requestId: 'half', records });
			await taking.formOf('half');
			// The vendor carries it out, and the answer is on its way when n8n dies.
			const isSlow = /verba.*DeleteCall/i;
			copy.sandbox.faults.add({
				fault: { kind: 'late', ms: 20_000 },
				when: ({ method, url }) => isSlow.test(`${method} ${url}`),
			});
			await taking.decide('half', yes);
			await until(() => copy.gone().length === 3, 'The third deletion is carried out');
			const { execution } = await taking.row('half');
			await api.stopExecution({ id: execution });
			copy.sandbox.faults.clear();
			await taking.changeRow('half', { due: 1 });
			await taking.takeUp();
			await taking.untilState('half', 'deleted');
			const sent = deletions(taking);
			expect(sent.filter((one) => !one.startsWith('verba'))).toEqual([
				'flyflow DELETE /v1/call/call_1',
				`kaleyra DELETE /v2/HXKALEYRASANDBOXIN/whatsapp/${flow}`,
			]);
			const rows = await copy.rows();
			expect(rows).toHaveLength(3);
			expect((await taking.certificates()).map(({ state }) => state)).toEqual(['final']);
			expect(await taking.untilTold('half')).toEqual([{ status: 'completed', result: 'deleted' }]);
		},
	},

	'of another sender tells nothing, and its address cannot be guessed': {
		run: async (taking) => {
			const answer = await taking.send({ requestId: 'private', ...phone });
			const { statusUrl } = answer.json as { statusUrl: string };
			const { requestKey } = await taking.row('private');
			const guessed = { json: { statusUrl: statusUrl.replace(/\.[^.]*$/, '.guess') } } as never;
			for (const method of ['GET', 'DELETE']) {
				expect(await taking.ask(guessed, method)).toMatchObject({
					status: 404,
					json: { error: { code: 404, message: 'There is no request at this address' } },
				});
			}
			expect(statusUrl).toContain(requestKey);
			expect(await taking.row('private')).toMatchObject({ state: 'stored' });
		},
	},

	'whose sender breaks down is reported again, until it is told': {
		run: async (taking) => {
			const { answers, calls } = taking.callbacks;
			answers.push(...Array.from({ length: 4 }, () => ({ status: 500 })));
			await taking.send({ requestId: 'broken', ...nobody });
			await untilFailed(taking, /broken: its sender was not told\. Not told yet: /);
			expect(calls).toHaveLength(4);
			const { reportAt, reportProblem } = await taking.row('broken');
			expect(reportAt).toBeGreaterThan(Date.now());
			expect(reportProblem).toMatch(/^Not told yet: /);
			await taking.report();
			answers.push({ status: 429, headers: { 'retry-after': '1' } });
			await taking.changeRow('broken', { reportAt: 1 });
			await Promise.all(Array.from({ length: 6 }, async () => await taking.report()));
			await until(async () => (await taking.row('broken')).reportAt === 0, 'It is told');
			expect(calls).toHaveLength(6);
			expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
			expect(await taking.row('broken')).toMatchObject({ state: 'notFound', reportProblem: '' });
		},
	},

	'whose sender is down is reported once it is back': {
		run: async (taking) => {
			const { host } = taking.callbacks;
			await taking.callbacks.stop();
			const answer = await taking.send({ requestId: 'down', records: { flyflow: ['call_3'] } });
			await taking.decide('down', yes);
			await untilFailed(taking, /down: its sender was not told/);
			expect(await taking.ask(answer)).toMatchObject({ json: { status: 'completed' } });
			const back = await listenForCallbacks(Number(host.split(':')[1]));
			try {
				await taking.reportAgain('down');
				await until(() => back.calls.length === 1, 'It is told');
				await until(async () => (await taking.row('down')).reportAt === 0, 'That is stored');
				expect(JSON.parse(back.calls[0]!.body)).toMatchObject({ data: { status: 'completed' } });
			} finally {
				await back.stop();
			}
			expect(deletions(taking)).toEqual(['flyflow DELETE /v1/call/call_3']);
		},
	},

	'whose callback leads elsewhere, or is not listed, calls nobody else': {
		run: async (taking) => {
			const inside = await listenForCallbacks();
			try {
				const headers = { location: `http://${inside.host}/` };
				taking.callbacks.answers.push({ status: 307, headers });
				await taking.send({ requestId: 'led', ...nobody });
				await untilFailed(taking, /led: its sender was not told.* answered 307, which leads/);
				const callback = `http://${inside.host}/`;
				await taking.send({ requestId: 'unlisted', callback, ...nobody });
				await untilFailed(taking, /unlisted: .*Allowed Hosts.* does not hold 127/);
				expect(inside.calls).toEqual([]);
				await taking.reportAgain('led');
				await until(async () => (await taking.row('led')).reportAt === 0, 'It is told');
				expect(taking.told('led')).toHaveLength(2);
			} finally {
				await inside.stop();
			}
		},
	},

	'is not reported where nobody can be told, and that is seen': {
		change: (example) => deactivate(example, 'Report Status'),
		run: async (taking) => {
			await taking.send({ requestId: 'mute', ...nobody });
			await untilFailed(taking, /mute: .*the node "Report Status" is deactivated/);
			expect(await taking.row('mute')).toMatchObject({ state: 'notFound' });
			expect(taking.callbacks.calls).toEqual([]);
		},
	},

	"leaves nothing secret in n8n's database": {
		change: keepExecutions,
		run: async (taking) => {
			await taking.send({ requestId: 'to-be-found', records: { flyflow: ['call_3'] } });
			await taking.formOf('to-be-found');
			const during = databaseOf(taking.copy.stage);
			await taking.decide('to-be-found', yes);
			await taking.untilTold('to-be-found');
			await until(async () => (await taking.row('to-be-found')).reportAt === 0, 'It is told');
			const { rawHeaders, body } = taking.sent.at(-1)!;
			const [signature = ''] = rawHeaders.slice(-1);
			const hidden = [
				secret.slice('whsec_'.length),
				signature.slice('v1,'.length),
				'webhook-signature',
				'?request=',
				'/erasures',
				JSON.stringify(body).slice(1, -1),
			];
			for (const stored of [during, databaseOf(taking.copy.stage)]) {
				const has = (words: string) => stored.some((bytes) => bytes.includes(words));
				expect(has('to-be-found')).toBe(true);
				expect(hidden.filter(has)).toEqual([]);
			}
		},
	},

	'is answered at once where its sender does not wait': {
		change: (example) => {
			nodeOf(example, 'Erasure Request Trigger').parameters.answer = 'atOnce';
		},
		run: async (taking) => {
			const data = { requestId: 'quick', records: { flyflow: ['call_3'] } };
			const answers = await Promise.all([taking.send(data), taking.send(data)]);
			expect(answers.map(({ status }) => status)).toEqual([202, 202]);
			await taking.decide('quick', yes);
			await taking.untilState('quick', 'deleted');
			expect(await taking.ask(answers[0])).toMatchObject({ json: { status: 'completed' } });
			expect(deletions(taking)).toEqual(['flyflow DELETE /v1/call/call_3']);
			expect(await taking.rows()).toHaveLength(1);
		},
	},

	'is not said to be stored where it is not': {
		change: (example) => deactivate(example, 'Store'),
		run: async (taking) => {
			expect((await taking.send({ requestId: 'lost', ...phone })).status).toBe(500);
			expect(await taking.rows()).toEqual([]);
			await untilFailed(
				taking,
				/the node "What is known", "Store" or "Row asked for" is deactivated/,
			);
		},
	},

	'is not taken on where a setting is wrong': {
		change: (example) => setSettings(example, { vendors: 'flyfow' }),
		run: async (taking) => {
			expect((await taking.send({ requestId: 'lost', ...phone })).status).toBe(500);
			expect(await taking.rows()).toEqual([]);
			await untilFailed(taking, /^vendors in Settings is "flyfow": it has to be/);
		},
	},
};

/** More at once would wait for n8n, which publishes one workflow after another. */
const atOnce = 8;

/** From a signed call to a certificate and a callback: each case on a copy of the example, side by side. */
export function testTakeRequests(stage: () => Stage): void {
	const runs = new Map<string, Promise<void>>();
	beforeAll(async () => {
		const left = Object.entries(cases);
		const takeCases = async () => {
			for (let next = left.shift(); next !== undefined; next = left.shift()) {
				const [name, { run, change }] = next;
				const done = withRequests(stage(), run, change);
				runs.set(name, done);
				await Promise.allSettled([done]);
			}
		};
		await Promise.all(Array.from({ length: atOnce }, takeCases));
	}, 480_000);

	test.each(Object.keys(cases))('A request %s', async (name) => await runs.get(name));
}
