/* eslint max-lines: "off" -- one table of faults, which is read and added to as a whole */
/**
 * The faults that have a name. Each meets every operation that deletes, under every On Error setting,
 * with and without Retry On Fail (meetNamedFaults.ts); a new vendor meets them all by its entry in
 * contract/entries.ts.
 */
import { gzipSync } from 'node:zlib';

import type { Fault, FaultRule } from '../../sandbox/faults/faults';
import type { Sandbox } from '../../sandbox/sandbox';
import type { Unreachable } from '../../sandbox/faults/unreachable';
import { standInOf, type BulkReply, type ContractEntry } from './contract/entry';

/**
 * Milliseconds after which the node gives up a reply, where a fault keeps it waiting: long enough for
 * the good answers beside it on a machine that is busy.
 */
export const shortTimeout = 5000;

/** What a fault comes to, for records that are there. */
export type End =
	/** Erased all the same. */
	| 'erased'
	/** Erased by a request whose reply was lost; the repeat finds nothing. */
	| 'goneAfterRepeat'
	/** No reply came, whatever was tried. */
	| 'lost'
	/** An answer came that says nothing. */
	| 'notUnderstood'
	/** The bulk reply leaves the record out. */
	| 'notMentioned'
	/** The vendor broke down. */
	| 'vendorError'
	/** What stands before the vendor gave up. */
	| 'gatewayError'
	| 'notDelivered'
	/** Told to wait for longer than a run waits: nothing more is sent. */
	| 'pushedBack'
	/** The credentials were turned down: nothing more is sent. */
	| 'badCredentials'
	/** Erased, unless it takes a look afterwards to say so: none can be had any more. */
	| 'unconfirmed';

export interface Scene {
	readonly entry: ContractEntry;
	readonly sandbox: Sandbox;
	/** Another server, to which nothing may go. */
	readonly elsewhere: Sandbox;
}

export interface NamedFault {
	readonly name: string;
	/** The end of each record, in their order; the last one is the end of all that follow. */
	readonly ends: readonly [End, ...End[]];
	/** Their end where what is sent goes out once, because it may mean other records by then. */
	readonly endOfInexact?: End;
	/** What goes wrong with the requests that delete. */
	readonly rules?: (scene: Scene) => readonly FaultRule[];
	/** What stands in the credentials in place of the sandbox's origin. */
	readonly address?: (unreachable: Unreachable) => string;
	/** Which entries it concerns; all where it is left out. */
	readonly concerns?: (entry: ContractEntry) => boolean;
	/** How many records there are; two where it is left out. */
	readonly records?: (entry: ContractEntry) => number;
	/** Which of them it concerns, counted from 0, where it is not all: the others are erased. */
	readonly only?: (index: number) => boolean;
	/** One setting and one try are enough: what a record costs the others is the same in all. */
	readonly onceIsEnough?: true;
	/** The attempts at each record in one try of the node, where that can be said. */
	readonly attempts?: number;
	/** The delete requests that one try of the node sends at most, for all records together. */
	readonly requestsInAll?: number;
	/** The delete requests for one record in one try of the node, at most. */
	readonly requestsForOne?: number;
	/** What is under way at the same time, at most. */
	readonly inFlight?: number;
	/** The sandbox is of no use any more. */
	readonly spoils?: true;
	/** The node has to wait, and does so for no longer than shortTimeout. */
	readonly waits?: true;
}

type Effect = Pick<NamedFault, 'rules'>;

const always = (fault: Fault): Effect => ({ rules: () => [{ fault }] });

/** Goes wrong for the first request of each record, or of all that share a request. */
const once = (fault: Fault): Effect => ({
	rules: ({ entry }) => [{ fault, times: entry.perRequest === 1 ? 2 : 1 }],
});

const status = (code: number, headers: Readonly<Record<string, string>> = {}): Fault => ({
	kind: 'status',
	status: code,
	headers,
});

const unreachable: readonly NamedFault[] = (
	[
		['connection refused', 'refused'],
		['name not found', 'unknownHost'],
		['TLS refused: the server speaks plain HTTP', 'plainHttp'],
		['TLS refused: the certificate is self-signed', 'selfSigned'],
	] as const
).map(([name, where]) => ({
	name,
	ends: ['notDelivered'],
	address: (servers) => servers[where],
}));

/** Whether a good answer can be spoilt on its way. */
function hasBody({ answersEmpty }: ContractEntry): boolean {
	return answersEmpty !== true;
}

