import type { Receipt } from '../../../erasure/receipt';
import type { Sandbox } from '../../../sandbox/sandbox';

/** The sandbox gives it to record 2 of each vendor. */
export const phoneNumber = '+15125551002';

export const yes = 'Delete exactly these, for good';

export const no = 'Delete nothing';

export interface Due {
	readonly requestId: string;
	readonly approveAt: string;
	readonly previews: readonly Receipt[];
}

/** Who approves, as the form asks for it. */
export const name = 'Ann "A." <Approver>';

/** The role in which they approve, as the certificate shows it. */
export const role = 'privacy-office';

/** What is in the fields of the form: the records that it shows, the decision, the name and the role. */
export const answers = (decision: string, who = name) => ['', [decision], who, role];

export function fill(sandbox: Sandbox): void {
	for (const vendor of sandbox.vendors) vendor.fill(5);
	// A second call of the same customer where that is not so by itself.
	const { flyflow, creovai } = sandbox;
	flyflow.calls.set('call_2b', { ...flyflow.calls.get('call_2')!, id: 'call_2b' });
	creovai.calls.set('c2b', { ...creovai.calls.get('c000002')!, id: 'c2b', sessionId: 's2b' });
}

export const flows = ['1120000000000001', '1120000000000003'];

export const happyRobotId = '64b7f0c20000000000000002';

export const verbaId = 'a8343631-9f35-4a3a-83f0-000000000002';

/** What the vendors have of the customer. */
export const ownRecords = [
	'creovai c000002',
	'creovai c2b',
	'flyflow call_2',
	'flyflow call_2b',
	`happyRobot ${happyRobotId}`,
	...flows.map((flow) => `kaleyra ${flow}`),
	`verba ${verbaId}`,
];
