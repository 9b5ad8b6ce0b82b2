import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { Answer } from '../../erasure/reply';
import { readConversations, readReply, readToken } from '../../nodes/Verba/verbaReply';
import { descendants, parseXml } from '../../nodes/Verba/xml';
import { processorMs } from './growth';

const answer = (body: string, status = 200): Answer => ({
	kind: 'answered',
	status,
	headers: {},
	body,
});

const read = (body: string, status = 200) => readReply(answer(body, status), 'DeleteCall');

const done = '<VerbaApi><Response code="0" type="DeleteCall"/></VerbaApi>';

describe('parseXml', () => {
	test('decodes entities, reads CDATA as it stands, and leaves comments out', () => {
		const document = parseXml(
			'<a b="1 &lt; 2" c=\'"\'>x &amp; &#65;&#x42;<!-- <d/> --><![CDATA[<d>&amp;</d>]]></a>',
		);
		expect(document?.wellFormed).toBe(true);
		expect(document?.root.text).toBe('x & AB<d>&amp;</d>');
		expect(Object.fromEntries(document?.root.attributes ?? [])).toEqual({ b: '1 < 2', c: '"' });
		expect(document?.root.children).toEqual([]);
	});

	test.each([
		['a misspelt closing tag', '<r><a>1</b><c>2</c></r>'],
		['a tag that is never closed', '<r><a>1<c>2</c></r>'],
		['a closing tag too many', '<r><a>1</a></x><c>2</c></r>'],
	])('gets by with %s, and says so', (_, text) => {
		const document = parseXml(text);
		expect(document?.wellFormed).toBe(false);
		const texts = ['a', 'c'].map((name) => document && descendants(document.root, name)[0]?.text);
		expect(texts).toEqual(['1', '2']);
	});

	test.each([
		['nothing', ''],
		['text', 'ok'],
		['a web page', '<!DOCTYPE html><html></html>'],
		['entities of its own', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'],
		['an open root', '<a><b/>'],
		['an open tag', '<a b="1"'],
		['an open attribute', '<a b="1><c/></a>'],
		['an open comment', '<a><!-- </a>'],
		['open CDATA', '<a><![CDATA[ </a>'],
		['two roots', '<a/><b/>'],
		['text before the root', 'x<a/>'],
		['text after the root', '<a/>x'],
		['an attribute twice', '<a b="0" b="2"/>'],
		['a tag in an attribute', '<a b="<c/>"/>'],
		['too many levels', `${'<a>'.repeat(65)}${'</a>'.repeat(65)}`],
	])('turns down %s', (_, text) => {
		expect(parseXml(text)).toBeUndefined();
	});

	test('never throws, and takes its time in proportion', () => {
		const piece = fc.constantFrom(
			'<a>',
			'</a>',
			'<b c="',
			'"',
			'/>',
			'&lt;',
			'&#0;',
			'<!--',
			']]>',
		);
		fc.assert(
			fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), (pieces) => {
				parseXml(pieces.join(''));
			}),
		);
		const ms = processorMs(() => {
			for (const text of ['<a>', '</a>', '<a b="', '&', '<!--', '<a><b></c>']) {
				parseXml(`<r>${text.repeat(200_000)}</r>`);
			}
		});
		expect(ms).toBeLessThan(3000);
	});
});

