import { describe, expect, test } from '@jest/globals';

import { everyOperation, subtitleOf } from './editorExpressions';

/** What the canvas shows: with Deletion Mode as it is preset, Always Preview and Always Delete. */
const deletions: Readonly<Record<string, readonly [string, string, string]>> = {
	'Flyflow call.delete': [
		'Flyflow: delete calls or preview in tests',
		'Flyflow: preview calls',
		'Flyflow: delete calls',
	],
	'Creovai call.purgeByCallId': [
		'Creovai: purge calls or preview in tests',
		'Creovai: preview calls',
		'Creovai: purge calls',
	],
	'Creovai call.purgeBySessionId': [
		'Creovai: purge calls or preview in tests',
		'Creovai: preview calls',
		'Creovai: purge calls',
	],
	'Creovai call.purgeByCustomer': [
		'Creovai: purge calls or preview in tests',
		'Creovai: preview calls',
		'Creovai: purge calls',
	],
	'HappyRobot note.delete': [
		'HappyRobot: delete notes or preview in tests',
		'HappyRobot: preview notes',
		'HappyRobot: delete notes',
	],
	'HappyRobot call.delete': [
		'HappyRobot: delete calls or preview in tests',
		'HappyRobot: preview calls',
		'HappyRobot: delete calls',
	],
	'Kaleyra flow.delete': [
		'Kaleyra: delete flows or preview in tests',
		'Kaleyra: preview flows',
		'Kaleyra: delete flows',
	],
	'Kaleyra flow.deprecate': [
		'Kaleyra: deprecate flows or preview in tests',
		'Kaleyra: preview flows',
		'Kaleyra: deprecate flows',
	],
	'EraseByHttp record.delete': [
		'HTTP: delete records or preview in tests',
		'HTTP: preview records',
		'HTTP: delete records',
	],
	'Verba conversation.delete': [
		'Verba: delete or preview in tests',
		'Verba: preview',
		'Verba: delete',
	],
};

const readings: Readonly<Record<string, string>> = {
	'Flyflow call.get': 'Flyflow: get call',
	'Flyflow call.getAll': 'Flyflow: get many calls',
	'Creovai call.getStatus': 'Creovai: get status of calls',
	'HappyRobot call.get': 'HappyRobot: get call',
	'HappyRobot call.getAll': 'HappyRobot: get many calls',
	'Kaleyra flow.get': 'Kaleyra: get flow',
	'Kaleyra flow.getAll': 'Kaleyra: get many flows',
	'Verba conversation.get': 'Verba: get conversation',
	'Verba conversation.search': 'Verba: find conversations',
	'Creovai receipt.recheck': 'Creovai: recheck receipts',
	'EraseByHttp receipt.recheck': 'HTTP: recheck receipts',
	'Flyflow receipt.recheck': 'Flyflow: recheck receipts',
	'HappyRobot receipt.recheck': 'HappyRobot: recheck receipts',
	'Kaleyra receipt.recheck': 'Kaleyra: recheck receipts',
	'Verba receipt.recheck': 'Verba: recheck receipts',
};

/** What the canvas shows of it at least, in its font. */
const visible = 26;

test.each(Object.entries(deletions))(
	'What is left where the canvas cuts it off says that it may delete, and not always: %s',
	(_, [automatic, preview, always]) => {
		const left = automatic.slice(0, visible);
		expect(left).toMatch(/^\w+: (?:delete|purge|deprecate)(?: \w+)? o/);
		for (const whole of [preview, always]) expect(whole.length).toBeLessThanOrEqual(visible);
	},
);

const modes = ['auto', 'preview', 'delete'] as const;

describe.each(everyOperation)(
	"n8n's evaluator, for $vendor, $resource, $operation",
	({ vendor, resource, operation }) => {
		const key = `${vendor} ${resource}.${operation}`;
		const read = readings[key];
		const subtitles = deletions[key] ?? ([read, read, read] as const);
		const parameters = { resource, operation };

		test.each(modes.map((mode, index) => [mode, subtitles[index]] as const))(
			'in Deletion Mode %s, shows: %s',
			async (deletionMode, subtitle) => {
				expect(subtitle).toBeDefined();
				const placed = { vendor, parameters: { ...parameters, deletionMode } };
				expect(await subtitleOf(placed)).toBe(subtitle);
			},
		);

		test('shows the preset where the workflow holds no Deletion Mode', async () => {
			expect(await subtitleOf({ vendor, parameters })).toBe(subtitles[0]);
		});

		test('shows that a tool previews, unless it is told to delete', async () => {
			const shown = async (mode: object) =>
				await subtitleOf({ vendor, asTool: true, parameters: { ...parameters, ...mode } });
			expect(await shown({})).toBe(subtitles[1]);
			expect(await shown({ deletionMode: 'preview' })).toBe(subtitles[1]);
			expect(await shown({ deletionMode: 'delete' })).toBe(subtitles[2]);
		});
	},
);

test('A vendor without a node of its own is named as the user calls it', async () => {
	const named = { vendor: 'EraseByHttp', parameters: { vendorName: 'Twilio' } };
	const shown = async (parameters: object) =>
		await subtitleOf({ ...named, parameters: { ...named.parameters, ...parameters } });
	const deletion = { resource: 'record', operation: 'delete' };
	expect(await shown(deletion)).toBe('Twilio: delete records or preview in tests');
	expect(await shown({ ...deletion, deletionMode: 'delete' })).toBe('Twilio: delete records');
	const recheck = { resource: 'receipt', operation: 'recheck' };
	expect(await shown(recheck)).toBe('Twilio: recheck receipts');
});
