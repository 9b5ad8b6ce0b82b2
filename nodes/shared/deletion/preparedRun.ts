import type { AccountIdentity } from '../../../erasure/digest';
import type { RunMemory } from '../../../erasure/memory';
import type { RunOptions } from '../../../erasure/run';
import type { Connection, Deletion } from './deletion';
import type { DeletionSettings } from '../parameters/deletionSettings';
import type { Progress } from './progress';

/** A run that is ready to send. */
export interface PreparedRun {
	readonly deletion: Deletion;
	readonly settings: DeletionSettings;
	readonly connection: Connection;
	readonly account: AccountIdentity;
	readonly memory: RunMemory;
	readonly options: RunOptions;
	readonly progress: Progress;
}
