import type { Sandbox } from '../../../../sandbox/sandbox';
import type { ContractEntry } from '../entry';

const strange = ['a/b', '%2e%2e', '../x', 'a?b=c&d#e', 'a b', 'ä€𝄞', '\'"<>\\', '%00'];

const shared = {
	type: 'happyRobot',
	credentials: (sandbox: Sandbox) => ({
		happyRobotApi: {
			apiKey: sandbox.happyRobot.apiKey,
			baseUrl: `${sandbox.address('happyRobot')}/api/v1`,
		},
	}),
	perRequest: 1,
	erased: { outcome: 'deleted', evidence: 'rechecked' },
	preview: { found: true, wouldBe: 'deleted' },
	previewMissing: { found: false, wouldBe: 'notFound' },
	deletes: ({ method }: { readonly method: string }) => method === 'DELETE',
	named: ({ url }: { readonly url: string }) => [decodeURIComponent(url.split('/').at(-1) ?? '')],
	renewable: false,
	secrets: [
		'happyrobot-sandbox-key',
		'5125550100',
		'+1512555',
		'asked to be forgotten',
		'A. Customer',
		'agent@example.com',
	],
} as const;

/** The call whose notes the contract deletes: the first that the sandbox makes. */
const callId = '64b7f0c20000000000000001';

export const happyRobotNote: ContractEntry = {
	...shared,
	title: 'HappyRobot: delete a note',
	parameters: {
		resource: 'note',
		operation: 'delete',
		callId: '={{ $json.call }}',
		noteId: '={{ $json.ids }}',
	},
	fill: ({ happyRobot: vendor }, count) => {
		vendor.fill(1, count);
		return vendor.notes(callId).map(({ id }) => id);
	},
	holds: ({ happyRobot: vendor }, name) => vendor.notes(callId).some(({ id }) => id === name),
	missing: '70e70e70ffffffffffffffff',
	strange,
	item: (names) => ({ call: callId, ids: [...names] }),
	target: (name) => ({ callId, noteId: name }),
};

export const happyRobotCall: ContractEntry = {
	...shared,
	title: 'HappyRobot: delete a call',
	parameters: { resource: 'call', operation: 'delete', callId: '={{ $json.ids }}' },
	fill: ({ happyRobot: vendor }, count) => {
		vendor.fill(count);
		return [...vendor.calls.keys()];
	},
	holds: ({ happyRobot: vendor }, name) => vendor.calls.has(name),
	missing: '64b7f0c2ffffffffffffffff',
	// As long as the vendor's call IDs are, counted in characters.
	strange: strange.map((id) => id + 'x'.repeat(24 - [...id].length)),
	item: (names) => ({ ids: names.join(', ') }),
	target: (name) => ({ callId: name }),
	looksAfterwards: true,
};
