import type { Sandbox } from '../../../sandbox/sandbox';

/** What each example is given, and what has to be gone at the vendor afterwards. */
export interface Trial {
	readonly vendor: 'creovai' | 'flyflow' | 'happyRobot' | 'kaleyra' | 'verba';
	readonly body: (sandbox: Sandbox) => Record<string, unknown>;
	/** IDs of what is left. */
	readonly left: (sandbox: Sandbox) => readonly string[];
	readonly outcomes: readonly string[];
}

const idsOf = (records: ReadonlyArray<{ readonly id: string }>) => records.map(({ id }) => id);

const firstCall = (sandbox: Sandbox) => sandbox.happyRobot.records()[0]!.id;

export const trials: readonly Trial[] = [
	{
		vendor: 'creovai',
		body: ({ creovai }) => ({ callIds: idsOf(creovai.records()).slice(0, 2) }),
		left: ({ creovai }) => idsOf(creovai.records()),
		outcomes: ['accepted', 'accepted'],
	},
	{
		vendor: 'flyflow',
		body: ({ flyflow }) => ({ callIds: idsOf(flyflow.records()).slice(0, 2) }),
		left: ({ flyflow }) => idsOf(flyflow.records()),
		outcomes: ['deleted', 'deleted'],
	},
	{
		vendor: 'happyRobot',
		body: (sandbox) => ({
			callId: firstCall(sandbox),
			noteIds: idsOf(sandbox.happyRobot.notes(firstCall(sandbox))).slice(0, 2),
		}),
		left: (sandbox) => idsOf(sandbox.happyRobot.notes(firstCall(sandbox))),
		outcomes: ['deleted', 'deleted'],
	},
	{
		vendor: 'kaleyra',
		body: ({ kaleyra }) => ({ flowIds: idsOf(kaleyra.records()).slice(0, 2) }),
		left: ({ kaleyra }) => idsOf(kaleyra.records()),
		outcomes: ['deleted', 'deleted'],
	},
	{
		vendor: 'verba',
		body: ({ verba }) => ({ callIds: idsOf(verba.records()).slice(0, 2) }),
		left: ({ verba }) => idsOf(verba.records()),
		outcomes: ['deleted', 'deleted'],
	},
];

export const trialOf = (vendor: string) => trials.find((trial) => trial.vendor === vendor)!;
