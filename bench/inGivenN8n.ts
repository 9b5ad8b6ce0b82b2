import { borrowN8n } from '../scripts/n8n/anyN8n';
import type { GivenN8n } from '../scripts/n8n/givenN8n';
import { loadPackage } from '../scripts/n8n/packageInN8n';
import type { Case } from './cases';
import { Runs, storeAccounts } from './runs';
import { SandboxProcess } from './sandboxProcess';

/**
 * Measures cases in somebody's n8n, prints each, and writes nothing: these are not the figures of
 * docs/benchmarks.md. There, each run has a new n8n, whose memory is watched; here all have the same one,
 * which knows from one run to the next what a vendor takes, and may have other things to do.
 */
export async function measureInGivenN8n(given: GivenN8n, cases: readonly Case[]): Promise<void> {
	const possible = cases.filter(({ run }) => run.settings === undefined);
	for (const { id } of cases.filter((one) => !possible.includes(one))) {
		console.log(`Not measured, because it needs an n8n with settings of its own: ${id}`);
	}
	const unload = await loadPackage(given);
	const sandbox = await SandboxProcess.start();
	try {
		const n8n = await borrowN8n(given);
		try {
			const runs = new Runs(n8n.api, sandbox, await storeAccounts(n8n.api, sandbox));
			for (const { id, run, repetitions } of possible) {
				for (let round = 1; round <= repetitions; round += 1) {
					await runs.warmUp(run);
					const result = await runs.measure(run);
					console.log(`${round}/${repetitions} ${id} ${JSON.stringify(result)}`);
				}
			}
		} finally {
			await n8n.stop();
		}
	} finally {
		await sandbox.stop();
		await unload();
	}
}
