import { describe, expect, test } from '@jest/globals';
import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import { notErased, type Verdict } from '../../erasure/outcome';
import type { Deletion } from '../../nodes/shared/deletion/deletion';
import type { DeletionSettings } from '../../nodes/shared/parameters/deletionSettings';
import {
	unsent,
	type ClosedRecord,
	type FinishedRun,
} from '../../nodes/shared/receipts/finishedRun';
import { concludeDeletion } from '../../nodes/shared/receipts/receiptItems';

const deleted: Verdict = { outcome: 'deleted', evidence: 'confirmed', vendorResponse: 'gone' };
const notFound: Verdict = { outcome: 'notFound', evidence: 'confirmed' };
const refused = notErased('refused', 'refusedByVendor', 'It is protected');
const failed = notErased('failed', 'vendorError', 'It answered 500');

/** A record for each verdict, of items 0, 1, …; what failed may be sent again. */
const records = (...verdicts: Verdict[]): ClosedRecord[] =>
	verdicts.map((verdict, itemIndex) => ({
		kind: 'closed',
		itemIndex,
		shown: { callId: `call_${itemIndex}` },
		settlement: { ...unsent(verdict), final: verdict.outcome !== 'failed' },
		duplicate: false,
	}));

const settings = {
	preview: false,
	includeVendorResponse: false,
	notFoundIsSuccess: true,
} as DeletionSettings;

function finished(verdicts: Verdict[], rest: Partial<FinishedRun> = {}): FinishedRun {
	const deletion = {
		vendor: 'example',
		resource: 'call',
		noun: { one: 'call', many: 'calls' },
		defaults: {},
	} as unknown as Deletion;
	const plan = 'sha256:1';
	return { deletion, settings, plan, records: records(...verdicts), hasTriesLeft: false, ...rest };
}

/** Concludes a run under an On Error setting, and says which hints the editor got. */
function conclude(onError: INode['onError'], run: FinishedRun, type = 'test') {
	const hints: Array<{ message: string }> = [];
	const context = {
		addExecutionHints: (...added: Array<{ message: string }>) => hints.push(...added),
		continueOnFail: () => onError !== 'stopWorkflow',
		getNode: () => ({ name: 'Under Test', type, onError }) as INode,
	} as unknown as IExecuteFunctions;
	return { ...concludeDeletion(context, run), hints };
}

/** The output of a run that returned. */
function itemsOf(conclusion: ReturnType<typeof conclude>): INodeExecutionData[] {
	if (conclusion.kind !== 'return') throw conclusion.error;
	expect(conclusion.output).toHaveLength(1);
	return conclusion.output[0] ?? [];
}

const outcomes = (items: ReadonlyArray<{ json: IDataObject }>) =>
	items.map(({ json }) => json.outcome);

describe('receipts as items', () => {
	test('each is paired with its input, and the hint counts them', () => {
		const conclusion = conclude('stopWorkflow', finished([deleted, notFound]));
		expect(itemsOf(conclusion)).toMatchObject([
			{ json: { outcome: 'deleted', target: { callId: 'call_0' } }, pairedItem: { item: 0 } },
			{ json: { outcome: 'notFound', target: { callId: 'call_1' } }, pairedItem: { item: 1 } },
		]);
		expect(conclusion.hints[0]).toMatchObject({ message: '2 calls: 1 deleted, 1 not found.' });
		expect(conclusion.summary).toBe('2 calls: 1 deleted, 1 not found.');
	});

	test('hold what belongs to them and the vendor’s reply only if it is asked for', () => {
		const [plain] = itemsOf(conclude('stopWorkflow', finished([deleted])));
		expect(plain?.json).toMatchObject({ vendor: 'example', resource: 'call', deleted: true });
		expect(plain?.json).not.toHaveProperty('vendorResponse');
		const asked = { settings: { ...settings, includeVendorResponse: true } };
		const [whole] = itemsOf(conclude('stopWorkflow', finished([deleted], asked)));
		expect(whole?.json.vendorResponse).toBe('gone');
		const unread = { settings: undefined };
		const [none] = itemsOf(conclude('stopWorkflow', finished([deleted], unread)));
		expect(none?.json).not.toHaveProperty('vendorResponse');
	});

	test('a preview carries the plan', () => {
		const preview = { found: true, wouldBe: 'deleted' } as const;
		const verdict: Verdict = { outcome: 'preview', evidence: 'none', preview };
		const [item] = itemsOf(conclude('stopWorkflow', finished([verdict])));
		expect(item?.json.preview).toEqual({ ...preview, plan: 'sha256:1' });
	});

	test('none at all is no reason to start again', () => {
		const conclusion = conclude('continueRegularOutput', finished([]));
		expect(itemsOf(conclusion)).toEqual([]);
		expect(conclusion.isTriedAgain).toBe(false);
	});
});

