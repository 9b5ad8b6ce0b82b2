import { describe, expect, test } from '@jest/globals';

import type { Arrival } from '../../../erasure/requests/arrival';
import { takeRequest, type TakenRequest } from '../../../erasure/requests/takeRequest';
import { unsealCallback } from '../../../erasure/requests/sealedCallback';
import { headerCall, headerIntake, ownBody, signedCall, signedIntake, vendors } from './senders';

function take(arrival: Arrival, intake = signedIntake()): TakenRequest {
	const result = takeRequest(arrival, intake, vendors);
	if ('taken' in result) return result.taken;
	throw new Error(`${result.refusal.status} ${JSON.stringify(result.refusal.body)}`);
}

function refuse(arrival: Arrival, intake = signedIntake()) {
	const result = takeRequest(arrival, intake, vendors);
	if ('refusal' in result) return result.refusal;
	throw new Error('It was taken');
}

const messageOf = (body: object) => (body as { error: { message: string } }).error.message;

/** What a body is refused for that is signed well. */
function complaintAbout(body: unknown): string {
	const { status, body: said } = refuse(signedCall(body));
	return `${status} ${messageOf(said)}`;
}

const large = (count: number) => Array.from({ length: count }, (_, index) => index);

/** A body as the name of its test. */
function shown(body: unknown): string {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return text.length > 90 ? `${text.slice(0, 60)}… (${text.length} characters)` : text;
}

