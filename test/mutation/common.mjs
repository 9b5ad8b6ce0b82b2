/** What mutation testing of both folders has in common: see docs/mutation-testing.md. */
const reports = 'build/mutation';

/**
 * @param name the folder's name in the reports
 * @param options what the folder has for itself
 * @returns Stryker's configuration
 */
export function mutationOf(name, options) {
	return {
		testRunner: 'jest',
		coverageAnalysis: 'perTest',
		// Two at a time leave room for the sandbox's servers on a small machine.
		concurrency: 2,
		// The copies are made where jest.config.js and the linter do not look.
		tempDirName: 'build/stryker',
		ignorePatterns: ['/build', '/dist', '/docs', '/bench', '/workflows'],
		// On a busy machine a good test may take its time, and a timeout counts as caught.
		timeoutMS: 15_000,
		// Tests that hold every text would only repeat it. What messages say is held by test/messages.
		mutator: { excludedMutations: ['StringLiteral'] },
		// A mutant is a change of what the code does; to the type checker most of them are wrong.
		disableTypeChecks: true,
		reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
		htmlReporter: { fileName: `${reports}/${name}.html` },
		jsonReporter: { fileName: `${reports}/${name}.json` },
		clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
		// Only what changed since the last run is tried again; --force tries everything.
		incremental: true,
		incrementalFile: `${reports}/${name}-incremental.json`,
		thresholds: { high: 95, low: 90, break: 90 },
		...options,
	};
}
