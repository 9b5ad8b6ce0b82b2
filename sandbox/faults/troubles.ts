import type { HeldRecords } from '../vendors/recordStore';
import type { Fault, FaultRule, Faults } from './faults';

/** What a person can make go wrong at a vendor, by the page: always for all that it is asked. */
export type Trouble =
	'down' | 'slow' | 'tooManyRequests' | 'unavailableForOne' | 'wrongKey' | 'signInPage';

/** A vendor, as far as trouble can be made there. */
export interface Troubled {
	readonly name: string;
	readonly store: HeldRecords;
	/** How a trouble looks at this vendor, where it is not how it looks at the others. */
	faultFor?(trouble: Trouble): Fault | undefined;
}

/** What goes wrong at a vendor now. */
export interface TroubleView {
	readonly trouble: Trouble;
	/** The record that it is about, where it is about one. */
	readonly record?: string;
}

const signInPage =
	'<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>Password</form></body></html>';

const faults: Readonly<Record<Trouble, Fault>> = {
	down: { kind: 'resetBefore' },
	slow: { kind: 'late', ms: 3000 },
	tooManyRequests: { kind: 'status', status: 429, headers: { 'retry-after': '2' } },
	unavailableForOne: { kind: 'status', status: 503 },
	wrongKey: { kind: 'status', status: 401 },
	signInPage: {
		kind: 'status',
		status: 200,
		headers: { 'content-type': 'text/html' },
		body: signInPage,
	},
};

export function isTrouble(text: string): text is Trouble {
	return Object.hasOwn(faults, text);
}

/** The troubles that are switched on: one at most for each vendor. */
export class Troubles {
	/** Another number after every change. */
	version = 0;

	private readonly now = new Map<
		string,
		{ readonly view: TroubleView; readonly rule: FaultRule }
	>();

	constructor(private readonly faults: Faults) {}

	/** By the vendors' names. */
	view(): Readonly<Record<string, TroubleView>> {
		return Object.fromEntries([...this.now].map(([vendor, { view }]) => [vendor, view]));
	}

	/** @param trouble undefined: none any more */
	set(vendor: Troubled, trouble: Trouble | undefined): void {
		const before = this.now.get(vendor.name);
		if (before !== undefined) this.faults.remove(before.rule);
		this.now.delete(vendor.name);
		this.version += 1;
		if (trouble === undefined) return;
		const record =
			trouble === 'unavailableForOne' ? vendor.store.ends(1, 0).first[0]?.key : undefined;
		const rule = this.faults.add({
			fault: vendor.faultFor?.(trouble) ?? faults[trouble],
			when: ({ url, body }) =>
				url.startsWith(`/${vendor.name}/`) &&
				(record === undefined ? trouble !== 'unavailableForOne' : names(record, url, body)),
		});
		const view = record === undefined ? { trouble } : { trouble, record };
		this.now.set(vendor.name, { view, rule });
	}

	clear(): void {
		for (const { rule } of this.now.values()) this.faults.remove(rule);
		this.now.clear();
		this.version += 1;
	}
}

/** As a whole: `call_1` is not named by `call_10`. */
function names(record: string, url: string, body: string): boolean {
	const whole = new RegExp(`(?<![\\w-])${escape(record)}(?![\\w-])`);
	return whole.test(url) || whole.test(body);
}

function escape(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
