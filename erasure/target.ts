/**
 * One exact record at one vendor. Its identifiers have been checked (see identifier.ts), in the
 * vendor's own names: `{ callId: 'call_123' }` is a `Target<'callId'>`. A vendor whose requests depend
 * on more than that extends it by what a look has found.
 */
export interface Target<Name extends string = string> {
	readonly identifiers: Readonly<Record<Name, string>>;
	/**
	 * What else the receipt shows of it, for example the masked phone number that led to it. It
	 * stands in place of an identifier of the same name, so that no phone number leaves in clear.
	 */
	readonly shown?: Readonly<Record<string, string>>;
}

/**
 * What the user gave. For most operations it names the record and is the target; a phone number or
 * "the last call of this extension" has to be resolved into targets first (see find.ts).
 */
export type Selector<Name extends string = string> = Target<Name>;

/** What a receipt shows of a target or selector. */
export function showTarget({ identifiers, shown }: Target): Readonly<Record<string, string>> {
	return { ...identifiers, ...shown };
}

/** The same for the same record, different for any other: used to send a record only once. */
export function targetKey(target: Target): string {
	const names = Object.keys(target.identifiers).sort();
	return JSON.stringify(names.map((name) => [name, target.identifiers[name]]));
}

/** Each record once: of equal targets, the last. */
export function distinct<T extends Target>(targets: readonly T[]): T[] {
	return [...new Map(targets.map((target) => [targetKey(target), target])).values()];
}
