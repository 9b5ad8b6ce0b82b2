import type { IDataObject } from 'n8n-workflow';

import { describeNotErased } from '../../../nodes/shared/receipts/notErased';
import { hintFor } from '../../../nodes/shared/receipts/summary';
import { summarise } from '../../../nodes/shared/receipts/tally';
import type { Receipt } from '../../../erasure/receipt';
import { hintsBeforeRun, type Placed } from '../../unit/editorExpressions';
import type { Listed } from '../listed';

const deleteCall = { resource: 'call', operation: 'delete' };
const ids = (callId: string) => ({ ...deleteCall, callId });
const counted = 'it tells what was done';

function hint(text: string, type: string, parameters: IDataObject): Listed {
	return {
		text: `${text} Took ‹time›.`,
		because: counted,
		meet: async (stage) => await stage.hint(type, parameters),
	};
}

const receipts =
	"To see them as items, set On Error to Continue (using error output) in the node's settings.";

/** The sentence about the receipts, cut short; it stands whole once below. */
const stored = `All receipts are stored with the execution‹where›. ${receipts}`;

const preview = (of: string, wayOut: string, type: string, parameters: IDataObject): Listed => ({
	text: `Preview: nothing was ${of}. ${wayOut} Took ‹time›.`,
	names: 'Deletion Mode',
	wayOut,
	meet: async (stage) => await stage.hint(type, { ...parameters, deletionMode: 'preview' }),
});

const toDelete = 'To delete, run the workflow in production or set Deletion Mode to Always Delete.';

const finished = { deletion: { noun: { one: '', many: 'conversations' }, defaults: {} } };

const aboutOnError = "In this node's Settings, set On Error to Continue (using error output).";

/** What the output pane says before the node has run, first or second. */
const beforeRun = (
	text: string,
	wayOut: string | undefined,
	placed: Placed,
	index = 0,
): Listed => ({
	text,
	...(wayOut === undefined ? { because: 'it says what will happen' } : { wayOut }),
	meet: async () => ({ text: (await hintsBeforeRun(placed))[index]?.message ?? '' }),
});

