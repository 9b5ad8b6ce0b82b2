/* eslint max-lines: "off" -- one list, in which a message is found by its place and not by the name of a file */
import { closeAll } from '../../../nodes/shared/receipts/finishedRun';
import type { Listed } from '../listed';
import { reasonOf, whenSending, whenSendingThrows } from '../stage';

const deleteCall = { resource: 'call', operation: 'delete', callId: 'call_1' };
const purge = { resource: 'call', operation: 'purgeByCallId', callId: 'c000001,c000002' };
const byNumber = {
	resource: 'call',
	operation: 'purgeByCustomer',
	phoneNumber: '+15125551001',
	purgeStrategy: 'direct',
};

const nameIt =
	'If Creovai may have it stored otherwise, name the notation in the option Other Notations';

function notFoundAs(phoneNumber: string, notations: object, searched: string): Listed {
	return {
		text: `Nothing was found under this number. It was searched for ${searched}. ${nameIt}`,
		wayOut: nameIt,
		meet: async (stage) => {
			const options = { otherNotations: { notations } };
			return await stage.receipt('creovai', { ...byCustomer, phoneNumber, options });
		},
	};
}

const byCustomer = { resource: 'call', operation: 'purgeByCustomer' };

const runAgain = 'Run it again, or look for the record at Flyflow';
const checkAddress = 'Check the address in the credentials, and try again';

function notReached(cause: string, error: object): Listed {
	return {
		text: `Flyflow was not reached: ${cause}. ${checkAddress}`,
		wayOut: checkAddress,
		meet: async () => await whenSendingThrows(Object.assign(new Error('…'), error)),
	};
}

const checkProxy =
	"Check the proxy in n8n's environment (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY), and try again";

function neverSent(cause: string, wayOut: string, thrown: object): Listed {
	return {
		text: `Flyflow was not reached: ${cause}. ${wayOut}`,
		wayOut,
		meet: async () => await whenSendingThrows(Object.assign(new Error('…'), thrown)),
	};
}

function noReply(cause: string, code: string): Listed {
	return {
		text: `The request was sent, but no reply came from Flyflow: ${cause}. ${runAgain}`,
		wayOut: runAgain,
		meet: async () => await whenSendingThrows(Object.assign(new Error('…'), { code })),
	};
}

function status(status: number, text: string, wayOut: string): Listed {
	return {
		text: `Flyflow answered ${status}${text}`,
		wayOut,
		meet: async (stage) => {
			stage.answers(status);
			return await stage.receipt('flyflow', deleteCall);
		},
	};
}

const nestedTooDeep = `{"message":"Call deleted successfully","deep":${'['.repeat(60)}${']'.repeat(60)}}`;

