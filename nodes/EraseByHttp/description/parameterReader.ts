import { UserError, type IExecuteFunctions } from 'n8n-workflow';

import type { Read } from './readAnswers';

/**
 * Reads what the node's fields say, for all items at once. A description that differs from item to item
 * would be carried out as the first item has it: another tenant's records would go.
 *
 * @returns what gives undefined for a field that the editor hides
 * @throws UserError, when a field is read whose expression gives one item something else
 */
export function parameterReader(context: IExecuteFunctions): Read {
	const known = new Map<string, unknown>();
	const evaluate = (name: string): unknown => {
		// n8n complains about a field that is hidden, unless it is told what to give instead.
		const value = context.getNodeParameter(name, 0, null) as unknown;
		const raw = context.getNodeParameter(name, 0, null, { rawExpressions: true }) as unknown;
		if (ownExpression(raw)) checkSame(context, name, value);
		return value ?? undefined;
	};
	return (name) => {
		// An expression is evaluated for every item, which takes seconds where there are thousands.
		if (!known.has(name)) known.set(name, evaluate(name));
		return known.get(name);
	};
}

/** Options that say nothing of the vendor: these may differ by what reads them. */
const ofTheRun = ['itemReference', 'approvedPlan'];

function ownExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	if (typeof raw !== 'object' || raw === null) return false;
	return Object.entries(raw).some(
		([name, value]) => !ofTheRun.includes(name) && ownExpression(value),
	);
}

function checkSame(context: IExecuteFunctions, name: string, first: unknown): void {
	const count = context.getInputData().length;
	const text = textOf(first);
	for (let index = 1; index < count; index++) {
		if (textOf(context.getNodeParameter(name, index, null)) === text) continue;
		throw new UserError(
			`An expression in ${labels[name] ?? name} gives item ${index} something else than item 0, and the description of a vendor holds for all items. Run the node once for each, for example in a loop`,
		);
	}
}

function textOf(value: unknown): string {
	if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
	const entries = Object.entries(value).filter(([name]) => !ofTheRun.includes(name));
	return JSON.stringify(Object.fromEntries(entries));
}

/** What the editor calls the fields that may well hold an expression. */
const labels: Readonly<Record<string, string>> = {
	body: 'JSON Body',
	lookPath: 'Path of the Look',
	options: 'Options',
	path: 'Path',
	vendorName: 'Vendor Name',
};
