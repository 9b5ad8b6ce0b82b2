/**
 * The demo: `npm start`, or `npm start -- --once` to try everything and end, or
 * `npm start -- --port 5690`. Uses the n8n that N8N_URL gives, or one from npm. Prepares the machine and hands over to demo.ts.
 *
 * n8n in queue mode: `npm run start:queue`, with the same options and `--workers 3`. Hands over to
 * queue.ts.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import {
	environmentWithNode24,
	installN8n,
	installProject,
	root,
	run,
	runMain,
	step,
	Stop,
} from './machine.mjs';

await runMain(async () => {
	const { help, once, port, queue, workers } = readArguments();
	if (help) return;
	const env = await environmentWithNode24();
	await installProject(env);
	// With N8N_URL the demo uses an n8n that is running already.
	if (queue || !env.N8N_URL) env.N8N_SERVER_FOLDER = await installN8n(env);
	await step(
		'Building',
		async () => await run('npm', ['run', '--silent', 'build'], { env, quiet: true }),
	);
	const more = once ? ['--once'] : [];
	process.exitCode = queue
		? await runDemo('queue.ts', [port, workers, ...more], env)
		: await runDemo('demo.ts', [port, ...more], env);
});

function readArguments() {
	const isQueue = process.argv.includes('--queue');
	const usage = isQueue
		? 'Use: npm run start:queue -- [--once] [--port 5678] [--workers 2]'
		: 'Use: npm start -- [--once] [--port 5678]';
	const options = {
		help: { type: 'boolean', short: 'h', default: false },
		once: { type: 'boolean', default: false },
		port: { type: 'string', default: '5678' },
		queue: { type: 'boolean', default: false },
		...(isQueue && { workers: { type: 'string', default: '2' } }),
	};
	let values;
	try {
		({ values } = parseArgs({ options }));
	} catch (error) {
		throw new Stop(`${error.message.split('. ')[0]}. ${usage}`);
	}
	if (values.help) {
		console.log(usage);
		return values;
	}
	const port = Number(values.port);
	if (!Number.isInteger(port) || port < 1 || port > 65_535) {
		throw new Stop(`${values.port} is no port. ${usage}`);
	}
	if (isQueue && !/^[1-9]\d?$/.test(values.workers)) {
		throw new Stop(`${values.workers} is no number of workers. ${usage}`);
	}
	return values;
}

/** Ctrl-C is for the demo, which stops what it started and then ends. @returns its exit code */
async function runDemo(program, args, env) {
	const demo = ['--import', 'tsx', join(root, 'scripts', 'demo', program), ...args];
	const child = spawn('node', demo, { cwd: root, env, stdio: 'inherit' });
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.on(signal, () => child.kill(signal));
	}
	return await new Promise((resolve, reject) => {
		child.on('error', (error) => reject(new Stop(`The demo did not start: ${error.message}`)));
		child.on('exit', (code) => resolve(code ?? 1));
	});
}