/** Carried out, and then no answer that arrives whole and in time. */
const lostReplies: readonly NamedFault[] = [
	{ name: 'reset after the record is deleted', fault: { kind: 'resetAfter' } as const },
	{
		name: 'the answer broken off in the middle',
		fault: { kind: 'cutOff' } as const,
		concerns: hasBody,
	},
	{
		name: 'the answer after the timeout',
		fault: { kind: 'late', ms: 2 * shortTimeout } as const,
		waits: true as const,
	},
	{
		name: 'an answer that drips without an end',
		fault: { kind: 'trickle', everyMs: 50 } as const,
		waits: true as const,
		concerns: hasBody,
	},
].flatMap(({ name, fault, ...others }): NamedFault[] => [
	{
		...others,
		...once(fault),
		name: `${name}, once`,
		ends: ['goneAfterRepeat'],
		endOfInexact: 'lost',
		attempts: 2,
	},
	lostForEver(name, fault, others),
]);

function lostForEver(
	name: string,
	fault: Fault,
	others: Pick<NamedFault, 'waits' | 'concerns'>,
): NamedFault {
	return {
		...others,
		...always(fault),
		name: `${name}, for ever`,
		ends: ['lost'],
		endOfInexact: 'lost',
		attempts: 4,
	};
}

const neverCarriedOut: readonly NamedFault[] = [
	{ name: 'reset before the record is deleted', fault: { kind: 'resetBefore' } as const },
	{ name: 'no answer', fault: { kind: 'noAnswer' } as const, waits: true as const },
].flatMap(({ name, fault, ...others }): NamedFault[] => [
	{
		...others,
		...once(fault),
		name: `${name}, once`,
		ends: ['erased'],
		endOfInexact: 'lost',
		attempts: 2,
	},
	lostForEver(name, fault, others),
]);

const brokenDown: Fault = { kind: 'garble', status: 500, change: () => '' };

/** Carried out, and then the vendor breaks down. */
const brokenDownAfter: readonly NamedFault[] = [
	{
		...once(brokenDown),
		name: '500 after the record is deleted, once',
		ends: ['goneAfterRepeat'],
		endOfInexact: 'gatewayError',
		attempts: 2,
	},
	{
		...always(brokenDown),
		name: '500 after the record is deleted, for ever',
		ends: ['gatewayError'],
		endOfInexact: 'gatewayError',
		attempts: 4,
	},
];

const serverErrors: readonly NamedFault[] = (
	[
		[500, 'gatewayError'],
		[503, 'gatewayError'],
		[502, 'gatewayError'],
		[504, 'gatewayError'],
	] as const
).flatMap(([code, end]): NamedFault[] => [
	{
		name: `${code} once`,
		ends: ['erased'],
		endOfInexact: 'gatewayError',
		attempts: 2,
		...once(status(code)),
	},
	{
		name: `${code} for ever`,
		ends: [end],
		endOfInexact: 'gatewayError',
		attempts: 4,
		...always(status(code)),
	},
]);

/** The vendor says that it did not take the request on. */
const notTakenOn: readonly NamedFault[] = [421, 425].map((code) => ({
	name: `${code} for ever`,
	ends: ['vendorError'],
	attempts: 4,
	...always(status(code)),
}));

/** A date a second from now by the vendor's clock, which is so many years ahead of ours. */
function afterOneSecond(yearsAhead: number): Readonly<Record<string, string>> {
	const now = Date.now() + yearsAhead * 365 * 86_400_000;
	const write = (ms: number) => new Date(ms).toUTCString();
	return { date: write(now), 'retry-after': write(now + 1000) };
}

const storms: readonly NamedFault[] = [
	...Object.entries<() => Readonly<Record<string, string>>>({
		'without Retry-After': () => ({}),
		'with Retry-After: 0': () => ({ 'retry-after': '0' }),
		'with Retry-After in seconds': () => ({ 'retry-after': '1' }),
		'with Retry-After as a date': () => afterOneSecond(0),
		'with Retry-After by a clock a year ahead': () => afterOneSecond(1),
		'with Retry-After by a clock a year behind': () => afterOneSecond(-1),
		'with a negative Retry-After': () => ({ 'retry-after': '-30' }),
		'with a Retry-After that is no time': () => ({ 'retry-after': 'soon, perhaps' }),
	}).map(([words, headers]): NamedFault => ({
		name: `429 and 503 in a storm, ${words}`,
		ends: ['erased'],
		// What may be sent only once is sent again after 429 alone.
		rules: ({ entry }) =>
			[429, entry.inexact === true ? 429 : 503, 429].map((code) => ({
				fault: status(code, headers()),
				times: 1,
			})),
	})),
	...[
		['of a day', '86400'],
		['beyond all numbers', '9'.repeat(30)],
		['until the next century', 'Thu, 01 Jan 2126 00:00:00 GMT'],
	].map(([words, wait = '']): NamedFault => ({
		name: `429 with a Retry-After ${words}`,
		ends: ['pushedBack'],
		requestsInAll: 1,
		...always(status(429, { 'retry-after': wait })),
	})),
];

