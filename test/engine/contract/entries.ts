import { creovai, creovaiByNumber } from './creovai';
import type { ContractEntry } from './entry';
import { flyflow } from './flyflow';
import { happyRobotCall, happyRobotNote } from './happyRobot';
import { kaleyra } from './kaleyra';
import { verba, verbaByExtension } from './verba';

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
