import type { ContractEntry } from '../entry';

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

/** Each number has one conversation in the sandbox; the names here are those of the conversations. */
export const verbaByExtension: ContractEntry = {
	...verba,
	title: 'Verba: find the last conversation of a number, then delete exactly that',
	parameters: { ...verba.parameters, identifyBy: 'extension', status: 'last' },
	missing: 'a8343631-9f35-4a3a-83f0-000000008999',
	// A number is no ID of a record; verba/find.test.ts has it in unusual forms.
	strange: [],
	item: (names) => ({ ids: names.map(numberOf) }),
	target: (name) =>
		name === verbaByExtension.missing
			? maskedNumberOf(name)
			: { callID: name, ...maskedNumberOf(name) },
	unfound: maskedNumberOf,
	looksFirst: true,
	finds: true,
};

function numberOf(callID: string): string {
	return `+1512555${1000 + Number(callID.slice(-12))}`;
}

function maskedNumberOf(callID: string): { extension: string; status: string } {
	return { extension: `*********${numberOf(callID).slice(-2)}`, status: 'last' };
}
