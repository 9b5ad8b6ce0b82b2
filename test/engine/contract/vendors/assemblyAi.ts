import { deletedText } from '../../../../sandbox/vendors/recipes/assemblyAi';
import type { ContractEntry } from '../entry';
import { importedRecipe, namedBetween } from '../recipe';

const idIn = namedBetween('/transcript/', '');

export const assemblyAi: ContractEntry = {
	...importedRecipe('assemblyAi'),
	title: 'Erase by HTTP: a transcript at AssemblyAI, which stays without its content',
	credentials: (sandbox) => ({
		eraseByHttpApi: {
			baseUrl: sandbox.address('assemblyAi'),
			sendKeyAs: 'header',
			headerName: 'authorization',
			key: sandbox.recipes.assemblyAi.apiKey,
		},
	}),
	fill: ({ recipes: { assemblyAi: vendor } }, count) => {
		vendor.fill(count);
		return [...vendor.transcripts.keys()];
	},
	holds: ({ recipes }, name) => {
		const transcript = recipes.assemblyAi.transcripts.get(name);
		return transcript !== undefined && transcript.text !== deletedText;
	},
	missing: '428c31b6-7af4-4bcb-b7f5-ffffffffffff',
	erased: { outcome: 'deleted', evidence: 'confirmed' },
	preview: { found: true, wouldBe: 'deleted' },
	previewMissing: { found: false, wouldBe: 'notFound' },
	deletes: ({ method }) => method === 'DELETE',
	named: ({ url }) => [idIn(url)],
	// The transcript is still there, and says what it says of every deletion.
	repeated: { outcome: 'deleted' },
	secrets: ['assemblyai-sandbox-key', 'Please forget me', 'calls.example.com'],
};
