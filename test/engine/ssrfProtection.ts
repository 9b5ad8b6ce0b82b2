import { createRequire } from 'node:module';
import { join } from 'node:path';

declare const coreFolder: string;

/** What N8N_SSRF_PROTECTION_ENABLED sets in n8n's own server. */
export function ssrfProtection() {
	const fromCore = createRequire(join(coreFolder, 'node_modules', 'n8n-core', 'index.js'));
	// Jest's own `require`, given absolute paths, finds the modules that the engine has loaded.
	/* eslint-disable @typescript-eslint/no-require-imports */
	const { Container } = require(fromCore.resolve('@n8n/di')) as {
		Container: { get(type: unknown): { enabled: boolean } };
	};
	const { SsrfProtectionConfig } = require(fromCore.resolve('@n8n/config')) as {
		SsrfProtectionConfig: unknown;
	};
	/* eslint-enable @typescript-eslint/no-require-imports */
	return { Container, config: Container.get(SsrfProtectionConfig) };
}
