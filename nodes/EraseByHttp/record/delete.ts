import type { IExecuteFunctions } from 'n8n-workflow';

import type { Exchange } from '../../../erasure/exchange';
import { maskPhoneNumber } from '../../../erasure/mask';
import type { Preview } from '../../../erasure/outcome';
import type { Target } from '../../../erasure/target';
import type { Connection, Deletion } from '../../shared/deletion/deletion';
import { executeDeletion } from '../../shared/deletion/executeDeletion';
import type { Operation } from '../../shared/operations/operations';
import type { DeletionDefaults } from '../../shared/parameters/deletionFields';
import { readOptions } from '../../shared/parameters/deletionSettings';
import type { ItemParameters } from '../../shared/parameters/itemParameters';
import { exampleReceipt } from '../../shared/receipts/exampleReceipt';
import type { OpenAccount } from '../../shared/sending/account';
import { exchangeOf, manyAtOnce } from '../../shared/vendor/deleteOperation';
import { lookFor } from '../../shared/vendor/recordKind';
import { openEraseByHttp } from '../account/openEraseByHttp';
import { fillBody } from '../description/bodyTemplate';
import type { HttpVendor } from '../description/httpVendor';
import { fillPath, showPath } from '../description/pathTemplate';
import { readHttpVendor, vendorNameOf } from '../description/readDescription';
import { boundTo } from './boundTo';
import { readEntries, readOneForAll } from './bulkAnswer';
import { readDeletion } from './deletionAnswer';
import { idsArePhoneNumbers, recordFields, recordId } from './fields';
import { lookOf } from './look';

type Record = Target<'recordId'>;

export const record = { resource: 'record', noun: { one: 'record', many: 'records' } } as const;

export const deleteRecord: Operation = {
	name: 'Delete',
	action: 'Delete a record',
	subtitle: 'delete records',
	description: 'Delete records at any vendor with an HTTP API, which the fields below describe',
	fields: recordFields,
	example: exampleReceipt({ vendor: 'Twilio', ...record }, [recordId.name]),
	execute: async (context) => await executeDeletion(context, deletionOf(context)),
};

/** What the fields say of the vendor, or why they cannot be used: complained about like a credential. */
type Described = { readonly vendor: HttpVendor } | { readonly why: unknown };

function describe(context: IExecuteFunctions): Described {
	try {
		return { vendor: readHttpVendor(context) };
	} catch (why) {
		return { why };
	}
}

function deletionOf(context: IExecuteFunctions): Deletion<Record> {
	const described = describe(context);
	return {
		...record,
		vendor: vendorNameOf(context),
		operation: 'delete',
		defaults: defaultsOf(described),
		select: selectRecords,
		connect: async (_, { timeout }) => {
			if ('why' in described) throw described.why;
			const { vendor } = described;
			return await connect(context, vendor, timeout);
		},
	};
}

function defaultsOf(described: Described): DeletionDefaults {
	if ('why' in described) return { maxConcurrency: manyAtOnce, canLook: true };
	const { look, answers } = described.vendor;
	const canLook = look !== undefined;
	return {
		maxConcurrency: manyAtOnce,
		canLook,
		...(canLook && !answers.prove ? { alwaysRechecks: true } : {}),
		...(canLook && answers.rules.some(({ meaning }) => meaning === 'accepted')
			? { looksFirst: true }
			: {}),
	};
}

/** What some APIs take for "all" or "any" must not be an ID. */
const noWildcard = {
	formOf: (id: string) => (id.includes('*') ? 'holds "*"' : undefined),
	form: 'Some APIs take that for all records',
};

function selectRecords(parameters: ItemParameters): Record[] {
	const isNumber = parameters.setting((context) =>
		readOptions(context).boolean(idsArePhoneNumbers.name, idsArePhoneNumbers.displayName),
	);
	return parameters
		.identifiers(recordId.name, recordId.displayName, { isNumber, ...noWildcard })
		.map((id) => ({
			identifiers: { recordId: id },
			...(isNumber ? { shown: { recordId: maskPhoneNumber(id) } } : {}),
		}));
}

async function connect(
	context: IExecuteFunctions,
	vendor: HttpVendor,
	timeout: number,
): Promise<Connection<Record>> {
	const { vendorName, headers, look, request } = vendor;
	const paths = [request.path, ...(look === undefined ? [] : [look.path])].map(showPath);
	const opened = await openEraseByHttp(context, { vendorName, headers, paths, timeout });
	return {
		address: boundTo(opened.details.address, look),
		choices: [JSON.stringify(vendor)],
		exchange: exchangeWith(opened, vendor),
		preview:
			look === undefined
				? { kind: 'blind', preview: unseen(vendor) }
				: {
						kind: 'look',
						look: lookFor(opened, { look: lookOf({ ...vendor, look }) }, () => ({
							wouldBe: forecast(vendor),
						})),
					},
	};
}

function exchangeWith(opened: OpenAccount, vendor: HttpVendor): Exchange<Record> {
	const { request, answers } = vendor;
	if (request.idsPerRequest === 1) {
		return exchangeOf<Record>(opened, {
			request: (target) => requestFor([target], vendor),
			read: (answer, target) => readDeletion(answer, target.identifiers.recordId, vendor),
		});
	}
	const { entries } = answers;
	return {
		vendorName: vendor.vendorName,
		targetsPerRequest: request.idsPerRequest,
		repeatable: true,
		send: async (targets) => await opened.send(requestFor(targets, vendor)),
		read: (answer, targets) =>
			entries === undefined
				? readOneForAll(answer, targets, vendor)
				: readEntries(answer, targets, entries, vendor),
	};
}

function requestFor(targets: readonly Record[], { request, encoding }: HttpVendor) {
	const ids = targets.map(({ identifiers }) => identifiers.recordId);
	const { method, path, body } = request;
	return {
		method,
		path: fillPath(path, ids[0] ?? '', encoding),
		...(body === undefined ? {} : { body: fillBody(body, ids) }),
	};
}

/** What a deletion of a record that is there would most likely come to. */
function forecast({ answers, look }: HttpVendor): 'deleted' | 'accepted' {
	const says = answers.rules.some(({ meaning }) => meaning === 'deleted');
	return says && (answers.prove || look !== undefined) ? 'deleted' : 'accepted';
}

function unseen(vendor: HttpVendor): Preview {
	return {
		found: null,
		wouldBe: forecast(vendor),
		note: `The node describes no look at single records, so nobody can say before the deletion whether ${vendor.vendorName} has this one`,
	};
}
