import type { JsonObject } from '../json';
import {
	addressAt,
	identifiersAt,
	identityAt,
	inParts,
	listAt,
	nameAt,
	objectAt,
	refuseStrangers,
} from './members';
import {
	malformed,
	mostIdentities,
	mostRecords,
	Refused,
	type Identity,
	type RequestContent,
	type RequestedRecord,
} from './requestContent';

/** The `type` of a message that asks for an erasure, as Standard Webhooks wants one. */
export const requestedType = 'erasure.requested';

const identityMembers = { type: 'type', value: 'value', format: 'format' };

const known = ['requestId', 'records', 'identities', 'callback', 'test'];

/**
 * Reads a request in our own words (docs/requests.md).
 *
 * @throws Refused for what is not exactly that: a misspelt member may hold what was to be erased
 */
export function readOwnBody(body: JsonObject): RequestContent {
	if (body.type !== requestedType) throw malformed('type', `has to be ${requestedType}`);
	const data = objectAt(body.data, 'data');
	const misplaced = known.find((member) => Object.hasOwn(body, member));
	if (misplaced !== undefined) throw malformed(misplaced, 'has to be inside the member data');
	refuseStrangers(data, 'data', known);
	const { requestId, callback, test = false } = data;
	if (typeof test !== 'boolean') throw malformed('data.test', 'has to be true or false');
	const records = recordsAt(data.records);
	const identities = listAt(data.identities, 'data.identities', mostIdentities).map(
		(entry, index) => identityOf(entry, `data.identities[${index}]`),
	);
	if (Object.keys(records).length === 0 && identities.length === 0) {
		throw malformed('data', 'names no records and no identities, so there is nothing to erase');
	}
	return {
		format: 'erasure',
		...(requestId === undefined ? {} : { requestId: nameAt(requestId, 'data.requestId') }),
		test,
		records,
		identities,
		callbacks: callback === undefined ? [] : [{ url: addressAt(callback, 'data.callback') }],
	};
}

/** What would be passed over here, such as a status, may be what makes it that one person. */
function identityOf(entry: unknown, member: string): Identity {
	const identity = identityAt(entry, member, identityMembers);
	refuseStrangers(objectAt(entry, member), member, Object.values(identityMembers));
	return identity;
}

/** As receipts name vendors: `flyflow`, `happyRobot`. */
const vendorName = /^[A-Za-z][A-Za-z0-9]{0,63}$/;

function recordsAt(value: unknown): RequestContent['records'] {
	if (value === undefined) return {};
	const vendors = Object.entries(objectAt(value, 'data.records'));
	if (vendors.some(([vendor]) => !vendorName.test(vendor))) {
		throw malformed('data.records', 'has to be an object with the IDs of each vendor');
	}
	const lists = vendors.map(([vendor, entries]) => {
		const member = `data.records.${vendor}`;
		return [vendor, listAt(entries, member, mostRecords), member] as const;
	});
	const count = lists.reduce((sum, [, entries]) => sum + entries.length, 0);
	if (count > mostRecords) {
		throw new Refused(
			413,
			`The member data.records holds more than ${mostRecords} entries. ${inParts}`,
		);
	}
	const filled = lists.filter(([, entries]) => entries.length > 0);
	return Object.fromEntries(
		filled.map(([vendor, entries, member]) => [vendor, entriesAt(entries, member)]),
	);
}

/** Texts and numbers are IDs; objects hold the identifiers of records that take more than one. */
function entriesAt(entries: readonly unknown[], member: string): readonly RequestedRecord[] {
	const ids = entries.filter((entry) => typeof entry !== 'object' || entry === null);
	const texts = identifiersAt(ids, member)[Symbol.iterator]();
	return entries.map((entry) =>
		typeof entry !== 'object' || entry === null
			? (texts.next().value as string)
			: identifiersOf(objectAt(entry, member), member),
	);
}

function identifiersOf(record: JsonObject, member: string): Readonly<Record<string, string>> {
	const fields = Object.entries(record);
	if (fields.length === 0 || fields.some(([name]) => !vendorName.test(name))) {
		throw malformed(member, 'has to name the identifiers of a record, such as callId');
	}
	const values = identifiersAt(
		fields.map(([, value]) => value),
		member,
	);
	return Object.fromEntries(fields.map(([name], index) => [name, values[index] ?? '']));
}
