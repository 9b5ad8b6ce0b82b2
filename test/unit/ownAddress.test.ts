import { describe, expect, test } from '@jest/globals';
import { UserError, type IHttpRequestOptions } from 'n8n-workflow';

import { toOwnAddress } from '../../nodes/shared/sending/ownAddress';

const own = 'https://api.example.com/v1';

/** Requests of n8n's older helpers have fields that the type of the newer ones does not know. */
const ask = (request: object, address = own) =>
	toOwnAddress(request as IHttpRequestOptions, address);

describe('where a request goes', () => {
	test.each([
		[{ url: `${own}/calls` }, `${own}/calls`],
		[{ uri: `${own}/calls` }, `${own}/calls`],
		[{ uri: new URL(`${own}/calls?a=1`) }, `${own}/calls?a=1`],
		[{ uri: [`${own}/calls`] }, `${own}/calls`],
		[{ url: `${own}/calls`, uri: `${own}/calls` }, `${own}/calls`],
		[{ url: '/calls', baseURL: own }, `${own}/calls`],
		[{ url: 'calls?a=1', baseURL: `${own}/` }, `${own}/calls?a=1`],
		[{ uri: '/calls', baseURL: new URL(own) }, `${own}/calls`],
		[{ url: '', baseURL: own }, `${own}/`],
		[{ url: `${own}/calls`, baseURL: 'https://elsewhere.example' }, `${own}/calls`],
		[{ url: 'https://api.example.com:443/calls' }, 'https://api.example.com/calls'],
		[{ url: 'https://api.ex\tample.com/calls' }, 'https://api.example.com/calls'],
	])('%j goes on as one absolute url', (request, url) => {
		const sent = ask(request);
		expect(sent.url).toBe(url);
		expect(Object.keys(sent)).not.toEqual(expect.arrayContaining(['uri']));
		expect(Object.keys(sent)).not.toEqual(expect.arrayContaining(['baseURL']));
	});

	test.each([
		[{ url: 'https://elsewhere.example/v1' }, 'https://elsewhere.example'],
		[{ uri: 'https://elsewhere.example/v1' }, 'https://elsewhere.example'],
		[{ uri: new URL('https://elsewhere.example/v1') }, 'https://elsewhere.example'],
		[{ uri: ['https://elsewhere.example/v1'] }, 'https://elsewhere.example'],
		[{ uri: 'http://api.example.com/v1' }, 'http://api.example.com'],
		[{ uri: 'https://api.example.com:8443/v1' }, 'https://api.example.com:8443'],
		[{ uri: 'https://api.example.com./v1' }, 'https://api.example.com.'],
		[{ uri: 'https://api.example.com.elsewhere.com' }, 'https://api.example.com.elsewhere.com'],
		[{ uri: 'https://api.example.com@elsewhere.example' }, 'https://elsewhere.example'],
		[{ uri: 'https://elsewhere.example\\@api.example.com' }, 'https://elsewhere.example'],
		[{ uri: 'blob:https://api.example.com/v1' }, 'blob://'],
		[{ uri: 'data:,api.example.com' }, 'data://'],
		[{ url: '/calls', baseURL: 'https://elsewhere.example' }, 'https://elsewhere.example'],
		[{ url: 'https://elsewhere.example', baseURL: own }, 'https://elsewhere.example'],
		[{ url: '\\\\elsewhere.example', baseURL: own }, 'https://elsewhere.example'],
		[{ url: ' https://elsewhere.example', baseURL: own }, 'https://elsewhere.example'],
	])('%j is turned down by a sentence that names both', (request, foreign) => {
		expect(() => ask(request)).toThrow(
			new UserError(
				`These credentials are for https://api.example.com and are not sent to ${foreign}. Use an address there, or other credentials`,
			),
		);
	});

	test.each([
		{},
		{ url: undefined },
		{ uri: '' },
		{ url: null, uri: null },
		{ uri: '/v1/calls' },
		{ uri: 'api.example.com/v1' },
		{ uri: {} },
		{ uri: '//api.example.com/v1' },
		{ url: '//api.example.com/v1', baseURL: own },
		{ url: '/calls', baseURL: '/v1' },
		{ url: 'https://' },
	])('%j names no whole address', (request) => {
		expect(() => ask(request)).toThrow(
			new UserError(
				'These credentials are for https://api.example.com, and this request does not name a full address. Enter the full address, starting with https://',
			),
		);
	});

	test.each([
		{ url: `${own}/calls`, uri: 'https://elsewhere.example' },
		{ url: 'https://elsewhere.example', uri: `${own}/calls` },
		{ url: `${own}/calls`, uri: `${own}/notes` },
		{ url: '', uri: `${own}/notes` },
	])('of two addresses none is chosen: %j', (request) => {
		expect(() => ask(request)).toThrow(
			/^This request names two addresses, "url" and "uri", .* Leave one of them out$/,
		);
	});
});