/**
 * What the vendor cannot cope with, among other records. The last few are good, so that there is
 * always one to tell by that it is not the vendor.
 */
const ofSomeRecords: readonly NamedFault[] = (
	[
		['429', status(429), 'pushedBack'],
		['429 with Retry-After', status(429, { 'retry-after': '1' }), 'pushedBack'],
		['503', status(503), 'gatewayError'],
		['503 with Retry-After', status(503, { 'retry-after': '1' }), 'gatewayError'],
		['500', status(500), 'gatewayError'],
		['the reply lost', { kind: 'resetAfter' }, 'lost'],
	] as ReadonlyArray<[string, Fault, End]>
).flatMap(([name, fault, end]) =>
	(
		[
			['for one record', 20, (index) => index === 3],
			['for one record in ten', 40, (index) => index % 10 === 3],
			['for the first eight records', 40, (index) => index < 8],
		] as ReadonlyArray<[string, number, (index: number) => boolean]>
	).map(([which, records, only]): NamedFault => ({
		...always(fault),
		name: `${name}, for ever, ${which}`,
		ends: [end],
		only,
		concerns: ({ perRequest, inexact, looksFirst }) =>
			perRequest === 1 && inexact !== true && looksFirst !== true,
		records: () => records,
		requestsForOne: 5,
		inFlight: 8,
		onceIsEnough: true,
	})),
);

const gzipped = { 'content-encoding': 'gzip' } as const;

const bodies: readonly NamedFault[] = [
	{
		name: 'gzip',
		ends: ['erased'],
		attempts: 1,
		...always({ kind: 'garble', headers: gzipped, change: (payload) => gzipSync(payload) }),
	},
	...Object.entries<Fault>({
		'gzip that is none': { kind: 'garble', headers: gzipped, change: (payload) => payload },
		'gzip cut in half': {
			kind: 'garble',
			headers: gzipped,
			change: (payload) => half(gzipSync(payload)),
		},
		'an answer cut in half': { kind: 'garble', change: (payload) => half(payload) },
		'an answer with a bracket too many': { kind: 'garble', change: (payload) => `<{${payload}` },
		'an answer of zeros': { kind: 'garble', change: ({ length }) => Buffer.alloc(length) },
		'HTML with 200': {
			kind: 'status',
			status: 200,
			headers: { 'content-type': 'text/html' },
			body: '<!DOCTYPE html><html><body><form>Sign in</form></body></html>',
		},
	}).map(([name, fault]): NamedFault => ({
		name,
		ends: ['notUnderstood'],
		attempts: 1,
		...(fault.kind === 'garble' ? { concerns: hasBody } : {}),
		...always(fault),
	})),
	...Object.entries<Fault>({
		'an empty answer with 200': { kind: 'garble', change: () => '' },
		'204 in place of an answer': status(204),
	}).map(([name, fault]): NamedFault => ({
		name,
		ends: ['notUnderstood'],
		attempts: 1,
		concerns: hasBody,
		...always(fault),
	})),
];

function half<T extends string | Buffer>(whole: T): T {
	return whole.slice(0, Math.floor(whole.length / 2)) as T;
}

const redirects: readonly NamedFault[] = [301, 302, 303, 307, 308].map((code) => ({
	name: `redirect to another host with ${code}`,
	ends: ['notUnderstood'],
	attempts: 1,
	rules: ({ entry, elsewhere }) => [
		{ fault: status(code, { location: `${elsewhere.address(standInOf(entry))}/elsewhere` }) },
	],
}));

/** One request goes well, and before the vendor sees the next, something happens to the account. */
function inTheMiddle(happens: (scene: Scene) => void): Effect {
	return {
		rules: (scene) => [
			{ fault: { kind: 'meanwhile', happens: () => happens(scene) }, after: 1, times: 1 },
		],
	};
}