describe('On Error = Stop', () => {
	test('throws once for all, with every receipt', () => {
		const conclusion = conclude('stopWorkflow', finished([deleted, refused, failed]));
		if (conclusion.kind !== 'throw') throw new Error('It returned');
		expect(conclusion.error).toBeInstanceOf(NodeOperationError);
		expect(conclusion.error.message).toBe('2 of 3 calls were not erased');
		expect(conclusion.error.description).toMatch(/^All in all: 1 deleted, 1 refused, 1 failed\./);
		const receipts = conclusion.error.context.receipts as IDataObject[];
		expect(receipts.map(({ outcome }) => outcome)).toEqual(['deleted', 'refused', 'failed']);
		expect(conclusion.isTriedAgain).toBe(true);
		expect(conclusion.summary).toBe('3 calls: 1 deleted, 1 refused, 1 failed.');
	});

	test('says why nothing was sent, if nothing was', () => {
		const run = finished([refused], { notStarted: 'The plan is another one' });
		const conclusion = conclude('stopWorkflow', run);
		if (conclusion.kind !== 'throw') throw new Error('It returned');
		expect(conclusion.error.message).toBe('The plan is another one');
		expect(conclusion.error.description).toBe('Nothing was sent.');
	});

	test('lets "not found" pass, unless the user says otherwise', () => {
		expect(conclude('stopWorkflow', finished([notFound])).kind).toBe('return');
		expect(conclude('stopWorkflow', finished([notFound], { settings: undefined })).kind).toBe(
			'return',
		);
		const strict = { settings: { ...settings, notFoundIsSuccess: false } };
		expect(conclude('stopWorkflow', finished([notFound], strict)).kind).toBe('throw');
	});
});

describe('The hint that On Error hides receipts', () => {
	const said = (onError: INode['onError'], type?: string) =>
		conclude(onError, finished([deleted]), type).hints.filter(({ message }) =>
			/hides the receipts of all others.*Continue \(using error output\)/.test(message),
		);

	test('comes after a run that Stop let pass, below what was done', () => {
		expect(said('stopWorkflow')).toMatchObject([{ location: 'outputPane', type: 'warning' }]);
		const { hints } = conclude('stopWorkflow', finished([deleted]));
		expect(hints.map(({ message }) => message.slice(0, 7))).toEqual(['1 call:', 'With On']);
	});

	test('comes under no other setting, and not in a tool, which has no error output', () => {
		expect(said('continueRegularOutput')).toEqual([]);
		expect(said('continueErrorOutput')).toEqual([]);
		expect(said('stopWorkflow', 'flyflowTool')).toEqual([]);
	});
});

describe('On Error = Continue', () => {
	test('gives every receipt, with `error` on those that were not erased', () => {
		const strict = { settings: { ...settings, notFoundIsSuccess: false } };
		const items = itemsOf(
			conclude('continueRegularOutput', finished([deleted, refused, notFound], strict)),
		);
		expect(items).toMatchObject([
			{ json: { outcome: 'deleted' }, pairedItem: { item: 0 } },
			{ json: { outcome: 'refused', error: 'It is protected' }, pairedItem: { item: 1 } },
			{
				json: {
					outcome: 'notFound',
					error: expect.stringMatching(/^The vendor has no such record\./) as unknown,
				},
				pairedItem: { item: 2 },
			},
		]);
		expect(items[0]?.json).not.toHaveProperty('error');
	});

	test('is started again by n8n if the first receipt has an `error`', () => {
		const first = conclude('continueRegularOutput', finished([refused, deleted]));
		expect(first.isTriedAgain).toBe(true);
		const second = conclude('continueRegularOutput', finished([deleted, refused]));
		expect(second.isTriedAgain).toBe(false);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'throws for a further try as long as one is left that can change something: %s',
		(onError) => {
			const left = { hasTriesLeft: true };
			const again = conclude(onError, finished([deleted, refused, failed], left));
			expect(again).toMatchObject({ kind: 'throw', isTriedAgain: true });
			expect(conclude(onError, finished([deleted, refused], left)).kind).toBe('return');
			expect(outcomes(itemsOf(conclude(onError, finished([failed]))))).toEqual(['failed']);
		},
	);
});

describe('On Error = Continue (using error output)', () => {
	const erroneous = (): INodeExecutionData => {
		const items = itemsOf(conclude('continueErrorOutput', finished([deleted, refused])));
		expect(items[0]).toEqual({
			json: expect.objectContaining({ outcome: 'deleted' }) as unknown,
			pairedItem: { item: 0 },
		});
		return items[1] as INodeExecutionData;
	};

	test('marks what was not erased in the way by which n8n chooses the output', () => {
		const item = erroneous();
		expect(item.error).toBeInstanceOf(NodeOperationError);
		expect(item.error).toMatchObject({ message: 'It is protected', context: { itemIndex: 1 } });
		expect(item.pairedItem).toBe(1);
		expect(item.json).toMatchObject({ outcome: 'refused' });
		expect(item.json).not.toHaveProperty('error');
		expect(Object.keys(item)).toContain('json');
	});

	test('keeps its receipt when n8n puts the message in its place, and its mark no longer', () => {
		const item = erroneous();
		item.json = { error: 'It is protected' };
		expect(item.json).toMatchObject({ outcome: 'refused', target: { callId: 'call_1' } });
		expect(item).not.toHaveProperty('error');
		expect(Object.keys(item).sort()).toEqual(['json', 'pairedItem']);
		expect({ ...item }).toMatchObject({ json: { outcome: 'refused' }, pairedItem: 1 });
	});

	test('is an item like any other after that', () => {
		const item = erroneous();
		item.json = { error: 'It is protected' };
		item.json = { changed: true };
		expect(item.json).toEqual({ changed: true });
		expect(Reflect.deleteProperty(item, 'json')).toBe(true);
	});

	test('can be taken apart by n8n before that too', () => {
		expect(Reflect.deleteProperty(erroneous(), 'json')).toBe(true);
	});
});
