import { number as shown, table } from './tables';

/** One thing to reach, and whether it was. */
export interface Goal {
	readonly what: string;
	readonly wanted: string;
	readonly got: string;
	readonly reached: boolean;
}

export function atMost(what: string, got: number, wanted: number, unit: string): Goal {
	return goal(what, `at most ${shown(wanted)}${unit}`, got, unit, got <= wanted);
}

export function below(what: string, got: number, limit: number): Goal {
	return goal(what, `below ${limit}`, got, '', got < limit);
}

export function atLeast(what: string, got: number, wanted: number): Goal {
	return goal(what, `at least ${shown(wanted)}`, got, '', got >= wanted);
}

/** Every one of the counts. */
export function counted(what: string, counts: readonly number[], wanted: number): Goal {
	const wrong = counts.find((count) => count !== wanted);
	const reached = wrong === undefined && counts.length > 0;
	return goal(what, shown(wanted), wrong ?? wanted, '', reached);
}

function goal(what: string, wanted: string, got: number, unit: string, reached: boolean): Goal {
	return { what, wanted, got: `${shown(Number(got.toFixed(got < 10 ? 2 : 0)))}${unit}`, reached };
}

/** For the terminal. */
export function inWords({ what, wanted, got, reached }: Goal): string {
	return `${reached ? 'reached    ' : 'NOT REACHED'} ${what}: ${got} (${wanted})`;
}

/** What was to be reached, and whether it was. */
export function goalTable(goals: readonly Goal[]): string {
	const rows = goals.map(({ what, wanted, got, reached }) => [
		what,
		wanted,
		got,
		reached ? 'yes' : '**no**',
	]);
	return table(['what', 'to reach', 'measured', 'reached'], rows);
}
