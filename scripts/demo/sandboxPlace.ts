/** Where the demo's sandbox listens, and where n8n finds it. */
export interface SandboxPlace {
	/** 0 for any that is free. */
	readonly port: number;
	/** Undefined where n8n is on this machine. */
	readonly reachedAt: string | undefined;
}

/**
 * Reads SANDBOX_PORT and SANDBOX_ADDRESS.
 *
 * @throws Error with a sentence for a person
 */
export function sandboxPlace(env: NodeJS.ProcessEnv = process.env): SandboxPlace {
	const portText = env.SANDBOX_PORT ?? '0';
	const address = env.SANDBOX_ADDRESS;
	const port = Number(portText);
	if (!Number.isInteger(port) || port < 0 || port > 65_535) {
		throw new Error(`SANDBOX_PORT is ${portText}, which is no port`);
	}
	if (!address) return { port, reachedAt: undefined };
	if (!URL.canParse(address) || new URL(address).protocol !== 'https:') {
		throw new Error(
			`SANDBOX_ADDRESS is ${address}, and has to begin with https://: the nodes send keys without TLS to the machine that n8n runs on, and nowhere else`,
		);
	}
	return { port, reachedAt: address.replace(/\/+$/, '') };
}
