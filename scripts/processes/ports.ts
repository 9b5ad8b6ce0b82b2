import { createServer, type AddressInfo } from 'node:net';

/**
 * Finds a free port on this machine's loopback address.
 *
 * @param wanted the port to look at; 0 for any
 * @throws Error with a sentence for a person, if the wanted port is taken or not permitted
 */
export async function freePort(wanted = 0): Promise<number> {
	return await new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', ({ code }: NodeJS.ErrnoException) => {
			const why = code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${code})`;
			reject(new Error(`Port ${wanted} ${why}`));
		});
		probe.listen({ host: '127.0.0.1', port: wanted, exclusive: true }, () => {
			const { port } = probe.address() as AddressInfo;
			probe.close(() => resolve(port));
		});
	});
}
