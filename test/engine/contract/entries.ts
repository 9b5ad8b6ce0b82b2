import { creovai, creovaiByNumber } from './vendors/creovai';
import type { ContractEntry } from './entry';
import { flyflow } from './vendors/flyflow';
import { happyRobotCall, happyRobotNote } from './vendors/happyRobot';
import { kaleyra } from './vendors/kaleyra';
import { verba, verbaByExtension } from './vendors/verba';

/** Every delete operation of every vendor. */
export const entries: readonly ContractEntry[] = [
	...creovai,
	flyflow,
	happyRobotCall,
	happyRobotNote,
	...kaleyra,
	verba,
	verbaByExtension,
];

/** What meets the faults: the same, and what is sent as it stands. */
export const entriesUnderFaults: readonly ContractEntry[] = [...entries, creovaiByNumber];
