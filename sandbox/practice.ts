import type { CreovaiSandbox } from './vendors/creovai';
import type { HappyRobotSandbox } from './vendors/happyRobot';
import type { KaleyraFlow, KaleyraSandbox } from './vendors/kaleyra';
import type { VerbaConversation, VerbaSandbox } from './vendors/verba';

/** The vendors that have cases worth practising with. */
export interface Vendors {
	readonly creovai: CreovaiSandbox;
	readonly happyRobot: HappyRobotSandbox;
	readonly kaleyra: KaleyraSandbox;
	readonly verba: VerbaSandbox;
}

/**
 * Makes the first records of a vendor the ones that are worth practising with: those that it refuses
 * to delete, puts off or finds by one spelling only. `fill` makes records that are all alike, which is
 * what tests start from.
 *
 * @param only the name of the vendor; all where it is left out
 */
export function addCases(vendors: Vendors, only?: string): void {
	for (const [vendor, add] of Object.entries(cases)) {
		if (only === undefined || only === vendor) add(vendors);
	}
}

const cases: Readonly<Record<keyof Vendors, (vendors: Vendors) => void>> = {
	/** One customer, stored as people and systems write a number. */
	creovai: ({ creovai }) => {
		const notations = ['+1 (512) 555-1002', '15125551002', '512-555-1002', '001 512 555 1002'];
		for (const [index, phoneNumber] of notations.entries()) {
			const id = `c00000${index + 4}`;
			const call = creovai.calls.get(id);
			if (call !== undefined) creovai.calls.set(id, { ...call, phoneNumber });
		}
	},

	/** What "Clean up after tests" looks for, and a note that it has to leave alone. */
	happyRobot: ({ happyRobot }) => {
		const [, call] = happyRobot.records();
		const [note] = call?.notes ?? [];
		if (call === undefined || note === undefined) return;
		const contents = [
			'[test] Left by the nightly test',
			'Asked to be forgotten. Call back on +1 512 555 1002.',
		];
		const notes = contents.map((content, index) => ({
			...note,
			id: `${note.id.slice(0, -1)}${index}`,
			content,
		}));
		// Of today: the example looks at the calls of the last 30 days.
		happyRobot.calls.set(call.id, { ...call, created: new Date().toISOString(), notes });
	},

	/** Every status that a flow can have, and drafts that tests have left. */
	kaleyra: ({ kaleyra }) => {
		const changes: ReadonlyArray<Partial<KaleyraFlow>> = [
			{ status: 'PUBLISHED' },
			{ status: 'BLOCKED' },
			{ status: 'THROTTLED' },
			{ status: 'DEPRECATED' },
			{ name: 'test_order' },
			{ name: 'test_survey' },
			{ name: 'test_feedback', status: 'PUBLISHED' },
		];
		for (const [index, change] of changes.entries()) {
			const flow = kaleyra.records()[index + 1];
			if (flow !== undefined) kaleyra.flows.set(flow.id, { ...flow, ...change });
		}
	},

	/** Protected ones, and one that is still going on. */
	verba: ({ verba }) => {
		const changes: ReadonlyArray<Partial<VerbaConversation>> = [
			{ doNotDelete: true },
			{ legalHold: true },
			{ ongoing: true },
		];
		for (const [index, change] of changes.entries()) {
			const conversation = verba.records()[index + 1];
			if (conversation === undefined) continue;
			verba.conversations.set(conversation.id, { ...conversation, ...change });
		}
	},
};
