import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import { selfSignedCertificate } from './selfSigned';

/** Where a vendor cannot be reached. Nothing that is sent there counts as delivered. */
export class Unreachable {
	/** Requests that came through all the same. */
	requests = 0;

	private constructor(
		private readonly plain: Server,
		private readonly secure: Server,
	) {}

	static async start(): Promise<Unreachable> {
		const count = () => {
			unreachable.requests += 1;
		};
		const plain = createHttpServer(count);
		const secure = createHttpsServer(selfSignedCertificate(), count);
		await Promise.all([plain, secure].map(listen));
		const unreachable = new Unreachable(plain, secure);
		return unreachable;
	}

	/**
	 * Nobody listens there: below the ports that are given out to whoever asks for any, so that no other
	 * server on this machine gets it meanwhile.
	 */
	get refused(): string {
		return 'https://127.0.0.1:1';
	}

	/**
	 * A name that cannot exist: its first part is longer than 63 characters, so that no network is
	 * asked and none is waited for.
	 */
	get unknownHost(): string {
		return `https://${'n'.repeat(64)}.invalid`;
	}

	/** Speaks no TLS. */
	get plainHttp(): string {
		return `https://127.0.0.1:${portOf(this.plain)}`;
	}

	/** Its certificate is vouched for by nobody. */
	get selfSigned(): string {
		return `https://127.0.0.1:${portOf(this.secure)}`;
	}

	async stop(): Promise<void> {
		await Promise.all([this.plain, this.secure].map(close));
	}
}

async function listen(server: Server): Promise<void> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function portOf(server: Server): number {
	return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
}
