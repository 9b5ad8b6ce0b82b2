/** Stryker over erasure/, held by the unit tests alone: what the engine tests catch too is no excuse. */
import { mutationOf } from './common.mjs';

export default mutationOf('erasure', {
	mutate: ['erasure/**/*.ts'],
	jest: { configFile: 'test/mutation/jest.erasure.js', enableFindRelatedTests: false },
});
