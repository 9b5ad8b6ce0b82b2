/**
 * Runs the benchmarks: `npm run bench`. With arguments:
 * - `npm run bench -- --group fourRuns` runs one group of cases, or several, and puts what it
 *   measured in the place of what was there; groups are listed in cases.ts, and `own` is what the
 *   package itself weighs;
 * - `npm run bench -- flyflow-package` runs the cases whose name holds that text, and writes nothing;
 * - `npm run bench -- --report` writes the page anew from the results that there are;
 * - `npm run bench -- --check` says whether it shows them.
 *
 * With N8N_URL it measures in that n8n, and writes nothing.
 */
import { givenN8n } from '../scripts/n8n/givenN8n';
import { groups, type Case, type GroupName } from './cases';
import { measureDomain } from './domain';
import { inWords } from './goal';
import { holdToGoals } from './goals';
import { measureInGivenN8n } from './inGivenN8n';
import { measureLoading, measureTarball } from './loading';
import { checkReport, report } from './report';
import {
	resultsFile,
	round,
	summarise,
	type CaseResult,
	type GroupResult,
	type OwnWeight,
	type Results,
} from './results';
import { settingOfToday } from './setting';
import { Stage, type Measurement } from './stage';

const groupNames = Object.keys(groups) as GroupName[];

async function main([argument, ...others]: readonly string[]): Promise<void> {
	if (argument === '--report') await report();
	else if (argument === '--check') await checkReport();
	else if (await measuredInGivenN8n(argument, others)) return;
	else if (argument === '--group') await measureGroups(others.map(partNamed));
	else if (argument === undefined) await measureGroups([...groupNames, 'own']);
	else await measure(casesOf(groupNames).filter(({ id }) => id.includes(argument)));
}

/** @returns whether there is such an n8n */
async function measuredInGivenN8n(
	argument: string | undefined,
	others: readonly string[],
): Promise<boolean> {
	const given = givenN8n();
	if (given === undefined) return false;
	const named = argument === '--group' ? others.map(partNamed) : groupNames;
	const all = casesOf(groupNames.filter((name) => named.includes(name)));
	const isWanted = ({ id }: Case) => argument === '--group' || id.includes(argument ?? '');
	await measureInGivenN8n(given, all.filter(isWanted));
	return true;
}

function partNamed(name: string): keyof Results {
	const known: ReadonlyArray<keyof Results> = [...groupNames, 'own'];
	const part = known.find((one) => one === name);
	if (part !== undefined) return part;
	throw new Error(`There is no group ${name}. Use some of: ${known.join(', ')}`);
}

/** Measures parts of the results, and leaves the others as they are. */
async function measureGroups(parts: ReadonlyArray<keyof Results>): Promise<void> {
	const started = performance.now();
	const setting = settingOfToday();
	const wanted = groupNames.filter((name) => parts.includes(name));
	const measured = wanted.length > 0 ? await measure(casesOf(wanted)) : new Map<string, never>();
	const anew = wanted.map((name): [GroupName, GroupResult] => [
		name,
		{ ...setting, cases: groups[name].map(({ id }) => resultOf(measured, id)) },
	]);
	const results: Results = {
		...resultsFile.read(),
		...Object.fromEntries(anew),
		...(parts.includes('own') && { own: { ...setting, ...(await weigh()) } }),
	};
	await resultsFile.write(results);
	await report();
	for (const goal of holdToGoals(results)) console.log(inWords(goal));
	console.log(`It took ${Math.round((performance.now() - started) / 60_000)} minutes.`);
}

/** Each case once: some are in two tables. */
function casesOf(names: readonly GroupName[]): Case[] {
	const all = names.flatMap((name): readonly Case[] => groups[name]);
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
	return new Map(cases.map((one) => [one.id, summarise(one, measurements.get(one.id) ?? [])]));
}

function resultOf(measured: ReadonlyMap<string, CaseResult>, id: string): CaseResult {
	const result = measured.get(id);
	if (result === undefined) throw new Error(`${id} was not measured`);
	return result;
}

async function weigh(): Promise<Pick<OwnWeight, 'domain' | 'loading' | 'tarball'>> {
	return {
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
