import type { ContractEntry } from '../entry';
import { importedRecipe, namedBetween } from '../recipe';

const idIn = namedBetween('-call/', '');

export const retell: ContractEntry = {
	...importedRecipe('retell'),
	title: 'Erase by HTTP: a call at Retell',
	credentials: (sandbox) => ({
		eraseByHttpApi: {
			baseUrl: sandbox.address('retell'),
			sendKeyAs: 'bearer',
			key: sandbox.recipes.retell.apiKey,
		},
	}),
	fill: ({ recipes: { retell: vendor } }, count) => {
		vendor.fill(count);
		return [...vendor.calls.keys()];
	},
	holds: ({ recipes }, name) => recipes.retell.calls.has(name),
	missing: 'f'.repeat(32),
	erased: { outcome: 'deleted', evidence: 'confirmed' },
	preview: { found: true, wouldBe: 'deleted' },
	previewMissing: { found: false, wouldBe: 'notFound' },
	deletes: ({ method }) => method === 'DELETE',
	named: ({ url }) => [idIn(url)],
	answersEmpty: true,
	secrets: ['retell-sandbox-key', '+1512555', 'Please forget me'],
};
