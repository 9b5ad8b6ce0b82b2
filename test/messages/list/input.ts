import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ItemParameters } from '../../../nodes/shared/parameters/itemParameters';
import type { Listed } from '../listed';
import { thrownBy } from '../stage';

const check = 'Check the expression or the data that it reads';

const orAsWritten = `${check}; if IDs really look like that, add the option IDs as Written`;

const orAsArray = `${check}; if each is really meant, write them as an array, such as ["first", "second"]`;

/** A value for Call ID that is turned down because it looks like an accident. */
function accident(value: unknown, what: string): Listed {
	return callId(value, what, orAsWritten);
}

/** The same for a list, of which the option would make one ID. */
function noList(value: unknown, what: string): Listed {
	return callId(value, what, orAsArray);
}

/** A value for Call ID that is turned down before anything is sent. */
function callId(value: unknown, what: string, wayOut = check): Listed {
	return callIdField('={{ $json.id }}', what, wayOut, { id: value } as IDataObject);
}

/** @param field as it stands in the node */
function callIdField(field: unknown, what: string, wayOut: string, item: IDataObject): Listed {
	return {
		text: `Call ID ${what} in item 0. ${wayOut}`,
		names: 'Call ID',
		item: 0,
		wayOut,
		meet: async (stage) =>
			await stage.stopped(
				'flyflow',
				{ resource: 'call', operation: 'delete', callId: field } as INodeParameters,
				{ items: [item] },
			),
	};
}

function phoneNumber(value: string, what: string, wayOut = check): Listed {
	return {
		text: `Phone Number ${what} in item 0. ${wayOut}`,
		names: 'Phone Number',
		item: 0,
		wayOut,
		meet: async (stage) =>
			await stage.stopped('creovai', {
				resource: 'call',
				operation: 'purgeByCustomer',
				phoneNumber: value,
			}),
	};
}

function throwNoError(): never {
	// eslint-disable-next-line @typescript-eslint/only-throw-error
	throw 'no Error at all';
}

/** Whether a parameter is asked for as it is stored, not evaluated. */
function isForStored(options: unknown): boolean {
	return (options as { rawExpressions?: true }).rawExpressions === true;
}

function itemReference(value: unknown, what: string, wayOut: string): Listed {
	return {
		text: `Item Reference ${what}. ${wayOut}`,
		names: 'Item Reference',
		item: 0,
		wayOut,
		meet: async (stage) =>
			await stage.stopped(
				'flyflow',
				{
					...{ resource: 'call', operation: 'delete', callId: 'call_1' },
					options: { itemReference: '={{ $json.ticket }}' },
				},
				{ items: [{ ticket: value } as IDataObject] },
			),
	};
}

