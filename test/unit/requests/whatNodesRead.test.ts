import { describe, expect, test } from '@jest/globals';

import { takeRequest, takeStatusCall } from '../../../erasure/requests/takeRequest';
import { statusTokenOf } from '../../../erasure/requests/requestMarks';
import { checkHosts, readHosts } from '../../../nodes/ErasureRequest/allowedHosts';
import { readRequest } from '../../../nodes/ErasureRequest/readRequest';
import { isChosenState, stateFrom } from '../../../nodes/ErasureRequest/readState';
import { readVendors } from '../../../nodes/ErasureRequestTrigger/vendors';
import { receipt, unknown } from '../certificate/receipts';
import {
	headerCall,
	headerIntake,
	ketchBody,
	now,
	ownBody,
	signedCall,
	signedIntake,
	vendors,
} from './senders';

describe('The state from receipts', () => {
	test.each([
		['a list', [receipt(1), receipt(2)], 'deleted'],
		['the JSON text of one', JSON.stringify([receipt(1)]), 'deleted'],
		['a list with one that nobody knows of', [receipt(1), receipt(2, unknown)], 'notErased'],
		['the counts of a certificate', { records: 3, deleted: 2, notFound: 1 }, 'deleted'],
		['their JSON text', '{"records":1,"refused":1}', 'notErased'],
	])('%s', (_, given, state) => {
		expect(stateFrom(given)).toBe(state);
	});

	test.each([
		['nothing', undefined],
		['no text', ''],
		['an empty list', []],
		['counts of nothing', {}],
		['counts that do not add up', { records: 3, deleted: 2 }],
		['a word that is none', { deleted: 2, lost: 1 }],
		['a count that is none', { deleted: '2' }],
		['a count below nothing', { deleted: 3, failed: -1 }],
		['half a record', { deleted: 1.5 }],
		['a list with something else', [receipt(1), {}]],
		['a list with nothing in it', [receipt(1), null]],
		['a receipt that contradicts itself', [receipt(1, { outcome: 'failed' })]],
		['a number', 3],
		['text', 'deleted'],
	])('cannot be told from %s', (_, given) => {
		expect(() => stateFrom(given)).toThrow(/^Receipts /);
	});

	test.each(['deleted', 'accepted', 'completed', '', undefined])(
		'%p is not chosen by hand',
		(state) => {
			expect(isChosenState(state)).toBe(false);
		},
	);
});

describe('Allowed Hosts', () => {
	test('are names, with ports where they are not the usual ones', () => {
		const hosts = readHosts('Shop.example.com, b.example:8443;\n127.0.0.1:5680 [::1]:80');
		expect([...hosts]).toEqual([
			'shop.example.com',
			'b.example:8443',
			'127.0.0.1:5680',
			'[::1]:80',
		]);
	});

	test.each([
		'xn--bcher-kva.example',
		'shop.example.com.',
		'[2001:db8::1]',
		'[2001:db8::1]:8443',
		'192.0.2.7:8443',
		'SHOP.EXAMPLE.COM',
	])('can be %p', (given) => {
		expect([...readHosts(given)]).toEqual([given.toLowerCase()]);
	});

	test.each([
		'bücher.example',
		'2001:db8::1',
		'[0:0:0:0:0:0:0:1]',
		'[2001:DB8::0:1]',
		'0177.0.0.1',
		'2130706433',
		'shop.example.com:08443',
		'shop.example.com?x',
		'shop.example.com#x',
		'shop%2eexample.com',
		'',
		' , ',
		'*',
		'*.example.com',
		'https://shop.example.com',
		'shop.example.com/path',
		'ann@shop.example.com',
		'shop.example.com:443',
		'127.1',
		'0x7f.1',
		'a..b:99999',
		undefined,
		['shop.example.com'],
	])('cannot be %p', (given) => {
		expect(() => readHosts(given)).toThrow(/^Allowed Hosts /);
	});

	const allowed = readHosts('shop.example.com');

	test('let their own addresses through', () => {
		expect(
			checkHosts(['https://shop.example.com/a', 'https://shop.example.com/b'], allowed),
		).toEqual(['shop.example.com']);
	});

	test.each([
		'https://evil.example/',
		'https://shop.example.com.evil.example/',
		'https://evil.example/?shop.example.com',
		'https://sub.shop.example.com/',
		'https://shop.example.com:8443/',
		'https://shop.example.com./',
		'https://xn--shp-tna.example.com/',
		'https://169.254.169.254/',
		'https://[::ffff:7f00:1]/',
		'http://127.0.0.1/',
		'http://[::1]/',
	])('let %s through under no circumstances, not even beside a good one', (url) => {
		expect(() => checkHosts(['https://shop.example.com/', url], allowed)).toThrow(/does not hold/);
	});
});

describe('What the trigger gave', () => {
	const result = takeRequest(signedCall(ownBody()), signedIntake(), vendors);
	const own = {
		...('taken' in result ? result.taken : {}),
		webhookUrl: 'https://n8n.example/webhook/1',
	};

	test('is read as it is and as JSON text', () => {
		const read = readRequest(own, 'standardWebhooks');
		expect(read).toMatchObject({ event: 'requested', requestId: 'msg_1' });
		expect(readRequest(JSON.stringify(own), 'standardWebhooks')).toEqual(read);
	});

	test('of Ketch keeps its tenant', () => {
		const ketch = takeRequest(headerCall(ketchBody()), headerIntake(), vendors);
		const given = { ...('taken' in ketch ? ketch.taken : {}), webhookUrl: 'x' };
		expect(readRequest(given, 'fixedHeader')).toMatchObject({ format: 'ketch', tenant: 'acme' });
	});

	test('for a status address is read', () => {
		const { requestKey = '' } = own as { requestKey?: string };
		const token = statusTokenOf(requestKey, signedIntake().keys[0]);
		const call = takeStatusCall(token, 'cancelAsked', now, signedIntake());
		const given = 'taken' in call ? call.taken : {};
		expect(readRequest(given, 'standardWebhooks')).toMatchObject({
			event: 'cancelAsked',
			requestKey,
		});
	});

	test.each([
		['nothing', undefined],
		['text', 'x'],
		['a list', [own]],
		['another key', { ...own, requestKey: 'r1' }],
		['another event', { ...own, event: 'deleted' }],
		['no hash', { ...own, bodyHash: undefined }],
		['no address', { ...own, webhookUrl: undefined }],
		['another format', { ...own, format: 'xml' }],
	])('is not %s', (_, given) => {
		expect(() => readRequest(given, 'standardWebhooks')).toThrow(
			/^Request is not what the trigger/,
		);
	});

	test('came by the protocol that the node has', () => {
		expect(() => readRequest(own, 'fixedHeader')).toThrow(/^Request came by another protocol/);
	});
});

test('vendors are parted by whatever people put between them', () => {
	expect(readVendors(' creovai, flyflow;verba\nkaleyra ')).toEqual([
		'creovai',
		'flyflow',
		'verba',
		'kaleyra',
	]);
	expect(readVendors(undefined)).toEqual([]);
});