/** A whole first request, and a second. */
const twoMore = ({ perRequest }: ContractEntry) => perRequest + 2;

const accountOf = ({ entry, sandbox }: Scene) =>
	sandbox.everyVendor().find(({ name }) => name === standInOf(entry));

const credentials: readonly NamedFault[] = [
	{
		name: 'a token that runs out in the middle of the run',
		ends: ['erased'],
		concerns: ({ renewable }) => renewable,
		records: twoMore,
		// The request with the old token goes out up to three times: n8n 1.x needs one more to see it.
		requestsInAll: 5,
		inFlight: 1,
		...inTheMiddle((scene) => accountOf(scene)?.revokeTokens?.()),
	},
	{
		name: 'credentials that are revoked in the middle of the run',
		ends: ['unconfirmed', 'badCredentials'],
		// A whole second request as well, so that a third can be missed.
		records: ({ perRequest }) => 2 * perRequest + 1,
		// Where a token can be renewed, the request goes out once more before the answer is believed.
		requestsInAll: 3,
		inFlight: 1,
		spoils: true,
		...inTheMiddle((scene) => accountOf(scene)?.revokeCredentials()),
	},
];

type Entry = Readonly<Record<string, unknown>>;

const changesOfBulkReplies: ReadonlyArray<{
	readonly name: string;
	readonly ends: NamedFault['ends'];
	readonly change: (entries: readonly Entry[], reply: BulkReply) => readonly unknown[];
}> = [
	{ name: 'reordered', ends: ['erased'], change: (entries) => entries.toReversed() },
	{ name: 'doubled', ends: ['erased'], change: (entries) => [...entries, ...entries] },
	{
		name: 'alien entries among them',
		ends: ['erased'],
		change: ([first, ...others], { identifier }) => [
			{ ...first, [identifier]: 'alien' },
			first,
			null,
			'alien',
			...others,
			{},
		],
	},
	{
		name: 'one missing',
		ends: ['erased', 'notMentioned', 'erased'],
		change: ([first, , ...others]) => [first, ...others],
	},
	{ name: 'all missing', ends: ['notMentioned'], change: () => [] },
	{
		name: 'one under a wrong ID',
		ends: ['erased', 'notMentioned', 'erased'],
		change: ([first, second, ...others], { identifier }) => [
			first,
			{ ...second, [identifier]: 'alien' },
			...others,
		],
	},
	{
		name: "one under another's ID",
		ends: ['erased', 'notMentioned', 'erased'],
		change: ([first, second, ...others], { identifier }) => [
			first,
			{ ...second, [identifier]: first?.[identifier] },
			...others,
		],
	},
	{
		name: 'one contradicted by another',
		ends: ['erased', 'notUnderstood', 'erased'],
		change: (entries, { contradiction }) => [{ ...entries[1], ...contradiction }, ...entries],
	},
	{
		name: 'one without words',
		ends: ['erased', 'notUnderstood', 'erased'],
		change: ([first, second, ...others], { identifier }) => [
			first,
			{ [identifier]: second?.[identifier] },
			...others,
		],
	},
];

const bulkReplies: readonly NamedFault[] = changesOfBulkReplies.map(({ name, ends, change }) => ({
	name: `the entries of a bulk reply: ${name}`,
	ends,
	concerns: ({ bulkReply, perRequest }) => bulkReply !== undefined && perRequest > 1,
	records: () => 3,
	attempts: 1,
	rules: ({ entry }) => [{ fault: changeEntries(entry, change) }],
}));

function changeEntries(
	{ bulkReply }: ContractEntry,
	change: (typeof changesOfBulkReplies)[number]['change'],
): Fault {
	if (bulkReply === undefined) throw new Error('The entry does not say how a bulk reply looks');
	const { list } = bulkReply;
	return {
		kind: 'garble',
		change: (payload) => {
			const reply = JSON.parse(payload) as Record<string, Entry[]>;
			return JSON.stringify({ ...reply, [list]: change(reply[list] ?? [], bulkReply) });
		},
	};
}

export const namedFaults: readonly NamedFault[] = [
	...unreachable,
	...lostReplies,
	...neverCarriedOut,
	...brokenDownAfter,
	...serverErrors,
	...notTakenOn,
	...ofSomeRecords,
	...storms,
	...bodies,
	...redirects,
	...credentials,
	...bulkReplies,
];
