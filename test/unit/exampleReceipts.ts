import { expect } from '@jest/globals';

import { readReceipt } from '../../erasure/receiptReader';
import type { Json } from './exampleWorkflow';

/** A receipt of a call that was deleted. */
export const deleted = (vendor: string, target: Json): Json => ({
	...{ deleted: true, outcome: 'deleted', evidence: 'confirmed', attempts: 1 },
	...{ vendor, resource: 'call', target, at: '2026-11-26T00:00:00.000Z' },
});

/** Holds that they are receipts, as everything takes them that reads receipts. */
export function expectReceipts(items: readonly Json[]): void {
	for (const item of items) expect(readReceipt(item)).toMatchObject({ valid: true });
}
