/**
 * What people paste where IDs belong, and what is right: the IDs that are meant, or why it is turned
 * down. Each row holds for every vendor and operation, whose own IDs and names are filled in.
 */

/** Three IDs of a vendor's. */
export type Three = readonly [a: string, b: string, c: string];

/** What a parameter is called: `callId`, "Call ID". */
export interface Names {
	readonly name: string;
	readonly displayName: string;
}

export interface Pasted {
	readonly what: string;
	readonly value: (ids: Three, names: Names) => unknown;
	/** Which of the three are meant, in order; or the sentence, without the parameter's name. */
	readonly right: readonly number[] | RegExp;
}

export const read = (what: string, right: readonly number[], value: Pasted['value']): Pasted => ({
	what,
	value,
	right,
});

export const down = (what: string, right: RegExp, value: Pasted['value']): Pasted => ({
	what,
	value,
	right,
});

/** Several of one family, each by itself: all are turned down by the same sentence. */
export const eachDown = (family: string, right: RegExp, values: readonly unknown[]): Pasted[] =>
	values.map((value) => down(`${family}: ${JSON.stringify(value)}`, right, () => value));

/** The same for texts made of an ID. */
export const eachDownWith = (
	family: string,
	right: RegExp,
	texts: ReadonlyArray<(id: string, other: string) => string>,
): Pasted[] =>
	texts.map((text) =>
		down(`${family}: ${JSON.stringify(text('a', 'b'))}`, right, ([a, b]) => text(a, b)),
	);
