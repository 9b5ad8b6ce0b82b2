import { randomUUID } from 'node:crypto';

import type { FastifyInstance } from 'fastify';

import { RecordStore } from '../recordStore';
import type { SandboxRecord } from '../sandboxRecord';
import type { ShownParameters, VendorSandbox } from '../vendorSandbox';
import { basicHeader, checkAuthorization } from './answers';

/** A contact, and the calls in which it appears. The ID is the phone number. */
export interface GongContact extends SandboxRecord {
	readonly calls: ReadonlyArray<{ id: string; status: string }>;
}

interface NumberQuery {
	phoneNumber?: string;
}

/** Gong's data privacy endpoints: docs/recipes/gong.md has the sources. */
export class GongSandbox implements VendorSandbox {
	readonly name = 'gong';

	readonly accessKey = 'gong-sandbox-key';

	accessKeySecret = 'gong-sandbox-secret';

	/** How long a deletion takes, in milliseconds: "several hours" at Gong. */
	purgeMs = 0;

	private readonly contacts = new RecordStore<GongContact>(
		'contacts',
		({ calls }) => `${calls.length} call`,
	);

	readonly shownParameters: ShownParameters = new Set();

	/** When deletions that are under way were taken on, in milliseconds since the epoch. */
	private readonly takenOnAt = new Map<string, number>();

	fill(count: number): void {
		this.contacts.clear();
		this.takenOnAt.clear();
		for (let number = 1; number <= count; number++) {
			const id = `+1512555${String(number).padStart(4, '0')}`;
			this.contacts.set(id, { id, calls: [{ id: String(number), status: 'COMPLETED' }] });
		}
	}

	records(): GongContact[] {
		return [...this.store.values()];
	}

	/** Deletions end by the clock, so they are looked after whenever somebody looks. */
	get store(): RecordStore<GongContact> {
		for (const [id, at] of this.takenOnAt) {
			if (Date.now() < at + this.purgeMs) continue;
			this.takenOnAt.delete(id);
			this.contacts.delete(id);
		}
		return this.contacts;
	}

	revokeCredentials(): void {
		this.accessKeySecret = randomUUID();
	}

	routes(app: FastifyInstance): void {
		app.addHook('preHandler', async (request, reply) => {
			const error = { requestId: randomUUID(), errors: ['Invalid credentials'] }; // inferred
			const expected = basicHeader(this.accessKey, this.accessKeySecret);
			await checkAuthorization(request, reply, expected, error);
		});
		app.post<{ Querystring: NumberQuery }>(
			'/v2/data-privacy/erase-data-for-phone-number',
			async (request, reply) => {
				const id = request.query.phoneNumber ?? '';
				// Inferred: a number that nobody has is taken on like any other.
				if (this.contacts.has(id)) this.takenOnAt.set(id, Date.now());
				return await reply.code(200).send({ requestId: randomUUID() });
			},
		);
		app.get<{ Querystring: NumberQuery }>(
			'/v2/data-privacy/data-for-phone-number',
			async (request, reply) => {
				const number = request.query.phoneNumber ?? '';
				const contact = this.store.get(number);
				return await reply.code(200).send({
					requestId: randomUUID(),
					suppliedPhoneNumber: number,
					matchingPhoneNumbers: contact === undefined ? [] : [number],
					calls: contact?.calls ?? [],
					emails: [],
					meetings: [],
					customerData: [],
				});
			},
		);
	}
}
