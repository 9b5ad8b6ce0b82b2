import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { RecordStore } from './recordStore';
import type { SandboxRecord } from './sandboxRecord';
import type { ShownParameters, VendorSandbox } from './vendorSandbox';

/** Inferred from Meta's API: Kaleyra's samples of a flow are not published. */
export interface KaleyraFlow extends SandboxRecord {
	readonly name: string;
	readonly status: 'DRAFT' | 'PUBLISHED' | 'DEPRECATED' | 'THROTTLED' | 'BLOCKED';
	readonly categories: readonly string[];
	readonly validation_errors: readonly unknown[];
}

interface Failure {
	readonly status: number;
	readonly body: unknown;
}

const noSuchFlow = 'The flow_id either does not exist or does not belong to the account.';

const notAvailable = 'API is not available for given customer.Please contact support for more info';

/** The five failure bodies of https://developers.kaleyra.io/docs/whatsapp-flow-api-v2-delete-flow. */
export const kaleyraFailures = {
	unauthorized: {
		status: 401,
		body: {
			code: 'RBC001',
			message: 'Incorrect SID or API key.',
			data: [],
			error: { error: 'Incorrect SID or API key.' },
		},
	},
	wrongAccount: {
		status: 401,
		body: { code: 'WA-401', message: notAvailable, data: {}, error: notAvailable },
	},
	incorrectPayload: {
		status: 400,
		body: {
			code: 'WA-400',
			message: 'Refer to correct payload format',
			data: {},
			error: { payload: 'Incorrect payload format' },
		},
	},
	internal: {
		status: 500,
		body: {
			code: 'WA-500',
			message: 'Please try again later',
			data: {},
			error: { error: 'Internal server error' },
		},
	},
	/** The status is inferred from the code: the documentation gives none. */
	noSuchFlow: {
		status: 401,
		body: { code: 'WA-401', message: noSuchFlow, data: {}, error: { flow_id: noSuchFlow } },
	},
} satisfies Record<string, Failure>;

/** Inferred: no answer is published for a change that the flow's state does not allow. */
function refusalFor(flowMessage: string): Failure {
	return {
		status: 400,
		body: { code: 'WA-400', message: flowMessage, data: {}, error: { flow_id: flowMessage } },
	};
}

const flowsPerPage = 25;

type FlowRequest = FastifyRequest<{ Params: { sid: string; id: string } }>;

/** Kaleyra: https://developers.kaleyra.io/docs/whatsapp-flow-api-v2-delete-flow and its neighbours. */
export class KaleyraSandbox implements VendorSandbox {
	readonly name = 'kaleyra';

	sid = 'HXKALEYRASANDBOXIN';

	apiKey = 'Akaleyra-sandbox-key';

	/** The WhatsApp Business Account that holds all flows. */
	wabaId = '102290129340398';

	/** Whether the account may use the API; if not, every request is answered "Wrong account". */
	entitled = true;

	readonly flows = new RecordStore('flows', describeFlow);

	readonly store = this.flows;

	readonly shownParameters: ShownParameters = new Set(['after']);

	/** Flows that are answered with a failure, whatever is asked. */
	readonly failures = new Map<string, Failure>();

	fill(count: number): void {
		this.flows.clear();
		this.failures.clear();
		for (let number = 1; number <= count; number++) this.put(String(1120000000000000 + number));
	}

	/** Puts one flow into the account, a draft unless said otherwise. */
	put(id: string, status: KaleyraFlow['status'] = 'DRAFT'): void {
		const name = `sandbox_flow_${id.slice(-6)}`;
		const content = { categories: ['CONTACT_US'], validation_errors: [] };
		this.flows.set(id, { id, name, status, ...content });
	}

	records(): KaleyraFlow[] {
		return [...this.flows.values()];
	}

	revokeCredentials(): void {
		this.apiKey = randomUUID();
	}

