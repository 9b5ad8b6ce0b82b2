/** Writes the examples that the packages for one vendor carry: `npm run workflows:examples`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { carriedExamples, makeExample } from './vendorExamples';
import { vendorWords } from './vendorWords';

const root = join(__dirname, '..', '..');

async function main(): Promise<void> {
	for (const words of vendorWords) {
		const folder = join(root, 'packages', words.packageName, 'workflows');
		mkdirSync(folder, { recursive: true });
		for (const example of carriedExamples) {
			const file = join(folder, example);
			const text = JSON.stringify(makeExample(root, example, words), undefined, 2);
			const style = await resolveConfig(file);
			writeFileSync(file, await format(text, { ...style, filepath: file }));
		}
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
