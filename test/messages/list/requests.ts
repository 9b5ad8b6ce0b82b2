/* eslint max-lines: "off" -- one list, in which a message is found by its place and not by the name of a file */
import type { IWebhookFunctions } from 'n8n-workflow';

import type { Arrival } from '../../../erasure/requests/arrival';
import { answerCancel, answerRequest } from '../../../erasure/requests/answer';
import { statusTokenOf } from '../../../erasure/requests/requestMarks';
import { takeRequest, takeStatusCall } from '../../../erasure/requests/takeRequest';
import { answerSender } from '../../../nodes/ErasureRequest/answerSender';
import { deliverReport } from '../../../nodes/ErasureRequest/deliverReport';
import { receive } from '../../../nodes/ErasureRequestTrigger/receive';
import { listenForCallbacks } from '../../server/requests/sender';
import { testCredential } from '../../engine/credentialTest';
import { runNode } from '../../engine/engine';
import {
	headerCall,
	headerIntake,
	headerValue,
	ketchBody,
	ownBody,
	rawHeadersOf,
	secret,
	signedCall,
	signedIntake,
	vendors,
} from '../../unit/requests/senders';
import type { Listed } from '../listed';
import { thrownBy, type Met } from '../stage';

const messageOf = (body: object): Met => ({
	text: (body as { error: { message: string } }).error.message,
});

const forSenders = 'it is for whoever sends, who does not know the workflow';

/** What a sender hears whose call is not taken. */
function refused(text: string, arrival: Arrival, wayOut?: string): Listed {
	const isSigned = arrival.rawHeaders.includes('webhook-id');
	return {
		text,
		...(wayOut === undefined ? { because: forSenders } : { wayOut }),
		meet: async () => {
			const intake = isSigned ? signedIntake() : headerIntake();
			const result = takeRequest(arrival, intake, vendors);
			return await Promise.resolve(
				'refusal' in result ? messageOf(result.refusal.body) : { text: 'It was taken' },
			);
		},
	};
}

/** The same for a member of the body. */
function member(text: string, body: unknown): Listed {
	return refused(text, signedCall(body));
}

const flyflow = (...ids: unknown[]) => ownBody({ records: { flyflow: ids } });
const many = (count: number) => Array.from({ length: count }, (_, index) => index);
const inParts = 'Send the request in parts, each with an ID of its own';
const withHeaders = (headers: object) =>
	headerCall(ketchBody({ callbacks: [{ url: 'https://k.example/', headers }] }));

