/**
 * Tries how well the tests hold, with Stryker: `npm run test:mutation`. Takes one folder's name
 * (erasure or shared) if only that is wanted, and hands what follows on to Stryker:
 * `npm run test:mutation -- erasure --mutate erasure/mask.ts`.
 */
import { join } from 'node:path';

import { environmentWithNode24, installProject, root, run, runMain, Stop } from './machine.mjs';

const folders = ['erasure', 'shared'];

await runMain(async () => {
	const [first, ...others] = process.argv.slice(2);
	const isFolder = folders.includes(first);
	const options = isFolder || first === undefined ? others : [first, ...others];
	const env = await environmentWithNode24();
	await installProject(env);

	const below = [];
	for (const folder of isFolder ? [first] : folders) {
		const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
		const configuration = join('test', 'mutation', `${folder}.mjs`);
		try {
			await run('node', [stryker, 'run', configuration, ...options], { env });
		} catch {
			below.push(folder);
		}
	}
	if (below.length > 0) throw new Stop(`Too few mutants were caught: ${below.join(', ')}`);
});
