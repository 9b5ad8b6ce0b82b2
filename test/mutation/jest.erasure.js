const { alone, unitTestsOf } = require('./jest.common');

// Read by run.properties.test.ts.
process.env.PROPERTY_RUNS ??= '40';

module.exports = {
	...alone('unit'),
	testMatch: unitTestsOf('erasure'),
	setupFiles: ['<rootDir>/test/mutation/firstCounterexample.ts'],
};
