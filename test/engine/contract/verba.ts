import type { ContractEntry } from './entry';

export const verba: ContractEntry = {
	title: 'Verba: delete a conversation',
	type: 'verba',
	parameters: {
		resource: 'conversation',
		operation: 'delete',
		identifyBy: 'callID',
		identifier: '={{ $json.ids }}',
	},
	credentials: (sandbox) => ({
		verbaApi: {
			baseUrl: `${sandbox.address('verba')}/api`,
			apiKey: sandbox.verba.apiKey,
			user: sandbox.verba.user,
			password: sandbox.verba.password,
		},
	}),
	fill: ({ verba: vendor }, count) => {
		vendor.fill(count);
		return [...vendor.conversations.keys()];
	},
	holds: (sandbox, name) => sandbox.verba.conversations.has(name),
	missing: 'a8343631-9f35-4a3a-83f0-missing00000',
	item: (names) => ({ ids: names.join(', ') }),
	target: (name) => ({ callID: name }),
	perRequest: 1,
	erased: { outcome: 'deleted', evidence: 'confirmed' },
	preview: { found: true, wouldBe: 'deleted' },
	previewMissing: { found: false, wouldBe: 'notFound' },
	deletes: ({ url }) => url.includes('action=DeleteCall'),
	named: ({ url }) => [new URL(url, 'http://sandbox').searchParams.get('callID') ?? ''],
	renewable: true,
	secrets: ['74c8eea0', 'verba-sandbox', 'token=', '+1512555', 'Customer'],
};
