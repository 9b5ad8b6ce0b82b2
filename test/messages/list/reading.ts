import type { IDataObject } from 'n8n-workflow';

import { readFilters } from '../../../nodes/HappyRobot/call/filters';
import type { Listed } from '../listed';
import { thrownBy } from '../stage';

type Given = readonly [type: string, parameters: IDataObject];

const flyflowCalls = (more: IDataObject): Given => [
	'flyflow',
	{ resource: 'call', operation: 'getAll', ...more },
];
const happyRobotCalls = (filters: IDataObject): Given => [
	'happyRobot',
	{ resource: 'call', operation: 'getAll', filters },
];
const flows = (more: IDataObject): Given => [
	'kaleyra',
	{ resource: 'flow', operation: 'getAll', wabaId: '102290129340398', ...more },
];
const conversations = (more: IDataObject): Given => [
	'verba',
	{
		resource: 'conversation',
		operation: 'search',
		start: '2026-01-01',
		end: '2026-01-02',
		...more,
	},
];

/** A parameter of a reading operation that cannot be used. */
function parameter(names: string, what: string, wayOut: string, [type, given]: Given): Listed {
	return {
		text: `${names} in item 0 ${what}. ${wayOut}`,
		names,
		item: 0,
		wayOut,
		meet: async (stage) => await stage.stopped(type, given),
	};
}

const refill = 'Fill it in or remove the filter';
const correct = 'Correct it or remove the filter';
const again = 'Choose again or remove the filter';

function missing(text: string, wayOut: string, names: string, [type, given]: Given): Listed {
	return {
		text: `${text} (item 0). ${wayOut}`,
		names,
		item: 0,
		wayOut,
		meet: async (stage) => await stage.stopped(type, given),
	};
}

/** The same page, whatever is asked for. */
function samePage(text: string, body: object, [type, given]: Given): Listed {
	return {
		text,
		names: 'Limit',
		wayOut: 'Try again later or use Limit',
		item: 0,
		meet: async (stage) => {
			stage.answers(200, JSON.stringify(body));
			return await stage.stopped(type, given);
		},
	};
}

function noList(vendor: string, type: string, what: string, method: string): Listed {
	return {
		text: `${vendor} did not list its ${what}. Test the credentials, or give the ID`,
		wayOut: 'Test the credentials, or give the ID',
		meet: async (stage) => {
			stage.answers(500);
			return await stage.listed(type, method, '102290129340398');
		},
	};
}

