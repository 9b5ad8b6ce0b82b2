import { describe, expect, test } from '@jest/globals';
import { UserError } from 'n8n-workflow';

import { checkApiKey, checkTypedSecret } from '../../nodes/shared/secrets/secretText';

describe('an API key', () => {
	test.each(['abc', ' abc\n', '74c8eea0-50c6', '!~'])('%j is used without blanks', (key) => {
		expect(checkApiKey(key, 'Example')).toBe(key.trim());
	});

	test.each([undefined, 5, '', '  \n'])('%j is none', (key) => {
		expect(() => checkApiKey(key, 'Example')).toThrow(
			new UserError('API Key in the credentials is empty. Copy it from Example'),
		);
	});

	test.each(['a b', 'a\nb', 'a\tb', 'a\u007fb', 'ä', '“abc”', 'a\u200bb', 'a\u0000'])(
		'%j is not as it was entered once it is sent',
		(key) => {
			expect(() => checkApiKey(key, 'Example')).toThrow(
				new UserError(
					'API Key in the credentials holds a character that no key has. Copy it again from Example',
				),
			);
		},
	);
});

describe('a password', () => {
	test.each(['', 'geheim', ' with blanks ', 'Ünïcödé “quoted”', '🔑', 'a:b'])(
		'%j is used as it is',
		(password) => {
			expect(checkTypedSecret(password, 'Password')).toBe(password);
		},
	);

	test.each(['a\n', 'a\tb', '\ufeffa', 'a\u200bb', 'a\u0000', 'a\ud83d', 'a\u2028'])(
		'%j holds what nobody types',
		(password) => {
			expect(() => checkTypedSecret(password, 'Password')).toThrow(
				new UserError(
					'Password in the credentials holds a character that cannot be seen, such as a line break. Enter it again by hand',
				),
			);
		},
	);
});
