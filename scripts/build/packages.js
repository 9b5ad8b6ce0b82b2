const { readdirSync, readFileSync, existsSync } = require('node:fs');
const { join } = require('node:path');

/**
 * The packages that are published from here: the whole one, and one for each vendor in `packages/`.
 *
 * @typedef {object} Package
 * @property {string} name as npm knows it
 * @property {string} version
 * @property {string} folder absolute; its package.json says what `dist` in it has to hold
 * @property {boolean} isWhole whether it is the one of all nodes
 * @property {readonly string[]} nodes compiled files, as package.json lists them
 * @property {readonly string[]} credentials compiled files, as package.json lists them
 */

/**
 * @param {string} root the project's folder
 * @returns {readonly Package[]} the whole one first
 */
exports.readPackages = (root) => {
	const folder = join(root, 'packages');
	const singles = existsSync(folder) ? readdirSync(folder).sort() : [];
	return [
		readPackage(root, true),
		...singles.map((name) => readPackage(join(folder, name), false)),
	];
};

/** @returns {Package} */
function readPackage(folder, isWhole) {
	const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const { name, version, n8n } = manifest;
	return { name, version, folder, isWhole, nodes: n8n.nodes, credentials: n8n.credentials };
}
