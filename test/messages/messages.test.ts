/**
 * Every message that a user can meet, brought about by the code that makes it: what the nodes say
 * in errors, receipts, previews, hints and Test buttons.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { patternOf, type Listed } from './listed';
import { amendments } from './list/amendments';
import { certificates } from './list/certificates';
import { credentials } from './list/credentials';
import { httpKeys } from './list/httpKeys';
import { eraseByHttp } from './list/eraseByHttp';
import { input } from './list/input';
import { outcomes } from './list/outcomes';
import { progress } from './list/progress';
import { reading } from './list/reading';
import { receipts } from './list/receipts';
import { requests } from './list/requests';
import { settings } from './list/settings';
import { summaries } from './list/summaries';
import { vendors } from './list/vendors';
import { Stage } from './stage';
import { collectTemplates, templatesIn } from './templates';

const lists = {
	input,
	settings,
	credentials,
	httpKeys,
	certificates,
	amendments,
	eraseByHttp,
	outcomes,
	vendors,
	reading,
	receipts,
	requests,
	summaries,
	progress,
};

const listed: readonly Listed[] = Object.values(lists).flat();

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.start();
});
afterAll(async () => await stage.stop());
beforeEach(() => stage.reset());

describe.each(Object.entries(lists))('What the nodes say: %s', (_, messages) => {
	test.each(messages.map((message) => [message.text, message] as const))(
		'%s',
		async (text, message) => {
			const { item } = message;
			const met = await message.meet(stage);

			expect(met.text).toMatch(patternOf(text));
			if (item !== undefined) {
				const named = /\bitem (\d+)/.exec(met.text)?.[1];
				expect(named === undefined ? met.item : Number(named)).toBe(item);
			}
		},
	);
});

const unkind = /\b(error|problem|failure|mistake|invalid|illegal|oops|please|sorry)s?\b/i;

/** Settings of n8n's, and words of a vendor's, that are quoted as they are. */
const quotes =
	/On Error|error output|error workflow|execution\.error|said: "[^"]*"|refused: [^.]*\.[^.]*\./g;

describe('Every message reads well', () => {
	test.each(listed.map((message) => [message.text, message] as const))(
		'%s',
		(text, { names, wayOut, because }) => {
			expect(text.replace(quotes, '')).not.toMatch(unkind);
			expect(text).toMatch(/^["\p{Lu}\d]/u);
			expect(text).not.toMatch(/\s{2}|\.\.(?!")|,\.|undefined(?!")|\[object(?! Object\]")|!/);
			// What n8n shows as a title has no full stop; sentences below one and hints do.
			expect(text.length).toBeLessThan(260);
			if (names !== undefined) expect(text).toContain(names);
			if (because === undefined)
				expect(text).toContain(wayOut ?? 'a way out, or why there is none');
		},
	);
});

/** Prose in the code that no user meets, and why. */
const unseen: Readonly<Record<string, string>> = {
	'Bearer …': 'a key as it stands in a header',
	'Basic …': 'a login as it stands in a header: known so that it can be taken out of replies',
	'[object Object]': 'what identifiers are compared with',
	'The request is over':
		'why a signal was aborted; the result of what it ends is not awaited any more',
	'ENCRYPTED PRIVATE KEY': 'how a file of a key names what is in it',
	'PUBLIC KEY': 'how a file of a key names what is in it',
	'change …': "the kind of a run's requests, which the account's other runs go by",
	'n8n-nodes-call-erasure …': 'what a key is derived for',
	'n8n-nodes-call-erasure: key for the digests of accounts and plans':
		'the salt that an account’s key is stretched with',
	'The test was cancelled': 'nothing cancels a Test button; the type has to be complete',
};

describe('No message is missing', () => {
	const templates = collectTemplates().filter(({ words }) => !(words in unseen));

	test('the code holds messages', () => {
		expect(templates.length).toBeGreaterThan(120);
	});

	test.each(templates.map(({ place, words, pattern }) => [words, place, pattern] as const))(
		'%s (%s)',
		(words, place, pattern) => {
			if (listed.some(({ text }) => pattern.test(text))) return;
			throw new Error(
				`"${words}" in ${place} can reach a user and is not listed. Bring it about in an entry of test/messages/list, with its parameter, item and way out, and explain it in docs/messages.md; if no user can meet it, say why in "unseen" of this file.`,
			);
		},
	);

	test.each(Object.keys(unseen))('"%s" is still in the code', (words) => {
		expect(collectTemplates().map((template) => template.words)).toContain(words);
	});

	test.each([
		['a thrown text', "throw new UserError('The moon is full. Wait');", ['The moon is full. Wait']],
		['a filled-in text', 'const why = `${vendor} is away`;', ['… is away']],
		['a text on its way', "say(['over the hill']);", ['over the hill']],
		['a description that no name stands beside', "x({ description: 'Go on.' });", ['Go on.']],
		['no label', "const field = { displayName: 'Call ID', description: 'One ID' };", []],
		['no hint for n8n’s assistant', "const hint = { searchHint: 'Take care of it' };", []],
		['no type', "type Reason = 'over there';", []],
		['no defect', "throw new TypeError('cannot be');", []],
		['no single word', "const outcome = 'deleted';", []],
	])('the search finds %s', (_, code, words) => {
		expect(templatesIn('x.ts', code).map((template) => template.words)).toEqual(words);
	});
});

describe('docs/messages.md', () => {
	const page = readFileSync(join(__dirname, '..', '..', 'docs', 'messages.md'), 'utf8');

	/** The first column of its tables, with `…` for what is filled in. */
	const explained = [...page.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, text = '']) => text);

	test.each([...new Set(listed.map(({ text }) => text))])('explains: %s', (text) => {
		const matching = explained.filter((template) => patternOf(template).test(text));
		expect(matching).not.toEqual([]);
	});

	test('says enough of each message to tell it from others', () => {
		const vague = explained.filter((template) => template.replace(/…/g, '').length < 7);
		expect(vague).toEqual([]);
	});

	test.each(explained)('holds no message that does not exist: %s', (template) => {
		expect(listed.some(({ text }) => patternOf(template).test(text))).toBe(true);
	});
});
