const { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { basename, dirname, join, posix } = require('node:path');

const { build } = require('esbuild');

const { writeOutputSchemas } = require('./outputSchemas');

/**
 * Builds the package of one vendor into its `dist`, from the same sources as the whole package. What
 * a user's machine has is loaded there, everything else is inside: a package may bring nothing with
 * it. Node and credentials are one bundle, because they share what is kept in memory, such as
 * Creovai's tokens; a credential's file hands on what is in it.
 *
 * @param {string} root the project's folder
 * @param {import('./packages').Package} single
 */
exports.bundle = async (root, { name, folder, nodes, credentials }) => {
	const [node, ...others] = nodes;
	if (node === undefined || others.length > 0) {
		throw new Error(`${name} has to list one node. n8n verifies packages for one service only`);
	}
	const sources = [node, ...credentials].map(sourceOf);
	await build({
		stdin: {
			contents: sources.map((file) => `export * from './${file}';`).join('\n'),
			resolveDir: root,
		},
		absWorkingDir: root,
		outfile: join(folder, node),
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
	for (const credential of credentials) writeCredential(folder, credential, node);
	copyAssets(root, name, folder, node);
	writeOutputSchemas(folder, nodes);
};

function writeCredential(folder, credential, node) {
	const file = join(folder, credential);
	const className = basename(credential, '.credentials.js');
	const path = posix.relative(posix.dirname(credential), node);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(
		file,
		`'use strict';\n\nconst { ${className} } = require('${path}');\n\nexports.${className} = ${className};\n`,
	);
}

/** `dist/nodes/Verba/Verba.node.js` is made from `nodes/Verba/Verba.node.ts`. */
function sourceOf(file) {
	return file.replace(/^dist\//, '').replace(/\.js$/, '.ts');
}

/** Icons and the codex file, which names the node's whole type and so the package. */
function copyAssets(root, name, folder, node) {
	const source = join(root, dirname(sourceOf(node)));
	const target = join(folder, dirname(node));
	mkdirSync(target, { recursive: true });
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