describe('readReply', () => {
	test('success is code 0 for the action that was asked for', () => {
		expect(read(done)).toMatchObject({ kind: 'success', wellFormed: true });
		expect(read(`\uFEFF<?xml version="1.0"?>\n${done}\n`)).toMatchObject({ kind: 'success' });
	});

	test.each([
		['another action', '<VerbaApi><Response code="0" type="GetCallID"/></VerbaApi>'],
		['no action', '<VerbaApi><Response code="0"/></VerbaApi>'],
		[
			'a code that only begins with 0',
			'<VerbaApi><Response code="0x" type="DeleteCall"/></VerbaApi>',
		],
		['no code', '<VerbaApi><Response type="DeleteCall"/></VerbaApi>'],
		['another root', '<Api><Response code="0" type="DeleteCall"/></Api>'],
		['a root without a Response', '<VerbaApi/>'],
		[
			'success inside a message',
			'<VerbaApi><Note>&lt;Response code="0" type="DeleteCall"/&gt;</Note></VerbaApi>',
		],
		[
			'success inside CDATA',
			'<VerbaApi><![CDATA[<Response code="0" type="DeleteCall"/>]]></VerbaApi>',
		],
		[
			'success inside a comment',
			'<VerbaApi><!--<Response code="0" type="DeleteCall"/>--></VerbaApi>',
		],
		[
			'success further down',
			'<VerbaApi><Log><Response code="0" type="DeleteCall"/></Log></VerbaApi>',
		],
		[
			'a Response inside another',
			'<VerbaApi><Response code="2" type="DeleteCall"><Response code="0" type="DeleteCall"/></Response></VerbaApi>',
		],
		[
			'two that disagree',
			'<VerbaApi><Response code="2" type="DeleteCall"/><Response code="0" type="DeleteCall"/></VerbaApi>',
		],
		['two that agree', done.replace('</', '<Response code="0" type="DeleteCall"/></')],
		[
			'an error of another action',
			'<VerbaApi><Response code="2" type="GetMarkers"><ErrorMessage>Call cannot be found.</ErrorMessage></Response></VerbaApi>',
		],
		['half a reply', done.slice(0, -3)],
		['a web page that mentions it', `<html><body>${done}</body></html>`],
		['a web page around it', `<!DOCTYPE html>${done}`],
		['JSON', '{"code":"0"}'],
	])('%s is not understood', (_, body) => {
		expect(read(body)).toBeUndefined();
	});

	test.each([201, 204, 302])('code 0 with HTTP %i is not understood', (status) => {
		expect(read(done, status)).toBeUndefined();
	});

	test.each([400, 403, 500])('code 0 with HTTP %i is a contradiction', (status) => {
		expect(read(done, status)).toEqual({ kind: 'contradiction', code: '0' });
	});

	test.each([
		[
			'a message beside it',
			'<VerbaApi><Response code="0" type="DeleteCall"/><ErrorMessage>x</ErrorMessage></VerbaApi>',
		],
		[
			'a message inside it',
			'<VerbaApi><Response code="0" type="DeleteCall"><ErrorMessage/></Response></VerbaApi>',
		],
	])('success with %s is a contradiction', (_, body) => {
		expect(read(body)).toEqual({ kind: 'contradiction', code: '0' });
	});

	test('tags that do not match are told', () => {
		expect(read('<VerbaApi><Response code="0" type="DeleteCall"></VerbaApi>')).toMatchObject({
			kind: 'success',
			wellFormed: false,
		});
	});

	const refused = (words: string, code = '2', type = 'DeleteCall') =>
		`<VerbaApi><Response code="${code}" type="${type}"><ErrorMessage>${words}</ErrorMessage></Response></VerbaApi>`;

	test.each([
		'Call cannot be found.',
		'Unable to retrieve the call identifier, because the call cannot be found.',
	])('"%s" is not found', (words) => {
		expect(read(refused(words))).toMatchObject({ kind: 'notFound' });
		expect(read(refused(words), 404)).toMatchObject({ kind: 'notFound' });
	});

	test.each([
		['more than those words', refused('The owner of the call cannot be found.')],
		['another code', refused('Call cannot be found.', '3')],
		['no action', refused('Call cannot be found.', '2', '')],
		['no words', '<VerbaApi><Response code="2" type="DeleteCall"/></VerbaApi>'],
	])('%s is a refusal, not "not found"', (_, body) => {
		expect(read(body)).toMatchObject({ kind: 'refusal' });
	});

	test('finds an ErrorMessage beside Response', () => {
		const body =
			'<VerbaApi><Response code="2" type="DeleteCall"/><ErrorMessage description="Error">No.</ErrorMessage></VerbaApi>';
		expect(read(body)).toEqual({ kind: 'refusal', code: '2', words: 'No.' });
	});

	test.each([429, 500, 503])('a message with HTTP %i is left to the rules for all', (status) => {
		expect(read(refused('Call cannot be found.'), status)).toBeUndefined();
	});
});

test('the token is an attribute of a successful Response', () => {
	const reply = (attributes: string) =>
		readReply(
			answer(`<VerbaApi><Response type="RequestToken" ${attributes}/></VerbaApi>`),
			'RequestToken',
		);
	expect(readToken(reply('code="0" token="abc"'))).toBe('abc');
	expect(readToken(reply('code="0" token=" "'))).toBeUndefined();
	expect(readToken(reply('code="0"'))).toBeUndefined();
	expect(readToken(reply('code="2" token="abc"'))).toBeUndefined();
	expect(readToken(undefined)).toBeUndefined();
});

describe('readConversations', () => {
	const conversations = (xml: string) => {
		const document = parseXml(`<r>${xml}</r>`);
		return document && readConversations(document.root);
	};

	test('gives every field in the vendor’s names', () => {
		expect(
			conversations(
				'<verbacdr state="1"><ccdr_id>c1</ccdr_id><do_not_delete>1</do_not_delete><party><name>A</name></party><tag>1</tag><tag>2</tag><empty/></verbacdr>',
			),
		).toEqual([
			{
				callId: 'c1',
				finished: true,
				doNotDelete: true,
				fields: {
					state: '1',
					ccdr_id: 'c1',
					do_not_delete: '1',
					name: 'A',
					tag: ['1', '2'],
					empty: '',
				},
			},
		]);
	});

	test.each(['', 'state="0"', 'state="2"'])('only state 1 is finished, not %j', (state) => {
		expect(conversations(`<verbacdr ${state}><ccdr_id>c1</ccdr_id></verbacdr>`)).toMatchObject([
			{ finished: false, doNotDelete: false },
		]);
	});

	test.each([
		['no ID', '<verbacdr state="1"/>'],
		['an empty ID', '<verbacdr><ccdr_id> </ccdr_id></verbacdr>'],
		['two IDs', '<verbacdr><ccdr_id>a</ccdr_id><ccdr_id>b</ccdr_id></verbacdr>'],
		[
			'one inside the other',
			'<verbacdr><ccdr_id>a</ccdr_id><verbacdr><ccdr_id>b</ccdr_id></verbacdr>',
		],
	])('cannot make out %s', (_, xml) => {
		expect(conversations(xml)).toBeUndefined();
	});
});
