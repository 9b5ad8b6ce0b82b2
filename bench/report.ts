import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { holdToGoals } from './goals';
import { plotComparisons } from './plot';
import { queueBlocks } from './queueReport';
import { queueResultsFile } from './queueResults';
import { resultsFile, type CaseResult, type Results } from './results';
import { describeSetting } from './setting';
import { number, table } from './tables';

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
			'docs/benchmarks.md does not show the results in bench/. Write it anew: npm run bench -- --report',
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
	const { comparisons, pushedBack, growth } = results;
	return {
		setting: describeSetting(results),
		goals: goalTable(results),
		creovai: waysTable(comparisons.creovai),
		flyflow: waysTable(comparisons.flyflow),
		pushedBack: limitTable(pushedBack),
		growth: growthTable(growth),
	};
}

function goalTable(results: Results): string {
	const rows = holdToGoals(results).map(({ what, wanted, got, reached }) => [
		what,
		wanted,
		got,
		reached ? 'yes' : '**no**',
	]);
	return table(['what', 'to reach', 'measured', 'reached'], rows);
}

function waysTable(cases: readonly CaseResult[]): string {
	const base = cases.find(({ title }) => title.endsWith('default'))?.seconds ?? Number.NaN;
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
	const shown = (value: number) => (value < 10 ? value.toFixed(1) : number(Math.round(value)));
	if (times > 1) return `${shown(middle)} (${times} × a ${ordinal(times)} of it)`;
	return runs === 1 ? shown(middle) : `${shown(middle)} (${shown(fastest)} to ${shown(slowest)})`;
}

function ordinal(times: number): string {
	return times === 20 ? 'twentieth' : `${times}th`;
}

function itemsOut({ items }: CaseResult): string {
	const words = Object.entries(items).map(([word, count]) => `${number(count)} "${word}"`);
	return words.join(', ') || 'none';
}