/** What the operations say that change nothing, and the fields that list records. */
export const reading: readonly Listed[] = [
	{
		text: 'Limit in item 0 must be a whole number of at least 1',
		names: 'Limit',
		item: 0,
		wayOut: 'must be a whole number of at least 1',
		meet: async (stage) => await stage.stopped(...flyflowCalls({ limit: 0 })),
	},
	parameter('Agent ID', 'is empty', refill, flyflowCalls({ filters: { agentId: ' ' } })),
	parameter(
		'Client Number',
		'holds a masked number',
		refill,
		flyflowCalls({ filters: { clientNumber: '+1512555****' } }),
	),
	parameter('Search', 'is empty', refill, happyRobotCalls({ search: '' })),
	parameter('Use Case IDs', 'is empty', refill, happyRobotCalls({ useCases: '' })),
	parameter(
		'Agent ID',
		'holds 2 IDs, where one is expected',
		'Give one ID or remove the filter',
		flyflowCalls({ filters: { agentId: 'agent_1, agent_2' } }),
	),
	parameter(
		'Agent ID',
		'looks like a date or a time',
		`${correct}; if IDs really look like that, add the option IDs as Written`,
		flyflowCalls({ filters: { agentId: '2026-11-22' } }),
	),
	parameter(
		'Use Case IDs',
		'holds an invisible or control character',
		correct,
		happyRobotCalls({ useCases: 'a\u200b' }),
	),
	parameter(
		'Search',
		'looks like a date or a time',
		refill,
		happyRobotCalls({ search: '2026-11-22' }),
	),
	parameter(
		'Search',
		'holds letters beside a phone number',
		correct,
		happyRobotCalls({ search: 'tel:+15125551234' }),
	),
	parameter(
		'Search',
		'holds an expression in a field that is set to Fixed',
		correct,
		happyRobotCalls({ search: '{{ $json.name }' }),
	),
	parameter(
		'Use Case IDs',
		'holds "null" (a placeholder for a missing value)',
		`${correct}; if IDs really look like that, add the option IDs as Written`,
		happyRobotCalls({ useCases: 'null' }),
	),
	parameter(
		'Statuses',
		'must be one of AMD Terminated, Busy, Canceled, Completed, Failed, In progress, Initiated, No answer, Queued, Ringing, Scheduled, Transferred',
		again,
		happyRobotCalls({ statuses: ['Gone'] }),
	),
	parameter('Type', 'must be one of Inbound, Outbound', again, happyRobotCalls({ type: 'Lost' })),
	parameter(
		'From',
		'is not a date',
		'Enter one such as 2026-01-31T00:00:00Z',
		happyRobotCalls({ from: 'yesterday' }),
	),
	{
		text: 'The filter "colour" is not known. Remove it',
		names: 'colour',
		wayOut: 'Remove it',
		// n8n itself leaves out what no field of the editor is called.
		meet: async () => await thrownBy(() => readFilters({ colour: 'red' })),
	},
	parameter(
		'Status',
		'must be one of DRAFT, PUBLISHED, THROTTLED, BLOCKED, DEPRECATED',
		'Choose one or remove the filter',
		flows({ filters: { status: 'LOST' } }),
	),
	parameter(
		'Status',
		'must be recorded or ongoing',
		'Choose it again or remove the filter',
		conversations({ filters: { status: 'lost' } }),
	),
	parameter('Number', 'is empty', refill, conversations({ filters: { number: '' } })),
	parameter(
		'Time Zone',
		'holds "Mars", which is not a time zone',
		'Enter one such as Europe/Budapest',
		conversations({ filters: { timeZone: 'Mars' } }),
	),
	parameter(
		'Start',
		'is not a date and time',
		'Enter one such as 2026-01-31 14:30',
		conversations({ start: 'soon' }),
	),
	parameter(
		'Start',
		'must be before End',
		'Change one of them',
		conversations({ end: '2025-01-01' }),
	),
	missing('Flyflow has no call "call_0"', 'Check Call ID', 'Call ID', [
		'flyflow',
		{ resource: 'call', operation: 'get', callId: 'call_0' },
	]),
	missing('HappyRobot has no call "64b7f0c20000000000009999"', 'Check Call ID', 'Call ID', [
		'happyRobot',
		{ resource: 'call', operation: 'get', callId: '64b7f0c20000000000009999' },
	]),
	missing('Kaleyra has no flow "9"', 'Check Flow ID', 'Flow ID', [
		'kaleyra',
		{ resource: 'flow', operation: 'get', flowId: '9' },
	]),
	missing('Verba has no conversation "gone"', 'Check Identify By and Identifier', 'Identifier', [
		'verba',
		{
			resource: 'conversation',
			operation: 'get',
			identifyBy: 'callID',
			identifier: 'gone',
		},
	]),
	samePage(
		'Flyflow keeps giving the same page. Try again later or use Limit',
		{ calls: [{ id: 'call_1' }], cursor: 'again' },
		flyflowCalls({ returnAll: true }),
	),
	samePage(
		'HappyRobot keeps giving the same calls. Try again later or use Limit',
		{ calls: [{ id: 'a' }] },
		['happyRobot', { resource: 'call', operation: 'getAll', returnAll: true }],
	),
	samePage(
		'Kaleyra keeps giving the same page. Try again later or use Limit',
		{ data: [{ id: '1' }], paging: { cursors: { after: 'again' }, next: 'x' } },
		flows({ returnAll: true }),
	),
	{
		text: 'Verba has 100 conversations or more within one second and lists no more at a time. Narrow the search with Name or Number',
		names: 'Number',
		item: 0,
		wayOut: 'Narrow the search with Name or Number',
		meet: async (stage) => {
			stage.sandbox.verba.fill(100);
			for (const [id, conversation] of stage.sandbox.verba.conversations) {
				stage.sandbox.verba.conversations.set(id, {
					...conversation,
					startTime: '2026-01-01 10:00:00',
				});
			}
			const second = { start: '2026-01-01 10:00:00', end: '2026-01-01 10:00:01' };
			return await stage.stopped(...conversations({ ...second, returnAll: true }));
		},
	},
	{
		text: 'Kaleyra gave no usable answer. Check the parameters, and the address in the credentials',
		item: 0,
		wayOut: 'Check the parameters, and the address in the credentials',
		meet: async (stage) => {
			const error = { flow_id: 'The flow_id does not exist.' };
			stage.answers(401, JSON.stringify({ code: 'WA-401', error }));
			return await stage.stopped(...flows({}));
		},
	},
	noList('Flyflow', 'flyflow', 'calls', 'searchCalls'),
	noList('HappyRobot', 'happyRobot', 'calls', 'searchCalls'),
	noList('Kaleyra', 'kaleyra', 'flows', 'searchFlows'),
];