/** What keeps a record from being erased at any vendor, and what stands beside its outcome. */
export const outcomes: readonly Listed[] = [
	notFoundAs('+1 303 555 9999', {}, 'as written and as plus and digits'),
	notFoundAs(
		'+13035559999',
		{ digitsAlone: true, doubleZero: true, nationalOf: '1' },
		'as written, as digits alone, with 00 and in national form',
	),
	{
		text: 'Cut off here: nested deeper than 50 levels',
		because: "it stands in the vendor's reply and costs no outcome",
		meet: async (stage) => {
			stage.answers(200, nestedTooDeep);
			const { json } = await stage.run('flyflow', {
				...deleteCall,
				options: { includeVendorResponse: true },
			});
			return { text: /Cut off[^"]*/.exec(JSON.stringify(json[0]?.vendorResponse))?.[0] ?? '' };
		},
	},
	{
		text: `Flyflow was not reached: the connection was refused. ${checkAddress}`,
		wayOut: checkAddress,
		meet: async (stage) =>
			await stage.receipt('flyflow', deleteCall, {
				account: { baseUrl: 'http://127.0.0.1:9/v1' },
			}),
	},
	notReached('its host name was not found', { code: 'ENOTFOUND' }),
	notReached('its host name could not be looked up', { code: 'EAI_AGAIN' }),
	notReached('its host is unreachable', { code: 'EHOSTUNREACH' }),
	notReached('its network is unreachable', { code: 'ENETUNREACH' }),
	notReached('no secure connection could be made', { code: 'EPROTO' }),
	notReached('no secure connection could be made', { code: 'CERT_HAS_EXPIRED' }),
	notReached('its certificate is self-signed', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
	notReached('its certificate is self-signed', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }),
	notReached('its certificate is not trusted', { code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }),
	notReached('its certificate is not trusted', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }),
	notReached('no connection could be made', {
		code: 'ETIMEDOUT',
		message: 'connect ETIMEDOUT 192.0.2.1:443',
	}),
	neverSent(
		'n8n blocks requests to its address (N8N_SSRF_PROTECTION_ENABLED)',
		"Name it in n8n's environment, in N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES",
		{ message: 'The request was blocked because the destination hostname is restricted' },
	),
	neverSent(
		'the credentials are limited to other domains',
		'Check Allowed HTTP Request Domains in the credentials',
		{ message: 'Domain not allowed: This credential is restricted from accessing a' },
	),
	neverSent('n8n could not build a request from it', checkAddress, { code: 'ERR_INVALID_CHAR' }),
	neverSent('the proxy on the way closed the connection', checkProxy, {
		message: 'Proxy connection ended before receiving CONNECT response',
	}),
	neverSent('the proxy 192.0.2.1:3128 was not reached (ETIMEDOUT)', checkProxy, {
		code: 'ETIMEDOUT',
		message: 'connect ETIMEDOUT 192.0.2.1:3128',
	}),
	{
		text: `Flyflow was not reached: the proxy on the way asked for a user and password (HTTP 407). ${checkProxy}`,
		wayOut: checkProxy,
		meet: async (stage) => {
			stage.answers(407);
			return await stage.receipt('flyflow', deleteCall);
		},
	},
	{
		text: 'Flyflow answered 200 with more than 10 MB, which is too much to read. Check the address in the credentials, and look for the record at Flyflow',
		wayOut: 'look for the record at Flyflow',
		meet: async (stage) => {
			stage.fails({ kind: 'flood' });
			return await stage.receipt('flyflow', deleteCall);
		},
	},
	{
		text: 'Flyflow answered 200 with more than 10 MB, which is too much to read. Ask for less, or check the address in the credentials',
		wayOut: 'Ask for less, or check the address in the credentials',
		meet: async (stage) => {
			stage.fails({ kind: 'flood' });
			return await stage.receipt('flyflow', { ...deleteCall, deletionMode: 'preview' });
		},
	},
	status(421, ': it did not take this on. Try again later', 'Try again later'),
	{
		text: `The request was sent, but no reply came from Flyflow: the time for it ran out. ${runAgain}`,
		wayOut: runAgain,
		meet: async (stage) => {
			stage.fails({ kind: 'noAnswer' });
			return await stage.receipt('flyflow', { ...deleteCall, options: { timeout: 50 } });
		},
	},
	{
		text: `The request was sent, but no reply came from Flyflow: the connection was reset. ${runAgain}`,
		wayOut: runAgain,
		meet: async (stage) => {
			stage.fails({ kind: 'resetBefore' });
			return await stage.receipt('flyflow', deleteCall);
		},
	},
	{
		text: `The request was sent, but no reply came from Flyflow: the reply broke off. ${runAgain}`,
		wayOut: runAgain,
		meet: async (stage) => {
			stage.fails({ kind: 'cutOff' });
			return await stage.receipt('flyflow', deleteCall);
		},
	},
	noReply('the connection broke', 'EPIPE'),
	noReply('n8n reported no details', ''),
	{
		text: 'The request was sent, but no reply came from Flyflow: the node gave no details. Run it again, or look for the record at Flyflow',
		wayOut: runAgain,
		meet: async () => await whenSending(async () => await Promise.reject(new Error('a defect'))),
	},
	{
		text: 'The request was sent, but no reply came from Creovai: the connection was reset. Look for the record at Creovai',
		wayOut: 'Look for the record at Creovai',
		meet: async (stage) => {
			stage.sandbox.faults.add({
				fault: { kind: 'resetBefore' },
				when: ({ url }) => url.includes('/customer'),
			});
			return await stage.receipt('creovai', byNumber);
		},
	},
	{
		text: 'The request was sent, but no reply came from Flyflow: the connection was reset. Try again later',
		wayOut: 'Try again later',
		meet: async (stage) => {
			stage.fails({ kind: 'resetBefore' });
			return await stage.receipt('flyflow', { ...deleteCall, deletionMode: 'preview' });
		},
	},
	{
		text: "Creovai's reply does not mention this record. Run it again, or look for the record at Creovai",
		wayOut: 'Run it again, or look for the record at Creovai',
		meet: async (stage) => {
			stage.sandbox.faults.add({
				fault: { kind: 'status', status: 200, body: '{"items":[]}' },
				when: ({ url }) => url.endsWith('/calls'),
			});
			return await stage.receipt('creovai', purge);
		},
	},
	status(
		403,
		': it does not permit this. Check what these credentials may do there',
		'Check what these credentials may do there',
	),
	status(
		423,
		': it turned the request down. Check the parameters, and look there',
		'Check the parameters, and look there',
	),
	status(502, `, which does not say whether it was done. ${runAgain}`, runAgain),
	status(
		200,
		', but not as it documents. Check the address in the credentials, and look for the record at Flyflow',
		'Check the address in the credentials, and look for the record at Flyflow',
	),
	{
		text: 'Flyflow answered 404, but not as it documents. Check the address in the credentials',
		wayOut: 'Check the address in the credentials',
		meet: async (stage) => {
			stage.answers(404);
			return await stage.receipt('flyflow', { ...deleteCall, deletionMode: 'preview' });
		},
	},
	{
		text: "Flyflow answered 429: it asked for fewer requests, for longer than the 5 minutes that a run waits. Try again later, or set Requests per Second in the node's options",
		names: 'Requests per Second',
		wayOut: "Try again later, or set Requests per Second in the node's options",
		meet: async (stage) => {
			stage.answers(429, '', { 'retry-after': '600' });
			return await stage.receipt('flyflow', deleteCall);
		},
	},
	{
		text: 'Flyflow answered 429: it asked for fewer requests, although it answered others. Try this record again later',
		wayOut: 'Try this record again later',
		meet: async (stage) => {
			stage.sandbox.faults.add({
				fault: { kind: 'status', status: 429 },
				when: ({ url }) => url.endsWith('/call_1'),
			});
			const ids = stage.sandbox.flyflow.fill(3) === undefined ? 'call_1,call_2,call_3' : '';
			return await stage.receipt('flyflow', { ...deleteCall, callId: ids }, {}, 0);
		},
	},
	{
		text: 'An earlier request for this record and others was turned down as a whole and may still have deleted it; the repeat found nothing',
		because: 'the record is gone',
		meet: async (stage) => {
			stage.sandbox.faults.add({
				fault: { kind: 'status', status: 400 },
				when: ({ body }) => body.includes('call_bad'),
			});
			return await stage.receipt('creovai', { ...purge, callId: 'call_gone,call_bad' });
		},
	},
	{
		text: 'A later look-up still found it at Flyflow. Run it again, or delete it there',
		wayOut: 'Run it again, or delete it there',
		meet: async (stage) => {
			const body = '{"message":"Call deleted successfully"}';
			stage.fails({ kind: 'status', status: 200, body }, 'DELETE');
			return await stage.receipt('flyflow', { ...deleteCall, options: { recheck: true } });
		},
	},
	{
		text: 'Flyflow answered 401, but its words contradict that or each other. Look for the record at Flyflow',
		wayOut: 'Look for the record at Flyflow',
		meet: async (stage) => {
			stage.answers(401, '{"message":"Call deleted successfully"}');
			return await stage.receipt('flyflow', deleteCall);
		},
	},
	{
		text: 'A later look-up did not find it. Nothing had shown this record before, so this run may have deleted it, or it was never there',
		because: 'the record is gone',
		meet: async (stage) => {
			stage.fails({ kind: 'resetAfter' }, 'DELETE');
			const options = { recheck: true };
			return await stage.receipt('flyflow', { ...deleteCall, options });
		},
	},
	{
		text: 'This run did not delete it, and a later look-up did not find it',
		because: 'the record is gone',
		meet: async (stage) => {
			stage.fails({ kind: 'status', status: 429, headers: { 'retry-after': '600' } }, 'DELETE');
			const options = { recheck: true };
			return await stage.receipt('flyflow', { ...deleteCall, callId: 'call_gone', options });
		},
	},
	{
		text: 'The vendor has no such record. Check the ID, or set If Not Found to Succeed',
		names: 'If Not Found',
		item: 0,
		wayOut: 'Check the ID, or set If Not Found to Succeed',
		meet: async (stage) =>
			await stage.receipt('flyflow', {
				...deleteCall,
				callId: 'call_gone',
				options: { ifNotFound: 'fail' },
			}),
	},
	{
		text: 'The execution was cancelled before this record was erased. Run the workflow again',
		wayOut: 'Run the workflow again',
		meet: async (stage) => {
			stage.fails({ kind: 'noAnswer' });
			let cancel = () => {};
			setTimeout(() => cancel(), 200);
			return await stage.receipt(
				'flyflow',
				{ ...deleteCall, callId: 'call_1,call_2' },
				{ onStart: (how) => (cancel = how) },
				1,
			);
		},
	},
	{
		text: 'The execution was cancelled after a request for this record was sent; it may have been carried out. Look for the record at the vendor',
		wayOut: 'Look for the record at the vendor',
		meet: async (stage) => {
			stage.fails({ kind: 'noAnswer' });
			let cancel = () => {};
			setTimeout(() => cancel(), 200);
			return await stage.receipt('flyflow', deleteCall, { onStart: (how) => (cancel = how) });
		},
	},
	{
		text: 'An earlier request for this record got no clear answer and may have deleted it; the repeat found nothing',
		because: 'the record is gone',
		meet: async (stage) => {
			stage.fails({ kind: 'resetAfter' }, 'DELETE', 1);
			return await stage.receipt('flyflow', deleteCall);
		},
	},
	{
		text: 'An earlier request got no clear answer and may have been carried out. Flyflow answered 403: it does not permit this. Check what these credentials may do there',
		wayOut: 'Check what these credentials may do there',
		meet: async (stage) => {
			stage.fails({ kind: 'resetBefore' }, 'DELETE', 1);
			stage.fails({ kind: 'status', status: 403 }, 'DELETE');
			return await stage.receipt('flyflow', deleteCall);
		},
	},
	{
		text: 'No outcome was recorded. Look for the record at the vendor',
		wayOut: 'Look for the record at the vendor',
		meet: async () => {
			const target = { identifiers: { callId: 'call_1' } };
			const [line] = closeAll([{ kind: 'open', itemIndex: 0, target }], () => undefined);
			return await Promise.resolve(reasonOf(line?.settlement.verdict));
		},
	},
];
