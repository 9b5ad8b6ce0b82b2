/** The benchmarks: `npm run bench`. Prepares the machine and hands over to bench/bench.ts. */
import { join } from 'node:path';

import {
	environmentWithNode24,
	installN8n,
	installProject,
	root,
	run,
	runMain,
} from './machine.mjs';

await runMain(async () => {
	const env = await environmentWithNode24();
	await installProject(env);
	env.N8N_SERVER_FOLDER = await installN8n(env);
	await run('npm', ['run', '--silent', 'build'], { env, quiet: true });
	const bench = ['--import', 'tsx', join(root, 'bench', 'bench.ts'), ...process.argv.slice(2)];
	await run('node', bench, { env });
});