const refusals: readonly Listed[] = [
	refused(
		'This call does not show that it comes from the sender that is known here',
		signedCall(ownBody(), { id: 'a.b' }),
	),
	refused('Content-Type has to be application/json', {
		...headerCall(ownBody()),
		rawHeaders: rawHeadersOf({ authorization: headerValue }),
	}),
	refused('The charset in Content-Type has to be utf-8', {
		...headerCall(ownBody()),
		rawHeaders: rawHeadersOf({
			authorization: headerValue,
			'content-type': 'application/json; charset=utf-16',
		}),
	}),
	refused(
		'The body is empty. Send the request as JSON',
		signedCall(''),
		'Send the request as JSON',
	),
	refused(
		`The body is larger than 1000000 bytes. ${inParts}`,
		signedCall('x'.repeat(1_000_001)),
		inParts,
	),
	refused(
		'The body is not an object of JSON in UTF-8, or it is nested too deep. Send it as docs/requests.md says',
		signedCall('{'),
		'Send it as docs/requests.md says',
	),
	refused(
		'The body names a member twice, and programs differ in which of the two they read. Name it once',
		signedCall('{"data":{},"data":{}}'),
		'Name it once',
	),
	member('The member records has to be inside the member data', {
		...ownBody(),
		records: {},
	}),
	member('The member type has to be erasure.requested', { type: 'ping' }),
	member('The member data has to be an object', { type: 'erasure.requested' }),
	member(
		'The member data has a member that is not known here, "record". Leave it out',
		ownBody({ record: {} }),
	),
	member('The member data.test has to be true or false', ownBody({ test: 1 })),
	member(
		'The member data names no records and no identities, so there is nothing to erase',
		ownBody({}),
	),
	member(
		'The member data.records has to be an object with the IDs of each vendor',
		ownBody({ records: { 'a b': [] } }),
	),
	member('The member data.records.flyflow has to be a list', ownBody({ records: { flyflow: 1 } })),
	member('The member data.records.flyflow is empty. Give exact IDs, as texts', flyflow('')),
	member(
		'The member data.records.happyRobot has to name the identifiers of a record, such as callId',
		ownBody({ records: { happyRobot: [{}] } }),
	),
	member(
		'The member data.records names "gong", whose records are not erased here. Known are creovai, flyflow, happyRobot, kaleyra, verba',
		ownBody({ records: { gong: ['1'] } }),
	),
	member(
		`The member data.records holds more than 10000 entries. ${inParts}`,
		ownBody({ records: { flyflow: many(9000), verba: many(9000) } }),
	),
	member(
		`The member data.identities holds more than 1000 entries. ${inParts}`,
		ownBody({ identities: many(1001) }),
	),
	member(
		'The member data.identities[0].value has to be a text of 1 to 1000 visible characters',
		ownBody({ identities: [{ type: 'phone' }] }),
	),
	member(
		'The member data.requestId has to be a text of 1 to 200 characters of ASCII without blanks',
		ownBody({ requestId: '', records: { flyflow: ['1'] } }),
	),
	refused('The member data.requestId is missing', headerCall(flyflow('1'))),
	member(
		'The member data.callback has to be an address that starts with https://, without a user name and written as web addresses are sent',
		ownBody({ callback: 'x', records: { flyflow: ['1'] } }),
	),
	refused('The member kind has to be DeleteRequest', headerCall({ ...ketchBody(), kind: 'x' })),
	refused(
		'The member request.identities is empty, so there is nothing to erase',
		headerCall(ketchBody({ identities: [] })),
	),
	refused(
		'The member request.callbacks[0].headers has to hold headers, which are texts, and none of the connection',
		withHeaders({ Host: 'x' }),
	),
	refused(
		'The member request.callbacks[0].headers has to hold 20 headers at most',
		withHeaders(Object.fromEntries(many(21).map((index) => [`X-${index}`, 'x']))),
	),
];

function taken() {
	const result = takeRequest(signedCall(ownBody()), signedIntake(), vendors);
	if ('refusal' in result) throw new Error('It was not taken');
	return { ...result.taken, webhookUrl: 'https://n8n.example.com/webhook/1/requests' };
}

/** What n8n hands to the trigger, as far as the trigger looks. */
function webhookCall(token: string): { context: IWebhookFunctions; answer: () => object } {
	let answer = {};
	const response = { status: () => ({ json: (body: object) => (answer = body) }) };
	const context = {
		getNodeParameter: () => 'standardWebhooks',
		getCredentials: async () => await Promise.resolve({ sender: 'shop', secret }),
		getWebhookName: () => 'status',
		getQueryData: () => ({ request: token }),
		getNode: () => ({ name: 'Trigger' }),
		getChildNodes: () => [],
		getResponseObject: () => response,
	};
	return { context: context as unknown as IWebhookFunctions, answer: () => answer };
}