test('redirects are switched off, whatever the request says of them', () => {
	const sent = ask({
		uri: own,
		followRedirect: true,
		followAllRedirects: true,
		maxRedirects: 21,
		disableFollowRedirect: false,
		sendCredentialsOnCrossOriginRedirect: true,
	});
	expect(sent).toEqual({
		url: own,
		followRedirect: false,
		followAllRedirects: false,
		maxRedirects: 0,
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
	});
});

describe('how a request goes', () => {
	test.each([
		{ proxy: 'http://proxy.example:3128' },
		{ proxy: { host: 'proxy.example', port: 3128 } },
		{ tunnel: true },
	])('not through a proxy of its own: %j', (fields) => {
		expect(() => ask({ url: own, ...fields })).toThrow(
			/^These credentials are not sent through a proxy that a node names\. Remove Proxy /,
		);
	});

	test.each([
		{ rejectUnauthorized: false },
		{ rejectUnauthorized: 0 },
		{ skipSslCertificateValidation: true },
		{ strictSSL: false },
		{ agentOptions: { rejectUnauthorized: false } },
		{ agentOptions: { ca: '-----BEGIN CERTIFICATE-----' } },
		{ agentOptions: { checkServerIdentity: 'none' } },
	])('not where the certificate is not checked: %j', (fields) => {
		expect(() => ask({ url: own, ...fields })).toThrow(
			/^These credentials are only sent where n8n itself checks the server's certificate\. /,
		);
	});

	test.each([
		[{ agentOptions: { host: 'elsewhere.example' } }, 'agentOptions.host'],
		[{ agentOptions: { port: 0 } }, 'agentOptions.port'],
		[{ agentOptions: { socketPath: '/tmp/a' } }, 'agentOptions.socketPath'],
		[{ agentOptions: { servername: 'elsewhere.example' } }, 'agentOptions.servername'],
		[{ socketPath: '/tmp/a', httpsAgent: {} }, 'httpsAgent, socketPath'],
		[{ agent: {} }, 'agent'],
	])('not over a connection of its own: %j', (fields, named) => {
		expect(() => ask({ url: own, ...fields })).toThrow(
			new UserError(
				`These credentials are only sent over a connection that n8n sets up. Remove ${named} from the request`,
			),
		);
	});

	test.each(['Host', 'host', 'HOST '])('not for another host at the same server: %j', (name) => {
		expect(() => ask({ url: own, headers: { [name]: 'elsewhere.example' } })).toThrow(
			new UserError(
				'These credentials are for api.example.com, and this request has a Host header for another host. Remove that header',
			),
		);
	});

	test('what takes the key nowhere else stays as it is', () => {
		const harmless = {
			method: 'POST',
			headers: { accept: '*/*', Host: 'api.example.com' },
			body: { a: 1 },
			qs: { b: 2 },
			proxy: '',
			rejectUnauthorized: true,
			agentOptions: { cert: 'c', key: 'k', passphrase: 'p', ca: undefined },
			auth: undefined,
		};
		expect(ask({ uri: own, ...harmless })).toMatchObject({ url: own, ...harmless });
	});
});
