import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Finds a program of this machine.
 *
 * @param folders where to look first; then in those of PATH
 */
export function findProgram(name: string, folders: readonly string[]): string | undefined {
	const all = [...folders, ...(process.env.PATH ?? '').split(delimiter)];
	return all.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