const answers: readonly Listed[] = [
	{
		text: 'There is no request at this address',
		because: forSenders,
		meet: async () => {
			const result = takeStatusCall('x', 'statusAsked', Date.now(), signedIntake());
			return await Promise.resolve(
				'refusal' in result ? messageOf(result.refusal.body) : { text: '' },
			);
		},
	},
	{
		text: 'This ID was used for another request. Send the new one with an ID of its own',
		wayOut: 'Send the new one with an ID of its own',
		meet: async () => {
			const stored = { state: 'stored', bodyHash: '0'.repeat(64) } as const;
			return await Promise.resolve(messageOf(answerRequest(taken(), stored, '').body));
		},
	},
	{
		text: 'The request can no longer be cancelled: it is being carried out, or it is over',
		because: forSenders,
		meet: async () => await Promise.resolve(messageOf(answerCancel('running').body)),
	},
	{
		text: 'The workflow here has no node that answers, so nothing was taken on. Its owner has to add Erasure Request with the operation Answer',
		wayOut: 'Its owner has to add Erasure Request with the operation Answer',
		meet: async () => {
			const { requestKey } = taken();
			const { context, answer } = webhookCall(statusTokenOf(requestKey, signedIntake().keys[0]));
			await receive(context);
			return messageOf(answer());
		},
	},
];

const signing = { sender: 'shop', secret };
const header = { sender: 'shop', headerName: 'Authorization', secret: headerValue };

/** What the Test button says. */
function pressed(
	text: string,
	names: string,
	wayOut: string,
	changes: object,
	type: 'erasureRequestSecretApi' | 'erasureRequestHeaderApi' = 'erasureRequestSecretApi',
): Listed {
	return {
		text,
		names,
		wayOut,
		meet: async () => {
			const whole = type === 'erasureRequestSecretApi' ? signing : header;
			const data = { ...whole, ...changes };
			return { text: (await testCredential('erasureRequestTrigger', type, data)).message };
		},
	};
}

const makeSecret = 'Make one with: echo "whsec_$(openssl rand -base64 32)"';
const makeValue = 'Make one with: openssl rand -hex 32';
const shows = 'Whether the sender has the same shows with its first request';

const credentials: readonly Listed[] = [
	pressed(`One secret counts. ${shows}`, 'secret', shows, {}),
	pressed(`Two secrets count. ${shows}`, 'secret', shows, { previousSecret: secret }),
	pressed(
		'Sender in the credentials has to be a name of up to 64 letters, digits and . _ : -. Enter one such as shop-backend, and keep it: it tells the same request from another',
		'Sender',
		'Enter one such as shop-backend',
		{ sender: 'the shop' },
	),
	pressed(`Secret in the credentials is empty. ${makeSecret}`, 'Secret', makeSecret, {
		secret: '',
	}),
	pressed(
		'Secret in the credentials is a key for signatures with Ed25519, which are not read here. Let the sender sign with a secret that starts with whsec_',
		'Secret',
		'Let the sender sign with a secret that starts with whsec_',
		{ secret: 'whsk_AAAA' },
	),
	pressed(
		'Secret in the credentials is not whsec_ followed by base64. Copy it again from where the sender shows it',
		'Secret',
		'Copy it again from where the sender shows it',
		{ secret: 'not base64' },
	),
	pressed(
		`Previous Secret in the credentials holds 5 bytes, where 24 to 64 are needed. ${makeSecret}`,
		'Previous Secret',
		makeSecret,
		{ previousSecret: 'whsec_c2hvcnQ=' },
	),
	pressed(
		'Header Name in the credentials cannot be the name of a header that holds a secret. Enter one such as Authorization or X-API-Key',
		'Header Name',
		'Enter one such as Authorization or X-API-Key',
		{ headerName: 'Host' },
		'erasureRequestHeaderApi',
	),
	pressed(
		`Header Value in the credentials is empty. ${makeValue}`,
		'Header Value',
		makeValue,
		{ secret: '' },
		'erasureRequestHeaderApi',
	),
	pressed(
		'Header Value in the credentials holds characters that cannot travel in a header. Use letters, digits and signs of ASCII',
		'Header Value',
		'Use letters, digits and signs of ASCII',
		{ secret: 'ü'.repeat(30) },
		'erasureRequestHeaderApi',
	),
	pressed(
		`Previous Header Value in the credentials is shorter than 24 characters, so that it might be guessed. ${makeValue}`,
		'Previous Header Value',
		makeValue,
		{ previousSecret: 'short' },
		'erasureRequestHeaderApi',
	),
];

