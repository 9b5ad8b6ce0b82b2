import { issueAmendment, type Certificate } from '../../../erasure/certificate/issue';
import { signJws } from '../../../erasure/certificate/jws';
import { documentType } from '../../../erasure/certificate/payload';
import { amend, receiptOf, standings } from '../../unit/certificate/histories';
import { certify, key, particulars, presented, receipt } from '../../unit/certificate/receipts';
import type { Listed } from '../listed';
import { stops } from './certificates';

const [, gone, accepted, , failed, unknown] = standings;

const [first] = certify([receiptOf(1, accepted!), receiptOf(2, failed!)]);
const [later] = amend([first!], [receiptOf(1, gone!)]);
const [laterAgain] = amend([first!], [receiptOf(1, gone!)]);
const [last] = amend([first!, later!], [receiptOf(2, gone!)]);
const [overlapping] = certify([receiptOf(1, unknown!)]);

const call = { vendor: 'creovai', deleted: false, outcome: 'accepted', evidence: 'accepted' };
const [ofOneSession] = certify(
	['c1', 'c2'].map((callId) => receipt(1, { ...call, target: { callId, sessionId: 's' } })),
);

const [callId, sessionId] = [{ callId: 'c1' }, { sessionId: 's1' }].map((target) =>
	receipt(1, { ...call, target }),
);
const [byCallId] = certify([callId!]);
const [bySessionId] = certify([sessionId!]);
const [byEither] = certify([callId!, sessionId!]);
const linking = receipt(1, { vendor: 'creovai', target: { callId: 'c1', sessionId: 's1' } });
const [ofTwoAccounts] = certify(
	['a', 'b'].map((digit) => ({ ...receiptOf(1, accepted!), account: digit.repeat(16) })),
);

/** What is said of certificates that are to be amended and do not go together. */
function amending(
	text: string,
	wayOut: string,
	certificates: readonly (Certificate | undefined)[],
	{ of = receiptOf(2, gone!), shows = presented, item }: Circumstances = {},
): Listed {
	const options = { amends: certificates.map((one) => shows(one!)) };
	const listed = {
		text: text.includes(wayOut) ? text : `${text}. ${wayOut}`,
		wayOut,
		...(item === undefined ? {} : { item }),
	};
	return stops(listed, [of], { options });
}

interface Circumstances {
	readonly of?: object;
	readonly shows?: (certificate: Certificate) => string;
	readonly item?: number;
}

const giveAll =
	'Give all certificates of the request in Amends, and their disclosures in Disclosures of Amends';

/** Another certificate under the number of the first. */
const renumbered = {
	...overlapping!,
	text: `${signJws({ typ: documentType }, { ...overlapping!.payload, jti: first!.payload.jti }, key)}~`,
};

/** It says that a record was unknown, and the first certificate knows of none. */
const [contradictory] = issueAmendment(particulars, {
	changes: [
		{
			amends: later!.payload.erasure.amends!,
			entries: later!.records.map(({ record, itemIndex }) => ({
				record,
				was: { outcome: 'unknown', evidence: 'none' },
				itemIndex,
			})),
		},
	],
	total: { records: 2, deleted: 2 },
	totalOf: [first!.payload.jti],
});

export const amendments: readonly Listed[] = [
	amending(
		'The certificate ‹number› is missing, which certificate ‹number› takes into account',
		giveAll,
		[first, last],
	),
	amending(
		'The certificates ‹number› and ‹number› both amend the same record of an earlier one, and neither knew of the other',
		'Leave one of them out',
		[first, later, laterAgain],
	),
	amending(
		'Of the certificate ‹number›, 0 of 1 disclosures were given. Give all of them in Disclosures of Amends: it amends another certificate, so that without them nobody knows the last word on a record',
		'Give all of them in Disclosures of Amends',
		[first, later],
		{ shows: (one) => (one === later ? (one.text ?? '') : presented(one)) },
	),
	amending(
		'The numbers of the certificate ‹number› contradict those of the others to amend',
		'Give all certificates of the request as they were issued',
		[first, contradictory],
	),
	amending(
		'Two of the certificates to amend have the number ‹number› and are not the same',
		'Give each as it was issued',
		[first, renumbered],
		{ shows: (one) => one.text ?? '' },
	),
	amending(
		'The record of the receipt in item 0 is counted by two of the certificates to amend, ‹number› and ‹number›',
		'Amend them one at a time',
		[byCallId, bySessionId],
		{ of: linking, item: 0 },
	),
	amending(
		'The receipt in item 0 shows that two records of the certificate ‹number› are one and the same',
		'Leave Amends empty and give all receipts of the request',
		[byEither],
		{ of: linking, item: 0 },
	),
	amending(
		'The certificates ‹number› and ‹number› count the same record',
		'Amend them one at a time',
		[first, overlapping],
	),
	amending(
		'The certificates ‹number› and ‹number› may count the same record: one of them shows no account of it, or only an ID that several records share',
		'Amend them one at a time',
		[ofTwoAccounts, overlapping],
	),
	amending(
		'The receipt in item 0 may be of several records: it has no account, or only an ID that several records share',
		'Give it as the node gave it',
		[ofOneSession],
		{ of: receipt(1, { vendor: 'creovai', target: { sessionId: 's' } }), item: 0 },
	),
	amending(
		'The receipt in item 0 is of 2026-11-20T10:00:00.000Z, and the certificate ‹number› has a later one of its record, of ‹time›',
		'Give the last receipt of each record',
		[first],
		{ of: { ...receiptOf(1, gone!), at: '2026-11-20T10:00:00.000Z' }, item: 0 },
	),
];
