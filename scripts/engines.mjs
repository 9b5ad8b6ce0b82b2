/**
 * Puts the built package beside each of the two n8n-core versions that the engine tests run on, or
 * beside those that the command is given: `node scripts/engines.mjs core-2`.
 */
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { environmentWithNode24, installCore1, root, run, runMain } from './machine.mjs';

/** Where each version's modules are. */
const engines = {
	'core-1': async (env) => join(await installCore1(env), 'node_modules'),
	'core-2': () => join(root, 'node_modules'),
};

export async function prepareEngines(env, names = Object.keys(engines)) {
	for (const name of names) {
		const modules = await engines[name](env);
		const folder = join(root, 'build', 'engine', name);
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(join(folder, 'package'), { recursive: true });
		symlinkSync(modules, join(folder, 'node_modules'));
		cpSync(join(root, 'package.json'), join(folder, 'package', 'package.json'));
		cpSync(join(root, 'dist'), join(folder, 'package', 'dist'), { recursive: true });
	}
}

if (process.argv[1] === import.meta.filename) {
	await runMain(async () => {
		const env = await environmentWithNode24();
		await run('npm', ['run', '--silent', 'build'], { env, quiet: true });
		const names = process.argv.slice(2);
		await prepareEngines(env, names.length > 0 ? names : undefined);
	});
}
