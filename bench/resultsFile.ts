import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

/** A file beside this one that holds what a benchmark came to, laid out as the linter wants it. */
export class ResultsFile<T> {
	private readonly path: string;

	constructor(name: string) {
		this.path = join(__dirname, name);
	}

	read(): T {
		return JSON.parse(readFileSync(this.path, 'utf8')) as T;
	}

	async write(results: T): Promise<void> {
		const options = { ...(await resolveConfig(this.path)), parser: 'json' };
		writeFileSync(this.path, await format(JSON.stringify(results), options));
	}
}
