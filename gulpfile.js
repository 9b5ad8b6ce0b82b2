const { execFileSync } = require('node:child_process');

const { dest, series, src } = require('gulp');
const { rimrafSync } = require('rimraf');

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

/** Icons, codex files and output schemas stand beside the compiled nodes, where n8n looks for them. */
function assets() {
	const kept = ['nodes/**/*.{svg,node.json}', 'nodes/**/__schema__/**/*.json'];
	return src(kept, { encoding: false }).pipe(dest('dist/nodes'));
}

exports.build = series(clean, compile, assets);
