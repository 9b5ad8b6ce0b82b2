import { describe, expect, test } from '@jest/globals';

import { outcomes, type Outcome, type Preview } from '../../erasure/outcome';
import type { Receipt } from '../../erasure/receipt';
import type { Deletion } from '../../nodes/shared/deletion/deletion';
import type { DeletionSettings } from '../../nodes/shared/parameters/deletionSettings';
import type { FinishedRun } from '../../nodes/shared/receipts/finishedRun';
import { describeNotErased, hintFor, summarise } from '../../nodes/shared/receipts/summary';

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
	return { deletion, settings: undefined, plan: '', lines: [], hasTriesLeft: false, ...rest };
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

describe('the one message under On Error = Stop', () => {
	const described = (entries: Entry[], run = finished()) =>
		describeNotErased(run, summarise(entries));

	const wayOut =
		"To get a receipt for each, set On Error to Continue (using error output) in the node's settings.";

	test('counts what was not erased and names it', () => {
		const reason = { code: 'refusedByVendor', message: 'It is protected' } as const;
		expect(described([entry('deleted'), entry('refused', { reason })])).toEqual({
			message: '1 of 2 calls was not erased',
			description: `All in all: 1 deleted, 1 refused. refused: refused (It is protected). ${wayOut}`,
		});
	});

	const failed = (callId: string, message?: string) =>
		entry('failed', {
			target: { a: 'x', callId },
			...(message === undefined ? {} : { reason: { code: 'vendorError', message } as const }),
		});

	test('names the first three of a reason and counts the others', () => {
		expect(described(['1', '2', '3'].map((id) => failed(id)))).toEqual({
			message: '3 of 3 calls were not erased',
			description: `All in all: 3 failed. x / 1, x / 2, x / 3: failed. ${wayOut}`,
		});
		expect(described(['1', '2', '3', '4', '5'].map((id) => failed(id, 'No'))).description).toBe(
			`All in all: 5 failed. x / 1, x / 2, x / 3 and 2 more: failed (No). ${wayOut}`,
		);
	});

	test('says each reason once, the most frequent first, three of them at most', () => {
		const description = (...reasons: string[]) =>
			described(reasons.map((reason, index) => failed(String(index), reason))).description;
		expect(description('A', 'B', 'B')).toBe(
			`All in all: 3 failed. x / 1, x / 2: failed (B); x / 0: failed (A). ${wayOut}`,
		);
		expect(description('A', 'B', 'C', 'D', 'D', 'E')).toBe(
			`All in all: 6 failed. x / 3, x / 4: failed (D); x / 0: failed (A); x / 1: failed (B); and 2 more. ${wayOut}`,
		);
	});

	test('keeps outcomes apart that have one reason', () => {
		const reason = { code: 'replyLost', message: 'Gone' } as const;
		expect(described([entry('failed', { reason }), entry('unknown', { reason })]).description).toBe(
			`All in all: 1 failed, 1 unknown. failed: failed (Gone); unknown: unknown (Gone). ${wayOut}`,
		);
	});

	test('has words for input that names nothing', () => {
		expect(described([entry('failed', { target: {} })])).toEqual({
			message: '1 of 1 call was not erased',
			description: `All in all: 1 failed. unusable input: failed. ${wayOut}`,
		});
	});

	test('does not say "not erased" of what is only not there', () => {
		const missing = entry('notFound', {}, false);
		expect(described([missing, entry('deleted')]).message).toBe('1 of 2 calls was not found');
		expect(described([missing, entry('failed')]).message).toBe('2 of 2 calls were not erased');
	});

	test('says what was not done', () => {
		expect(described([entry('failed')], finished(previewed)).message).toBe(
			'1 of 1 call was not previewed',
		);
		expect(described([entry('failed')], finished({ verb: toDeprecate })).message).toBe(
			'1 of 1 call was not deprecated',
		);
		const settings = { preview: false } as DeletionSettings;
		expect(described([entry('failed')], finished({ settings })).message).toBe(
			'1 of 1 call was not erased',
		);
	});

	test('says how long it took', () => {
		expect(described([entry('failed')], finished({ effort })).description).toBe(
			`All in all: 1 failed. failed: failed. Took 12 s. ${wayOut}`,
		);
	});
});
