import type { Identifying, RecordKinds } from '../../erasure/certificate/identity';

interface KnownVendor {
	/** How the page of a certificate calls it. */
	readonly name: string;
	/** By what a record of each kind is told from others: its own identifier first. */
	readonly records: Readonly<Record<string, Identifying>>;
}

/**
 * The vendors whose receipts can be certified, by the names of their nodes. A certificate names
 * vendors and kinds of record for everybody to read, so that it takes these words and no others.
 */
const knownVendors: Readonly<Record<string, KnownVendor>> = {
	creovai: { name: 'Creovai', records: { call: [['callId'], ['sessionId']] } },
	flyflow: { name: 'Flyflow', records: { call: [['callId']] } },
	happyRobot: {
		name: 'HappyRobot',
		records: { call: [['callId']], note: [['callId', 'noteId']] },
	},
	kaleyra: { name: 'Kaleyra', records: { flow: [['flowId']] } },
	verba: {
		name: 'Verint Verba',
		records: {
			conversation: [['callID'], ['platformCallID'], ['nativeID'], ['meetingID']],
		},
	},
};

/** By the names in a certificate. */
export const vendorNames: Readonly<Record<string, string>> = Object.fromEntries(
	Object.entries(knownVendors).map(([vendor, { name }]) => [vendor, name]),
);

/** The kinds of record of the vendors that have a node here. */
export const recordKinds: RecordKinds = (vendor, resource) => {
	const records = Object.hasOwn(knownVendors, vendor) ? knownVendors[vendor]?.records : undefined;
	return records !== undefined && Object.hasOwn(records, resource) ? records[resource] : undefined;
};

/**
 * The same, and the records of vendors that Erase by HTTP deletes at.
 *
 * @param others their names, as whoever issues the certificate gives them: a receipt alone could name
 *   anybody
 */
export function recordKindsWith(others: readonly string[]): RecordKinds {
	return (vendor, resource) =>
		resource === 'record' && others.includes(vendor)
			? [['recordId']]
			: recordKinds(vendor, resource);
}
