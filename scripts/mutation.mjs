/**
 * Tries how well the tests hold, with Stryker: `npm run test:mutation`. Takes folders or files if
 * only those are wanted: `npm run test:mutation -- erasure nodes/shared/sending/send.ts`.
 */
import { join } from 'node:path';

import { environmentWithNode24, installProject, root, run, runMain, Stop } from './machine.mjs';

/** The configuration of each folder that has one. */
const configurations = { erasure: 'erasure.mjs', 'nodes/shared': 'shared.mjs' };

await runMain(async () => {
	const asked = process.argv.slice(2);
	const env = await environmentWithNode24();
	await installProject(env);

	const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
	const ended = [];
	for (const [folder, configuration] of Object.entries(configurations)) {
		const files = asked.filter((path) => path.startsWith(`${folder}/`));
		if (asked.length > 0 && !asked.includes(folder) && files.length === 0) continue;
		const only = asked.includes(folder) || files.length === 0 ? [] : ['--mutate', files.join()];
		const args = [stryker, 'run', join('test', 'mutation', configuration), ...only];
		await run('node', args, { env }).catch(() => ended.push(folder));
	}
	if (ended.length > 0) {
		throw new Stop(`Too few mutants are caught, or Stryker could not run: ${ended.join(', ')}`);
	}
});
