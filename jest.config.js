const { join } = require('node:path');

// n8n-core reports what it throws; the tests read it from the result.
process.env.N8N_LOG_LEVEL = 'silent';

const transform = {
	'^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
};

const common = {
	testEnvironment: 'node',
	transform,
	modulePathIgnorePatterns: ['<rootDir>/build/'],
};

/** Those in a real n8n, which may be somebody's. */
const inN8n = (name) => ({
	...common,
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	testEnvironment: '<rootDir>/test/n8nEnvironment.ts',
	globalSetup: '<rootDir>/test/loadPackage.ts',
	globalTeardown: '<rootDir>/test/unloadPackage.ts',
});

const engine = (major) => ({
	...common,
	displayName: `engine on n8n-core ${major}`,
	testMatch: ['<rootDir>/test/engine/**/*.test.ts', '<rootDir>/test/engine/contract/vendors/*.ts'],
	setupFilesAfterEnv: ['<rootDir>/test/engine/contract/holdVendor.ts'],
	globals: { coreFolder: join(__dirname, 'build', 'engine', `core-${major}`) },
	modulePathIgnorePatterns: [],
});

/** @type {import('jest').Config} */
module.exports = {
	testTimeout: 60_000,
	// Most files wait for replies and pauses more than they compute: each takes a quarter of a
	// processor, the named faults one.
	maxWorkers: 6,
	// Of tests that say that they may run side by side: what those do is wait.
	maxConcurrency: 60,
	testSequencer: '<rootDir>/test/longestFirst.cjs',
	projects: [
		{ ...common, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.ts'] },
		{ ...common, displayName: 'sandbox', testMatch: ['<rootDir>/test/sandbox/**/*.test.ts'] },
		{ ...common, displayName: 'package', testMatch: ['<rootDir>/test/package/**/*.test.ts'] },
		engine(1),
		engine(2),
		{
			...engine(2),
			displayName: 'messages',
			testMatch: ['<rootDir>/test/messages/**/*.test.ts'],
		},
		{ ...engine(2), displayName: 'docs', testMatch: ['<rootDir>/test/docs/**/*.test.ts'] },
		...['server', 'browser', 'queue'].map(inN8n),
	],
};
