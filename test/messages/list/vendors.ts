/* eslint max-lines: "off" -- one list, in which a message is found by its place and not by the name of a file */
import type { IDataObject } from 'n8n-workflow';

import type { Listed } from '../listed';
import type { Met, Stage } from '../stage';

const purge = { resource: 'call', operation: 'purgeByCallId', callId: 'c000001' };
const customer = { resource: 'call', operation: 'purgeByCustomer', phoneNumber: '+15125551001' };

/** What a purge says of an entry of Creovai's reply. */
function entry(item: object | readonly object[], text: string, wayOut: string): Listed {
	return {
		text,
		wayOut,
		meet: async (stage) => {
			const items = [item].flat().map((fields) => ({ callId: 'c000001', ...fields }));
			stage.sandbox.faults.add({
				fault: { kind: 'status', status: 200, body: JSON.stringify({ items }) },
				when: ({ url }) => url.endsWith('/calls'),
			});
			return await stage.receipt('creovai', purge);
		},
	};
}

const flow = { resource: 'flow', operation: 'delete', flowId: '1120000000000001' };
const deprecate = { ...flow, operation: 'deprecate' };
const insteadOf = { options: { ifPublished: 'deprecate' } };

/** What Kaleyra's node says of a flow in a state that is not the one it wants. */
function flowIn(
	status: string,
	text: string,
	wayOut: string | undefined,
	meet: (stage: Stage) => Promise<Met>,
): Listed {
	return {
		text,
		...(wayOut === undefined ? { because: 'there is nothing to do about it' } : { wayOut }),
		meet: async (stage) => {
			stage.sandbox.kaleyra.put('1120000000000001', status as 'DRAFT');
			return await meet(stage);
		},
	};
}

function kaleyraRefusal(
	parameters: IDataObject,
	body: object,
	text: string,
	wayOut: string,
): Listed {
	return {
		text,
		wayOut,
		meet: async (stage) => {
			stage.answers(400, JSON.stringify(body));
			return await stage.receipt('kaleyra', parameters);
		},
	};
}

const conversation = 'a8343631-9f35-4a3a-83f0-000000000001';
const erase = { resource: 'conversation', operation: 'delete' };
const byCallId = { ...erase, identifyBy: 'callID', identifier: conversation };
const byExtension = {
	...erase,
	identifyBy: 'extension',
	identifier: '8001',
	status: 'last',
};

/** What Verba's node says of a conversation that is found but is not the one that was asked for. */
function otherThanAsked(by: string, label: string): Listed {
	return {
		text: `Verba found a conversation with another ${label}. If it is meant, identify it by Call ID`,
		names: 'Call ID',
		wayOut: 'If it is meant, identify it by Call ID',
		meet: async (stage) => {
			// Any ID is answered with a conversation that has others.
			const change = (xml: string) => xml.replace(/>[^<>]*asked[^<>]*</g, '>other<');
			stage.sandbox.verba.conversations.set('x', {
				...stage.sandbox.verba.records()[0]!,
				nativeID: 'asked',
				platformCallID: 'asked',
				meetingID: 'asked',
				from: 'asked',
				to: 'asked',
			});
			stage.sandbox.faults.add({
				fault: { kind: 'garble', change },
				when: ({ url }) => url.includes('GetCallInformation'),
			});
			return await stage.receipt('verba', {
				...erase,
				identifyBy: by,
				identifier: 'asked',
				status: 'last',
			});
		},
	};
}

const happyCall = '64b7f0c20000000000000001';
const happyNote = '70e70e700000000000002710';

