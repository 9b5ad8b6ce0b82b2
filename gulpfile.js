const { execFileSync } = require('node:child_process');

const { dest, series, src } = require('gulp');
const { rimrafSync } = require('rimraf');

const { n8n } = require('./package.json');
const { writeOutputSchemas } = require('./scripts/build/outputSchemas');

function clean(done) {
	rimrafSync('dist');
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
	writeOutputSchemas(__dirname, n8n.nodes);
	done();
}

exports.build = series(clean, compile, assets, schemas);