	routes(app: FastifyInstance): void {
		app.addHook('preHandler', async (request, reply) => await this.checkAccount(request, reply));
		// Inferred: what answers for a path that does not exist has another shape than the API.
		app.setNotFoundHandler(
			async (_request, reply) => await reply.code(404).send({ message: 'no Route matched' }),
		);

		const flow = '/v2/:sid/whatsapp/:id';
		app.delete(flow, async (request: FlowRequest, reply) => await this.delete(request, reply));
		app.get(flow, async (request: FlowRequest, reply) => await this.get(request, reply));
		app.post(
			`${flow}/deprecate`,
			async (request: FlowRequest, reply) => await this.deprecate(request, reply),
		);
		app.get(`${flow}/flows`, async (request: FlowRequest, reply) => {
			const { after } = request.query as { after?: string };
			return await this.list(request.params.id, after, reply);
		});
	}

	private async delete({ params }: FlowRequest, reply: FastifyReply): Promise<void> {
		const flow = this.find(params.id);
		if (!('id' in flow)) return await fail(reply, flow);
		if (flow.status !== 'DRAFT') {
			return await fail(reply, refusalFor('Only a flow in draft state can be deleted.'));
		}
		this.flows.delete(flow.id);
		await reply.code(200).send({ success: true });
	}

	/** The answers are inferred; that a throttled or blocked flow can be deprecated is documented. */
	private async deprecate({ params }: FlowRequest, reply: FastifyReply): Promise<void> {
		const flow = this.find(params.id);
		if (!('id' in flow)) return await fail(reply, flow);
		if (flow.status === 'DRAFT' || flow.status === 'DEPRECATED') {
			return await fail(reply, refusalFor('Only a published flow can be deprecated.'));
		}
		this.put(flow.id, 'DEPRECATED');
		await reply.code(200).send({ success: true });
	}

	private async get({ params }: FlowRequest, reply: FastifyReply): Promise<void> {
		const flow = this.find(params.id);
		if (!('id' in flow)) return await fail(reply, flow);
		await reply.code(200).send(flow);
	}

	/** Inferred from Meta's API, the answer to an unknown account included. */
	private async list(
		wabaId: string,
		after: string | undefined,
		reply: FastifyReply,
	): Promise<void> {
		if (wabaId !== this.wabaId) {
			const message = 'The waba_id either does not exist or does not belong to the account.';
			return await fail(reply, { status: 400, body: { code: 'WA-400', message, data: {} } });
		}
		const start = after === undefined ? 0 : Number(after.replace('after_', ''));
		const end = start + flowsPerPage;
		const data = this.records().slice(start, end);
		const cursors = { before: `after_${start}`, after: `after_${end}` };
		const next = `https://graph.facebook.com/${wabaId}/flows?after=after_${end}`;
		const paging = end < this.flows.size ? { cursors, next } : { cursors };
		await reply.code(200).send({ data, paging });
	}

	private find(id: string): KaleyraFlow | Failure {
		return this.failures.get(id) ?? this.flows.get(id) ?? kaleyraFailures.noSuchFlow;
	}

	private async checkAccount(request: FastifyRequest, reply: FastifyReply): Promise<void> {
		const { sid } = request.params as { sid?: string };
		if (sid === undefined) return;
		if (sid !== this.sid || request.headers['api-key'] !== this.apiKey) {
			await fail(reply, kaleyraFailures.unauthorized);
		} else if (!this.entitled) {
			await fail(reply, kaleyraFailures.wrongAccount);
		} else if (request.method === 'DELETE' && !isJson(request)) {
			// The header is documented as mandatory; the answer without it is inferred.
			await fail(reply, kaleyraFailures.incorrectPayload);
		}
	}
}

function describeFlow({ status, name }: KaleyraFlow): string {
	return `${status}, ${name}`;
}

async function fail(reply: FastifyReply, { status, body }: Failure): Promise<void> {
	await reply.code(status).send(body);
}

function isJson({ headers }: FastifyRequest): boolean {
	return headers['content-type'] === 'application/json';
}
