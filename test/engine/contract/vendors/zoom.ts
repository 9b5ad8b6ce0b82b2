import type { ContractEntry } from '../entry';
import { importedRecipe, namedBetween } from '../recipe';

const encodedIn = namedBetween('/meetings/', '/recordings');

export const zoom: ContractEntry = {
	...importedRecipe('zoom'),
	title: 'Erase by HTTP: the recordings of a meeting at Zoom',
	credentials: (sandbox) => {
		const { accountId, clientId, clientSecret } = sandbox.recipes.zoom;
		return {
			eraseByHttpOAuth2Api: {
				baseUrl: `${sandbox.address('zoom')}/v2`,
				tokenUrl: `${sandbox.address('zoom')}/oauth/token`,
				clientId,
				clientSecret,
				sendClientAs: 'basic',
				grantType: 'account_credentials',
				tokenParameters: `account_id=${accountId}`,
			},
		};
	},
	fill: ({ recipes: { zoom: vendor } }, count) => {
		vendor.fill(count);
		return [...vendor.recordings.keys()];
	},
	// What lies in the trash is not erased.
	holds: ({ recipes: { zoom: vendor } }, name) =>
		vendor.recordings.has(name) || vendor.trash.has(name),
	missing: 'aDYlohsHRtCd4ii1uC2+hA==',
	strange: ['/a/b', 'a//b?c', '%2e%2e', '../x', 'a?b=c&d#e', 'a b', 'ä€𝄞', '\'"<>\\', '%00'],
	erased: { outcome: 'deleted', evidence: 'confirmed' },
	preview: { found: true, wouldBe: 'deleted' },
	previewMissing: { found: false, wouldBe: 'notFound' },
	deletes: ({ method }) => method === 'DELETE',
	named: ({ url }) => {
		const once = encodedIn(url);
		return [/^%2F|%2F%2F/i.test(once) ? decodeURIComponent(once) : once];
	},
	answersEmpty: true,
	renewable: true,
	secrets: ['zoom-sandbox-secret', 'zoom-token-'],
};
