import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { FastifyInstance } from 'fastify';

import type { PageStream } from './pageStream';

const files = {
	'/': ['index.html', 'text/html'],
	'/page.css': ['page.css', 'text/css'],
	'/page.js': ['page.js', 'text/javascript'],
	'/vendorCard.js': ['vendorCard.js', 'text/javascript'],
	'/requestTable.js': ['requestTable.js', 'text/javascript'],
	'/icon.svg': ['icon.svg', 'image/svg+xml'],
} as const;

const headers = {
	'content-security-policy': [
		"default-src 'none'",
		"connect-src 'self'",
		"img-src 'self'",
		"script-src 'self'",
		"style-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
		"require-trusted-types-for 'script'",
	].join('; '),
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
	'cache-control': 'no-store',
};

/** The page itself, as plain files, and the stream that it listens to. */
export function addPage(app: FastifyInstance, stream: PageStream): void {
	for (const [path, [file, type]] of Object.entries(files)) {
		app.get(path, async (_request, reply) => {
			const content = await readFile(join(__dirname, '..', 'page', file), 'utf8');
			return await reply.headers(headers).type(`${type}; charset=utf-8`).send(content);
		});
	}

	app.get('/sandbox/events', async (_request, reply) => {
		if (stream.isFull) return await reply.code(503).send('Too many pages are open.');
		reply.hijack();
		reply.raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8' });
		stream.open(reply.raw);
		return reply;
	});

	app.addHook('preClose', (done) => {
		stream.close();
		done();
	});
}
