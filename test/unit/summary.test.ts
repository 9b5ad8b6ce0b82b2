import { describe, expect, test } from '@jest/globals';

import { outcomes, type Outcome, type Preview } from '../../erasure/outcome';
import type { Receipt } from '../../erasure/receipt';
import type { Deletion } from '../../nodes/shared/deletion/deletion';
import type { DeletionSettings } from '../../nodes/shared/parameters/deletionSettings';
import type { FinishedRun } from '../../nodes/shared/receipts/finishedRun';
import { describeNotErased } from '../../nodes/shared/receipts/notErased';
import { hintFor } from '../../nodes/shared/receipts/summary';
import { summarise } from '../../nodes/shared/receipts/tally';

const successes: readonly Outcome[] = ['deleted', 'accepted', 'notFound', 'deprecated', 'preview'];

function entry(outcome: Outcome, rest: Partial<Receipt> = {}, success?: boolean) {
	const receipt: Receipt = {
		deleted: outcome === 'deleted',
		outcome,
		evidence: 'none',
		vendor: 'example',
		resource: 'call',
		target: { callId: outcome },
		attempts: 1,
		at: '',
		...rest,
	};
	return { receipt, success: success ?? successes.includes(outcome) };
}

const preview = (wouldBe: Preview['wouldBe'], rest: Partial<Receipt> = {}) =>
	entry('preview', { preview: { found: true, wouldBe, plan: '' }, ...rest });

type Entry = ReturnType<typeof entry>;

const toDeprecate = { base: 'deprecate', title: 'Deprecate', done: 'deprecated' };

function finished({ verb, ...rest }: Partial<FinishedRun> & { verb?: typeof toDeprecate } = {}) {
	const deletion = {
		noun: { one: 'call', many: 'calls' },
		defaults: { maxConcurrency: 1, canLook: false, ...(verb && { verb }) },
	} as unknown as Deletion;
	return { deletion, settings: undefined, plan: '', records: [], hasTriesLeft: false, ...rest };
}

const previewed = { settings: { preview: true } as DeletionSettings };

const effort = { elapsedMs: 12_000, vendorName: 'Example', pushBacks: 0 };

describe('what the editor shows above the output', () => {
	const hint = (entries: Entry[], run = finished()) => hintFor(run, summarise(entries));

	test('counts each outcome, in their order', () => {
		const all = [...outcomes].reverse().map((outcome) => entry(outcome));
		expect(hint([...all, entry('deleted')])).toEqual({
			location: 'outputPane',
			type: 'warning',
			message:
				'10 calls: 2 deleted, 1 accepted for deletion, 1 not found, 1 deprecated, 1 previewed, 1 refused, 1 failed, 1 unknown, 1 skipped.',
		});
	});

	test('is a warning only if something was not erased', () => {
		expect(hint([entry('deleted')])).toMatchObject({ type: 'info', message: '1 call: 1 deleted.' });
		expect(hint([entry('notFound', {}, false)]).type).toBe('warning');
	});

	test('says so where there was nothing to do', () => {
		expect(hint([])).toMatchObject({ type: 'info', message: '0 calls: nothing to do.' });
	});

	test('says how long it took', () => {
		expect(hint([entry('deleted')], finished({ effort })).message).toBe(
			'1 call: 1 deleted. Took 12 s.',
		);
	});

	test('says of a preview that nothing was deleted, what would be, and how to go on', () => {
		expect(
			hint([preview('deleted'), preview('deleted')], finished({ ...previewed, effort })),
		).toEqual({
			location: 'outputPane',
			type: 'info',
			message:
				'Preview: nothing was deleted. 2 calls: 2 would be deleted. To delete, run the workflow in production or set Deletion Mode to Always Delete. Took 12 s.',
		});
		expect(
			hint([preview('deprecated')], finished({ ...previewed, verb: toDeprecate })).message,
		).toBe(
			'Preview: nothing was deprecated. 1 call: 1 would be deprecated. To deprecate, run the workflow in production or set Deletion Mode to Always Deprecate.',
		);
	});

	const forecast = (...entries: Entry[]) =>
		/calls?: (.*?)\. To/.exec(hint(entries, finished(previewed)).message)?.[1];

	test('forecasts each outcome in its own words, and counts what could not be foreseen', () => {
		const foreseen = outcomes.flatMap((outcome) =>
			outcome === 'preview' ? [] : [preview(outcome)],
		);
		expect(forecast(...[...foreseen].reverse(), entry('failed'), entry('failed'))).toBe(
			'1 would be deleted, 1 would be accepted for deletion, 1 not found, 1 would be deprecated, 1 would be refused, 1 failed, 1 unknown, 1 skipped, 2 failed',
		);
	});

	test('foretells nothing of a record that nobody has looked up', () => {
		const blind = (wouldBe: Preview['wouldBe'], rest: Partial<Receipt> = {}) =>
			preview(wouldBe, { preview: { found: null, wouldBe, plan: '' }, ...rest });
		expect(forecast(blind('accepted'), preview('accepted'), blind('deleted'))).toBe(
			'1 would be accepted for deletion, 2 would be sent without a look-up',
		);
		expect(forecast(blind('accepted'), blind('accepted', { duplicate: true }))).toBe(
			'1 would be sent without a look-up, 1 duplicate',
		);
		// The vendor was asked and said that much.
		expect(forecast(blind('refused'), blind('notFound'))).toBe('1 not found, 1 would be refused');
	});

	test('counts what is there twice once, and as a duplicate', () => {
		const again = preview('deleted', { duplicate: true });
		expect(forecast(preview('deleted'), again)).toBe('1 would be deleted, 1 duplicate');
		expect(forecast(preview('deleted'), again, again)).toBe('1 would be deleted, 2 duplicates');
	});
});

