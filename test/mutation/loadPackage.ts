import { beforeAll, expect } from '@jest/globals';

/**
 * Loads the package before the first engine test of a file, and not during it: Stryker would take
 * what modules do when they are loaded for something that only that test reaches.
 */
beforeAll(async () => {
	if (expect.getState().testPath?.includes('/engine/') !== true) return;
	const { nodeType } = await import('../engine/engine');
	await nodeType('flyflow');
});
