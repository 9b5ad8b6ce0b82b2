import type { AddressInfo } from 'node:net';

import fastify, {
	type FastifyInstance,
	type FastifyPluginCallback,
	type FastifyReply,
	type FastifyRequest,
} from 'fastify';

import { CreovaiSandbox } from './vendors/creovai';
import { Faults } from './faults/faults';
import { FlyflowSandbox } from './vendors/flyflow';
import { HappyRobotSandbox } from './vendors/happyRobot';
import { KaleyraSandbox } from './vendors/kaleyra';
import { addPage } from './pageFeed/pageRoutes';
import { PageStream } from './pageFeed/pageStream';
import { Troubles, isTrouble } from './faults/troubles';
import { addCases } from './practice';
import type { RateLimit } from './faults/rateLimit';
import type { Workers } from './faults/workers';
import type { LoggedRequest } from './loggedRequest';
import type { VendorSandbox } from './vendors/vendorSandbox';
import { VerbaSandbox } from './vendors/verba';
import { RecipeSandboxes } from './vendors/recipes/recipeSandboxes';

/** The vendors' APIs as one local server, for tests and for the demo. */
export class Sandbox {
	readonly flyflow = new FlyflowSandbox();

	readonly creovai = new CreovaiSandbox();

	readonly kaleyra = new KaleyraSandbox();

	readonly happyRobot = new HappyRobotSandbox();

	readonly verba = new VerbaSandbox();

	readonly vendors: readonly VendorSandbox[] = [
		this.flyflow,
		this.creovai,
		this.kaleyra,
		this.happyRobot,
		this.verba,
	];

	/** Vendors that answer like the others, and that the page does not show. */
	readonly recipes = new RecipeSandboxes();

	readonly requests: LoggedRequest[] = [];

	/** All requests, those to paths that no vendor has as well: the log leaves some of them out. */
	received = 0;

	readonly faults = new Faults();

	/** What a person makes go wrong by the page. */
	readonly troubles = new Troubles(this.faults);

	/** Milliseconds that each answer takes. */
	latency = 0;

	/** Milliseconds by which an answer takes longer than that at most: how much is chance. */
	latencySpread = 0;

	rateLimit: RateLimit | undefined;

	/** Who does the work; undefined for as many as are asked. */
	workers: Workers | undefined;

	/** Connections of all vendors: open now, and the most at once. */
	readonly connections = { open: 0, most: 0 };

	private readonly logged = new WeakMap<FastifyRequest, LoggedRequest>();

	/** Requests that are neither answered nor broken off. */
	private open = 0;

	private readonly app: FastifyInstance = this.build();

	private constructor(private readonly reachedAt: string | undefined) {}

	/**
	 * @param port 0 for any that is free
	 * @param reachedAt where n8n finds it, if not on this machine
	 */
	static async start(port = 0, reachedAt?: string): Promise<Sandbox> {
		const sandbox = new Sandbox(reachedAt);
		await sandbox.app.listen({ host: '127.0.0.1', port });
		return sandbox;
	}

	/** The address of a vendor's API, to be put into its credential. */
	address(vendor = ''): string {
		const { port } = this.app.server.address() as AddressInfo;
		const origin = this.reachedAt ?? `http://127.0.0.1:${port}`;
		return vendor === '' ? origin : `${origin}/${vendor}`;
	}

	/** The requests that reached one vendor. */
	requestsTo(vendor: string): LoggedRequest[] {
		return this.requests.filter((request) => request.vendor === vendor);
	}

	/** Back to an empty log and no faults; the records stay. */
	forget(): void {
		this.requests.length = 0;
		this.received = 0;
		this.faults.clear();
		this.troubles.clear();
		this.latency = 0;
		this.latencySpread = 0;
		this.rateLimit = undefined;
		this.workers = undefined;
	}

	/**
	 * Waits until nothing is under way any more: on a busy machine a request whose sender has given up
	 * may still lie in a connection, unread, and would be carried out later.
	 */
	async quiet(): Promise<void> {
		while (this.open > 0 || this.connections.open > 0) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
	}

	async stop(): Promise<void> {
		await this.app.close();
	}

