import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ownN8n, type Stage } from '../n8n';

/** All files of n8n's SQLite database. */
export function databaseOf(stage: Stage): Buffer[] {
	const folder = join(ownN8n(stage).userFolder, '.n8n');
	const files = readdirSync(folder).filter((file) => file.startsWith('database.sqlite'));
	return files.map((file) => readFileSync(join(folder, file)));
}
