/**
 * Everything that has to be true before a version is published: `npm run release:check`, with
 * `-- --tag v1.2.3` once there is a tag. Prepares the machine and hands over to release/check.ts.
 */
import { join } from 'node:path';

import {
	environmentWithNode24,
	installCore1,
	installProject,
	root,
	run,
	runMain,
	step,
} from './machine.mjs';

await runMain(async () => {
	const env = await environmentWithNode24();
	await installProject(env);
	for (const [title, script] of [
		['Checking types', 'typecheck'],
		['Building', 'build'],
	]) {
		await step(
			title,
			async () => await run('npm', ['run', '--silent', script], { env, quiet: true }),
		);
	}
	const cores = [await installCore1(env), root].flatMap((folder) => ['--core', folder]);
	const check = join(root, 'scripts', 'release', 'check.ts');
	const command = ['--import', 'tsx', check, ...cores, ...process.argv.slice(2)];
	// What it found is on the screen already.
	await run('node', command, { env }).catch(() => (process.exitCode = 1));
});
