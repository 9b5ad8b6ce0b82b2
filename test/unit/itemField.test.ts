import { describe, expect, test } from '@jest/globals';

import { readerOfItemField } from '../../nodes/shared/parameters/itemField';

const item = {
	json: {
		id: 'call_1',
		number: 17,
		'call id': 'call_2',
		body: { call: { id: 'call_3' }, list: ['call_4'] },
		nothing: null,
		half: 0.5,
		huge: 2 ** 60,
		flag: true,
	},
};

describe('Reads by itself', () => {
	test.each([
		['={{ $json.id }}', 'call_1'],
		['={{$json.id}}', 'call_1'],
		['={{ $json.number }}', 17],
		['={{ $json["call id"] }}', 'call_2'],
		["={{ $json['call id'] }}", 'call_2'],
		['={{ $json.body.call.id }}', 'call_3'],
		['={{ $json["body"].call["id"] }}', 'call_3'],
	])('%s', (raw, value) => {
		expect(readerOfItemField(raw)?.(item)).toBe(value);
	});
});

describe("Leaves to n8n's engine", () => {
	test.each([
		'call_1',
		'$json.id',
		'={{ $json }}',
		'={{ $json.id }} ',
		'= {{ $json.id }}',
		'=call_{{ $json.id }}',
		'={{ $json.id }}{{ $json.number }}',
		'={{ $json.id.trim() }}',
		'={{ $json.id + 1 }}',
		'={{ $json.id || "call_1" }}',
		'={{ $json?.id }}',
		'={{ $json[id] }}',
		'={{ $json["a\\u0062"] }}',
		'={{ $json["id"\'] }}',
		'={{ $json.list[0] }}',
		'={{ $item.json.id }}',
		'={{ $("Webhook").item.json.id }}',
		'={{ $fromAI("id") }}',
		['={{ $json.id }}'],
		undefined,
	])('%p', (raw) => {
		expect(readerOfItemField(raw)).toBeUndefined();
	});

	test.each([
		['what is not there', '={{ $json.missing }}'],
		['what is not there, further in', '={{ $json.missing.id }}'],
		['what every object has', '={{ $json.constructor.name }}'],
		['what every text has', '={{ $json.id.length }}'],
		['what a list has', '={{ $json.body.list.length }}'],
		['a list', '={{ $json.body.list }}'],
		['an object', '={{ $json.body }}'],
		['nothing', '={{ $json.nothing }}'],
		['a fraction', '={{ $json.half }}'],
		['a number that is not exact', '={{ $json.huge }}'],
		['true', '={{ $json.flag }}'],
	])('%s', (_, raw) => {
		expect(readerOfItemField(raw)?.(item)).toBeUndefined();
	});
});
