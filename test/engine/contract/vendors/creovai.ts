import type { ContractEntry } from '../entry';

const byCallId: ContractEntry = {
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
	answered: (name) => ({ callId: name, sessionId: name.replace('c', 's') }),
	perRequest: 100,
	bulkReply: { list: 'items', identifier: 'callId', contradiction: { status: 'NotFound' } },
	erased: { outcome: 'accepted', evidence: 'accepted' },
	preview: { found: null, wouldBe: 'accepted' },
	previewMissing: { found: null, wouldBe: 'accepted' },
	deletes: ({ url }) => url.includes('/purge/') && !url.includes('whatIf'),
	named: ({ body }) => (JSON.parse(body) as { ids: string[] }).ids,
	renewable: true,
	secrets: ['creovai-sandbox-secret', 'access_token', '+1512555'],
};

const bySessionId: ContractEntry = {
	...byCallId,
	title: 'Creovai: purge by session ID',
	parameters: { resource: 'call', operation: 'purgeBySessionId', sessionId: '={{ $json.ids }}' },
	fill: ({ creovai: vendor }, count) => {
		vendor.fill(count);
		return vendor.records().map(({ sessionId }) => sessionId);
	},
	holds: ({ creovai: vendor }, name) =>
		vendor.records().some(({ sessionId }) => sessionId === name),
	missing: 's-missing',
	target: (name) => ({ sessionId: name }),
	answered: (name) => ({ sessionId: name, callId: name.replace('s', 'c') }),
	bulkReply: { list: 'items', identifier: 'sessionId', contradiction: { status: 'NotFound' } },
};

/** Each customer has one call in the sandbox; the names here are those of the calls. */
const byCustomer: ContractEntry = {
	...byCallId,
	title: 'Creovai: find the calls of a customer, then purge exactly those',
	parameters: {
		resource: 'call',
		operation: 'purgeByCustomer',
		phoneNumber: '={{ $json.phoneNumbers }}',
	},
	missing: 'c008999',
	// Only phone numbers are let through; creovai/purgeByCustomer.test.ts has them in unusual forms.
	strange: [],
	item: (names) => ({ phoneNumbers: names.map(phoneNumberOf) }),
	target: (name) =>
		name === byCustomer.missing
			? maskedNumberOf(name)
			: {
					callId: name,
					sessionId: name.replace('c', 's'),
					...maskedNumberOf(name),
					notation: 'as written',
				},
	answered: (name) => byCustomer.target(name),
	unfound: maskedNumberOf,
	preview: { found: true, wouldBe: 'accepted' },
	previewMissing: { found: false, wouldBe: 'notFound' },
	looksFirst: true,
	finds: true,
};

function phoneNumberOf(callId: string): string {
	return `+1512555${1000 + Number(callId.replace(/\D/g, ''))}`;
}

function maskedNumberOf(callId: string): { phoneNumber: string } {
	return { phoneNumber: `*********${phoneNumberOf(callId).slice(-2)}` };
}

/** The number itself is sent, and Creovai purges whatever it stands for. */
export const creovaiByNumber: ContractEntry = {
	...byCustomer,
	title: 'Creovai: purge by phone number, in one request',
	parameters: { ...byCustomer.parameters, purgeStrategy: 'direct' },
	named: ({ body }) => {
		const { phoneNumber } = JSON.parse(body) as { phoneNumber: string };
		const number = Number(phoneNumber.slice(-4)) - 1000;
		return [`c${String(number).padStart(6, '0')}`];
	},
	unfound: (name) => ({ ...maskedNumberOf(name), notation: 'as written' }),
	perRequest: 1,
	inexact: true,
};

export const creovai: readonly ContractEntry[] = [byCallId, bySessionId, byCustomer];