/** The counts above the output, and the one message under On Error = Stop. */
export const summaries: readonly Listed[] = [
	beforeRun(
		'A test run previews: nothing is deleted. Once the workflow is published, each run deletes, for good.',
		undefined,
		{ vendor: 'Flyflow', parameters: deleteCall },
	),
	beforeRun(
		"As an AI agent's tool this previews: nothing is deleted. To delete, set Deletion Mode to Always Delete.",
		'set Deletion Mode to Always Delete',
		{ vendor: 'Flyflow', parameters: deleteCall, asTool: true },
	),
	beforeRun(
		'Previews in test runs and once the workflow is published: nothing is deprecated. To deprecate, choose another Deletion Mode.',
		'choose another Deletion Mode',
		{
			vendor: 'Kaleyra',
			parameters: { resource: 'flow', operation: 'deprecate', deletionMode: 'preview' },
		},
	),
	beforeRun(
		'Each run deletes, for good, test runs too. To see first what would be deleted, choose another Deletion Mode.',
		'choose another Deletion Mode',
		{ vendor: 'Flyflow', parameters: { ...deleteCall, deletionMode: 'delete' } },
	),
	beforeRun(
		`With On Error set to Stop Workflow, as n8n presets it, one record that is not erased hides the receipts of all others. ${aboutOnError}`,
		aboutOnError,
		{ vendor: 'Flyflow', parameters: deleteCall },
		1,
	),
	hint('2 calls: 1 deleted, 1 not found.', 'flyflow', ids('call_1,call_gone')),
	hint('1 call: 1 accepted for deletion.', 'creovai', {
		resource: 'call',
		operation: 'purgeByCallId',
		callId: 'c000001',
	}),
	{
		text: '0 conversations: nothing to do.',
		because: counted,
		// Without items n8n does not even start a node.
		meet: async () =>
			await Promise.resolve({ text: hintFor(finished as never, summarise([])).message }),
	},
	{
		text: `All in all: ‹counts›\nAll receipts are stored with the execution, and an error workflow gets them as execution.error.context.receipts. ${receipts}\n‹records›`,
		wayOut: receipts,
		meet: async (stage) => {
			stage.answers(403);
			return await stage.described('flyflow', ids('call_1'));
		},
	},
	{
		text: `All in all: 1 failed.\n${stored}\nFailed (Call ID is empty in item 0‹way out›): unusable input.`,
		names: 'Call ID',
		item: 0,
		wayOut: receipts,
		// It goes with a try that n8n repeats.
		meet: async () => {
			const message = 'Call ID is empty in item 0. Check the expression or the data that it reads';
			const receipt = {
				...{ deleted: false, outcome: 'failed', evidence: 'none', vendor: '', resource: '' },
				...{ target: {}, attempts: 0, at: '', reason: { code: 'badInput', message } },
			} as Receipt;
			const tally = summarise([{ receipt, success: false }]);
			const { description } = describeNotErased(finished as never, tally);
			return await Promise.resolve({ text: description });
		},
	},
	preview(
		'deleted. 4 calls: 2 would be deleted, 1 not found, 1 duplicate',
		toDelete,
		'flyflow',
		ids('call_1,call_2,call_gone,call_1'),
	),
	preview('deleted. 1 call: 1 would be sent without a look-up', toDelete, 'creovai', {
		resource: 'call',
		operation: 'purgeByCallId',
		callId: 'c000001',
	}),
	preview('deleted. 1 call: 1 would be accepted for deletion', toDelete, 'creovai', {
		resource: 'call',
		operation: 'purgeByCustomer',
		phoneNumber: '+15125551001',
	}),
	{
		text: 'Preview: nothing was deprecated. 2 flows: 1 would be deprecated, 1 would be refused. To deprecate, run the workflow in production or set Deletion Mode to Always Deprecate. Took ‹time›.',
		names: 'Deletion Mode',
		wayOut: 'set Deletion Mode to Always Deprecate',
		meet: async (stage) => {
			stage.sandbox.kaleyra.put('1120000000000099', 'PUBLISHED');
			const parameters = { resource: 'flow', operation: 'deprecate', deletionMode: 'preview' };
			return await stage.hint('kaleyra', {
				...parameters,
				flowId: '1120000000000099,1120000000000001',
			});
		},
	},
	{
		text: '5 of 6 calls were not erased',
		wayOut: '',
		because: 'the sentence below it says how to get each receipt',
		meet: async (stage) => {
			stage.sandbox.faults.add({
				fault: { kind: 'status', status: 403 },
				when: ({ url }) => !url.endsWith('/call_1'),
			});
			return await stage.stopped('flyflow', ids('call_1,call_2,call_3,call_4,call_5,call_6'));
		},
	},
	{
		text: `All in all: 1 deleted, 4 refused. Took ‹time›.\n${stored}\nRefused (‹reason›): call_2, call_3, call_4, call_5.\nDeleted: call_1.`,
		wayOut: receipts,
		meet: async (stage) => {
			stage.sandbox.faults.add({
				fault: { kind: 'status', status: 403 },
				when: ({ url }) => !url.endsWith('/call_1'),
			});
			return await stage.described('flyflow', ids('call_1,call_2,call_3,call_4,call_5'));
		},
	},
	{
		text: `All in all: 2 refused (1 duplicate among them). Took ‹time›.\n${stored}\nRefused (‹reason›): call_1.`,
		wayOut: receipts,
		meet: async (stage) => {
			stage.answers(403);
			return await stage.described('flyflow', ids('call_1,call_1'));
		},
	},
	{
		text: `All in all: 51 refused. Took ‹time›.\n${stored}\nRefused (‹reason›): call_1, ‹names›, call_50 and 1 more.`,
		wayOut: receipts,
		meet: async (stage) => {
			stage.answers(403);
			const many = Array.from({ length: 51 }, (_, index) => `call_${index + 1}`);
			return await stage.described('flyflow', ids(many.join(',')));
		},
	},
	{
		text: 'Nobody can say whether 1 of 1 call was erased',
		because: 'the sentence below it says how to get each receipt',
		meet: async (stage) => {
			stage.answers(200, '<html>Sign in</html>');
			return await stage.stopped('flyflow', ids('call_1'));
		},
	},
	{
		text: '1 of 2 calls was not erased, and 1 is uncertain',
		because: 'the sentence below it says how to get each receipt',
		meet: async (stage) => {
			stage.sandbox.faults.add({
				fault: { kind: 'status', status: 403 },
				when: ({ url }) => url.endsWith('/call_1'),
			});
			stage.answers(200, '<html>Sign in</html>');
			return await stage.stopped('flyflow', ids('call_1,call_2'));
		},
	},
	{
		text: 'Preview: nothing was deleted. 1 call: 1 not found. Check the IDs or numbers that were given, and which account the credentials are for. Took ‹time›.',
		wayOut: 'Check the IDs or numbers that were given',
		meet: async (stage) =>
			await stage.hint('flyflow', { ...ids('call_gone'), deletionMode: 'preview' }),
	},
	{
		text: 'Nothing was found. 1 call: 1 not found. Check the IDs or numbers that were given, and which account the credentials are for. Took ‹time›.',
		wayOut: 'Check the IDs or numbers that were given',
		meet: async (stage) => await stage.hint('flyflow', ids('call_gone')),
	},
	{
		text: '1 of 1 call was not found',
		because: 'the sentence below it says how to get each receipt',
		meet: async (stage) =>
			await stage.stopped('flyflow', { ...ids('call_gone'), options: { ifNotFound: 'fail' } }),
	},
	{
		text: '1 of 1 call was not previewed',
		because: 'the sentence below it says how to get each receipt',
		meet: async (stage) => {
			stage.answers(403);
			return await stage.stopped('flyflow', { ...ids('call_1'), deletionMode: 'preview' });
		},
	},
];
