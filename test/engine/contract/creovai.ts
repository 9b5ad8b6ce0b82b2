import type { ContractEntry } from './entry';

export const creovaiByCallId: ContractEntry = {
	title: 'Creovai: purge by call ID',
	type: 'creovai',
	parameters: { resource: 'call', operation: 'purgeByCallId', callId: '={{ $json.ids }}' },
	credentials: (sandbox) => ({
		creovaiOAuth2Api: {
			clientId: sandbox.creovai.clientId,
			clientSecret: sandbox.creovai.clientSecret,
			baseUrl: sandbox.address('creovai'),
			tokenBaseUrl: sandbox.address('creovai'),
		},
	}),
	fill: ({ creovai: vendor }, count) => {
		vendor.fill(count);
		return [...vendor.calls.keys()];
	},
	holds: (sandbox, name) => sandbox.creovai.calls.has(name),
	missing: 'c-missing',
	item: (names) => ({ ids: [...names] }),
	target: (name) => ({ callId: name }),
	perRequest: 100,
	erased: { outcome: 'accepted', evidence: 'accepted' },
	preview: { found: null, wouldBe: 'accepted' },
	previewMissing: { found: null, wouldBe: 'accepted' },
	deletes: ({ url }) => url.includes('/purge/'),
	named: ({ body }) => (JSON.parse(body) as { ids: string[] }).ids,
	renewable: true,
	secrets: ['creovai-sandbox-secret', 'access_token', '+1512555'],
};
