const { default: Sequencer } = require('@jest/test-sequencer');

const { testsIn } = require('./testList');

/**
 * Only the files that hold a test that reaches the mutant, and of those the quickest first: Jest
 * loads every file to see which of its tests are wanted, and begins with the longest.
 */
module.exports = class QuickestFirst extends Sequencer {
	constructor(options) {
		super(options);
		const { testNamePattern } = options.globalConfig;
		this.wanted = testNamePattern ? new RegExp(testNamePattern, 'i') : undefined;
	}

	sort(tests) {
		return tests
			.filter(({ path }) => this.isWanted(path))
			.sort((a, b) => duration(a) - duration(b) || a.path.localeCompare(b.path));
	}

	isWanted(path) {
		if (this.wanted === undefined) return true;
		return testsIn(path)?.names.some((name) => this.wanted.test(name)) ?? false;
	}
};

function duration({ path }) {
	return testsIn(path)?.ms ?? 0;
}
