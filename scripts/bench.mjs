/**
 * The benchmarks: `npm run bench`, and those of queue mode: `npm run bench:queue`. Prepares the
 * machine and hands over to bench/bench.ts or bench/queue.ts.
 */
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
	const [first, ...others] = process.argv.slice(2);
	const isQueue = first === '--queue';
	// With N8N_URL it measures an n8n that is running already.
	if (isQueue || !env.N8N_URL) env.N8N_SERVER_FOLDER = await installN8n(env);
	await run('npm', ['run', '--silent', 'build'], { env, quiet: true });
	const program = join(root, 'bench', isQueue ? 'queue.ts' : 'bench.ts');
	const args = isQueue || first === undefined ? others : [first, ...others];
	await run('node', ['--import', 'tsx', program, ...args], { env });
});
