import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(__dirname, '..', '..');

/** A page for people: its path in the project, and what it says. */
export interface Page {
	readonly path: string;
	readonly text: string;
}

/** A fenced block, and the line on which it starts. */
export interface Block {
	readonly page: string;
	readonly line: number;
	readonly language: string;
	readonly text: string;
}

export function readPage(path: string): Page {
	return { path, text: readFileSync(join(root, path), 'utf8') };
}

/** Every page of the project. */
export const pages: readonly Page[] = [
	...readdirSync(root).filter((file) => file.endsWith('.md')),
	...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.md'))
		.map((file) => join('docs', file)),
	...readdirSync(join(root, 'packages')).flatMap((name) =>
		['CHANGELOG.md', 'README.md'].map((file) => join('packages', name, file)),
	),
]
	.sort()
	.map(readPage);

const fence = /^( *)```(\w*)\n([^]*?)\n\1```$/gm;

export function blocksOf({ path, text }: Page): Block[] {
	return [...text.matchAll(fence)].map((found) => {
		const [, indent = '', language = '', content = ''] = found;
		return {
			page: path,
			line: text.slice(0, found.index).split('\n').length,
			language,
			text: content.replaceAll(`\n${indent}`, '\n').trim(),
		};
	});
}

/** What stands in backticks outside of fenced blocks. */
export function inlineCodeOf({ text }: Page): string[] {
	return [...text.replace(fence, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code.trim());
}

/** The rows of a page's tables, without their heads: the text of each cell. */
export function rowsOf({ text }: Page): string[][] {
	return text
		.split('\n')
		.filter((line) => line.startsWith('| ') && !/^\| -+ \|/.test(line))
		.map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | +\|$/g, '').trim()));
}
