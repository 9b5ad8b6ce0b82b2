/**
 * Runs the benchmarks: `npm run bench`, or `npm run bench -- flyflow-package` for the cases whose
 * name holds that text, shown and not written down, or `npm run bench -- --report` to write the
 * page anew from the results of the last run, or `--check` to see whether it shows them.
 */
import { comparisons, growth, pushedBack, type Case } from './cases';
import { measureDomain } from './domain';
import { holdToGoals } from './goals';
import { measureLoading, measureTarball } from './loading';
import { checkReport, report } from './report';
import { resultsFile, round, summarise, type CaseResult, type Results } from './results';
import { settingOfToday } from './setting';
import { Stage, type Measurement } from './stage';

async function main([argument]: readonly string[]): Promise<void> {
	if (argument === '--report') {
		await report();
		return;
	}
	if (argument === '--check') {
		await checkReport();
		return;
	}
	const cases = allCases().filter(({ id }) => id.includes(argument ?? ''));
	const measured = await measure(cases);
	if (argument !== undefined) return;
	const results = await gather(measured);
	await resultsFile.write(results);
	await report();
	for (const { what, wanted, got, reached } of holdToGoals(results)) {
		console.log(`${reached ? 'reached    ' : 'NOT REACHED'} ${what}: ${got} (${wanted})`);
	}
}

/** Each case once; the growth table has one that the comparison has as well. */
function allCases(): Case[] {
	const all = [...comparisons.creovai, ...comparisons.flyflow, ...pushedBack, ...growth];
	return [...new Map(all.map((one) => [one.id, one])).values()];
}

/** Goes round by round, so that a change of the machine's mood hits all cases alike. */
async function measure(cases: readonly Case[]): Promise<ReadonlyMap<string, CaseResult>> {
	const measurements = new Map<string, Measurement[]>(cases.map(({ id }) => [id, []]));
	const rounds = Math.max(0, ...cases.map(({ repetitions }) => repetitions));
	const stage = await Stage.start();
	try {
		for (let round = 1; round <= rounds; round += 1) {
			for (const one of cases.filter(({ repetitions }) => repetitions >= round)) {
				const measurement = await stage.measure(one.run);
				measurements.get(one.id)?.push(measurement);
				console.log(`${round}/${one.repetitions} ${one.id} ${JSON.stringify(measurement)}`);
			}
		}
	} finally {
		await stage.stop();
	}
	return new Map(
		cases.map((one) => {
			const identity = { ...one, records: one.run.records };
			return [one.id, summarise(identity, measurements.get(one.id) ?? [])];
		}),
	);
}

async function gather(measured: ReadonlyMap<string, CaseResult>): Promise<Results> {
	const of = (cases: readonly Case[]) =>
		cases.map(({ id }) => {
			const result = measured.get(id);
			if (result === undefined) throw new Error(`${id} was not measured`);
			return result;
		});
	return {
		...settingOfToday(),
		comparisons: { creovai: of(comparisons.creovai), flyflow: of(comparisons.flyflow) },
		pushedBack: of(pushedBack),
		growth: of(growth),
		domain: round(await measureDomain(), 1),
		loading: round(measureLoading(), 1),
		tarball: await measureTarball(),
	};
}

main(process.argv.slice(2)).then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