/** What is wrong with what selects records: nothing is sent then. */
export const input: readonly Listed[] = [
	callId('', 'is empty'),
	callId(null, 'is empty'),
	callId([], 'is an empty list'),
	callId('[call_1', 'is not a valid JSON list'),
	callId('..', 'holds ".." (a path, not an ID)'),
	callId('call\u200b_1', 'holds an invisible or control character'),
	callId('x'.repeat(257), 'holds an ID of more than 256 characters'),
	callId(2 ** 60, 'holds a number that is not an exact ID (pass it as text)'),
	callId({ id: 1 }, 'holds an object instead of an ID'),
	callId(true, 'holds a boolean instead of an ID'),
	callId([['call_1'], 'call_2'], 'holds a list inside a list at position 1'),
	callId('[1.5]', 'is a JSON list with a number that is not an exact ID (pass it as text)'),
	accident('undefined', 'holds "undefined" (a placeholder for a missing value)'),
	accident('"call_1,call_2"', 'holds a separator inside quotes'),
	noList('call_1,Anna\ncall_2,Ben', 'looks like a table of 2 columns'),
	callId(
		'71,627,389',
		'looks like one number with thousands or decimal separators',
		`${check}; if it is a list, put a blank after each comma; if it is one ID, add the option IDs as Written`,
	),
	accident('{{ $json.id }}', 'holds an expression in a field that is set to Fixed'),
	accident('{"id":"call_1"}', 'looks like the JSON text of an object'),
	accident('https://app.example.com/call_1', 'looks like a web address'),
	accident('#N/A', 'looks like what a spreadsheet shows in place of a value'),
	accident('=A1', 'looks like a formula of a spreadsheet'),
	accident('1.12E+17', 'holds a number in scientific notation, whose digits are lost'),
	accident('1120000000000004.0', 'holds a number with decimals, as a spreadsheet writes it'),
	accident('anna@example.com', 'looks like an e-mail address'),
	accident('/v1/call/call_123', 'looks like a path, not an ID'),
	accident('call_123.mp3', 'looks like a file, not an ID'),
	accident(0, 'holds nothing but zeros'),
	accident('YOUR_CALL_ID', 'looks like a placeholder for an ID'),
	accident('Anna', 'looks like a word or a name, not an ID'),
	noList('call_1,inbound', 'holds a word or a name among IDs at position 2'),
	noList('call_1,120', 'holds something unlike the other IDs at position 2'),
	noList('call_1,agent_7', 'holds something unlike the other IDs at position 2'),
	accident('٧١٦٢٧٣٨٩', 'holds digits of another script'),
	accident('€12', 'looks like an amount'),
	accident('3-Nov', 'looks like a date or a time'),
	accident('Call ID', 'looks like the header of a column'),
	accident('Total', 'looks like a word of a spreadsheet, such as "Total" or "TRUE"'),
	accident('id=call_1', 'holds a label before the value'),
	accident('<call_1>', 'holds codes for characters, as in web pages or programs'),
	accident('(call_1)', 'is in brackets, or has half a pair of them'),
	accident('"call_1', 'holds an unpaired quotation mark, or one in the middle'),
	accident('call_****', 'looks masked or shortened'),
	accident('call_1.', 'starts like a line of a list, or ends like a sentence'),
	accident('+15125551234', 'looks like a phone number'),
	accident('call_1 and call_2', 'looks like several IDs or words in one'),
	callIdField(
		{ __rl: true, mode: 'id', value: 'call_1 call_2' },
		'looks like several IDs or words in one',
		'Separate IDs by commas or semicolons. This field makes blanks of pasted line breaks: to paste a column, set the field to Expression first; if IDs really look like that, add the option IDs as Written',
		{},
	),
	accident('call–1', 'holds a character that only looks like another'),
	accident('-', 'holds neither a letter nor a digit'),
	itemReference({}, 'holds an object in item 0', 'Choose a field with text or a number'),
	itemReference([], 'holds a list in item 0', 'Choose a field with text or a number'),
	itemReference(
		'x'.repeat(257),
		'has 257 characters in item 0, and at most 256 are carried along',
		'Choose a shorter field',
	),
	phoneNumber('John', 'holds letters'),
	phoneNumber('555^1234', 'holds a character that no phone number has'),
	phoneNumber('123', 'holds fewer than 5 digits'),
	phoneNumber('123-456-789-012-345-6789', 'holds more than 15 digits'),
	phoneNumber('+1512555__34', 'holds a masked number'),
	phoneNumber('+44 (0)20 7946 0000', 'holds "(0)", which is dialled within its country only'),
	phoneNumber('512 5551001.0', 'holds a number with decimals, as a spreadsheet writes it'),
	phoneNumber('5551001/5551002', 'holds several numbers in one'),
	phoneNumber('04321;567890', 'holds numbers of different kinds at position 2', orAsArray),
	phoneNumber('+15125551234-567', 'holds what looks like a number with an extension'),
	phoneNumber('5125551234-', 'ends with a sign, as if digits were missing'),
	phoneNumber('+1512555', 'has not the 11 digits of a number with +1'),
	phoneNumber('+0151 23456789', 'holds a zero after the plus, where a country code belongs'),
	phoneNumber(
		'+44 020 7946 0000',
		'holds a zero after the country code, which is dialled within its country only',
	),
	phoneNumber('1111111111', 'holds the same digit over and over'),
	phoneNumber('+15125551234, 12', 'holds fewer than 5 digits at position 2'),
	{
		text: 'The expression in Call ID cannot be read in item 0: ‹n8n’s own words›. Check it',
		names: 'Call ID',
		item: 0,
		wayOut: 'Check it',
		meet: async (stage) =>
			await stage.stopped('flyflow', {
				resource: 'call',
				operation: 'delete',
				callId: "={{ $('Gone').first().json.id }}",
			}),
	},
	{
		text: 'The expression in Call ID cannot be read in item 0: no details given. Check it',
		names: 'Call ID',
		item: 0,
		wayOut: 'Check it',
		// What n8n's own code throws always has words.
		meet: async () =>
			await thrownBy(() => {
				const getNodeParameter = (...given: unknown[]) =>
					isForStored(given[3]) ? '={{ anything }}' : throwNoError();
				const context = { getNodeParameter } as never;
				return new ItemParameters(context, 0).identifier('callId', 'Call ID');
			}),
	},
	{
		text: 'Call ID holds 2 IDs in item 0, where one is expected. Give one ID for each item',
		names: 'Call ID',
		item: 0,
		wayOut: 'Give one ID for each item',
		meet: async (stage) =>
			await stage.stopped('happyRobot', {
				resource: 'note',
				operation: 'delete',
				callId: `${'a1'.repeat(12)};${'b2'.repeat(12)}`,
				noteId: 'n',
			}),
	},
	{
		text: `Call ID has 7 characters in item 0. HappyRobot's call IDs have exactly 24. ${check}`,
		names: 'Call ID',
		item: 0,
		wayOut: check,
		meet: async (stage) =>
			await stage.stopped('happyRobot', {
				resource: 'call',
				operation: 'delete',
				callId: 'too-few',
			}),
	},
	{
		text: 'Identify By is not one of callID; extension; meetingID; nativeID; platformCallID in item 0. Choose it again',
		names: 'Identify By',
		item: 0,
		wayOut: 'Choose it again',
		meet: async (stage) =>
			await stage.stopped('verba', {
				resource: 'conversation',
				operation: 'delete',
				identifyBy: 'name',
				identifier: 'x',
			}),
	},
	{
		text: 'Status is not one of last; ongoing; ongoing,last in item 0. Choose it again',
		names: 'Status',
		item: 0,
		wayOut: 'Choose it again',
		meet: async (stage) =>
			await stage.stopped('verba', {
				resource: 'conversation',
				operation: 'delete',
				identifyBy: 'extension',
				identifier: '8001',
				status: 'first',
			}),
	},
];
