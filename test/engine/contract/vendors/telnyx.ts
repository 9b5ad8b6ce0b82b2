import type { ContractEntry } from '../entry';
import { importedRecipe, namedBetween } from '../recipe';

const idIn = namedBetween('/recordings/', '');

export const telnyx: ContractEntry = {
	...importedRecipe('telnyx'),
	title: 'Erase by HTTP: recordings at Telnyx, many in a request',
	credentials: (sandbox) => ({
		eraseByHttpApi: {
			baseUrl: `${sandbox.address('telnyx')}/v2`,
			sendKeyAs: 'bearer',
			key: sandbox.recipes.telnyx.apiKey,
		},
	}),
	fill: ({ recipes: { telnyx: vendor } }, count) => {
		vendor.fill(count);
		return [...vendor.recordings.keys()];
	},
	holds: ({ recipes }, name) => recipes.telnyx.recordings.has(name),
	missing: '428c31b6-7af4-4bcb-b7f5-ffffffffffff',
	// Nobody looked at it alone but the node.
	missingIs: { outcome: 'notFound', evidence: 'rechecked' },
	perRequest: 50,
	erased: { outcome: 'deleted', evidence: 'rechecked' },
	preview: { found: true, wouldBe: 'deleted' },
	previewMissing: { found: false, wouldBe: 'notFound' },
	deletes: ({ method }) => method === 'POST',
	named: ({ url, body }) =>
		body === '' ? [idIn(url)] : (JSON.parse(body) as { ids: string[] }).ids,
	// It was there before, and is gone.
	repeated: { outcome: 'deleted' },
	looksAfterwards: true,
	secrets: ['telnyx-sandbox-key', '5125550100', '+1512555'],
};