interface Stop {
	readonly text: string;
	readonly names: string;
	readonly wayOut: string;
}

/** What stops the node. */
function stops(listed: Stop, operation: string, parameters: () => object): Listed {
	return {
		...listed,
		item: 0,
		meet: async () => {
			const { error } = await runNode({
				type: 'erasureRequest',
				parameters: {
					resource: 'request',
					operation,
					protocol: 'standardWebhooks',
					...parameters(),
				},
				items: [{}],
				credentials: { erasureRequestSecretApi: signing },
			});
			return { text: error?.message ?? '', item: error?.context?.itemIndex as number | undefined };
		},
	};
}

const answering: readonly Listed[] = [
	stops(
		{
			text: "Request in item 0 is not what the trigger gives. Set it to an expression such as {{ $('Erasure Request Trigger').first().json }}",
			names: 'Request',
			wayOut: 'Set it to an expression such as',
		},
		'answer',
		() => ({ request: '{}' }),
	),
	stops(
		{
			text: 'Request in item 0 came by another protocol. Choose in Protocol what the trigger has there',
			names: 'Request',
			wayOut: 'Choose in Protocol what the trigger has there',
		},
		'answer',
		() => ({ request: JSON.stringify({ ...taken(), protocol: 'fixedHeader' }) }),
	),
	stops(
		{
			text: 'Stored State in item 0 is not a state of a request. Give one of stored, running, accepted, deleted, notFound, notErased, cancelled, or nothing for a request that is new',
			names: 'Stored State',
			wayOut: 'Give one of stored, running',
		},
		'answer',
		() => ({ request: JSON.stringify(taken()), storedState: 'done' }),
	),
	stops(
		{
			text: 'Stored Body Hash in item 0 and Stored State do not go together. Give the bodyHash and the state that were stored with the request, or leave both empty for one that is new',
			names: 'Stored Body Hash',
			wayOut: 'or leave both empty for one that is new',
		},
		'answer',
		() => ({ request: JSON.stringify(taken()), storedState: 'stored' }),
	),
	{
		text: "As an AI agent's tool this operation has no call to answer. Put the node into the workflow that starts with Erasure Request Trigger",
		wayOut: 'Put the node into the workflow that starts with Erasure Request Trigger',
		meet: async () => {
			const context = {
				getNode: () => ({ type: 'n8n-nodes-call-erasure.erasureRequestTool', typeVersion: 1 }),
				getInputData: () => [{ json: {} }],
				continueOnFail: () => false,
			};
			return await thrownBy(async () => await answerSender.execute(context as never));
		},
	},
];

/** A request that wants to be called back there. */
function toReport(url: string) {
	const body = ownBody({ records: { flyflow: ['call_1'] }, callback: url });
	const result = takeRequest(signedCall(body), signedIntake(), vendors);
	if ('refusal' in result) throw new Error('It was not taken');
	const { callback, requestKey } = result.taken;
	const receipts = '{"deleted": 1}';
	const allowedHosts = new URL(url).host;
	return { callback, requestKey, state: 'fromReceipts', receipts, allowedHosts };
}

const shop = () => toReport('https://shop.example.com/');

function reporting(text: string, names: string, wayOut: string, changes: object): Listed {
	return stops({ text: `${text}. ${wayOut}`, names, wayOut }, 'reportStatus', () => ({
		...shop(),
		...changes,
	}));
}

/** What is said of a callback that answers like this. */
function calledBack(
	text: string,
	status: number,
	headers: Record<string, string> = { location: 'http://127.0.0.1:9/' },
): Listed {
	return {
		text,
		wayOut: text.split('. ')[1] ?? '',
		meet: async (stage) => {
			const callbacks = await listenForCallbacks();
			callbacks.answers.push({ status, headers });
			const parameters = () => toReport(`http://${callbacks.host}/`);
			const listed = { text, names: '', wayOut: '' };
			const met = await stops(listed, 'reportStatus', parameters).meet(stage);
			await callbacks.stop();
			return met;
		},
	};
}

