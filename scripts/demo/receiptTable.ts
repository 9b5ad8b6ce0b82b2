import type { Receipt } from '../../erasure/receipt';

const columns = ['vendor', 'record', 'outcome', 'evidence', 'requests', 'reason'] as const;

/** Receipts as lines of text, in columns, for a terminal. */
export function receiptTable(receipts: readonly Receipt[]): string {
	const rows = [columns, ...receipts.map(toRow)];
	const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
	return rows
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column]!))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

function toRow(receipt: Receipt): string[] {
	const { vendor, target, outcome, evidence, attempts, reason } = receipt;
	const record = Object.values(target).join(' / ') || '-';
	return [vendor, record, outcome, evidence, String(attempts), reason?.message ?? ''];
}
