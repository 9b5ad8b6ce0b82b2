/**
 * Runs every check and every test: `npm test`. What Jest takes after `--` is handed on:
 * `npm test -- --selectProjects unit`. With N8N_URL it runs the tests that use a real n8n, in that
 * one, and nothing else.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { prepareEngines } from './engines.mjs';
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

/** What reads a date must not take the server's time zone for it; the files of those tests. */
const testsOfDates = [
	'test/unit/moment.test.ts',
	'test/unit/retryAfter.test.ts',
	'test/unit/verba.test.ts',
	'test/engine/happyRobot/callGetAll.test.ts',
	'test/engine/verba/reading.test.ts',
];

/** One after the other: an n8n that somebody uses has other things to do as well. */
const inGivenN8n = ['--runInBand', '--selectProjects', 'server', 'browser'];

/** One process grew beyond a gigabyte over all unit tests. */
const smallWorkers = ['--maxWorkers=2', '--workerIdleMemoryLimit=600MB'];

const { timeZone: ownTimeZone } = Intl.DateTimeFormat().resolvedOptions();

/** In New York, two hours of a year are special. */
const otherTimeZone = ownTimeZone === 'America/New_York' ? 'UTC' : 'America/New_York';

await runMain(async () => {
	const env = await environmentWithNode24();
	await installProject(env);
	const args = process.argv.slice(2);
	if (env.N8N_URL) {
		await step('Building', async () => await npmRun(env, 'build'));
		await runParts([[{ env, args: args.length > 0 ? args : inGivenN8n }]]);
		return;
	}
	await step('Linting, checking types and building', async () => await checkAndBuild(env));
	await prepareEngines(env);
	env.N8N_SERVER_FOLDER = await installN8n(env);
	await runParts(args.length > 0 ? [[{ env, args }]] : everything(env));
});

async function npmRun(env, ...scripts) {
	for (const script of scripts) {
		await run('npm', ['run', '--silent', script], { env, quiet: true });
	}
}

/** ESLint takes as long as all the rest, and one processor. */
async function checkAndBuild(env) {
	const done = await Promise.allSettled([
		npmRun(env, 'lint:code'),
		npmRun(env, 'typecheck', 'build', 'lint:files'),
	]);
	const failures = done.flatMap(({ reason }) => (reason === undefined ? [] : [reason.message]));
	if (failures.length > 0) throw new Stop(failures.join('\n'));
}

function everything(env) {
	const missing = testsOfDates.filter((file) => !existsSync(join(root, file)));
	if (missing.length > 0) throw new Error(`No such tests of dates: ${missing.join(', ')}`);
	return [
		[{ env, args: ['--ignoreProjects', 'queue', 'unit'] }],
		[{ env: { ...env, TZ: otherTimeZone }, args: testsOfDates }],
		[
			// Queue mode takes both cores of a small machine: beside others, its own included, jobs would
			// stall. What only computes may have what it leaves.
			{ env, args: ['--runInBand', '--selectProjects', 'queue'] },
			{ env, args: [...smallWorkers, '--selectProjects', 'unit'], givesWay: true },
		],
	];
}

/** @param parts one after another; each a list of what runs side by side */
async function runParts(parts) {
	const sum = { passed: 0, failed: 0, skipped: 0 };
	for (const part of parts) {
		for (const { passed, failed, skipped } of await Promise.all(part.map(runJest))) {
			sum.passed += passed;
			sum.failed += failed;
			sum.skipped += skipped;
		}
	}
	console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
}

/** @param options.givesWay says what it did when it has ended, so that the words of two do not mix */
async function runJest({ env, args, givesWay = false }) {
	const results = join(root, 'build', `test-results${givesWay ? '-beside' : ''}.json`);
	rmSync(results, { force: true });
	const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
	// n8n-core leaves timers behind, which would keep Jest's processes alive: hence --forceExit.
	const failed = await run(
		'node',
		[jest, '--forceExit', '--json', `--outputFile=${results}`, ...args],
		{ env, givesWay, quiet: givesWay },
	).then(
		(output) => {
			if (givesWay) console.log(output);
			return false;
		},
		({ output }) => {
			if (givesWay) console.log(output);
			return true;
		},
	);
	const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(
		readFileSync(results, 'utf8'),
	);
	// A suite that could not even start counts no test of its own.
	const failures = Math.max(numFailedTests, numFailedTestSuites);
	if (failed || failures > 0) process.exitCode = 1;
	return { passed: numPassedTests, failed: failures, skipped: numPendingTests };
}
