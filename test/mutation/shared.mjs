/** Stryker over nodes/shared/, held by unit tests and by engine tests on n8n-core 2. */
import { mutationOf } from './common.mjs';

export default mutationOf('shared', {
	mutate: ['nodes/shared/**/*.ts'],
	// The engine tests load the built package: it is built from the mutated sources.
	buildCommand: 'node scripts/engines.mjs core-2',
	jest: { configFile: 'test/mutation/jest.shared.js', enableFindRelatedTests: false },
});