/** What only one vendor's records come to. */
export const vendors: readonly Listed[] = [
	entry(
		{ status: 'Error', errorMsg: 'Storage is busy.' },
		'Creovai did not do it and said: "Storage is busy". Try again later, or ask Creovai support',
		'Try again later, or ask Creovai support',
	),
	entry(
		{ status: 'Error', errorMsg: null },
		'Creovai did not do it and gave no reason. Try again later',
		'Try again later',
	),
	entry(
		{ status: 'Shredding' },
		'Creovai answered about this call in a way that it does not document. Look for the call at Creovai',
		'Look for the call at Creovai',
	),
	entry(
		[{ status: 'Purging' }, { status: 'NotFound' }],
		'Creovai gave two different answers about this call. Look for the call at Creovai',
		'Look for the call at Creovai',
	),
	{
		text: 'Creovai was only asked what it would purge (whatIf=true), but answered that it is purging. Look at the calls of this customer in Creovai',
		wayOut: 'Look at the calls of this customer in Creovai',
		meet: async (stage) => {
			const items = [{ callId: 'c000001', status: 'Purging' }];
			stage.sandbox.faults.add({
				fault: { kind: 'status', status: 200, body: JSON.stringify({ items }) },
				when: ({ url }) => url.includes('whatIf'),
			});
			return await stage.receipt('creovai', customer);
		},
	},
	{
		text: 'Creovai offers no way to look up a call by its Call ID without purging it',
		names: 'Call ID',
		because: 'it tells why a preview knows no more',
		meet: async (stage) => await stage.note('creovai', purge),
	},
	{
		text: 'Creovai offers no way to look up a call by its Session ID without purging it',
		names: 'Session ID',
		because: 'it tells why a preview knows no more',
		meet: async (stage) =>
			await stage.note('creovai', {
				resource: 'call',
				operation: 'purgeBySessionId',
				sessionId: 's000001',
			}),
	},
	{
		text: 'HappyRobot took the request, but its reply still lists the note. To look once more, add the Recheck option',
		names: 'Recheck',
		wayOut: 'To look once more, add the Recheck option',
		meet: async (stage) => {
			const call = stage.sandbox.happyRobot.calls.get(happyCall);
			stage.fails({ kind: 'status', status: 200, body: JSON.stringify(call) }, 'DELETE');
			return await stage.receipt('happyRobot', {
				resource: 'note',
				operation: 'delete',
				callId: happyCall,
				noteId: happyNote,
			});
		},
	},
	{
		text: 'HappyRobot has the call, but its reply does not list any notes',
		because: 'it tells why a preview knows no more',
		meet: async (stage) => {
			const { notes: _, ...call } = stage.sandbox.happyRobot.calls.get(happyCall)!;
			stage.answers(200, JSON.stringify(call));
			return await stage.note('happyRobot', {
				resource: 'note',
				operation: 'delete',
				callId: happyCall,
				noteId: happyNote,
			});
		},
	},
	{
		text: 'HappyRobot answered 200. It does not document what that means for a call, and the call has not been looked up since. Look for the call at HappyRobot',
		wayOut: 'Look for the call at HappyRobot',
		meet: async (stage) => {
			stage.answers(200, '{}');
			return await stage.receipt('happyRobot', {
				resource: 'call',
				operation: 'delete',
				callId: happyCall,
			});
		},
	},
	{
		text: 'Kaleyra answered 400 and asks to try again later. Run it again, or look for the flow at Kaleyra',
		wayOut: 'Run it again, or look for the flow at Kaleyra',
		meet: async (stage) => {
			stage.answers(400, '{"code":"WA-500"}');
			return await stage.receipt('kaleyra', flow);
		},
	},
	kaleyraRefusal(
		flow,
		{ code: 'WA-400', error: { flow_id: 'Published flows stay.' } },
		"Kaleyra refused: Published flows stay. Kaleyra deletes drafts only: if this flow is published, set If Published to Deprecate Instead in the node's options, or use the operation Deprecate",
		"set If Published to Deprecate Instead in the node's options, or use the operation Deprecate",
	),
	kaleyraRefusal(
		deprecate,
		{ code: 'WA-400' },
		'Kaleyra refused: no details given. Kaleyra deprecates published flows only: if this one is a draft, use the operation Delete',
		'use the operation Delete',
	),
	{
		text: 'Kaleyra refused: API is not available for given customer.Please contact support for more info. Ask Kaleyra support to enable WhatsApp API V2 for this account',
		wayOut: 'Ask Kaleyra support to enable WhatsApp API V2 for this account',
		meet: async (stage) => {
			stage.sandbox.kaleyra.entitled = false;
			return await stage.receipt('kaleyra', flow);
		},
	},
	flowIn(
		'PUBLISHED',
		"This flow is published, and Kaleyra deletes drafts only. To deprecate it, set If Published to Deprecate Instead in the node's options",
		"To deprecate it, set If Published to Deprecate Instead in the node's options",
		async (stage) => await stage.note('kaleyra', flow),
	),
	flowIn(
		'DEPRECATED',
		'This flow is deprecated, and Kaleyra deletes drafts only',
		undefined,
		async (stage) => await stage.note('kaleyra', flow),
	),
	flowIn(
		'DEPRECATED',
		'This flow is deprecated, and Kaleyra deletes drafts only. Nothing would be sent',
		undefined,
		async (stage) => await stage.note('kaleyra', { ...flow, ...insteadOf }),
	),
	flowIn(
		'DEPRECATED',
		'It was deprecated before; nothing that changes it was sent',
		undefined,
		async (stage) => await stage.receipt('kaleyra', { ...flow, ...insteadOf }),
	),
	flowIn(
		'DRAFT',
		'This flow is a draft, and Kaleyra deprecates published flows only. To delete it, use the operation Delete',
		'To delete it, use the operation Delete',
		async (stage) => await stage.note('kaleyra', deprecate),
	),
	flowIn(
		'DEPRECATED',
		'This flow is deprecated already',
		undefined,
		async (stage) => await stage.note('kaleyra', deprecate),
	),
	flowIn(
		'FROZEN',
		'Kaleyra gives the status "FROZEN", which it does not document, so nothing was sent. To delete without checking the status, set If Published to Refuse',
		'To delete without checking the status, set If Published to Refuse',
		async (stage) => await stage.receipt('kaleyra', { ...flow, ...insteadOf }),
	),
	flowIn(
		undefined as unknown as string,
		'Kaleyra gives no status for this flow',
		undefined,
		async (stage) => {
			stage.answers(200, '{"id":"1120000000000001"}');
			return await stage.note('kaleyra', flow);
		},
	),
	{
		text: 'It is marked "do not delete" in Verba. Remove that mark there to delete it',
		wayOut: 'Remove that mark there to delete it',
		meet: async (stage) => {
			stage.sandbox.verba.records()[0]!.doNotDelete = true;
			return await stage.receipt('verba', byCallId);
		},
	},
	{
		text: 'It is still going on: Verba marks it and deletes it once it is over',
		because: 'it tells what will happen',
		meet: async (stage) => {
			stage.sandbox.verba.records()[0]!.ongoing = true;
			return await stage.note('verba', byCallId);
		},
	},
	{
		text: 'Verba answered with code 2 and said: "The call is under legal hold"',
		because: 'the vendor’s own words say what stands in the way',
		meet: async (stage) => {
			stage.sandbox.verba.records()[0]!.legalHold = true;
			return await stage.receipt('verba', byCallId);
		},
	},
	{
		text: "Verba's answer (HTTP 400) contradicts itself. Look for the record at Verba",
		wayOut: 'Look for the record at Verba',
		meet: async (stage) => {
			stage.sandbox.faults.add({
				fault: {
					kind: 'status',
					status: 400,
					body: '<VerbaApi><Response code="0" type="DeleteCall"/></VerbaApi>',
				},
				when: ({ url }) => url.includes('DeleteCall'),
			});
			return await stage.receipt('verba', byCallId);
		},
	},
	{
		text: "Verba's answer (HTTP 400) contradicts itself. Try again later",
		wayOut: 'Try again later',
		meet: async (stage) => {
			stage.sandbox.faults.add({
				fault: {
					kind: 'status',
					status: 400,
					body: '<VerbaApi><Response code="0" type="GetCallInformation"/></VerbaApi>',
				},
				when: ({ url }) => url.includes('GetCallInformation'),
			});
			return await stage.receipt('verba', byCallId);
		},
	},
	{
		text: 'Verba was not reached: the credentials could not be checked again: HTTP 404. Check the address in the credentials, and try again',
		wayOut: 'Check the address in the credentials, and try again',
		meet: async (stage) => {
			stage.sandbox.verba.records()[0]!.refusalWords = 'Access denied';
			stage.sandbox.faults.add({
				fault: { kind: 'status', status: 404 },
				when: ({ url }) => url.includes('callID=00000000-0000'),
			});
			return await stage.receipt('verba', byCallId);
		},
	},
	{
		text: 'Verba was not reached: the credentials could not be checked again: the connection was reset. Check the address in the credentials, and try again',
		wayOut: 'Check the address in the credentials, and try again',
		meet: async (stage) => {
			stage.sandbox.verba.records()[0]!.refusalWords = 'Access denied';
			stage.sandbox.faults.add({
				fault: { kind: 'resetAfter' },
				when: ({ url }) => url.includes('callID=00000000-0000'),
			});
			return await stage.receipt('verba', byCallId);
		},
	},
	{
		text: 'Verba found 2 conversations, not one. Identify it by Call ID',
		names: 'Call ID',
		wayOut: 'Identify it by Call ID',
		meet: async (stage) => {
			const change = (xml: string) => xml.replace(/<verbacdr .*<\/verbacdr>/, '$&$&');
			stage.sandbox.faults.add({
				fault: { kind: 'garble', change },
				when: ({ url }) => url.includes('GetCallInformation'),
			});
			return await stage.receipt('verba', byExtension);
		},
	},
	otherThanAsked('nativeID', 'Native ID'),
	otherThanAsked('platformCallID', 'Platform Call ID'),
	otherThanAsked('meetingID', 'Meeting ID'),
	otherThanAsked('extension', 'number on both sides'),
];
