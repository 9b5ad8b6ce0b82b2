import type { ContractEntry } from '../entry';

export const flyflow: ContractEntry = {
	title: 'Flyflow: delete a call',
	type: 'flyflow',
	parameters: { resource: 'call', operation: 'delete', callId: '={{ $json.ids }}' },
	credentials: (sandbox) => ({
		flyflowApi: { apiKey: sandbox.flyflow.apiKey, baseUrl: `${sandbox.address('flyflow')}/v1` },
	}),
	fill: ({ flyflow: vendor }, count) => {
		vendor.fill(count);
		return [...vendor.calls.keys()];
	},
	holds: (sandbox, name) => sandbox.flyflow.calls.has(name),
	missing: 'call_missing',
	item: (names) => ({ ids: names.join(', ') }),
	target: (name) => ({ callId: name }),
	perRequest: 1,
	erased: { outcome: 'deleted', evidence: 'confirmed' },
	preview: { found: true, wouldBe: 'deleted' },
	previewMissing: { found: false, wouldBe: 'notFound' },
	deletes: ({ method }) => method === 'DELETE',
	named: ({ url }) => [decodeURIComponent(url.split('/').at(-1) ?? '')],
	renewable: false,
	secrets: ['flyflow-sandbox-key', '5125550100', '+1512555', 'Please forget me'],
};
