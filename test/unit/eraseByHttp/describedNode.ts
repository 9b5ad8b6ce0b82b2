import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Answer } from '../../../erasure/reply';

/** The node with these parameters, as far as a description is read from it. */
export function nodeWith(parameters: IDataObject): IExecuteFunctions {
	return {
		getNodeParameter: (name: string, itemIndex: number, fallback: unknown) => {
			if (itemIndex !== 0) throw new TypeError('A description holds for all items');
			return parameters[name] ?? fallback;
		},
	} as unknown as IExecuteFunctions;
}

export const rule = (...entries: IDataObject[]): IDataObject => ({ rule: entries });

/** A vendor that answers 204, and 404 with a code of its own; single records can be looked at. */
export const described: IDataObject = {
	vendorName: 'Twilio',
	method: 'DELETE',
	path: '/Recordings/{id}.json',
	body: '',
	idsPerRequest: 1,
	deletedAnswer: 'noContent',
	notFoundRules: rule({ status: '404', condition: 'equals', field: 'code', value: '20404' }),
	hasLook: true,
	lookPath: '/Recordings/{id}.json',
	lookIdField: 'sid',
};

/** A vendor that takes up to 100 IDs at once and answers with an entry for each. */
export const describedBulk: IDataObject = {
	vendorName: 'Bulk',
	method: 'POST',
	path: '/purge?hard=true',
	body: '{"ids": "{ids}", "hard": true}',
	idsPerRequest: 100,
	deletedAnswer: 'rule',
	answerRules: rule(
		{ meaning: 'deleted', status: '200', condition: 'equals', field: 'status', value: 'Deleted' },
		{ meaning: 'accepted', status: '200', condition: 'equals', field: 'status', value: 'Queued' },
		{
			meaning: 'refused',
			status: '200',
			condition: 'isOneOf',
			field: 'status',
			value: 'Held, Locked',
		},
	),
	notFoundRules: rule({ status: '200', condition: 'equals', field: 'status', value: 'Missing' }),
	bulkAnswer: 'list',
	bulkList: 'items',
	bulkId: 'id',
};

/** An answer, with JSON where it is no text. */
export function answer(status: number, body: unknown = ''): Answer {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { kind: 'answered', status, headers: {}, body: text };
}

/** What a page for people looks like, whatever its status is. */
export const page = '<!DOCTYPE html><html><body>Deleted. Please sign in.</body></html>';
