import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { Secrets, secretsOf } from '../../nodes/shared/secrets/secrets';
import { gives, spellings } from '../engine/spellings';

const key = '74c8eea0-50c6-4f1e-9d0a-Ab12';

function holding(...secrets: string[]): Secrets {
	const held = new Secrets();
	held.hold(...secrets);
	return held;
}

describe('a secret in words', () => {
	describe.each(spellings)('$name', ({ spell }) => {
		test('is seen by the test that looks for it', () => {
			expect(gives(`The key ${spell(key)} is wrong`, key)).toBe(true);
		});

		test('is taken out of them, and nothing else is', () => {
			const text = holding(key).outOf(`The value ${spell(key)} is wrong`);
			expect(text).toMatch(/^The value (Bas[^ ]* |Bearer )?\*\*\* is wrong$/);
			expect(gives(text, key)).toBe(false);
		});

		test('is taken out of a reply in JSON, which stays JSON', () => {
			const body = JSON.stringify({ error: { said: [`no ${spell(key)}`] }, [spell(key)]: 1 });
			const cleaned = holding(key).outOfReply(body);
			expect(JSON.parse(cleaned)).toMatchObject({ error: { said: [expect.any(String)] } });
			expect(gives(cleaned, key)).toBe(false);
		});

		test('is taken out of values and of names of fields, however deep', () => {
			const said = { a: [{ b: { [`x ${spell(key)}`]: [`y ${spell(key)} z`, 7, null, true] } }] };
			const cleaned = holding(key).outOfValue(said);
			expect(gives(JSON.stringify(cleaned), key)).toBe(false);
			expect(JSON.stringify(cleaned)).toContain('7,null,true');
		});
	});

	test('that has to be escaped itself is found', () => {
		const odd = 'p&s "s<w>o\\rd" 100%41';
		for (const { name, spell } of spellings) {
			if (name === 'in full-width letters') continue;
			const text = holding(odd).outOf(`before ${spell(odd)} after`);
			expect([name, gives(text, odd), text.endsWith(' after')]).toEqual([name, false, true]);
		}
	});

	test('a number is taken out as well, and the JSON around it stays JSON', () => {
		const held = holding('123456789012345678');
		expect(held.outOfReply('{"pin":123456789012345678}')).toBe('{"pin":"***"}');
		expect(holding('12345678').outOfValue({ pin: 12345678, other: 1 })).toEqual({
			pin: '***',
			other: 1,
		});
	});

	test('user and password are found as Basic authentication sends them', () => {
		const held = new Secrets();
		held.holdCredential({ user: 'ann', password: 'cat', baseUrl: 'https://verba.example.com' });
		const sent = Buffer.from('ann:cat').toString('base64');
		expect(held.outOf(`Authorization: Basic ${sent} is wrong`)).toMatch(
			/: (Basic )?\*\*\* is wrong/,
		);
		expect(held.outOf(`not ${sent}`)).toBe('not ***');
	});

	test('what stands after Bearer or Basic goes, although nobody told us of it', () => {
		const none = new Secrets();
		expect(none.outOf('Bearer eyJhbGciOi.J9 was turned down')).toBe('Bearer *** was turned down');
		expect(none.outOf(`Basic ${Buffer.from('x:y1').toString('base64')}`)).toBe('Basic ***');
		const words = 'Basic authentication or Bearer authentication required. Basic information: none';
		expect(none.outOf(words)).toBe(words);
	});

	test('is found wherever it stands in a long text, and nothing else is taken out', () => {
		const held = holding(key, 'tomatosoup');
		for (const before of [199_990, 219_990]) {
			for (const { spell } of spellings) {
				const text = held.outOf(`${'.'.repeat(before)} ${spell(key)} ${'.'.repeat(30_000)}`);
				expect(gives(text.slice(before - 50, before + 500), key)).toBe(false);
				expect(text.length).toBeGreaterThan(before + 30_000);
			}
			const part = `${'.'.repeat(before)}tomatosoups, ${'.'.repeat(30_000)}`;
			for (let shift = 0; shift < 12; shift++) {
				expect(held.outOf(part.slice(shift))).toBe(part.slice(shift));
			}
		}
	});

	test('the beginning that is left where words were cut off goes as well', () => {
		expect(holding('tomatosoup').outOf('No login for tomatos…')).toBe('No login for ***…');
		expect(holding('tomatosoup').outOf('No login for tomatos')).toBe('No login for tomatos');
	});
});

