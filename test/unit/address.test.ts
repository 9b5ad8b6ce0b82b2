import { describe, expect, test } from '@jest/globals';
import { UserError } from 'n8n-workflow';

import { checkAddress, checkDestination } from '../../nodes/shared/address';

describe('an address in the credentials', () => {
	test.each([
		['https://api.example.com', 'https://api.example.com'],
		['  https://api.example.com/v1 ', 'https://api.example.com/v1'],
		['https://api.example.com/v1//', 'https://api.example.com/v1'],
		['https://api.example.com//v1', 'https://api.example.com//v1'],
		['HTTPS://api.example.com:8443', 'HTTPS://api.example.com:8443'],
	])('%j is used without spaces and slashes at its end', (address, used) => {
		expect(checkAddress(address, 'Base URL')).toBe(used);
	});

	test.each(['localhost', 'LOCALHOST:8080', '127.0.0.1', '127.10.20.130:80', '[::1]:80'])(
		'http is let through for this machine: %s',
		(host) => {
			expect(checkAddress(`http://${host}`, 'Base URL')).toBe(`http://${host}`);
		},
	);

	test.each([
		'api.example.com',
		'localhost.example.com',
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
		'%j is no web address, wherever http may go',
		(address) => {
			for (const http of ['loopback', 'anywhere'] as const) {
				expect(() => checkAddress(address, 'API Address', http)).toThrow(
					new UserError(
						'API Address in the credentials is no web address. Enter one such as https://api.example.com',
					),
				);
			}
		},
	);

	test.each([
		'https://ann@example.com',
		'https://:secret@example.com',
		'https://ann:s@example.com',
	])('%s holds what belongs into other fields', (address) => {
		expect(() => checkAddress(address, 'Base URL')).toThrow(
			new UserError(
				'Base URL in the credentials holds a user name or password. Remove them from the address',
			),
		);
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

test('a request to another host is turned down by a sentence that names both', () => {
	const check = () =>
		checkDestination({ url: 'https://b.example:8443/calls' }, 'https://a.example/v1');
	expect(check).toThrow(UserError);
	expect(check).toThrow(
		/^These credentials are for a\.example and are not sent to b\.example:8443\. Use /,
	);
});
