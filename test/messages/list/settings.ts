import type { IExecuteFunctions, INode } from 'n8n-workflow';

import { checkToolInput } from '../../../nodes/shared/parameters/toolInput';
import type { Listed } from '../listed';
import { thrownBy } from '../stage';

const deleteCall = { resource: 'call', operation: 'delete', callId: 'call_1' };

const nothingSent = 'it is the second half of a message';

/** An option that an expression filled with something that cannot be used. */
function option(name: string, value: unknown, displayName: string, expected: string): Listed {
	return {
		text: `${displayName} in the node's options must be ${expected}`,
		names: displayName,
		wayOut: `must be ${expected}`,
		meet: async (stage) =>
			await stage.stopped('flyflow', { ...deleteCall, options: { [name]: value } }),
	};
}

function mode(mode: 'integrated' | 'retry', why: string, wayOut: string): Listed {
	return {
		text: `${why}. ${wayOut}`,
		names: 'Deletion Mode',
		wayOut,
		meet: async (stage) => await stage.stopped('flyflow', deleteCall, { mode }),
	};
}

/** What is wrong with what holds for the whole run: nothing is sent then. */
export const settings: readonly Listed[] = [
	option('requestsPerSecond', -1, 'Requests per Second', 'a number of at least 0'),
	option('maxConcurrency', 0, 'Maximum Concurrency', 'a number of at least 1'),
	option('maxConcurrency', 1.5, 'Maximum Concurrency', 'a whole number of at least 1'),
	option('maxConcurrency', 1000, 'Maximum Concurrency', 'a whole number of at most 256'),
	option('maximumTargets', 0, 'Maximum Targets', 'a number of at least 1'),
	option('timeout', 0, 'Timeout', 'a number of at least 1'),
	option('recheck', 'false', 'Recheck', 'true or false'),
	option('includeVendorResponse', 'no', 'Include Vendor Response', 'true or false'),
	option('ifNotFound', 'ignore', 'If Not Found', 'one of succeed, fail'),
	option('approvedPlan', 5, 'Approved Plan', 'text'),
	option('approvedPlan', ' ', 'Approved Plan', 'a plan. Remove the option if none is needed'),
	{
		text: 'Deletion Mode must be one of auto, delete, preview. Choose it again',
		names: 'Deletion Mode',
		wayOut: 'Choose it again',
		meet: async (stage) =>
			await stage.stopped('flyflow', { ...deleteCall, deletionMode: 'Delete' }),
	},
	{
		text: 'The model gave the tool "query" beside its parameters, which hides from a reviewer what would be used. Let it call the tool again with the parameters alone',
		names: 'query',
		wayOut: 'Let it call the tool again with the parameters alone',
		meet: async () => {
			const node = { type: 'n8n-nodes-call-erasure.flyflowTool' } as INode;
			const items = [{ json: { callIds: 'call_1', query: { callIds: 'call_2' } } }];
			const context = { getNode: () => node, getInputData: () => items };
			return await thrownBy(() => checkToolInput(context as unknown as IExecuteFunctions));
		},
	},
	mode(
		'integrated',
		'This workflow was started by another one, so n8n does not say whether this is a test run',
		'Set Deletion Mode to Always Delete or Always Preview',
	),
	mode(
		'retry',
		'This is a retry of an earlier execution, and n8n does not say whether that was a test run',
		'Run the workflow anew, or set Deletion Mode to Always Delete or Always Preview',
	),
	{
		text: 'The operation "shred" for "call" is not known. Choose Resource and Operation again',
		names: 'Operation',
		wayOut: 'Choose Resource and Operation again',
		meet: async (stage) => await stage.stopped('flyflow', { ...deleteCall, operation: 'shred' }),
	},
	{
		text: 'Purge Strategy is not known. Choose it again',
		names: 'Purge Strategy',
		wayOut: 'Choose it again',
		meet: async (stage) =>
			await stage.stopped('creovai', {
				resource: 'call',
				operation: 'purgeByCustomer',
				phoneNumber: '+15125551001',
				purgeStrategy: 'all',
			}),
	},
	{
		text: "National Form of Country Code in the node's options must be the code of one country, such as 1 or 49",
		names: 'National Form of Country Code',
		wayOut: 'must be the code of one country, such as 1 or 49',
		meet: async (stage) =>
			await stage.stopped('creovai', {
				resource: 'call',
				operation: 'purgeByCustomer',
				phoneNumber: '+15125551001',
				options: { otherNotations: { notations: { nationalOf: 'US' } } },
			}),
	},
	{
		text: 'An Approved Plan names calls, but Purge by Phone Number purges whatever calls the number has by then. Set Purge Strategy to Find, Then Purge Exactly Those, or remove the plan',
		names: 'Approved Plan',
		wayOut: 'Set Purge Strategy to Find, Then Purge Exactly Those, or remove the plan',
		meet: async (stage) =>
			await stage.stopped('creovai', {
				resource: 'call',
				operation: 'purgeByCustomer',
				phoneNumber: '+15125551001',
				purgeStrategy: 'direct',
				options: { approvedPlan: 'sha256:0' },
			}),
	},
	{
		text: 'The records to delete are not those of the Approved Plan. Preview again and approve what it shows',
		names: 'Approved Plan',
		wayOut: 'Preview again and approve what it shows',
		meet: async (stage) =>
			await stage.stopped('flyflow', { ...deleteCall, options: { approvedPlan: 'sha256:0' } }),
	},
	{
		text: "There are 2 calls to delete, and Maximum Targets allows 1. Raise it in the node's options if that is meant",
		names: 'Maximum Targets',
		wayOut: "Raise it in the node's options if that is meant",
		meet: async (stage) =>
			await stage.stopped('flyflow', {
				...deleteCall,
				callId: 'call_1,call_2',
				options: { maximumTargets: 1 },
			}),
	},
	{
		text: 'Nothing was sent.',
		because: nothingSent,
		meet: async (stage) =>
			await stage.described('flyflow', { ...deleteCall, options: { maximumTargets: 0 } }),
	},
	{
		text: 'Nothing was sent.',
		because: nothingSent,
		meet: async (stage) => await stage.described('flyflow', { ...deleteCall, callId: 'undefined' }),
	},
];
