const { alone, unitTestsOf } = require('./jest.common');

/**
 * Engine tests that meet all of nodes/shared between them, and do not take minutes. A vendor's other
 * operations pass through the same code.
 */
const engineTests = [
	'flyflow/*',
	'creovai/{purge*,tokens,waitUntilPurged,getStatus}',
	'kaleyra/*',
	'verba/{account,delete,find,reading}',
	'credentialTest',
];

module.exports = {
	...alone('engine on n8n-core 2'),
	testMatch: [
		...unitTestsOf('nodes/shared'),
		...engineTests.map((name) => `<rootDir>/test/engine/${name}.test.ts`),
		'<rootDir>/test/engine/contract/vendors/flyflow.ts',
	],
	setupFilesAfterEnv: [
		'<rootDir>/test/engine/contract/holdVendor.ts',
		'<rootDir>/test/mutation/fastTime.ts',
		'<rootDir>/test/mutation/loadPackage.ts',
	],
};
