import { markdownTable } from 'markdown-table';

export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	return markdownTable([[...head], ...rows.map((row) => [...row])]);
}

/** With commas between thousands. */
export const number = (value: number): string => value.toLocaleString('en-US');
