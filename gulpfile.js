const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

const { dest, series, src } = require('gulp');
const { rimrafSync } = require('rimraf');

const { bundle } = require('./scripts/build/bundles');
const { writeOutputSchemas } = require('./scripts/build/outputSchemas');
const { readPackages } = require('./scripts/build/packages');

const [whole, ...singles] = readPackages(__dirname);

function clean(done) {
	for (const { folder } of [whole, ...singles]) rimrafSync(join(folder, 'dist'));
	done();
}

function compile(done) {
	execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json'], {
		stdio: 'inherit',
	});
	done();
}

/** Icons and codex files stand beside the compiled nodes, where n8n looks for them. */
function assets() {
	return src('nodes/**/*.{svg,node.json}', { encoding: false }).pipe(dest('dist/nodes'));
}

function schemas(done) {
	writeOutputSchemas(whole.folder, whole.nodes);
	done();
}

async function bundles() {
	for (const single of singles) await bundle(__dirname, single);
}

exports.build = series(clean, compile, assets, schemas, bundles);
