/**
 * Takes the pictures of README anew: `npm run screenshots`. Prepares the machine and hands over to
 * screenshots.ts.
 */
import { join } from 'node:path';

import {
	environmentWithNode24,
	installN8n,
	installProject,
	root,
	run,
	runMain,
	step,
} from './machine.mjs';

await runMain(async () => {
	const env = await environmentWithNode24();
	await installProject(env);
	env.N8N_SERVER_FOLDER = await installN8n(env);
	// In somebody's n8n all names would have a mark.
	delete env.N8N_URL;
	const quiet = { env, quiet: true };
	await step('Building', async () => await run('npm', ['run', '--silent', 'build'], quiet));
	await run('node', ['--import', 'tsx', join(root, 'scripts', 'screenshots.ts')], { env });
});
