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

const { timeZone: ownTimeZone } = Intl.DateTimeFormat().resolvedOptions();

/** In New York, two hours of a year are special. */
const otherTimeZone = ownTimeZone === 'America/New_York' ? 'UTC' : 'America/New_York';

await runMain(async () => {
	const env = await environmentWithNode24();
	await installProject(env);
	const npmRun = async (script) =>
		await run('npm', ['run', '--silent', script], { env, quiet: true });
	const args = process.argv.slice(2);
	if (env.N8N_URL) {
		await step('Building', async () => await npmRun('build'));
		await runParts([{ env, args: args.length > 0 ? args : inGivenN8n }]);
		return;
	}
	await step('Linting', async () => await npmRun('lint'));
	await step('Checking types', async () => await npmRun('typecheck'));
	await step('Building', async () => await npmRun('build'));
	await prepareEngines(env);
	env.N8N_SERVER_FOLDER = await installN8n(env);
	await runParts(args.length > 0 ? [{ env, args }] : everything(env));
});

function everything(env) {
	const missing = testsOfDates.filter((file) => !existsSync(join(root, file)));
	if (missing.length > 0) throw new Error(`No such tests of dates: ${missing.join(', ')}`);
	return [
		{ env, args: ['--ignoreProjects', 'queue'] },
		{ env: { ...env, TZ: otherTimeZone }, args: testsOfDates },
		// Queue mode takes both cores of a small machine: beside others, its own included, jobs would stall.
		{ env, args: ['--runInBand', '--selectProjects', 'queue'] },
	];
}

async function runParts(parts) {
	const sum = { passed: 0, failed: 0, skipped: 0 };
	for (const { env, args } of parts) {
		const { passed, failed, skipped } = await runJest(env, args);
		sum.passed += passed;
		sum.failed += failed;
		sum.skipped += skipped;
	}
	console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
}

async function runJest(env, args) {
	const results = join(root, 'build', 'test-results.json');
	rmSync(results, { force: true });
	const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
	// n8n-core leaves timers behind, which would keep Jest's processes alive: hence --forceExit.
	const failed = await run(
		'node',
		[jest, '--forceExit', '--json', `--outputFile=${results}`, ...args],
		{ env },
	).then(
		() => false,
		() => true,
	);
	const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(
		readFileSync(results, 'utf8'),
	);
	// A suite that could not even start counts no test of its own.
	const failures = Math.max(numFailedTests, numFailedTestSuites);
	if (failed || failures > 0) process.exitCode = 1;
	return { passed: numPassedTests, failed: failures, skipped: numPendingTests };
}
