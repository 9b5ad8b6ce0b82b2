import type { ContractEntry } from '../entry';

const remove: ContractEntry = {
	title: 'Kaleyra: delete a flow',
	type: 'kaleyra',
	parameters: { resource: 'flow', operation: 'delete', flowId: '={{ $json.ids }}' },
	credentials: (sandbox) => ({
		kaleyraApi: {
			region: 'other',
			baseUrl: sandbox.address('kaleyra'),
			sid: sandbox.kaleyra.sid,
			apiKey: sandbox.kaleyra.apiKey,
		},
	}),
	fill: ({ kaleyra: vendor }, count) => {
		vendor.fill(count);
		return [...vendor.flows.keys()];
	},
	holds: (sandbox, name) => sandbox.kaleyra.flows.has(name),
	missing: '1199999999999999',
	item: (names) => ({ ids: names.join(', ') }),
	target: (name) => ({ flowId: name }),
	perRequest: 1,
	erased: { outcome: 'deleted', evidence: 'confirmed' },
	preview: { found: true, wouldBe: 'deleted' },
	previewMissing: { found: false, wouldBe: 'notFound' },
	deletes: ({ method }) => method === 'DELETE',
	named: ({ url }) => [decodeURIComponent(url.split('/')[4] ?? '')],
	renewable: false,
	secrets: ['Akaleyra-sandbox-key', 'HXKALEYRASANDBOXIN', 'sandbox_flow_', 'CONTACT_US'],
};

/** The deprecation of published flows, which stay where they are. */
const deprecate: ContractEntry = {
	...remove,
	title: 'Kaleyra: deprecate a flow',
	parameters: { ...remove.parameters, operation: 'deprecate' },
	fill: ({ kaleyra: vendor }, count) => {
		vendor.fill(count);
		const names = [...vendor.flows.keys()];
		for (const name of names) vendor.put(name, 'PUBLISHED');
		return names;
	},
	holds: ({ kaleyra: vendor }, name) => vendor.flows.get(name)?.status === 'PUBLISHED',
	erased: { outcome: 'deprecated', evidence: 'confirmed' },
	preview: { found: true, wouldBe: 'deprecated' },
	deletes: ({ method }) => method === 'POST',
	verb: { base: 'deprecate', done: 'deprecated' },
	// The repeat is refused because the flow is deprecated: by whom, nobody can say.
	repeated: { outcome: 'unknown', reason: { code: 'replyLost' } },
};

/** With Deprecate Instead, a deletion that looks first and comes to a deprecation. */
const deprecateInstead: ContractEntry = {
	...deprecate,
	title: 'Kaleyra: delete a flow, deprecate instead',
	parameters: { ...remove.parameters, options: { ifPublished: 'deprecate' } },
	looksFirst: true,
	verb: { base: 'delete', done: 'deleted' },
};

/** With Deprecate Instead, a deletion that looks first and finds drafts. */
const deleteAfterLook: ContractEntry = {
	...remove,
	title: 'Kaleyra: delete a draft, looking first',
	parameters: deprecateInstead.parameters,
	looksFirst: true,
};

export const kaleyra: readonly ContractEntry[] = [
	remove,
	deprecate,
	deprecateInstead,
	deleteAfterLook,
];