test.each(['open:sesame-4711', 'https://a.example/b1c2', 'k:1234567890', 'data:,x1y2z3a4'])(
	'a key or password that reads like an address is a secret: %s',
	(secret) => {
		for (const field of ['apiKey', 'password', 'clientSecret', 'user', 'another']) {
			const held = new Secrets();
			held.holdCredential({ [field]: secret, baseUrl: 'https://api.example.com/v1' });
			expect([field, held.outOf(`The value ${secret} is wrong`)]).toEqual([
				field,
				'The value *** is wrong',
			]);
		}
	},
);

describe('what is no secret stays', () => {
	test('addresses and choices in a credential', () => {
		const held = new Secrets();
		held.holdCredential({
			baseUrl: 'https://api.example.com/v1',
			region: 'https://api.in.kaleyra.io',
			parametersIn: 'query',
			sid: 'HXAP1600000000097IN',
			apiKey: key,
		});
		const words = 'https://api.example.com/v1 has no query HXAP1600000000097IN';
		expect(held.outOf(`${words} ${key}`)).toBe(`${words} ***`);
	});

	test.each([
		['abc', 'The abc of calls', 'The abc of calls'],
		['call', 'The call is gone: no such call', 'The call is gone: no such call'],
		['404', 'Kaleyra answered 404', 'Kaleyra answered 404'],
		['abc', 'wrong password "abc"', 'wrong password "***"'],
		['abc', 'password=abc&x=abc', 'password=***&x=abc'],
		['abc', 'Password is ABC or abcd', 'Password is ABC or abcd'],
		['a1b2', 'no a1b2, but xa1b2x', 'no ***, but xa1b2x'],
		['p@ss', 'p@ss is wrong', '*** is wrong'],
	])('a short one such as "%s" eats no ordinary words: %s', (secret, words, left) => {
		expect(holding(secret).outOf(words)).toBe(left);
	});

	test('a short one goes where a field is named like a secret', () => {
		const value = { password: 'abc', alphabet: 'abc', nested: [{ apiKey: 'abc' }] };
		expect(holding('abc').outOfValue(value)).toEqual({
			password: '***',
			alphabet: 'abc',
			nested: [{ apiKey: '***' }],
		});
	});

	test('an ordinary word counts where it stands alone', () => {
		const held = holding('success');
		expect(held.outOf('The password Success is wrong')).toBe('The password *** is wrong');
		expect(held.outOf('deleted successfully')).toBe('deleted successfully');
	});

	test('an outcome does not depend on a password that is an ordinary word or an ID', () => {
		const held = holding('success', '12345678');
		const body = '{"success":true,"message":"12345678"}';
		expect(held.outOfReply(body)).toBe(body);
		expect(held.outOfIdentifier('call_12345678')).toBe('call_12345678');
		expect(held.outOfIdentifier(`call_${key}`)).toBe(`call_${key}`);
		expect(holding(key).outOfIdentifier(key)).toBe('***');
	});

	test('any text without the secret comes back as it is', () => {
		const held = holding(key);
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
				expect(held.outOf(text)).toBe(text);
			}),
		);
	});
});

test('each run has secrets of its own', () => {
	const [one, other] = [{}, {}];
	secretsOf(one).hold(key);
	expect(secretsOf(one).outOf(key)).toBe('***');
	expect(secretsOf(other).outOf(key)).toBe(key);
});
