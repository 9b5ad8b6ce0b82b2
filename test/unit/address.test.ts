import { describe, expect, test } from '@jest/globals';
import { UserError } from 'n8n-workflow';

import { checkAddress } from '../../nodes/shared/sending/address';

describe('an address in the credentials', () => {
	test.each([
		['https://api.example.com', 'https://api.example.com'],
		['  https://api.example.com/v1 ', 'https://api.example.com/v1'],
		['https://api.example.com/v1//', 'https://api.example.com/v1'],
		['https://api.example.com//v1', 'https://api.example.com//v1'],
		['HTTPS://API.example.com:8443', 'https://api.example.com:8443'],
		['https://api.example.com:443/v1', 'https://api.example.com/v1'],
		['https://api.example.com/a/../v1', 'https://api.example.com/v1'],
		['https://api.example.com/v 1', 'https://api.example.com/v%201'],
		['https://api.example.com.', 'https://api.example.com.'],
		['https://xn--exmple-cua.com', 'https://xn--exmple-cua.com'],
		['https://[2001:db8::1]:8443', 'https://[2001:db8::1]:8443'],
	])('%j is used as a parser reads it, without spaces and slashes at its end', (address, used) => {
		expect(checkAddress(address, 'Base URL')).toBe(used);
	});

	test.each([
		['localhost', 'localhost'],
		['LOCALHOST:8080', 'localhost:8080'],
		['127.0.0.1', '127.0.0.1'],
		['127.10.20.130:80', '127.10.20.130'],
		['[::1]:80', '[::1]'],
	])('http is let through for this machine: %s', (host, used) => {
		expect(checkAddress(`http://${host}`, 'Base URL')).toBe(`http://${used}`);
	});

	test.each([
		'api.example.com',
		'localhost.example.com',
		'localhost.other.example/',
		'localhost.',
		'notlocalhost',
		'127.0.0.1.example.com',
		'128.0.0.1',
		'[2001:db8::1]',
		'[::11]',
	])('http is turned down for any other: %s', (host) => {
		expect(() => checkAddress(`http://${host}`, 'Base URL')).toThrow(
			new UserError(
				'Base URL in the credentials starts with http://, which would send the key unprotected. Use https://',
			),
		);
	});

	test('http goes anywhere where a vendor is installed in the own network', () => {
		expect(checkAddress('http://verba.example', 'API Address', 'anywhere')).toBe(
			'http://verba.example',
		);
	});

	test.each([undefined, null, 5, {}, '', '  ', 'nowhere', '/v1', 'ftp://example.com', 'https://'])(
		'%j is not a web address, wherever http may go',
		(address) => {
			for (const http of ['loopback', 'anywhere'] as const) {
				expect(() => checkAddress(address, 'API Address', http)).toThrow(
					new UserError(
						'API Address in the credentials is not a web address. Enter one such as https://api.example.com',
					),
				);
			}
		},
	);

	test.each([
		'https://ann@example.com',
		'https://:secret@example.com',
		'https://ann:s@example.com',
		'http://localhost:x@other.example/',
		'http://127.0.0.1@other.example/',
	])('%s holds what belongs into other fields', (address) => {
		expect(() => checkAddress(address, 'Base URL')).toThrow(
			new UserError(
				'Base URL in the credentials holds a user name or password. Remove them from the address',
			),
		);
	});

	test.each([
		['https:\\\\api.example.com', 'https://api.example.com'],
		['https://api.example.com\\v1', 'https://api.example.com/v1'],
		['http://localhost:80\\@other.example', 'http://localhost/@other.example'],
		['https:api.example.com', 'https://api.example.com'],
		['https:///api.example.com', 'https://api.example.com'],
		['https://api.ex\tample.com', 'https://api.example.com'],
		['ht\ntps://api.example.com', 'https://api.example.com'],
		['\u0000https://api.example.com', 'https://api.example.com'],
		['https://api.example.com:', 'https://api.example.com'],
		['https://%61pi.example.com', 'https://api.example.com'],
		['https://api.exаmple.com', 'https://api.xn--exmple-4nf.com'],
		['https://ａpi.example.com', 'https://api.example.com'],
		['https://api\u00ad.example.com', 'https://api.example.com'],
		['http://127.1', 'http://127.0.0.1'],
		['http://0x7f.1', 'http://127.0.0.1'],
		['http://2130706433', 'http://127.0.0.1'],
		['http://[0:0:0:0:0:0:0:1]', 'http://[::1]'],
		['http://[::ffff:127.0.0.1]', 'http://[::ffff:7f00:1]'],
	])('%j could be read as another address, and is not used', (address, plain) => {
		for (const http of ['loopback', 'anywhere'] as const) {
			expect(() => checkAddress(address, 'Token Base URL', http)).toThrow(
				new UserError(
					`Token Base URL in the credentials is written in a way that can be taken for another address. If you mean ${plain}, enter that`,
				),
			);
		}
	});

	test.each([
		'https://example.com/v1?region=eu',
		'https://example.com/v1#calls',
		'https://example.com/v1?',
		'https://example.com/v1#',
	])('%s holds what would swallow the path of every request', (address) => {
		expect(() => checkAddress(address, 'Base URL')).toThrow(
			new UserError('Base URL in the credentials holds a "?" or "#". Remove what follows it'),
		);
	});
});
