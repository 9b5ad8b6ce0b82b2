/**
 * What Stryker's first run, which is without a mutant, tells of the test files: the names of their
 * tests, and how long they take together in milliseconds. Kept in a file for all of its processes.
 */
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const file = join(process.cwd(), 'build', 'mutation-tests.json');

let list;

function readList() {
	list ??= existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
	return list;
}

/** @returns names and duration of a file's tests; undefined if it has not run yet */
exports.testsIn = (path) => readList()[path];

/** Keeps a file's test results. */
exports.keepTests = (path, results) => {
	readList()[path] = {
		names: results.map(({ fullName }) => fullName),
		ms: results.reduce((sum, { duration }) => sum + (duration ?? 0), 0),
	};
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, JSON.stringify(list));
};
