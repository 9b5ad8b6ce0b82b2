/**
 * Whatever reads text from outside (replies, headers, what a user or an expression gives) does so in
 * time that grows with the length of the text: one that is tried again at each character would hold
 * up all of n8n, which has one thread. Each meets 1 MB of what is worst for it.
 */
import { describe, expect, test } from '@jest/globals';

import { boundDepth, boundReply } from '../../erasure/bounds';
import { readIdentifiers } from '../../erasure/identifier';
import { maskPhoneNumber, quoteVendor } from '../../erasure/mask';
import { asRecord, parseJson, showReply, type Answer } from '../../erasure/reply';
import { readRetryAfter } from '../../erasure/retryAfter';
import * as creovai from '../../nodes/Creovai/call/purgeReply';
import { readFound } from '../../nodes/Creovai/call/customerReply';
import { matchEcho } from '../../erasure/echo';
import { readStatuses } from '../../nodes/Creovai/call/statusReply';
import { readPage as readFlyflowPage } from '../../nodes/Flyflow/call/callPages';
import * as flyflow from '../../nodes/Flyflow/call/callReply';
import { readPage as readHappyRobotPage } from '../../nodes/HappyRobot/call/callPages';
import * as happyRobotCall from '../../nodes/HappyRobot/call/delete';
import { readFilters } from '../../nodes/HappyRobot/call/filters';
import * as happyRobotNote from '../../nodes/HappyRobot/note/noteReply';
import { readPage as readKaleyraPage } from '../../nodes/Kaleyra/flow/flowPages';
import * as kaleyra from '../../nodes/Kaleyra/flow/flowReply';
import { describeRefusal, readInformation } from '../../nodes/Verba/conversation/findConversation';
import { isSameNumber, normalise } from '../../nodes/Verba/conversation/partyNumber';
import { readPeriod } from '../../nodes/Verba/conversation/period';
import { readReply } from '../../nodes/Verba/verbaReply';
import { parseXml } from '../../nodes/Verba/xml';
import { checkAddress } from '../../nodes/shared/sending/address';
import { readerOfItemField } from '../../nodes/shared/parameters/itemField';
import { toOwnAddress } from '../../nodes/shared/sending/ownAddress';
import { Secrets } from '../../nodes/shared/secrets/secrets';
import { findGrowth } from './growth';

interface Reader {
	readonly name: string;
	/** What is repeated, between what begins and what ends the text. */
	readonly pieces: ReadonlyArray<string | readonly [begin: string, piece: string, end: string]>;
	readonly read: (text: string) => unknown;
}

/** What throws has said what it had to say. */
function attempt(...works: ReadonlyArray<() => unknown>): void {
	for (const work of works) {
		try {
			work();
		} catch {
			// A complaint about the text.
		}
	}
}

function answer(status: number, body: string): Answer {
	return { kind: 'answered', status, headers: {}, body };
}

const key = 'a1b2c3d4-secret-key';
const secrets = new Secrets();
secrets.holdCredential({ apiKey: key, user: 'tomatosoup', password: 'abc' });

const target = {
	identifiers: {
		callId: 'call_1',
		noteId: 'note_1',
		flowId: '1',
		callID: 'c1',
		phoneNumber: '5551234',
	},
};

const signs = [';', ' ', '+1', '/', '"', '\\', '1', '%41'];

