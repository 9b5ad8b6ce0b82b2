const { basename, dirname } = require('node:path');

const Sequencer = require('@jest/test-sequencer').default;

/**
 * The files that take minutes start first, so that none of them is what everything waits for in the
 * end. Jest goes by how long each took the last time, and by its size where it does not know: on a
 * clean clone, the longest would start late.
 */
const longest = [
	'examples.test.ts',
	'namedFaults.test.ts',
	'recipeFaults.test.ts',
	'describedVendors.test.ts',
	'editor.test.ts',
	'webhook.test.ts',
	'release.test.ts',
	'messages.test.ts',
	'packages.test.ts',
	'faults.test.ts',
	'secretsInReplies.test.ts',
];

/** @param {{ path: string }} test */
function place({ path }) {
	if (basename(dirname(path)) === 'vendors') return longest.length;
	const index = longest.indexOf(basename(path));
	return index === -1 ? longest.length + 1 : index;
}

module.exports = class LongestFirst extends Sequencer {
	sort(tests) {
		return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
	}
};
