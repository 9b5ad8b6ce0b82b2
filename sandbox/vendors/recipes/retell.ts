import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyReply } from 'fastify';

import { RecordStore } from '../recordStore';
import type { SandboxRecord } from '../sandboxRecord';
import type { ShownParameters, VendorSandbox } from '../vendorSandbox';
import { checkAuthorization, hexadecimal } from './answers';

/** A call, with some of the fields that Retell's page on getting one shows. */
export interface RetellCall extends SandboxRecord {
	readonly call_id: string;
	readonly call_status: string;
	readonly to_number: string;
	readonly transcript: string;
}

/** Retell AI's calls: docs/recipes/retell.md has the sources. */
export class RetellSandbox implements VendorSandbox {
	readonly name = 'retell';

	apiKey = 'retell-sandbox-key';

	/** The status for a call that is not there: the pages have 422 and no 404. */
	missingStatus = 422;

	readonly calls = new RecordStore<RetellCall>(
		'calls',
		({ to_number: to, call_status: status }) => `to ${to}, ${status}`,
	);

	readonly store = this.calls;

	readonly shownParameters: ShownParameters = new Set();

	fill(count: number): void {
		this.calls.clear();
		this.missingStatus = 422;
		for (let number = 1; number <= count; number++) {
			const id = hexadecimal(number, 32);
			this.calls.set(id, {
				id,
				call_id: id,
				call_status: 'ended',
				to_number: `+1512555${1000 + (number % 9000)}`,
				transcript: 'User: Please forget me.',
			});
		}
	}

	records(): RetellCall[] {
		return [...this.calls.values()];
	}

	revokeCredentials(): void {
		this.apiKey = randomUUID();
	}

	routes(app: FastifyInstance): void {
		app.addHook('preHandler', async (request, reply) => {
			const error = { status: 'error', message: 'API key is missing or invalid.' };
			await checkAuthorization(request, reply, `Bearer ${this.apiKey}`, error);
		});
		// Inferred: the pages do not say what a path has that does not exist.
		app.setNotFoundHandler(async (_request, reply) => await reply.code(404).send('Not Found'));
		app.delete<{ Params: { id: string } }>('/v2/delete-call/:id', async (request, reply) => {
			if (!this.calls.delete(request.params.id)) return await this.sendMissing(reply);
			return await reply.code(204).send();
		});
		app.get<{ Params: { id: string } }>('/v2/get-call/:id', async (request, reply) => {
			const call = this.calls.get(request.params.id);
			if (call === undefined) return await this.sendMissing(reply);
			return await reply.code(200).send(call);
		});
	}

	/** The pages' example of a 422. */
	private async sendMissing(reply: FastifyReply): Promise<void> {
		const message = 'Cannot find requested asset under given api key.';
		await reply.code(this.missingStatus).send({ status: 'error', message });
	}
}
