import type { ContractEntry } from '../entry';
import { importedRecipe, namedBetween } from '../recipe';

const sidIn = namedBetween('/Recordings/', '.json');

export const twilio: ContractEntry = {
	...importedRecipe('twilio'),
	title: 'Erase by HTTP: a recording at Twilio',
	credentials: (sandbox) => {
		const { accountSid, authToken } = sandbox.recipes.twilio;
		const baseUrl = `${sandbox.address('twilio')}/2010-04-01/Accounts/${accountSid}`;
		const account = { baseUrl, sendKeyAs: 'basic', user: accountSid, password: authToken };
		return { eraseByHttpApi: account };
	},
	fill: ({ recipes: { twilio: vendor } }, count) => {
		vendor.fill(count);
		return [...vendor.recordings.keys()];
	},
	holds: ({ recipes }, name) => recipes.twilio.recordings.has(name),
	missing: `RE${'f'.repeat(32)}`,
	erased: { outcome: 'deleted', evidence: 'confirmed' },
	preview: { found: true, wouldBe: 'deleted' },
	previewMissing: { found: false, wouldBe: 'notFound' },
	deletes: ({ method }) => method === 'DELETE',
	named: ({ url }) => [sidIn(url)],
	answersEmpty: true,
	secrets: ['twilio-sandbox-token'],
};