/** A run that was cancelled before anything was sent. */
const cancelled: Listed = {
	text: 'The execution was cancelled before shop.example.com took the report. Report the status again later',
	wayOut: 'Report the status again later',
	meet: async () => {
		const context = { getExecutionCancelSignal: () => AbortSignal.abort() };
		const report = { callback: { url: 'https://shop.example.com/' }, body: '{}' };
		const credential = { name: 'erasureRequestSecretApi', data: signing };
		return await thrownBy(
			async () =>
				await deliverReport(report, 'status_1', { context: context as never, credential }),
		);
	},
};

const reports: readonly Listed[] = [
	cancelled,
	calledBack(
		'127.0.0.1:‹port› asked to be called later than a run waits. Report the status again later',
		429,
		{ 'retry-after': '3600' },
	),
	reporting(
		'Request Key in item 0 is not the key of a request',
		'Request Key',
		'Give the requestKey that the trigger gave: 64 hexadecimal digits',
		{ requestKey: 'r1' },
	),
	reporting(
		'State in item 0 is none that can be given by hand',
		'State',
		'Choose one from the list; that all is erased can only be said From Receipts',
		{ state: '={{ "deleted" }}' },
	),
	reporting(
		'Receipts in item 0 holds none',
		'Receipts',
		'Give all receipts of the request; if nothing was there to erase, set State to Nothing Found',
		{ receipts: '[]' },
	),
	reporting(
		'Receipts in item 0 holds something at position 1 that is not a receipt: it has no "outcome"',
		'Receipts',
		"Give receipts as the vendors' nodes gave them",
		{ receipts: '[{}]' },
	),
	reporting(
		'Receipts in item 0 is neither a list of receipts nor the counts of a certificate',
		'Receipts',
		'Check the expression or the data that it reads',
		{ receipts: '{"done": 1}' },
	),
	reporting(
		'Callback in item 0 cannot be opened',
		'Callback',
		'Give the callback as the trigger gave it, with the requestKey of the same request; if the secret was changed since, put the old one into the credentials as the previous one',
		{ callback: 'https://shop.example.com/' },
	),
	reporting(
		'Allowed Hosts in item 0 is empty',
		'Allowed Hosts',
		'Enter the hosts that may be called',
		{ allowedHosts: '={{ "" }}' },
	),
	reporting(
		'Allowed Hosts in item 0 holds "*.example.com", which is not a host',
		'Allowed Hosts',
		'Enter names such as shop.example.com or shop.example.com:8443, without https:// and *',
		{ allowedHosts: '*.example.com' },
	),
	reporting(
		'Allowed Hosts in item 0 does not hold shop.example.com, where this request wants to be called back',
		'Allowed Hosts',
		'Add it if the sender may be called there',
		{ allowedHosts: 'example.com' },
	),
	calledBack(
		'127.0.0.1:‹port› answered 302, which leads elsewhere, and redirects are not followed. Ask the sender for the right address',
		302,
	),
	calledBack(
		'127.0.0.1:‹port› answered 410, so it did not take the report. Ask the sender why, and report the status again',
		410,
	),
	{
		text: '127.0.0.1:9 was not reached: the connection was refused. Report the status again later',
		wayOut: 'Report the status again later',
		meet: async (stage) => {
			const listed = { text: '', names: '', wayOut: '' };
			const parameters = () => toReport('http://127.0.0.1:9/');
			return await stops(listed, 'reportStatus', parameters).meet(stage);
		},
	},
];

/** What senders and owners of workflows hear of erasure requests. */
export const requests: readonly Listed[] = [
	...refusals,
	...answers,
	...credentials,
	...answering,
	...reports,
];