describe('A body that is signed well and no request', () => {
	const bodies: ReadonlyArray<readonly [unknown, string | RegExp]> = [
		['', '400 The body is empty. Send the request as JSON'],
		['{', /^400 The body is not an object of JSON in UTF-8/],
		['[]', /^400 The body is not an object of JSON in UTF-8/],
		['null', /^400 The body is not an object of JSON in UTF-8/],
		['"text"', /^400 The body is not an object of JSON in UTF-8/],
		['\ufeff{}', /^400 The body is not an object of JSON in UTF-8/],
		[`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, /nested too deep/],
		['['.repeat(100_000), /nested too deep/],
		[`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, /nested too deep/],
		...[
			'{"type":"erasure.requested","data":{},"data":{"records":{"flyflow":["call_1"]}}}',
			'{"type":"erasure.requested","data":{"records":{"flyflow":["1"],"flyflow":["2"]}}}',
			'{"type":"erasure.requested","data":{"test":true,"records":{"flyflow":["1"]},"\\u0074est":false}}',
		].map(
			(body) =>
				[
					body,
					'400 The body names a member twice, and programs differ in which of the two they read. Name it once',
				] as const,
		),
		[{}, '400 The member type has to be erasure.requested'],
		[{ type: 'svix.ping' }, '400 The member type has to be erasure.requested'],
		[{ type: 'erasure.requested' }, '400 The member data has to be an object'],
		[{ type: 'erasure.requested', data: [] }, '400 The member data has to be an object'],
		[
			ownBody({}),
			'400 The member data names no records and no identities, so there is nothing to erase',
		],
		[ownBody({ records: { flyflow: [] } }), /so there is nothing to erase$/],
		[
			ownBody({ record: { flyflow: ['call_1'] }, identities: [{ type: 'a', value: 'b' }] }),
			'400 The member data has a member that is not known here, "record". Leave it out',
		],
		...['requestId', 'records', 'identities', 'callback', 'test'].map(
			(member) =>
				[
					{ ...ownBody(), [member]: true },
					`400 The member ${member} has to be inside the member data`,
				] as const,
		),
		[
			'{"type":"erasure.requested","data":{"records":{"flyflow":["1"]},"__proto__":{"test":true}}}',
			/has a member that is not known here, "__proto__"/,
		],
		[ownBody({ records: [] }), '400 The member data.records has to be an object'],
		[ownBody({ records: 'call_1' }), '400 The member data.records has to be an object'],
		[
			ownBody({ records: { flyflow: 'call_1' } }),
			'400 The member data.records.flyflow has to be a list',
		],
		[ownBody({ records: { 'fly flow': [] } }), /has to be an object with the IDs of each vendor$/],
		[
			'{"type":"erasure.requested","data":{"records":{"__proto__":["x"]}}}',
			/has to be an object with the IDs of each vendor$/,
		],
		[
			ownBody({ records: { gong: ['1'] } }),
			'400 The member data.records names "gong", whose records are not erased here. Known are creovai, flyflow, happyRobot, kaleyra, verba',
		],
		[ownBody({ records: { constructor: ['1'] } }), /names "constructor", whose records/],
		[
			ownBody({ records: { flyflow: ['call_1', ''] } }),
			'400 The member data.records.flyflow is empty at position 2. Give exact IDs, as texts',
		],
		[ownBody({ records: { flyflow: [null] } }), /data.records.flyflow is empty/],
		[ownBody({ records: { flyflow: ['undefined'] } }), /^400 The member data.records.flyflow /],
		[ownBody({ records: { flyflow: ['..'] } }), /a path, not an ID/],
		[ownBody({ records: { flyflow: ['a\u200b'] } }), /invisible/],
		[ownBody({ records: { flyflow: [true] } }), /a boolean instead of an ID/],
		[ownBody({ records: { flyflow: [1.5] } }), /not an exact ID/],
		[
			'{"type":"erasure.requested","data":{"records":{"flyflow":[12345678901234567890]}}}',
			/not an exact ID/,
		],
		[
			ownBody({ records: { flyflow: [['call_1']] } }),
			'400 The member data.records.flyflow has to be an object',
		],
		[ownBody({ records: { happyRobot: [{}] } }), /has to name the identifiers of a record/],
		[ownBody({ records: { happyRobot: [{ callId: '' }] } }), /data.records.happyRobot is empty/],
		...['9007199254740993', '-1', '1e21', '1e400', '12345678901234567890', '-0', '0.1'].map(
			(number) =>
				[
					`{"type":"erasure.requested","data":{"records":{"flyflow":["a",${number}]}}}`,
					/^400 The member data.records.flyflow [^"]* at position 2/,
				] as const,
		),
		[
			'{"type":"erasure.requested","data":{"records":{"happyRobot":[{"callId":"a","noteId":9007199254740993}]}}}',
			/^400 The member data.records.happyRobot /,
		],
		[
			ownBody({ identities: [{ type: 'extension', value: '8856', status: 'last' }] }),
			'400 The member data.identities[0] has a member that is not known here, "status". Leave it out',
		],
		[
			'{"type":"erasure.requested","data":{"identities":[{"type":"phone","value":"1","__proto__":{}}]}}',
			/identities\[0\] has a member that is not known here, "__proto__"/,
		],
		[
			ownBody({ identities: [{ type: 'phone', value: 15125551234 }] }),
			/identities\[0\].value has to be a text/,
		],
		[ownBody({ identities: [{ shoe: 46 }] }), /identities\[0\].type has to be a text/],
		[ownBody({ identities: [] }), /so there is nothing to erase$/],
		[ownBody({ records: {}, identities: [] }), /so there is nothing to erase$/],
		[ownBody({ identities: {} }), '400 The member data.identities has to be a list'],
		[ownBody({ identities: ['x'] }), '400 The member data.identities[0] has to be an object'],
		[
			ownBody({ identities: [{ type: 'phone' }] }),
			'400 The member data.identities[0].value has to be a text of 1 to 1000 visible characters',
		],
		[
			ownBody({ identities: [{ type: 'a', value: 'x'.repeat(1001) }] }),
			/identities\[0\].value has to be/,
		],
		[ownBody({ identities: [{ type: 'a\n', value: 'x\ny' }] }), /identities\[0\].value has to be/],
		[
			ownBody({ test: 'no', records: { flyflow: ['1'] } }),
			'400 The member data.test has to be true or false',
		],
		[
			ownBody({ requestId: '', records: { flyflow: ['1'] } }),
			/^400 The member data.requestId has to be/,
		],
		[
			ownBody({ requestId: 17, records: { flyflow: ['1'] } }),
			/^400 The member data.requestId has to be/,
		],
		[
			ownBody({ records: { flyflow: large(10_001) } }),
			'413 The member data.records.flyflow holds more than 10000 entries. Send the request in parts, each with an ID of its own',
		],
		[
			ownBody({ records: { flyflow: large(6000), verba: large(6000) } }),
			/^413 The member data.records holds more than 10000 entries/,
		],
		[
			ownBody({ identities: large(1001) }),
			/^413 The member data.identities holds more than 1000 entries/,
		],
		['x'.repeat(1_000_001), /^413 The body is larger than 1000000 bytes/],
	];

	test.each(bodies.map(([body, message]) => [shown(body), body, message] as const))(
		'%s',
		(_, body, message) => {
			const complaint = complaintAbout(body);
			if (typeof message === 'string') expect(complaint).toBe(message);
			else expect(complaint).toMatch(message);
		},
	);

	test('that is not UTF-8', () => {
		const call = headerCall('');
		const body = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')]);
		expect(refuse({ ...call, body }, headerIntake()).status).toBe(400);
	});

	test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', ''])(
		'of the content type %p',
		(type) => {
			const call = signedCall(ownBody());
			const rawHeaders = call.rawHeaders.map((text) => (text === 'application/json' ? type : text));
			expect(messageOf(refuse({ ...call, rawHeaders }).body)).toBe(
				'Content-Type has to be application/json',
			);
		},
	);

	test.each(['iso-8859-1', 'utf-16', '"windows-1252"', 'utf-8x', ''])(
		'of the charset %p, in which it would be read otherwise',
		(charset) => {
			const call = signedCall(ownBody());
			const rawHeaders = call.rawHeaders.map((text) =>
				text === 'application/json' ? `${text}; a=b ;Charset = ${charset}` : text,
			);
			expect(messageOf(refuse({ ...call, rawHeaders }).body)).toBe(
				'The charset in Content-Type has to be utf-8',
			);
		},
	);

	test.each([
		'application/json; charset=utf-8',
		'application/json;charset="UTF-8"',
		'application/json; charset=utf8',
		'Application/JSON',
	])('%s is JSON', (type) => {
		const call = signedCall(ownBody());
		const rawHeaders = call.rawHeaders.map((text) => (text === 'application/json' ? type : text));
		expect(take({ ...call, rawHeaders })).toBeDefined();
	});
});

