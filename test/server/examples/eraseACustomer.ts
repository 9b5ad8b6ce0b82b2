/* eslint max-lines: "off" -- one workflow with many ways to go; its stage is needed by all of them */
import { afterEach, beforeEach, expect, test } from '@jest/globals';

import type { ExportedWorkflow } from '../../../scripts/n8n/n8nApi';
import { approver, type Stage } from '../n8n';
import {
	answers,
	fill,
	flows,
	happyRobotId,
	name,
	no,
	phoneNumber,
	role,
	verbaId,
	yes,
	type Due,
} from './customer';
import {
	brokenIssuer,
	certificatesOf,
	disclosuresOf,
	forgetCertificates,
	verified,
} from './certificates';
import { openForm, submitForm } from './form';
import {
	changes,
	keepExecutions,
	keyHeader,
	nodeOf,
	receiptTable,
	withExample,
	type Example,
} from './published';
import type { ReceiptRow } from './sideBySide';

const example = 'erase-a-customer';

export function testEraseACustomer(stage: () => Stage): void {
	const forget = async () => {
		await stage().n8n.api.deleteDataTable(receiptTable);
		await forgetCertificates(stage());
	};
	beforeEach(async () => {
		const { sandbox } = stage();
		await forget();
		sandbox.forget();
		fill(sandbox);
	});
	afterEach(forget);

	const send = async (request: object = {}): Promise<Due> =>
		await stage().n8n.api.callWebhook(
			'erase-customer',
			{ requestId: 'first', phoneNumber, ...request },
			keyHeader,
		);
	const decide = async ({ approveAt }: Due, decision: string) => {
		const answer = await submitForm(approveAt, answers(decision), approver);
		expect(answer.status).toBe(200);
		return answer.text;
	};
	const rows = async () =>
		(await stage().n8n.api.dataTableRows(receiptTable)) as unknown as ReceiptRow[];
	const outcomes = (found: readonly ReceiptRow[]) =>
		found.map(({ vendor, target, outcome }) => `${vendor} ${target} ${outcome}`).sort();
	const left = () =>
		stage().sandbox.vendors.map((vendor) => [vendor.name, vendor.records().map(({ id }) => id)]);

	/** By what a call was found at Creovai, as a preview says it. */
	const foundBy = { phoneNumber: '*********02', notation: 'as written' };

	const creovaiTarget = (call: string, session: string) =>
		`callId: ${call}, sessionId: ${session}, phoneNumber: *********02, notation: as written`;

	test('finds and previews at all five vendors, and changes nothing', async () => {
		await withExample(stage(), example, async () => {
			const before = left();
			const due = await send({ kaleyraFlowIds: flows });

			expect(due.requestId).toBe('first');
			expect(due.previews.map(({ vendor, target, outcome }) => [vendor, target, outcome])).toEqual([
				['creovai', { callId: 'c000002', sessionId: 's000002', ...foundBy }, 'preview'],
				['creovai', { callId: 'c2b', sessionId: 's2b', ...foundBy }, 'preview'],
				['flyflow', { callId: 'call_2' }, 'preview'],
				['flyflow', { callId: 'call_2b' }, 'preview'],
				['happyRobot', { callId: happyRobotId }, 'preview'],
				['kaleyra', { flowId: flows[0] }, 'preview'],
				['kaleyra', { flowId: flows[1] }, 'preview'],
				['verba', { callID: verbaId }, 'preview'],
			]);
			expect(changes(stage())).toEqual([]);
			expect(left()).toEqual(before);
			expect(await rows()).toEqual([]);
		});
	});

	test('asks whoever approves for user and password, and shows what would happen', async () => {
		await withExample(stage(), example, async () => {
			const { approveAt } = await send({ requestId: '<b>7</b>' });

			expect((await openForm(approveAt)).status).toBe(401);
			expect((await openForm(approveAt, { ...approver, password: 'guessed' })).status).toBe(401);
			expect((await submitForm(approveAt, answers(yes))).status).not.toBe(200);
			const withoutSignature = approveAt.replace(/signature=\w+/, 'signature=0');
			expect((await submitForm(withoutSignature, answers(yes), approver)).status).toBe(401);
			const { status, text } = await openForm(approveAt, approver);
			expect(status).toBe(200);
			expect(text).toContain(
				'<li><b>flyflow</b>: call of 2026-01-01 02:00<br />call_2<br />would be <b>deleted</b>',
			);
			expect(text).toContain(
				'c000002 / s000002 / *********02 / as written<br />would be <b>accepted</b>',
			);
			expect(text).not.toContain(phoneNumber);
			expect(text).not.toContain('<b>7</b>');
			expect(changes(stage())).toEqual([]);
		});
	});

	test('deletes what was approved, keeps the receipts, and answers with them', async () => {
		await withExample(stage(), example, async (workflowId) => {
			const due = await send({ kaleyraFlowIds: flows });
			const answer = await decide(due, yes);

			expect(changes(stage()).sort()).toEqual([
				'creovai POST /purge/v1/calls',
				'flyflow DELETE /v1/call/call_2',
				'flyflow DELETE /v1/call/call_2b',
				`happyRobot DELETE /api/v1/calls/${happyRobotId}`,
				`kaleyra DELETE /v2/HXKALEYRASANDBOXIN/whatsapp/${flows[0]}`,
				`kaleyra DELETE /v2/HXKALEYRASANDBOXIN/whatsapp/${flows[1]}`,
				`verba GET /api callID=${verbaId}`,
			]);
			expect(left()).toEqual([
				['flyflow', ['call_1', 'call_3', 'call_4', 'call_5']],
				['creovai', ['c000001', 'c000003', 'c000004', 'c000005']],
				['kaleyra', [2, 4, 5].map((number) => `112000000000000${number}`)],
				['happyRobot', [1, 3, 4, 5].map((number) => `64b7f0c2000000000000000${number}`)],
				['verba', [1, 3, 4, 5].map((number) => `a8343631-9f35-4a3a-83f0-00000000000${number}`)],
			]);
			const kept = await rows();
			expect(outcomes(kept)).toEqual([
				`creovai ${creovaiTarget('c000002', 's000002')} accepted`,
				`creovai ${creovaiTarget('c2b', 's2b')} accepted`,
				'flyflow callId: call_2 deleted',
				'flyflow callId: call_2b deleted',
				`happyRobot callId: ${happyRobotId} deleted`,
				`kaleyra flowId: ${flows[0]} deleted`,
				`kaleyra flowId: ${flows[1]} deleted`,
				`verba callID: ${verbaId} deleted`,
			]);
			expect(kept.every(({ request }) => request === 'first')).toBe(true);
			expect(new Set(kept.map(({ approvedBy }) => approvedBy))).toEqual(new Set([name]));
			for (const { approvedAt } of kept) {
				expect(Math.abs(Date.now() - Date.parse(approvedAt ?? ''))).toBeLessThan(60_000);
			}
			expect(answer).toContain('<td>call_2b</td><td>deleted</td>');
			expect(answer).toContain('Approved by Ann "A." &lt;Approver>, 20');
			expect(answer).toContain('8 receipts: 2 accepted, 6 deleted.');
			const { receipts } = await stage().n8n.api.readWebhook<{ receipts: ReceiptRow[] }>(
				'erasure-receipts?requestId=first',
				keyHeader,
			);
			expect(receipts).toEqual(kept);

			const everything = JSON.stringify([kept, answer, due]);
			expect(everything).not.toContain(phoneNumber.slice(-7));
			expect(everything).not.toContain('Please forget me');
			// What was found holds phone numbers and transcripts: n8n keeps nothing of it. The one
			// that asked for the receipts is not kept either.
			expect(await stage().n8n.api.finishedExecutions(workflowId)).toEqual([]);
		});
	});

	test('ends with a certificate that others verify, names nobody, and has its disclosures elsewhere', async () => {
		await withExample(stage(), example, async () => {
			const { api } = stage().n8n;
			const due = await send({ requestId: 'DSR-2026-0017', kaleyraFlowIds: flows });
			expect(due).not.toHaveProperty('certificate');
			const answer = await decide(due, yes);

			const [row, ...others] = await certificatesOf(stage());
			expect(others).toEqual([]);
			const disclosures = await disclosuresOf(stage());
			const { signed, records } = verified(row!.certificate, disclosures);
			expect(signed).toMatchObject({
				jti: row?.jti,
				erasure: {
					request: { reference: 'DSR-2026-0017' },
					approved: { by: role },
					counts: { records: 8, accepted: 2, deleted: 6 },
				},
			});
			expect(row).toMatchObject({ reference: 'DSR-2026-0017', state: 'open', reason: '' });
			expect(records).toHaveLength(8);
			expect(disclosures.every(({ jti }) => jti === row?.jti)).toBe(true);

			const shown = Buffer.from(/base64,([\w+/=]+)/.exec(answer)?.[1] ?? '', 'base64').toString();
			expect(shown).toContain('Certificate of erasure');
			expect(answer).toContain('download="erasure-certificate-DSR-2026-0017.html"');
			const { receipts, certificates } = await api.readWebhook<Record<string, unknown[]>>(
				'erasure-receipts?requestId=DSR-2026-0017',
				keyHeader,
			);
			expect(receipts).toHaveLength(8);
			expect(certificates).toMatchObject([{ jti: row?.jti, certificate: row?.certificate }]);

			const open = row!.certificate
				.split('.')
				.map((part) => Buffer.from(part, 'base64url').toString());
			const everywhereElse = JSON.stringify([row, open, certificates]) + shown;
			for (const identifier of ['call_2', 'c000002', verbaId, happyRobotId, flows[0]!, 'Ann']) {
				expect(everywhereElse).not.toContain(identifier);
			}
			for (const { disclosure } of disclosures) {
				expect(everywhereElse + answer + JSON.stringify(await rows())).not.toContain(disclosure);
			}
		});
	});

	test('erases and keeps all receipts where no certificate can be made, and says why', async () => {
		const { api } = stage().n8n;
		const type = 'erasureCertificateKeyApi';
		const broken = await api.createCredential(type, brokenIssuer, 'Broken key');
		const work = async () => {
			const answer = await decide(await send({ requestId: 'r-1' }), yes);
			expect(await rows()).toHaveLength(6);
			expect(answer).toContain('6 receipts: 2 accepted, 4 deleted.');
			expect(answer).toContain('No certificate was made: Private Key in the credentials');
			const [row] = await certificatesOf(stage());
			expect(row).toMatchObject({ reference: 'r-1', state: 'notIssued', jti: '', certificate: '' });
			expect(row?.reason).toContain('Private Key in the credentials');
			expect(await disclosuresOf(stage())).toEqual([]);

			// An ID that is not fit for everybody to read.
			fill(stage().sandbox);
			const due = await send({ requestId: `for ${phoneNumber}` });
			expect(due).toHaveProperty(
				'certificate',
				expect.stringMatching(/^There will be no certificate: requestId has to be 1 to 64 letters/),
			);
			expect(await decide(due, yes)).toContain('No certificate was made: requestId has to be');
			expect((await rows()).filter(({ deleted }) => deleted)).toHaveLength(8);
			expect(JSON.stringify(await certificatesOf(stage()))).not.toContain(phoneNumber);
		};
		await withExample(stage(), example, work, undefined, [broken]);
	});

	test('answers with no receipts for a request that nobody made', async () => {
		await withExample(stage(), example, async () => {
			const { api } = stage().n8n;
			const ask = async (headers: Record<string, string>) =>
				await api.readWebhook('erasure-receipts?requestId=other', headers);
			expect(await ask(keyHeader)).toEqual({ receipts: [], certificates: [] });
			await expect(ask({})).rejects.toThrow('The webhook answered 403');
		});
	});

	test('deletes nothing after a no', async () => {
		await withExample(stage(), example, async () => {
			const before = left();
			const due = await send({ requestId: '<img>', kaleyraFlowIds: flows });
			const answer = await decide(due, no);

			expect(answer).toContain('Nothing was deleted');
			expect(answer).not.toContain('<img>');
			expect((await submitForm(due.approveAt, answers(yes), approver)).status).toBe(404);
			expect(changes(stage())).toEqual([]);
			expect(left()).toEqual(before);
			expect(await rows()).toEqual([]);
		});
	});

	test('deletes nothing at Creovai if its calls are others by then, and no call that came later', async () => {
		await withExample(stage(), example, async () => {
			const due = await send();
			const { flyflow, creovai } = stage().sandbox;
			creovai.calls.set('late', { ...creovai.calls.get('c2b')!, id: 'late', sessionId: 'sLate' });
			flyflow.calls.set('late', { ...flyflow.calls.get('call_2')!, id: 'late' });
			await decide(due, yes);

			expect(changes(stage()).sort()).toEqual([
				'flyflow DELETE /v1/call/call_2',
				'flyflow DELETE /v1/call/call_2b',
				`happyRobot DELETE /api/v1/calls/${happyRobotId}`,
				`verba GET /api callID=${verbaId}`,
			]);
			expect(flyflow.calls.has('late')).toBe(true);
			expect(creovai.records()).toHaveLength(7);
			const skipped = (await rows()).filter(({ outcome }) => outcome === 'skipped');
			expect(skipped.map(({ target }) => target).sort()).toEqual([
				creovaiTarget('c000002', 's000002'),
				creovaiTarget('c2b', 's2b'),
				creovaiTarget('late', 'sLate'),
			]);
			expect(skipped[0]?.reason).toMatch(
				/^The records to delete are not those of the Approved Plan/,
			);
		});
	});

	test('sends what is not erased down its own branch, and keeps its receipts too', async () => {
		const branches = async (workflowId: string) => {
			const { kaleyra, verba } = stage().sandbox;
			kaleyra.put('1120000000000003', 'PUBLISHED');
			verba.conversations.get(verbaId)!.legalHold = true;
			const due = await send({ requestId: '<img>', kaleyraFlowIds: flows });
			const answer = await decide(due, yes);
			expect(answer).not.toContain('<img>');

			const { api } = stage().n8n;
			const [execution] = await api.finishedExecutions(workflowId);
			expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
			const output = await api.executionOutput(execution!.id);
			const seen = (node: string) =>
				(output[node]?.[0] ?? []).map(
					({ vendor, outcome }) => `${vendor as string} ${outcome as string}`,
				);
			expect(seen('Tell somebody')).toEqual(['kaleyra refused', 'verba refused']);
			const refused = (await rows()).filter(({ outcome }) => outcome === 'refused');
			expect(refused.map(({ target, deleted }) => [target, deleted])).toEqual([
				['flowId: 1120000000000003', false],
				[`callID: ${verbaId}`, false],
			]);
			expect(refused[1]?.reason).toContain('The call is under legal hold');
			expect(await rows()).toHaveLength(8);
			expect(answer).toContain('under legal hold');
		};
		await withExample(stage(), example, branches, keepExecutions);
	});

	test('reports nothing as deleted twice, however often the same request is sent and approved', async () => {
		await withExample(stage(), example, async () => {
			const dues = [await send({ kaleyraFlowIds: flows }), await send({ kaleyraFlowIds: flows })];
			for (const due of dues) await decide(due, yes);
			expect((await submitForm(dues[0]!.approveAt, answers(yes), approver)).status).toBe(404);
			// Nothing is left to approve.
			expect(await send({ kaleyraFlowIds: flows })).not.toHaveProperty('approveAt');

			const kept = await rows();
			const deleted = kept.filter(({ deleted }) => deleted).map(({ target }) => target);
			expect(new Set(deleted).size).toBe(deleted.length);
			expect(deleted).toHaveLength(6);
			expect(kept.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(2);
			// Kaleyra's flows are named in the request, so the third one previews them too.
			expect(outcomes(kept.slice(8))).toEqual([
				'creovai phoneNumber: *********02 notFound',
				'creovai phoneNumber: *********02 notFound',
				'flyflow callId: call_2 notFound',
				'flyflow callId: call_2b notFound',
				'flyflow phoneNumber: *********02 notFound',
				`happyRobot callId: ${happyRobotId} notFound`,
				'happyRobot phoneNumber: *********02 notFound',
				`kaleyra flowId: ${flows[0]} notFound`,
				`kaleyra flowId: ${flows[0]} notFound`,
				`kaleyra flowId: ${flows[1]} notFound`,
				`kaleyra flowId: ${flows[1]} notFound`,
				`verba callID: ${verbaId} notFound`,
				'verba phoneNumber: *********02 notFound',
			]);
		});
	});

	test('turns down what it cannot understand with a sentence, and asks no vendor', async () => {
		const problems: ReadonlyArray<[object, string]> = [
			[{ phoneNumber: undefined }, 'phoneNumber is missing or empty'],
			[{ phoneNumber: { number: phoneNumber } }, 'phoneNumber has to be a phone number as text'],
			[{ requestId: 7 }, 'requestId has to be text'],
			[{ kaleyraFlowIds: [7] }, 'kaleyraFlowIds at position 1 has to be an ID as text'],
		];
		await withExample(stage(), example, async () => {
			for (const [request, sentence] of problems) {
				await expect(send(request)).rejects.toThrow(
					`The webhook answered 400: {"message":"${sentence}`,
				);
			}
			expect(stage().sandbox.requests).toEqual([]);
		});
	});

	test.each<[string, object]>([
		['a list of numbers', { phoneNumber: ['+15125551003', phoneNumber] }],
		['a text with two', { phoneNumber: `+15125551003, ${phoneNumber}` }],
	])('finds and deletes the calls of each number: %s', async (_, request) => {
		await withExample(stage(), example, async () => {
			const creovai = ['+15125551003', phoneNumber];
			const due = await send({ ...request, phoneNumberAt: { creovai } });
			await decide(due, yes);

			const deleted = (await rows()).filter(({ outcome }) =>
				['deleted', 'accepted'].includes(outcome),
			);
			expect(deleted.map(({ vendor, target }) => `${vendor} ${target}`).sort()).toEqual([
				`creovai ${creovaiTarget('c000002', 's000002')}`,
				'creovai callId: c000003, sessionId: s000003, phoneNumber: *********03, notation: as written',
				`creovai ${creovaiTarget('c2b', 's2b')}`,
				'flyflow callId: call_2',
				'flyflow callId: call_2b',
				'flyflow callId: call_3',
				'happyRobot callId: 64b7f0c20000000000000002',
				'happyRobot callId: 64b7f0c20000000000000003',
				`verba callID: ${verbaId}`,
				'verba callID: a8343631-9f35-4a3a-83f0-000000000003',
			]);
			expect(deleted).toHaveLength((await rows()).length);
		});
	});

	test('asks nobody to approve where nothing was found, and says so in answer and table', async () => {
		await withExample(stage(), example, async () => {
			const vendors = ['creovai', 'flyflow', 'happyRobot', 'verba'];
			const answer = await send({ phoneNumber: '+15129999999' });
			const receipts = vendors.map((vendor) => ({ vendor, outcome: 'notFound' }));
			expect(answer).toMatchObject({ requestId: 'first', receipts });
			expect(answer).not.toHaveProperty('approveAt');
			const kept = await rows();
			expect(kept.map(({ vendor }) => vendor)).toEqual(vendors);
			expect(new Set(kept.map(({ approvedBy }) => approvedBy))).toEqual(new Set([null]));
			expect(changes(stage())).toEqual([]);
		});
	});

	test('deletes nothing where nobody gives a name', async () => {
		await withExample(stage(), example, async () => {
			const { approveAt } = await send();
			const answer = await submitForm(approveAt, answers(yes, ' '), approver);
			expect(answer.text).toContain('Nothing was deleted');
			expect(changes(stage())).toEqual([]);
		});
	});

	test('shows what vendors write as it stands, and runs none of it', async () => {
		await withExample(stage(), example, async () => {
			const { flyflow } = stage().sandbox;
			const odd = "{{ 7 * 7 }}<script>$&'";
			flyflow.calls.set('call_2', { ...flyflow.calls.get('call_2')!, created_at: odd });
			const { text } = await openForm((await send()).approveAt, approver);
			expect(text).toContain('call of {{ 7 * 7 }}&lt;scri');
			expect(text).not.toContain('49');
		});
	});

	test('stops before anything is asked where another table has its name in its own', async () => {
		const { api } = stage().n8n;
		const other = `${receiptTable} of last year`;
		await withExample(stage(), example, async () => {
			await send();
			stage().sandbox.forget();
			await api.createDataTable(other);
			await expect(send()).rejects.toThrow('The webhook answered 500');
			expect(stage().sandbox.requests).toEqual([]);
		}).finally(async () => await api.deleteDataTable(other));
	});

	test('does nothing for a caller without the key', async () => {
		await withExample(stage(), example, async () => {
			const call = stage().n8n.api.callWebhook('erase-customer', { phoneNumber });
			await expect(call).rejects.toThrow('The webhook answered 403');
			expect(stage().sandbox.requests).toEqual([]);
		});
	});

	test('only previews in a test run, also after the approval', async () => {
		await withExample(stage(), example, async (workflowId) => {
			const { api } = stage().n8n;
			expect(await api.runManually(workflowId, 'Erasure request')).toBeUndefined();
			const request = { requestId: 'test', phoneNumber };
			const due = await api.callTestWebhook<Due>('erase-customer', request, keyHeader);
			const answer = await decide(due, yes);

			expect(changes(stage())).toEqual([]);
			expect(new Set((await rows()).map(({ outcome }) => outcome))).toEqual(new Set(['preview']));
			expect(answer).toContain('None: this was a test run');
			expect(await certificatesOf(stage())).toEqual([]);
		});
	});

	test('works without the vendors that one does not have, and without the node for certificates', async () => {
		const without = (copy: Example) => {
			const gone = (node: string) => /(Kaleyra|Verba)$/.test(node);
			copy.nodes = copy.nodes.filter((node) => !gone(node.name));
			const request = nodeOf(copy, 'Request').parameters;
			request.jsCode = String(request.jsCode).replace(", 'kaleyra', 'verba'", '');
			copy.connections = withoutNodes(copy, gone);
			Object.assign(nodeOf(copy, 'Issue a certificate'), { disabled: true });
		};
		const work = async () => {
			const answer = await decide(await send(), yes);
			expect(answer).toContain(
				'gave none: it is deactivated, or broke down. The receipts are kept',
			);
			expect(new Set((await rows()).map(({ vendor }) => vendor))).toEqual(
				new Set(['creovai', 'flyflow', 'happyRobot']),
			);
			expect(await rows()).toHaveLength(5);
			expect(stage().sandbox.requestsTo('verba')).toEqual([]);
		};
		await withExample(stage(), example, work, without);
	});

	// The limit of a week cannot be waited for; with a short one n8n looks once a minute.
	test('deletes nothing if nobody decides in time', async () => {
		const shorten = (copy: Example) => {
			keepExecutions(copy);
			const { parameters } = nodeOf(copy, 'A person approves');
			Object.assign(parameters, { resumeAmount: 1, resumeUnit: 'seconds' });
		};
		const work = async (workflowId: string) => {
			await send({ kaleyraFlowIds: flows });
			const { api } = stage().n8n;
			const [execution] = await api.finishedExecutions(workflowId, 100_000);
			expect(execution?.status).toBe('success');
			const output = await api.executionOutput(execution!.id);
			expect(output['Answer: nothing was deleted']).toBeDefined();
			expect(output['What is to be deleted']).toBeUndefined();
			expect(changes(stage())).toEqual([]);
		};
		await withExample(stage(), example, work, shorten);
	}, 120_000);
}

/** The connections of a workflow from which some nodes were taken out. */
function withoutNodes(
	{ connections }: ExportedWorkflow,
	gone: (name: string) => boolean,
): Record<string, unknown> {
	const entries = Object.entries(
		connections as Record<string, { main: Array<Array<{ node: string }>> }>,
	);
	return Object.fromEntries(
		entries
			.filter(([name]) => !gone(name))
			.map(([name, { main }]) => [
				name,
				{ main: main.map((links) => links.filter(({ node }) => !gone(node))) },
			]),
	);
}
