const { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { basename, dirname, join, posix } = require('node:path');

const { build } = require('esbuild');

const { writeOutputSchemas } = require('./outputSchemas');

/** Where a package's code is, in its folder; the files that package.json lists hand on what is in it. */
const bundleFile = 'dist/bundle.js';

/**
 * Builds a package into its `dist`, from the sources of the project. What a user's machine has is
 * loaded there, everything else is inside: a package may bring nothing with it. All nodes and
 * credentials are one bundle, because they share what is kept in memory, such as an account's pace
 * and Creovai's tokens.
 *
 * @param {string} root the project's folder
 * @param {import('./packages').Package} subject
 */
exports.buildPackage = async (root, subject) => {
	const { name, folder, isWhole, nodes, credentials } = subject;
	if (!isWhole && nodes.length !== 1) {
		throw new Error(`${name} has to list one node. n8n verifies packages for one service only`);
	}
	rmSync(join(folder, 'dist'), { recursive: true, force: true });
	await bundle(root, folder, [...nodes, ...credentials]);
	for (const file of [...nodes, ...credentials]) handOn(folder, file);
	for (const node of nodes) copyAssets(root, name, folder, node);
	writeOutputSchemas(folder, nodes);
};

/** What each file exports is in the bundle under the name of its class: several export `resources`. */
async function bundle(root, folder, files) {
	await build({
		stdin: {
			contents: files
				.map((file) => `export * as ${classOf(file)} from './${sourceOf(file)}';`)
				.join('\n'),
			resolveDir: root,
		},
		absWorkingDir: root,
		outfile: join(folder, bundleFile),
		bundle: true,
		external: ['n8n-workflow', 'node:crypto'],
		format: 'cjs',
		platform: 'node',
		target: 'es2022',
		// Whoever reads what they install reads it as it was written.
		minify: false,
		legalComments: 'none',
		tsconfig: 'tsconfig.json',
		logLevel: 'warning',
	});
}

function handOn(folder, file) {
	const path = posix.relative(posix.dirname(file), bundleFile);
	mkdirSync(dirname(join(folder, file)), { recursive: true });
	writeFileSync(
		join(folder, file),
		`'use strict';\n\nmodule.exports = require('${path}').${classOf(file)};\n`,
	);
}

/** `dist/nodes/Verba/Verba.node.js` holds the class `Verba`. */
function classOf(file) {
	return basename(file).replace(/\.(node|credentials)\.js$/, '');
}

/** `dist/nodes/Verba/Verba.node.js` is made from `nodes/Verba/Verba.node.ts`. */
function sourceOf(file) {
	return file.replace(/^dist\//, '').replace(/\.js$/, '.ts');
}

/** Icons and the codex file, which names the node's whole type and so the package. */
function copyAssets(root, name, folder, node) {
	const source = join(root, dirname(sourceOf(node)));
	const target = join(folder, dirname(node));
	for (const file of readdirSync(source).filter((entry) => entry.endsWith('.svg'))) {
		cpSync(join(source, file), join(target, file));
	}
	const codexFile = `${basename(node, '.js')}.json`;
	const codex = JSON.parse(readFileSync(join(source, codexFile), 'utf8'));
	const type = codex.node.replace(/^.*\./, `${name}.`);
	writeFileSync(
		join(target, codexFile),
		`${JSON.stringify({ ...codex, node: type }, undefined, 2)}\n`,
	);
}
