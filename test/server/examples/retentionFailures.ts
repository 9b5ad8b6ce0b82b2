import type { Sandbox } from '../../../sandbox/sandbox';
import { nodeOf, type Example } from './published';
import { deactivate, refuse } from './sideBySide';

const day = 86_400_000;

export const verbaId = (number: number) => `a8343631-9f35-4a3a-83f0-00000000000${number}`;

/** Call or conversation 1 is the oldest, by age in days. */
const ages = [400, 91, 89, 1];

export function fill({ flyflow, verba }: Sandbox): void {
	flyflow.fill(5);
	verba.fill(5);
	for (const [index, age] of ages.entries()) {
		const time = new Date(Date.now() - age * day).toISOString();
		const id = `call_${index + 1}`;
		flyflow.calls.set(id, { ...flyflow.calls.get(id)!, created_at: time });
		const conversation = verba.conversations.get(verbaId(index + 1))!;
		const startTime = time.slice(0, 19).replace('T', ' ');
		verba.conversations.set(conversation.id, { ...conversation, startTime });
	}
	// One without a time at Flyflow, and an old one that is to be kept at Verba.
	const { created_at: _, ...undated } = flyflow.calls.get('call_5')!;
	flyflow.calls.set('call_5', undated as never);
	const kept = verba.conversations.get(verbaId(5))!;
	const longAgo = { ...kept, startTime: '2020-02-29 12:00:00', doNotDelete: true };
	verba.conversations.set(kept.id, longAgo);
}

const oldCalls = ['flyflow call_1', 'flyflow call_2'];

const oldConversations = [`verba ${verbaId(1)}`, `verba ${verbaId(2)}`];

const unusableDates = ['', 7, { seconds: 7 }, [], 'yesterday', '0001-01-01T00:00:00Z', false];

/** What goes wrong, what is gone afterwards, and what is in the table beside the rows of what is gone. */
export const failures: ReadonlyArray<{
	readonly what: string;
	readonly prepare?: (sandbox: Sandbox) => void;
	/** What somebody has done to the example. */
	readonly change?: (copy: Example) => void;
	readonly lostCredential?: string;
	readonly gone: readonly string[];
	readonly others: readonly string[];
	readonly reason: RegExp;
}> = [
	{
		what: "Flyflow's list",
		prepare: (sandbox) => refuse(sandbox, /^GET .*flyflow.*calls/),
		gone: oldConversations,
		others: ['flyflow failed '],
		reason: /The search failed, so nothing was deleted here: Flyflow/,
	},
	{
		what: "Verba's search",
		prepare: (sandbox) => refuse(sandbox, /verba.*SearchCalls/i),
		gone: oldCalls,
		others: ['verba failed '],
		reason: /The search failed, so nothing was deleted here: Verba/,
	},
	{
		what: 'both searches',
		prepare: (sandbox) => refuse(sandbox, /calls/i),
		gone: [],
		others: ['flyflow failed ', 'verba failed '],
		reason: /The search failed/,
	},
	{
		what: "Flyflow's deletions",
		prepare: (sandbox) => refuse(sandbox, /^DELETE .*flyflow/),
		gone: oldConversations,
		others: ['flyflow refused callId: call_1', 'flyflow refused callId: call_2'],
		reason: /403/,
	},
	{
		what: "Verba's deletions",
		prepare: (sandbox) => refuse(sandbox, /verba.*DeleteCall/),
		gone: oldCalls,
		others: [`verba refused callID: ${verbaId(1)}`, `verba refused callID: ${verbaId(2)}`],
		reason: /403/,
	},
	{
		what: "Flyflow's list, deactivated",
		change: (copy) => deactivate(copy, 'All calls at Flyflow'),
		gone: oldConversations,
		others: ['flyflow failed '],
		reason: /The search failed, so nothing was deleted here: the node "All calls at Flyflow" is d/,
	},
	{
		what: "Verba's search, deactivated",
		change: (copy) => deactivate(copy, 'Old conversations at Verba'),
		gone: oldCalls,
		others: ['verba failed '],
		reason: /The search failed, so nothing was deleted here: the node "Old conversations at Verb/,
	},
	{
		what: "Flyflow's deletions, deactivated",
		change: (copy) => deactivate(copy, 'Delete at Flyflow'),
		gone: oldConversations,
		others: ['flyflow unknown callId: call_1', 'flyflow unknown callId: call_2'],
		reason: /gave no receipt: it is deactivated, or broke down$/,
	},
	{
		what: "Verba's search, whose On Error was set to use the error output",
		prepare: (sandbox) => refuse(sandbox, /verba.*SearchCalls/i),
		change: (copy) => {
			const node = nodeOf(copy, 'Old conversations at Verba');
			Object.assign(node, { onError: 'continueErrorOutput' });
		},
		gone: oldCalls,
		others: ['verba failed '],
		reason: /The search failed, so nothing was deleted here: Verba/,
	},
	{
		what: "Flyflow's credential, which cannot be read",
		lostCredential: 'flyflowApi',
		gone: oldConversations,
		others: ['flyflow failed '],
		reason: /The search failed, so nothing was deleted here: .*[Cc]redential/,
	},
	{
		what: "Verba's credential, which cannot be read",
		lostCredential: 'verbaApi',
		gone: oldCalls,
		others: ['verba failed '],
		reason: /The search failed, so nothing was deleted here: .*[Cc]redential/,
	},
	{
		what: 'dates that are none',
		prepare: ({ flyflow }) => {
			for (const [index, date] of unusableDates.entries()) {
				const call = { ...flyflow.calls.get('call_3')!, id: `odd_${index}`, created_at: date };
				flyflow.calls.set(call.id, call as never);
			}
		},
		gone: [...oldCalls, ...oldConversations],
		others: unusableDates.map((_, index) => `flyflow skipped callId: odd_${index}`),
		reason: /^created_at is .*: that is not a date to tell the call's age by, so it stays$/,
	},
];
