import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { ReceiptSealer } from '../../../erasure/receiptSeal';
import { recheckReceipts } from '../../../nodes/Flyflow/receipt/recheck';
import { sandboxAccounts } from '../../../sandbox/accounts';
import { ownerOf, writtenBy } from '../../engine/receiptOwner';
import type { Listed } from '../listed';
import { thrownBy, type Stage } from '../stage';

const recheck = { resource: 'receipt', operation: 'recheck' };

/** The sandbox's account, by the digits that one run gives. */
async function accountOf(stage: Stage, type: string): Promise<ReceiptSealer> {
	const parameters: Record<string, IDataObject> = {
		flyflow: { resource: 'call', operation: 'delete', callId: 'call_1' },
		kaleyra: { resource: 'flow', operation: 'delete', flowId: '1120000000000207' },
		creovai: { resource: 'call', operation: 'purgeByCallId', callId: 'c000001' },
	};
	const { json } = await stage.run(type, parameters[type] ?? {}, { mode: 'manual' });
	const { flyflowApi, kaleyraApi, creovaiOAuth2Api } = sandboxAccounts(stage.sandbox);
	return ownerOf({ flyflowApi, kaleyraApi, creovaiOAuth2Api }, json[0]?.account);
}

const unknown = {
	deleted: false,
	outcome: 'unknown',
	evidence: 'none',
	vendor: 'flyflow',
	resource: 'call',
	target: { callId: 'call_1' },
	at: '2026-11-22T10:00:00.000Z',
};

const accepted = { ...unknown, outcome: 'accepted', evidence: 'accepted' };

const gone = { target: { callId: 'call_missing' } };

type Told = Pick<Listed, 'text' | 'names' | 'wayOut' | 'because'>;

interface Circumstances {
	/** What somebody changed in it after a node had written it. */
	readonly altered?: IDataObject;
	readonly options?: IDataObject;
	readonly prepare?: (stage: Stage) => void;
}

/** What the reason of a receipt says after a look. */
function after(
	told: Told,
	receipt: IDataObject,
	{ altered = {}, options = {}, prepare = () => {} }: Circumstances = {},
): Listed {
	return {
		...told,
		meet: async (stage) => {
			const type = receipt.vendor as string;
			const owner = await accountOf(stage, type);
			prepare(stage);
			const items = [{ ...writtenBy(owner, receipt), ...altered }];
			return await stage.receipt(type, { ...recheck, options }, { items });
		},
	};
}

const again = 'Run the deletion again, or delete it there';
const nothingToDo = 'nothing has to be done';
const switchOn = 'switch on the option Receipts of Other Accounts';
const cannotBeFound = 'the record cannot be found by its receipt';

const flowId = '1120000000000207';

function turnedDown(text: string, items: IDataObject[], item: number): Listed {
	const wayOut = 'Give receipts as the nodes gave them, or set If Not a Receipt to Pass Through';
	return {
		text: `${text}. ${wayOut}`,
		names: 'If Not a Receipt',
		wayOut,
		item,
		meet: async (stage) => await stage.stopped('flyflow', recheck, { items }),
	};
}

