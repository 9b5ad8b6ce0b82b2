/**
 * Loads an installed package by the loader of an n8n-core and writes what it found, as JSON:
 * `node load.mjs <folder with n8n-core> <the package's folder>`.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [coreFolder, packageFolder] = process.argv.slice(2);
const fromCore = createRequire(join(coreFolder, 'index.js'));
const { PackageDirectoryLoader } = fromCore('n8n-core');

const loader = new PackageDirectoryLoader(packageFolder);
await loader.loadAll();
const answer = {
	version: fromCore('n8n-core/package.json').version,
	nodes: Object.keys(loader.nodeTypes),
	credentials: Object.keys(loader.credentialTypes),
};
// The engine leaves timers behind.
process.stdout.write(JSON.stringify(answer), () => process.exit(0));
