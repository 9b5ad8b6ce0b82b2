/**
 * Moves exported workflows from one package to another, in their files:
 * `npm run workflows:move -- --to n8n-nodes-flyflow-erasure file.json…`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { moveTypes, readNodes, type Move } from './moveTypes';

const root = join(__dirname, '..', '..');

function main(): void {
	const { values, positionals } = parseArgs({
		options: { to: { type: 'string' } },
		allowPositionals: true,
	});
	const { to } = values;
	if (to === undefined || positionals.length === 0) {
		throw new Error(
			'Say where to and which files: npm run workflows:move -- --to n8n-nodes-flyflow-erasure workflow.json',
		);
	}
	// npm runs scripts in the project's folder, wherever it is called.
	const from = process.env.INIT_CWD ?? process.cwd();
	const files = positionals.map((name) => ({ name, path: resolve(from, name) }));
	// All are read before the first is written: a file that is no workflow leaves every other as it was.
	const packages = readNodes(root);
	const moves = files.map(({ name, path }) => ({ name, path, move: read(name, path, to) }));
	for (const { name, path, move } of moves) {
		if (move.moved.length > 0) writeFileSync(path, move.text);
		report(name, to, move);
	}

	function read(name: string, path: string, target: string): Move {
		try {
			return moveTypes(textOf(path), target, packages);
		} catch (error) {
			throw new Error(`${name}: ${(error as Error).message}. Nothing was changed`);
		}
	}
}

/** The text of a file, to the byte: what is no UTF-8 would be written back as something else. */
function textOf(path: string): string {
	const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	try {
		return decoder.decode(readFileSync(path));
	} catch (error) {
		if (error instanceof TypeError) throw new Error('It is not UTF-8, as n8n exports workflows');
		throw error;
	}
}

function report(name: string, to: string, { moved, left }: Move): void {
	console.log(`${name}: ${moved.length} node${moved.length === 1 ? '' : 's'} moved to ${to}`);
	for (const { node, type, why } of left) {
		console.log(`    not moved: ${plain(node)} (${plain(type)}): ${why}`);
	}
}

/** A name that may hold line breaks, or what a terminal takes for commands. */
function plain(name: string): string {
	return name.replace(/\p{C}/gu, '?');
}

try {
	main();
} catch (error) {
	console.error((error as Error).message);
	process.exitCode = 1;
}
