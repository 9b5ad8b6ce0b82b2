/**
 * The files of vendors/ hold entries and nothing else. Jest takes each for a test file, so that
 * vendors are tested beside each other, and runs this before it (setupFilesAfterEnv in
 * jest.config.js): it holds the vendor's entries of entries.ts to the contract.
 */
import { basename, dirname, join } from 'node:path';

import { expect, jest } from '@jest/globals';

import type * as Contract from './contract';
import type * as Entries from './entries';
import type * as Entry from './entry';

const { testPath = '' } = expect.getState();

if (dirname(testPath) === join(__dirname, 'vendors')) {
	const { holdToContract } = jest.requireActual<typeof Contract>('./contract');
	const { entries, recipes } = jest.requireActual<typeof Entries>('./entries');
	const { standInOf } = jest.requireActual<typeof Entry>('./entry');
	const own = [...entries, ...recipes].filter(
		(entry) => standInOf(entry) === basename(testPath, '.ts'),
	);
	if (own.length === 0) throw new Error(`entries.ts lists no entry of ${testPath}`);
	holdToContract(own);
}
