import { maskPhoneNumber } from '../../../../erasure/mask';
import type { ContractEntry } from '../entry';
import { importedRecipe, namedBetween } from '../recipe';

const numberIn = namedBetween('phoneNumber=', '');

export const gong: ContractEntry = {
	...importedRecipe('gong'),
	title: 'Erase by HTTP: a phone number at Gong, which deletes later',
	credentials: (sandbox) => {
		const { accessKey, accessKeySecret } = sandbox.recipes.gong;
		return {
			eraseByHttpApi: {
				baseUrl: sandbox.address('gong'),
				sendKeyAs: 'basic',
				user: accessKey,
				password: accessKeySecret,
			},
		};
	},
	fill: ({ recipes: { gong: vendor } }, count) => {
		vendor.fill(count);
		return vendor.records().map(({ id }) => id);
	},
	holds: ({ recipes }, name) => recipes.gong.store.has(name),
	missing: '+15125559999',
	missingIs: { outcome: 'accepted', evidence: 'accepted' },
	target: (name) => ({ recordId: maskPhoneNumber(name) }),
	erased: { outcome: 'accepted', evidence: 'accepted' },
	preview: { found: null, wouldBe: 'accepted' },
	previewMissing: { found: null, wouldBe: 'accepted' },
	deletes: ({ method }) => method === 'POST',
	named: ({ url }) => [numberIn(url)],
	repeated: { outcome: 'accepted' },
	secrets: ['gong-sandbox-secret', '+1512555', '15125550'],
};
