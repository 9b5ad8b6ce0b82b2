/**
 * jest-circus, but nothing runs any more once a test has caught the mutant: Jest by itself ends early
 * only between files, and not at all for Stryker. (Stryker wants "jest-circus" in the name.)
 */
const { createEmptyTestResult } = require('@jest/test-result');
const { default: circus } = require('jest-circus/runner');

const { keepTests } = require('./testList');

/** The mutant that a test has caught; Stryker runs one mutant after the other in this process. */
let caught;

module.exports = async (globalConfig, config, environment, runtime, path, send) => {
	const run = async () => await circus(globalConfig, config, environment, runtime, path, send);
	const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
	if (mutant === undefined) {
		const result = await run();
		keepTests(path, result.testResults);
		return result;
	}
	if (caught === mutant) return notRun();
	endWhenCaught(environment, mutant);
	return await run();
};

/** A file without any test would be an error to Jest. */
function notRun() {
	const test = {
		ancestorTitles: [],
		title: 'not run',
		fullName: 'not run',
		status: 'pending',
		failureDetails: [],
		failureMessages: [],
	};
	return { ...createEmptyTestResult(), numPendingTests: 1, testResults: [test] };
}

function endWhenCaught(environment, mutant) {
	const handle = environment.handleTestEvent?.bind(environment);
	environment.handleTestEvent = async (event, state) => {
		if (event.name === 'test_done' && event.test.errors.length > 0) caught = mutant;
		if (event.name === 'test_start' && caught === mutant) event.test.mode = 'skip';
		await handle?.(event, state);
	};
}