const readers: readonly Reader[] = [
	{
		name: "Verba's number of a party",
		pieces: [...signs, ['', ';', '\nx'], ['', '@', '\nx'], ['', ' ', 'x'], ['sip:', ';@', '\n1']],
		read: (text) => [normalise(text), isSameNumber(text, '8856'), isSameNumber('8856', text)],
	},
	{
		name: 'the mask of phone numbers',
		pieces: [
			...signs,
			'1-2-3-4-5-6 x',
			'+1_',
			'1&nbsp;',
			'1<b>',
			'1<b ',
			'1\\u0020',
			'%2B1%20',
			['', '1\u200b', 'x'],
		],
		read: (text) => [quoteVendor(text), quoteVendor(text, ['call_1', '1']), maskPhoneNumber(text)],
	},
	{
		name: 'what takes secrets out',
		pieces: ['\\\\', '<!--', '&#4', 'Basic ', key, Buffer.from(key).toString('base64'), 'tomato…'],
		read: (text) => secrets.outOf(text),
	},
	{
		name: 'the bounds of a reply',
		pieces: [...signs, '[', '{"a":', ['[', '1,', '1]'], ['[', '"\\""', ']']],
		read: (text) => [boundDepth(text), boundReply(parseJson(text)), showReply(answer(200, text))],
	},
	{ name: 'Retry-After', pieces: signs, read: (text) => readRetryAfter(text, 0, text) },
	{
		name: 'an ID',
		pieces: [...signs, ['[', '1,', '1]'], ['["', 'a","', '"]']],
		read: (text) => [readIdentifiers(text), readIdentifiers([text])],
	},
	{
		name: "Verba's XML",
		pieces: [
			...signs,
			'<a>',
			'</a>',
			'<a b="',
			'&',
			'<!--',
			'<![CDATA[',
			['<VerbaApi><Response code="0"/>', '<x/>', '</VerbaApi>'],
			['<a', ' ', '>'],
			['<a ', 'b', '>'],
			['<VerbaApi><Response code="1"/><ErrorMessage>', 'unable to ', '</ErrorMessage></VerbaApi>'],
			[
				'<VerbaApi><Response code="2" type="GetCallInformation"/><ErrorMessage>unable to ',
				'session ',
				'</ErrorMessage></VerbaApi>',
			],
		],
		read: (text) => [
			parseXml(text),
			readReply(answer(200, text), 'GetCallInformation'),
			readInformation(answer(200, text), target),
			describeRefusal('1', text, { identifiers: { extension: '8856' } }),
		],
	},
	{
		name: 'a moment',
		pieces: [...signs, ['2026-01-31T14:30:00.', '1', 'Z'], ['2026-01-31', ' ', 'x']],
		read: (text) =>
			attempt(
				() => readPeriod(text, '2026-01-31'),
				() => readPeriod('2026-01-31', '2026-02-01', text),
				() => readFilters({ from: text }),
				() => readFilters({ to: text }),
				() => readFilters({ search: text }).map(({ excludes }) => excludes({ metadata: text })),
				() => readFilters({ useCases: text }),
			),
	},
	{
		name: "Creovai's replies",
		pieces: [
			['{"items":[', '{"callId":"call_1","status":"Error","errorMsg":"5551234 5551234"},', '{}]}'],
			['{"items":[{"callId":"call_1","status":"Error","errorMsg":"', '5551234', '"}]}'],
			['{"callSessions":[', '{"sessionId":"S1","status":"NotFound"},', '{}]}'],
		],
		read: (text) => [
			creovai.readPurge(answer(200, text), [target], 'callId'),
			readFound(answer(200, text), target),
			readStatuses(answer(200, text), ['s1']),
			matchEcho([text], (id) => id)(text.toUpperCase()),
		],
	},
	{
		name: 'the replies of the others',
		pieces: [
			...signs.map(
				(sign) => ['{"message":"call ', JSON.stringify(sign).slice(1, -1), '"}'] as const,
			),
			['{"error":{"flow_id":"', 'does not ', '"},"code":"WA-401"}'],
			['{"code":"', 'WA-', '401"}'],
			['{"id":"call_1","notes":[', '{"id":"1"},', '{}]}'],
			['{"calls":[', '{"id":"1"},', '{}]}'],
		],
		read: (text) => {
			for (const status of [200, 404, 400]) {
				const given = answer(status, text);
				flyflow.readDeletion(given, target.identifiers.callId);
				readFlyflowPage(given);
				kaleyra.readDeletion(given, target);
				readKaleyraPage(given);
				happyRobotCall.readDeletion(given, target.identifiers.callId);
				happyRobotNote.readDeletion(given, target);
				readHappyRobotPage(given);
				asRecord(parseJson(text));
			}
		},
	},
	{
		name: 'an address',
		pieces: [...signs, ['https://a.example', '/', 'x'], ['https://a', '.', '/']],
		read: (text) => attempt(() => checkAddress(text, 'Base URL')),
	},
	{
		name: 'where a request goes',
		pieces: [
			...signs,
			['https://a.example', '/', 'x'],
			['https://a.example/', '//', '?'],
			['https:', '\\\\', 'x'],
			['https://', '@', 'a.example'],
			['a', '+', '//'],
		],
		read: (text) =>
			attempt(
				() => toOwnAddress({ url: text }, 'https://a.example'),
				() => toOwnAddress({ url: text, baseURL: 'https://a.example' }, 'https://a.example'),
				() => toOwnAddress({ url: 'x', baseURL: text }, 'https://a.example'),
				() => toOwnAddress({ url: '/', headers: { [text]: text } }, 'https://a.example'),
			),
	},
	{
		name: 'an expression that names a field',
		pieces: [
			...signs,
			['={{ $json', '.a', ' }}'],
			['={{ $json', '["a"]', ' }}x'],
			['={{', ' ', 'x'],
		],
		read: (text) => readerOfItemField(text),
	},
];

describe('hostile text takes time in proportion to its length', () => {
	test.each(readers)('$name', ({ pieces, read }) => {
		for (const given of pieces) {
			const [begin, piece, end] = typeof given === 'string' ? ['', given, ''] : given;
			const textOf = (length: number) =>
				begin + piece.repeat(Math.ceil(length / piece.length)) + end;
			expect([given, findGrowth(textOf, read)]).toEqual([given, undefined]);
		}
	});
});
