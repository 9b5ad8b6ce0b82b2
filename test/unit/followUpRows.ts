import { readExample, runCodeNode, type Json } from './exampleWorkflow';

export const example = readExample('follow-up.json');

export type Given = Parameters<typeof runCodeNode>[3];

/** What a Code node of "Follow up" makes of its input. */
export const run = (name: string, input: readonly Json[], others: Given = {}, mode?: 'test') =>
	runCodeNode(example, name, input, others, mode).map(({ json }) => json);

const day = 86_400_000;

/** A moment so many days ago: ISO 8601. */
export const ago = (days: number) => new Date(Date.now() - days * day).toISOString();

let nextId = 1;

/** A row of the table of receipts. */
export const row = (changes: Json = {}): Json => ({
	id: (nextId += 1),
	request: 'r',
	reference: 'r',
	vendor: 'creovai',
	resource: 'call',
	target: 'callId: c1, sessionId: s1',
	outcome: 'accepted',
	evidence: 'accepted',
	deleted: false,
	reason: '',
	account: '9fd36fd2a604702a',
	seen: true,
	duplicate: false,
	seal: 'f00d',
	attempts: 1,
	settledAt: ago(1),
	recheckedAt: null,
	createdAt: ago(1),
	updatedAt: ago(1),
	...changes,
});

/** What n8n gives where there is nothing, under Always Output Data. */
export const none: Json = {};

/** What a look has settled. */
export const settled = {
	outcome: 'deleted',
	evidence: 'rechecked',
	deleted: true,
	recheckedAt: ago(0),
};
