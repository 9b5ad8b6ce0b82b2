import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { goalTable } from './goal';
import { holdToGoals } from './goals';
import { plotComparisons } from './plot';
import { queueBlocks } from './queueReport';
import { queueResultsFile } from './queueResults';
import { resultsFile, type CaseResult, type Results } from './results';
import { dated, describeSettings } from './setting';
import { number, table } from './tables';
import { wayNames } from './ways';

const docs = join(__dirname, '..', 'docs');

const page = join(docs, 'benchmarks.md');

/** Puts the results into docs/benchmarks.md, between the marks that are there, and draws the plot. */
export async function report(): Promise<void> {
	writeFileSync(page, await filledPage());
	writeFileSync(join(docs, 'images', 'benchmarks.svg'), await plotComparisons(resultsFile.read()));
}

/** @throws Error with a sentence for a person, if the page shows other results */
export async function checkReport(): Promise<void> {
	if (readFileSync(page, 'utf8') !== (await filledPage())) {
		throw new Error(
			'docs/benchmarks.md does not show the results in bench/. Write it again: npm run bench -- --report',
		);
	}
}

async function filledPage(): Promise<string> {
	const blocks = { ...blocksOf(resultsFile.read()), ...queueBlocks(queueResultsFile.read()) };
	const text = fillIn(readFileSync(page, 'utf8'), blocks);
	return await format(text, { ...(await resolveConfig(page)), parser: 'markdown' });
}

/** @throws Error if the page has no place for one of the blocks */
function fillIn(text: string, blocks: Readonly<Record<string, string>>): string {
	let filled = text;
	for (const [name, block] of Object.entries(blocks)) {
		const place = new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- /${name} -->)`);
		if (!place.test(filled)) throw new Error(`docs/benchmarks.md has no place for ${name}`);
		filled = filled.replace(
			place,
			(_, begin: string, end: string) => `${begin}\n${block}\n\n${end}`,
		);
	}
	return filled;
}

function blocksOf(results: Results): Readonly<Record<string, string>> {
	const { own, ...groups } = results;
	const { creovai, flyflow, defaultOptions, described, growth, pushedBack } = groups;
	const { oneBad, everyTenthBad, firstEightBad, fourRuns, twoRuns, workers, random } = groups;
	return {
		setting: describeSettings([own, ...Object.values(groups)]),
		goals: goalTable(holdToGoals(results)),
		creovai: dated(creovai, waysTable(creovai.cases)),
		flyflow: dated(flyflow, waysTable(flyflow.cases)),
		defaultOptions: dated(defaultOptions, waysTable(defaultOptions.cases)),
		described: dated(described, waysTable(described.cases, wayNames.package)),
		oneBad: dated(oneBad, badTable(oneBad.cases)),
		everyTenthBad: dated(everyTenthBad, badTable(everyTenthBad.cases)),
		firstEightBad: dated(firstEightBad, badTable(firstEightBad.cases)),
		pushedBack: dated(pushedBack, limitTable(pushedBack.cases)),
		fourRuns: dated(fourRuns, accountTable(fourRuns.cases)),
		twoRuns: dated(twoRuns, accountTable(twoRuns.cases)),
		workers: dated(workers, loadTable(workers.cases)),
		random: dated(random, loadTable(random.cases)),
		growth: dated(growth, growthTable(growth.cases)),
	};
}

/** @param baseTitle of the case that the others are measured against */
function waysTable(cases: readonly CaseResult[], baseTitle: string = wayNames.httpDefault): string {
	const base = cases.find(({ title }) => title === baseTitle)?.seconds ?? Number.NaN;
	const head = [
		'way',
		'seconds',
		'relative',
		'requests',
		'sockets at once',
		'memory growth',
		'items out',
	];
	return table(
		head,
		cases.map((one) => [
			one.title,
			seconds(one),
			(one.seconds / base).toFixed(2),
			number(one.requests),
			number(one.sockets),
			one.times === 1 ? `${number(one.memoryGrowth)} MB` : '',
			itemsOut(one),
		]),
	);
}

function limitTable(cases: readonly CaseResult[]): string {
	const head = ['way', 'seconds', 'requests', 'refused', 'records gone', 'items out'];
	return table(
		head,
		cases.map((one) => [
			one.title,
			seconds(one),
			number(one.requests),
			number(one.pushedBack),
			number(one.erased),
			itemsOut(one),
		]),
	);
}

/** Some records get 503 for an answer, always. */
function badTable(cases: readonly CaseResult[]): string {
	const head = ['way', 'seconds', 'requests', 'a bad one sent', 'records gone', 'items out'];
	return table(
		head,
		cases.map((one) => [
			one.title,
			seconds(one),
			number(one.requests),
			times(one.badSent ?? 0),
			number(one.erased),
			itemsOut(one),
		]),
	);
}

function times(count: number): string {
	return count === 1 ? 'once' : `${number(count)} times`;
}

/** Several runs at once. */
function accountTable(cases: readonly CaseResult[]): string {
	const head = [
		'way',
		'seconds',
		'first run ended after',
		'deleted a second',
		'refused',
		'records gone',
		'items out',
	];
	return table(
		head,
		cases.map((one) => [
			one.title,
			seconds(one),
			`${shortSeconds(one.firstEnd ?? one.seconds)} s`,
			number(Math.round(one.erased / one.seconds)),
			`${((100 * one.pushedBack) / one.requests).toFixed(1)} %`,
			number(one.erased),
			itemsOut(one),
		]),
	);
}

/** What the vendor saw once the run had had time to find its pace. */
function loadTable(cases: readonly CaseResult[]): string {
	const head = ['way', 'seconds', 'in flight', '95 of 100 answers take at most', 'items out'];
	return table(
		head,
		cases.map((one) => {
			if (one.load === undefined) throw new Error(`${one.id} was not watched`);
			const { inFlightLow, inFlightMost, latency95 } = one.load;
			return [
				one.title,
				seconds(one),
				`${number(inFlightLow)} to ${number(inFlightMost)}`,
				`${number(Math.round(latency95))} ms`,
				itemsOut(one),
			];
		}),
	);
}

function growthTable(cases: readonly CaseResult[]): string {
	const head = [
		'records',
		'seconds',
		'seconds per 1,000',
		'memory growth',
		'MB per 1,000',
		'items out',
	];
	return table(
		head,
		cases.map((one) => [
			number(one.records),
			seconds(one),
			(one.seconds / (one.records / 1000)).toFixed(2),
			`${number(one.memoryGrowth)} MB`,
			(one.memoryGrowth / (one.records / 1000)).toFixed(1),
			itemsOut(one),
		]),
	);
}

function seconds({ seconds: middle, fastest, slowest, runs, times }: CaseResult): string {
	const shown = shortSeconds(middle);
	if (times > 1) return `${shown} (${times} × a ${ordinal(times)} of it)`;
	if (runs === 1) return shown;
	return `${shown} (${shortSeconds(fastest)} to ${shortSeconds(slowest)})`;
}

function shortSeconds(value: number): string {
	return value < 10 ? value.toFixed(1) : number(Math.round(value));
}

function ordinal(times: number): string {
	return times === 20 ? 'twentieth' : `${times}th`;
}

function itemsOut({ items }: CaseResult): string {
	const words = Object.entries(items).map(
		([word, count]) => `${number(count)} ${word === 'error' ? 'with an error' : `"${word}"`}`,
	);
	return words.join(', ') || 'none';
}