test('a run in which nothing was found ends with a warning, and one that found something does not', () => {
	const hint = (...entries: Entry[]) => hintFor(finished(), summarise(entries));
	expect(hint(entry('notFound'), entry('notFound'))).toMatchObject({
		type: 'warning',
		message:
			'Nothing was found. 2 calls: 2 not found. Check the IDs or numbers that were given, and which account the credentials are for.',
	});
	expect(hint(entry('deleted'), entry('notFound'))).toMatchObject({
		type: 'info',
		message: '2 calls: 1 deleted, 1 not found.',
	});
	expect(hint()).toMatchObject({ type: 'info' });
});

describe('a preview in which nothing was found', () => {
	const hint = (...entries: Entry[]) => hintFor(finished(previewed), summarise(entries));
	const missing = preview('notFound', { preview: { found: false, wouldBe: 'notFound', plan: '' } });

	test('asks to check the IDs, and not to run it in production', () => {
		expect(hint(missing, missing)).toEqual({
			location: 'outputPane',
			type: 'warning',
			message:
				'Preview: nothing was deleted. 2 calls: 2 not found. Check the IDs or numbers that were given, and which account the credentials are for.',
		});
	});

	test.each([
		['one was found', preview('deleted')],
		['one would be refused', preview('refused')],
		[
			'one cannot be looked up',
			preview('accepted', { preview: { found: null, wouldBe: 'accepted', plan: '' } }),
		],
		['one could not be previewed', entry('failed')],
	])('not if %s', (_, other) => {
		expect(hint(missing, other).message).toMatch(/run the workflow in production/);
		expect(hint(missing, other).message).not.toMatch(/Check the IDs/);
	});
});

