import { relative } from 'node:path';

import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import type { Circus } from '@jest/types';
import { TestEnvironment } from 'jest-environment-node';

import { entriesFor, isLeftOut, type NeedsOwnN8n } from './ownN8n';

/**
 * For tests in a real n8n. Where that is somebody's (N8N_URL), it skips those that test/ownN8n.ts
 * names; and it holds, wherever they run, that there are tests of the names that stand there.
 */
export default class N8nEnvironment extends TestEnvironment {
	private readonly entries: readonly NeedsOwnN8n[];

	constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
		super(config, context);
		this.entries = entriesFor(relative(config.projectConfig.rootDir, context.testPath));
	}

	handleTestEvent(event: Circus.Event, { rootDescribeBlock }: Circus.State): void {
		if (event.name !== 'run_start') return;
		const tests = testsIn(rootDescribeBlock);
		for (const { at, tests: titles } of this.entries) {
			const gone = titles?.find((title) => !tests.some(({ name }) => name === title));
			if (gone !== undefined) throw new Error(`test/ownN8n.ts: ${at} has no test "${gone}"`);
		}
		for (const test of tests) {
			if (isLeftOut(test.name, this.entries)) test.mode = 'skip';
		}
	}
}

function testsIn({ children }: Circus.DescribeBlock): Circus.TestEntry[] {
	return children.flatMap((child) => (child.type === 'test' ? [child] : testsIn(child)));
}