describe('A callback', () => {
	const complaint = (callback: unknown) =>
		complaintAbout(ownBody({ callback, records: { flyflow: ['1'] } }));

	test.each([
		'',
		'shop.example.com',
		'http://shop.example.com/',
		'ftp://shop.example.com/',
		'https://ann:pw@shop.example.com/',
		'https://ann@shop.example.com/',
		'https://shop.example.com/#x',
		'https://SHOP.example.com/',
		'https://shop.example.com:443/',
		'https://shop.example.com\\@evil.example/',
		'https:shop.example.com',
		'https://127.1/',
		'https://0x7f.0.0.1/',
		'https://2130706433/',
		'https://[0:0:0:0:0:0:0:1]/',
		'https://shop.example.com:08443/',
		'https://bücher.example/',
		'https://shop。example.com/',
		'https://shop%2eexample.com/',
		'http://169.254.169.254/',
		'http://[::ffff:7f00:1]/',
		'http://127.0.0.1.evil.example/',
		'http://localhost.evil.example/',
		'http://localhost./',
		' https://shop.example.com/',
		'https://shop.example.com/a b',
		'https://shop.example.com/../x',
		42,
		null,
		['https://shop.example.com/'],
	])('cannot be %p', (callback) => {
		expect(complaint(callback)).toMatch(
			/^400 The member data.callback has to be an address that starts/,
		);
	});

	test.each([
		['https://shop.example.com', 'https://shop.example.com/'],
		['https://shop.example.com:8443/a?b=c', 'https://shop.example.com:8443/a?b=c'],
		['http://127.0.0.1:5680/cb', 'http://127.0.0.1:5680/cb'],
		['http://localhost/cb', 'http://localhost/cb'],
	])('can be %p', (callback, url) => {
		const taken = take(signedCall(ownBody({ callback, records: { flyflow: ['1'] } })));
		expect(taken.callbackHosts).toEqual([new URL(url).host]);
		const { keys } = signedIntake();
		expect(unsealCallback(taken.callback ?? '', taken.requestKey, keys)).toMatchObject({
			format: 'erasure',
			requestId: 'msg_1',
			callbacks: [{ url }],
		});
	});
});
