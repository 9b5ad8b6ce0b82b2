import { planDigest, type AccountIdentity } from '../../../erasure/digest';
import { notErased, type NotErased } from '../../../erasure/outcome';
import { targetKey, type Target } from '../../../erasure/target';
import type { Connection, Deletion } from './deletion';
import { toDelete } from '../parameters/deletionFields';
import type { DeletionSettings } from '../parameters/deletionSettings';
import type { RunRecord } from '../receipts/finishedRun';
import { openTargets } from './selection';

/**
 * The digest of what is going to be done. Where the selectors name their records, it is over those,
 * whatever a look finds: a record that turns out to be gone is as much part of a plan as the others.
 */
export function planOf(
	deletion: Deletion,
	connection: Connection,
	selected: readonly RunRecord[],
	targets: readonly Target[],
	account: AccountIdentity,
): string {
	const { vendor, resource, operation } = deletion;
	const { address, choices = [] } = connection;
	const records = namesRecords(connection) ? openTargets(selected) : targets;
	return planDigest([vendor, resource, operation, address, ...choices], records, account);
}

/** Whether what the user gives names records already, and is not looked up to find out which. */
export function namesRecords({ finder }: Connection): boolean {
	return finder === undefined || finder.selectorsNameRecords === true;
}

/** @returns why the run must not start, if its plan is not the one that was approved */
export function checkPlan(settings: DeletionSettings, plan: string): NotErased | undefined {
	if (settings.preview || settings.approvedPlan === '' || settings.approvedPlan === plan) {
		return undefined;
	}
	return notErased(
		'skipped',
		'planChanged',
		'The records to delete are not those of the Approved Plan. Preview again and approve what it shows',
	);
}

/** @returns why the run must not start, if it would delete more than the user allows */
export function checkLimit(
	settings: DeletionSettings,
	deletion: Deletion,
	targets: readonly Target[],
): NotErased | undefined {
	const count = new Set(targets.map(targetKey)).size;
	if (count <= settings.maximumTargets) return undefined;
	const { base } = deletion.defaults.verb ?? toDelete;
	return notErased(
		'skipped',
		'overLimit',
		`There are ${count} ${deletion.noun.many} to ${base}, and Maximum Targets allows ${settings.maximumTargets}. Raise it in the node's options if that is meant`,
	);
}