export const receipts: readonly Listed[] = [
	after({ text: `A later look still found it at Flyflow. ${again}`, wayOut: again }, unknown),
	after(
		{
			text: `A later look still found it at Kaleyra (it is deprecated, so nobody can use it any more). ${again}`,
			wayOut: again,
		},
		{ ...unknown, vendor: 'kaleyra', resource: 'flow', target: { flowId } },
		{ prepare: ({ sandbox }) => sandbox.kaleyra.put(flowId, 'DEPRECATED') },
	),
	after(
		{
			text: 'No deletion of it was carried out, and a later look found nothing',
			because: nothingToDo,
		},
		{ ...unknown, outcome: 'failed', ...gone },
	),
	after(
		{
			text: 'A later look found nothing. Nothing had shown this record before, so it may have been deleted, or never have been there',
			because: nothingToDo,
		},
		{ ...unknown, ...gone },
	),
	after(
		{
			text: "A later look found nothing, with another key than the deletion, by which the receipt's seal cannot be checked: it may have been deleted, or be at another account",
			because: 'which account it is of, the user alone can know',
		},
		{ ...accepted, ...gone },
		{ altered: { account: '0123456789abcdef' }, options: { otherAccounts: true } },
	),
	after(
		{
			text: 'A later look found nothing. The receipt is not as the node wrote it: its seal does not fit, so it may name another record. Compare it with the original',
			wayOut: 'Compare it with the original',
		},
		accepted,
		{ altered: gone },
	),
	after(
		{
			text: 'A later look found nothing. The receipt was stored without its seal, so nothing shows that it is as the node wrote it. Store the field seal with receipts that are to be rechecked',
			wayOut: 'Store the field seal with receipts that are to be rechecked',
		},
		{ ...accepted, ...gone },
		{ altered: { seal: '' } },
	),
	after(
		{
			text: `Not rechecked: the receipt is from another account, or from this one with another key. If it is from this one, ${switchOn}`,
			names: 'Receipts of Other Accounts',
			wayOut: switchOn,
		},
		accepted,
		{ altered: { account: '0123456789abcdef' } },
	),
	after(
		{
			text: `Not rechecked: the receipt does not say which account it is from. If it is from this one, ${switchOn}`,
			names: 'Receipts of Other Accounts',
			wayOut: switchOn,
		},
		accepted,
		{ altered: { account: '' } },
	),
	after(
		{
			text: 'Not rechecked: the node has no look at Flyflow for the resource "note"',
			because: cannotBeFound,
		},
		{ ...accepted, resource: 'note' },
	),
	after(
		{
			text: 'Not rechecked: its target has no "callId", by which Flyflow finds a record',
			because: cannotBeFound,
		},
		{ ...accepted, target: { noteId: 'n1' } },
	),
	after(
		{ text: 'Not rechecked: its target has a masked "callId"', because: cannotBeFound },
		{ ...accepted, target: { callId: '****01' } },
	),
	after(
		{
			text: 'Not rechecked: its target has a "callId" that cannot be sent as an ID',
			because: cannotBeFound,
		},
		{ ...accepted, target: { callId: '..' } },
	),
	after(
		{
			text: "Not rechecked: Creovai's answer does not say whether the record is there",
			because: 'the next recheck asks again',
		},
		{ ...accepted, vendor: 'creovai', target: { callId: 'c000001', sessionId: 's000001' } },
		{
			prepare: ({ sandbox }) =>
				sandbox.faults.add({
					fault: { kind: 'status', status: 200, body: '{"callSessions":[]}', headers: {} },
					when: ({ url }) => url.includes('/status'),
				}),
		},
	),
	after(
		{
			text: "Not rechecked: the receipt's seal does not fit, so it is not as the node wrote it. Compare it with the original",
			wayOut: 'Compare it with the original',
		},
		{ ...unknown, outcome: 'failed' },
		{ altered: { outcome: 'deleted', evidence: 'rechecked', deleted: true } },
	),
	turnedDown('Item 0 is not a receipt: it has no "outcome"', [{ callId: 'call_1' }], 0),
	turnedDown(
		'The receipt at position 2 in item 0 is not a receipt: it has no "outcome"',
		[{ receipts: [unknown, { callId: 'call_1' }] }],
		0,
	),
	{
		text: "As an AI agent's tool this operation gets no receipts. Put the node behind the nodes that delete, or behind a table that holds their receipts",
		wayOut:
			'Put the node behind the nodes that delete, or behind a table that holds their receipts',
		meet: async () => {
			const node = { type: 'n8n-nodes-call-erasure.flyflowTool', typeVersion: 1 };
			const context = { getNode: () => node, continueOnFail: () => false };
			return await thrownBy(
				async () => await recheckReceipts.execute(context as unknown as IExecuteFunctions),
			);
		},
	},
	{
		text: '2 receipts: 1 rechecked, 1 with another outcome than before; 1 not rechecked: see why in reason; 0 passed through.',
		because: 'it counts',
		meet: async (stage) => {
			const owner = await accountOf(stage, 'flyflow');
			const items = [writtenBy(owner, unknown), accepted];
			return await stage.hint('flyflow', recheck, { items });
		},
	},
	{
		text: '1 receipt: 0 rechecked, 0 with another outcome than before; 1 passed through.',
		because: 'it counts',
		meet: async (stage) => {
			const items = [{ ...accepted, vendor: 'verba' }];
			return await stage.hint('flyflow', recheck, { items });
		},
	},
];
