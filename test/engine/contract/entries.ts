import { assemblyAi } from './vendors/assemblyAi';
import { creovai, creovaiByNumber } from './vendors/creovai';
import type { ContractEntry } from './entry';
import { flyflow } from './vendors/flyflow';
import { gong } from './vendors/gong';
import { happyRobotCall, happyRobotNote } from './vendors/happyRobot';
import { kaleyra } from './vendors/kaleyra';
import { retell } from './vendors/retell';
import { telnyx } from './vendors/telnyx';
import { twilio } from './vendors/twilio';
import { verba, verbaByExtension } from './vendors/verba';
import { zoom } from './vendors/zoom';

/** Every delete operation of every vendor that has a node. */
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

/** Erase by HTTP, filled in by the recipes. */
export const recipes: readonly ContractEntry[] = [telnyx, twilio, retell, zoom, assemblyAi, gong];