	private build(): FastifyInstance {
		const app = fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 5000 } });
		app.server.on('connection', (socket) => {
			this.connections.open += 1;
			this.connections.most = Math.max(this.connections.most, this.connections.open);
			socket.once('close', () => (this.connections.open -= 1));
		});
		app.removeAllContentTypeParsers();
		app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
			done(null, body);
		});
		app.addHook('onRequest', (_request, _reply, done) => {
			this.received += 1;
			done();
		});
		this.addControl(app);
		addPage(app, new PageStream(this.vendors, this.requests, this.troubles));
		for (const vendor of this.everyVendor()) {
			void app.register(this.pluginFor(vendor), { prefix: `/${vendor.name}` });
		}
		return app;
	}

	private pluginFor(vendor: VendorSandbox): FastifyPluginCallback {
		const plugin: FastifyPluginCallback = (scope, _options, done) => {
			this.addHooks(scope, vendor);
			vendor.routes(scope);
			done();
		};
		// For one without a name, fastify looks through all modules that are loaded, which takes longer
		// than the rest of the start where Jest has loaded n8n.
		return Object.assign(plugin, { [Symbol.for('fastify.display-name')]: vendor.name });
	}

	/** Those of the page, and those of the recipes. */
	everyVendor(): VendorSandbox[] {
		return [...this.vendors, ...Object.values<VendorSandbox>({ ...this.recipes })];
	}

	private addHooks(scope: FastifyInstance, vendor: VendorSandbox): void {
		scope.addHook('preHandler', async (request, reply) => {
			this.log(request, reply, vendor);
			this.open += 1;
			reply.raw.once('close', () => {
				this.open -= 1;
			});
			await (this.workers?.carryOut(this.work) ?? this.work());
			const wait = this.rateLimit?.refuse(Date.now());
			if (wait !== undefined) {
				await reply
					.code(429)
					.header('retry-after', String(Math.ceil(wait / 1000)))
					.send();
				return;
			}
			await this.faults.before(request, reply);
			this.noteFault(request);
		});
		scope.addHook('onSend', async (request, reply, payload) => {
			const logged = this.logged.get(request);
			const sent = await this.faults.after(request, reply, payload);
			if (logged !== undefined) logged.status = reply.statusCode;
			return sent;
		});
	}

	private readonly work = async (): Promise<void> => {
		const ms = this.latency + this.latencySpread * Math.random();
		if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
	};

	private noteFault(request: FastifyRequest): void {
		const kind = this.faults.kindOf(request);
		const logged = this.logged.get(request);
		if (logged !== undefined && kind !== undefined) logged.fault = kind;
	}

	private log(request: FastifyRequest, reply: FastifyReply, vendor: VendorSandbox): void {
		const entry: LoggedRequest = {
			at: new Date().toISOString(),
			vendor: vendor.name,
			method: request.method,
			url: (request.raw.url ?? '').slice(vendor.name.length + 1),
			headers: request.headers,
			body: typeof request.body === 'string' ? request.body : '',
		};
		this.requests.push(entry);
		this.logged.set(request, entry);
		const start = performance.now();
		reply.raw.once('close', () => {
			const isWhole = reply.raw.writableFinished && !this.faults.cutsOff(request);
			entry.end = isWhole ? 'answered' : 'cut off';
			entry.ms = performance.now() - start;
		});
	}

	/** For a sandbox that runs as a process of its own: what it holds and what it was asked. */
	private addControl(app: FastifyInstance): void {
		const find = (name: string) => this.everyVendor().find((vendor) => vendor.name === name);
		app.get<{ Params: { vendor: string } }>('/sandbox/:vendor/records', async (request, reply) => {
			return await reply.send(find(request.params.vendor)?.records() ?? []);
		});
		app.put<{ Params: { vendor: string }; Querystring: { count: string; cases?: string } }>(
			'/sandbox/:vendor/records',
			async (request, reply) => {
				const { vendor } = request.params;
				find(vendor)?.fill(Number(request.query.count));
				if (request.query.cases === 'true') addCases(this, vendor);
				return await reply.code(204).send();
			},
		);
		app.put<{ Params: { vendor: string }; Querystring: { trouble?: string } }>(
			'/sandbox/:vendor/trouble',
			async (request, reply) => {
				const vendor = find(request.params.vendor);
				const { trouble = '' } = request.query;
				if (vendor === undefined || (trouble !== '' && !isTrouble(trouble))) {
					return await reply.code(404).send();
				}
				this.troubles.set(vendor, trouble === '' ? undefined : trouble);
				return await reply.code(204).send();
			},
		);
		app.put<{ Params: { vendor: string }; Querystring: { seconds?: string } }>(
			'/sandbox/:vendor/purge',
			async (request, reply) => {
				const vendor = find(request.params.vendor);
				const { seconds = '' } = request.query;
				if (vendor?.purgeMs === undefined || !/^\d{1,6}$/.test(seconds)) {
					return await reply.code(404).send();
				}
				vendor.purgeMs = Number(seconds) * 1000;
				return await reply.code(204).send();
			},
		);
		app.get<{ Params: { vendor: string } }>('/sandbox/:vendor/requests', async (request, reply) => {
			return await reply.send(this.requestsTo(request.params.vendor));
		});
	}
}