describe('the one message under On Error = Stop', () => {
	const described = (entries: Entry[], run = finished()) =>
		describeNotErased(run, summarise(entries));

	const receipts =
		"All receipts are stored with the execution, and an error workflow gets them as execution.error.context.receipts. To see them as items, set On Error to Continue (using error output) in the node's settings.";

	const named = (entries: Entry[]) => described(entries).description.split('\n').slice(2);

	const call = (outcome: Outcome, callId: string, message?: string, success?: boolean) =>
		entry(
			outcome,
			{
				target: { callId },
				...(message === undefined ? {} : { reason: { code: 'vendorError', message } as const }),
			},
			success,
		);

	const calls = (outcome: Outcome, number: number, message?: string) =>
		Array.from({ length: number }, (_, index) => call(outcome, `call_${index + 1}`, message));

	test('counts what was not erased, says where the receipts are, and names every record', () => {
		expect(described([call('deleted', 'a'), call('refused', 'b', 'It is protected')])).toEqual({
			message: '1 of 2 calls was not erased',
			description: `All in all: 1 deleted, 1 refused.\n${receipts}\nRefused (It is protected): b.\nDeleted: a.`,
		});
	});

	test('names every outcome by itself, what was not erased first', () => {
		const all = outcomes.map((outcome) => call(outcome, `of ${outcome}`));
		expect(named([...all, call('notFound', 'strict', undefined, false)])).toEqual([
			'Not found: strict.',
			'Refused: of refused.',
			'Failed: of failed.',
			'Unknown: of unknown.',
			'Skipped: of skipped.',
			'Deleted: of deleted.',
			'Accepted for deletion: of accepted.',
			'Not found: of notFound.',
			'Deprecated: of deprecated.',
			'Previewed: of preview.',
		]);
	});

	test('names the first 50 of each outcome and says how many more there are', () => {
		const lines = named([
			...calls('deleted', 120),
			...calls('failed', 51),
			...calls('unknown', 50),
		]);
		const first50 = calls('deleted', 50).map(({ receipt }) => receipt.target.callId);
		expect(lines).toEqual([
			`Failed: ${first50.join(', ')} and 1 more.`,
			`Unknown: ${first50.join(', ')}.`,
			`Deleted: ${first50.join(', ')} and 70 more.`,
		]);
	});

	test('says each reason once, the most frequent first, and lets it hide no rare one', () => {
		const lines = named([
			...calls('failed', 60, 'A'),
			call('failed', 'x', 'B'),
			call('failed', 'y', 'B'),
		]);
		const first48 = calls('failed', 48).map(({ receipt }) => receipt.target.callId);
		expect(lines).toEqual([`Failed (A): ${first48.join(', ')} and 12 more.`, 'Failed (B): x, y.']);
	});

	test('counts what it has no room to name', () => {
		const reasons = Array.from({ length: 51 }, (_, index) =>
			call('failed', `${index}`, `${index}`),
		);
		expect(named(reasons)).toHaveLength(51);
		expect(named(reasons).at(-1)).toBe('Failed (50): 1 more.');
	});

	test('names a record once, however often it came', () => {
		const again = entry('failed', { target: { callId: 'a' }, duplicate: true });
		expect(described([call('failed', 'a'), again, again]).description).toBe(
			`All in all: 3 failed (2 duplicates among them).\n${receipts}\nFailed: a.`,
		);
	});

	test('names a record by all that identifies it, and has words for input that names nothing', () => {
		const note = entry('failed', { target: { callId: 'a', noteId: 'n' } });
		expect(named([note, entry('failed', { target: {} })])).toEqual([
			'Failed: a / n, unusable input.',
		]);
	});

	test('keeps outcomes apart that have one reason', () => {
		expect(named([call('failed', 'a', 'Gone'), call('unknown', 'b', 'Gone')])).toEqual([
			'Failed (Gone): a.',
			'Unknown (Gone): b.',
		]);
	});

	const headline = (entries: Entry[], run = finished()) => described(entries, run).message;

	test('does not say "not erased" of what is only not there', () => {
		const missing = entry('notFound', {}, false);
		expect(headline([missing, entry('deleted')])).toBe('1 of 2 calls was not found');
		expect(headline([missing, entry('failed')])).toBe('2 of 2 calls were not erased');
	});

	test('does not say "not erased" of what nobody knows', () => {
		expect(headline(calls('unknown', 5))).toBe('Nobody can say whether 5 of 5 calls were erased');
		expect(headline(calls('unknown', 1))).toBe('Nobody can say whether 1 of 1 call was erased');
		expect(headline([...calls('unknown', 3), ...calls('refused', 2), entry('deleted')])).toBe(
			'2 of 6 calls were not erased, and 3 are uncertain',
		);
		expect(headline([entry('unknown'), entry('notFound', {}, false)])).toBe(
			'1 of 2 calls was not found, and 1 is uncertain',
		);
	});

	test('says what was not done', () => {
		expect(headline([entry('failed')], finished(previewed))).toBe('1 of 1 call was not previewed');
		expect(headline([entry('failed')], finished({ verb: toDeprecate }))).toBe(
			'1 of 1 call was not deprecated',
		);
		const settings = { preview: false } as DeletionSettings;
		expect(headline([entry('failed')], finished({ settings }))).toBe('1 of 1 call was not erased');
	});

	test('says how long it took', () => {
		expect(described([entry('failed')], finished({ effort })).description).toMatch(
			/^All in all: 1 failed\. Took 12 s\.\n/,
		);
	});
});
