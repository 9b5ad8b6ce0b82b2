/** Puts the built package beside each of the two n8n-core versions that the engine tests run on. */
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { environmentWithNode24, installCore1, root, run, runMain } from './machine.mjs';

export async function prepareEngines(env) {
	const nodeModules = {
		'core-1': join(await installCore1(env), 'node_modules'),
		'core-2': join(root, 'node_modules'),
	};
	for (const [name, modules] of Object.entries(nodeModules)) {
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
		await prepareEngines(env);
	});
}
