const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const { projects } = require('../../jest.config');

const rootDir = join(__dirname, '..', '..');

/**
 * One of the projects of jest.config.js, as a configuration of its own: Stryker sets what it needs
 * at the top level, where projects do not see it.
 */
exports.alone = (name) => {
	const { displayName: _, ...project } = projects.find(({ displayName }) => displayName === name);
	return {
		...project,
		rootDir,
		testEnvironment: 'node',
		testRunner: join(__dirname, 'jest-circus-until-caught.js'),
		testSequencer: join(__dirname, 'quickestFirst.js'),
		testTimeout: 60_000,
	};
};

/** The unit tests that import something of a folder: the others catch no mutant there. */
exports.unitTestsOf = (folder) => {
	const unit = join(rootDir, 'test', 'unit');
	return readdirSync(unit)
		.filter((name) => name.endsWith('.test.ts'))
		.filter((name) => readFileSync(join(unit, name), 'utf8').includes(`'../../${folder}/`))
		.map((name) => `<rootDir>/test/unit/${name}`);
};
