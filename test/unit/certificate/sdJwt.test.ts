import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { digestOf, discloseElement, discloseMember } from '../../../erasure/certificate/disclosure';
import { NotValid, processPayload, readSdJwt } from '../../../erasure/certificate/sdJwt';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('The published vectors of RFC 9901', () => {
	test.each([
		[
			'a member (section 4.2.3)',
			'WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0',
			'X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0',
		],
		[
			'an element of an array',
			'WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0',
			'w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs',
		],
	])('%s', (_, disclosure, digest) => {
		expect(digestOf(disclosure)).toBe(digest);
	});

	test('are shown in their places', () => {
		const payload = {
			_sd_alg: 'sha-256',
			_sd: ['X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0'],
			nationalities: ['DE', { '...': 'w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs' }],
		};
		const member = 'WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0';
		const element = 'WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0';
		expect(processPayload(payload, [member, element]).processed).toEqual({
			family_name: 'Möbius',
			nationalities: ['DE', 'FR'],
		});
		expect(processPayload(payload, []).processed).toEqual({ nationalities: ['DE'] });
	});
});

const member = discloseMember('a', 1);
const element = discloseElement('x');
const nested = discloseMember('outer', { _sd: [member.digest], plain: true });

describe('Shown is', () => {
	test('what stands in another disclosure, if both are given', () => {
		const payload = { _sd: [nested.digest] };
		expect(processPayload(payload, [nested.text, member.text]).processed).toEqual({
			outer: { plain: true, a: 1 },
		});
		expect(processPayload(payload, [nested.text]).processed).toEqual({ outer: { plain: true } });
	});

	test('no digest, and nothing of what was not given', () => {
		const payload = { list: [{ '...': element.digest }], _sd: [member.digest], _sd_alg: 'sha-256' };
		expect(processPayload(payload, []).processed).toEqual({ list: [] });
	});

	test('an element by its digest', () => {
		const { elements } = processPayload({ list: [{ '...': element.digest }] }, [element.text]);
		expect([...elements]).toEqual([[element.digest, 'x']]);
	});
});

describe('RFC 9901 has refused', () => {
	const named = (name: unknown) => encode(['c2FsdA', name, 1]);
	const nothing: string[] = [];
	test.each([
		['a digest twice in one list', { _sd: [member.digest, member.digest] }, nothing, /twice/],
		[
			'a digest twice in two objects',
			{ _sd: [member.digest], b: { _sd: [member.digest] } },
			nothing,
			/twice/,
		],
		['a digest twice among elements', { l: [{ '...': 'd' }, { '...': 'd' }] }, nothing, /twice/],
		[
			'a digest in a member and in an element',
			{ _sd: ['d'], l: [{ '...': 'd' }] },
			nothing,
			/twice/,
		],
		[
			'a digest again in a disclosure',
			{ _sd: [nested.digest, member.digest] },
			[nested.text],
			/twice/,
		],
		[
			'a disclosure that nothing refers to',
			{ _sd: [] },
			[member.text],
			/Disclosure 1 does not belong/,
		],
		['a disclosure twice', { _sd: [member.digest] }, [member.text, member.text], /came before/],
		['a name that is there already', { a: 2, _sd: [member.digest] }, [member.text], /says already/],
		['the name _sd', { _sd: [digestOf(named('_sd'))] }, [named('_sd')], /name that is not allowed/],
		['the name ...', { _sd: [digestOf(named('...'))] }, [named('...')], /name that is not allowed/],
		[
			'a name that is no text',
			{ _sd: [digestOf(named(1))] },
			[named(1)],
			/name that is not allowed/,
		],
		[
			'an element in the place of a member',
			{ _sd: [element.digest] },
			[element.text],
			/disclosure of an element is used for a member/,
		],
		[
			'a member in the place of an element',
			{ l: [{ '...': member.digest }] },
			[member.text],
			/disclosure of a member is used for an element/,
		],
		['another kind of digest', { _sd_alg: 'md5' }, nothing, /not known/],
		[
			'a disclosure that is no JSON',
			{ _sd: [digestOf('e30x')] },
			['e30x'],
			/Disclosure 1 cannot be read/,
		],
		[
			'a disclosure that is no array',
			{ _sd: [digestOf(encode({}))] },
			[encode({})],
			/cannot be read/,
		],
		[
			'a disclosure of four',
			{ _sd: [digestOf(encode(['a', 'b', 1, 2]))] },
			[encode(['a', 'b', 1, 2])],
			/cannot be read/,
		],
		[
			'a salt that is no text',
			{ _sd: [digestOf(encode([1, 'b', 1]))] },
			[encode([1, 'b', 1])],
			/cannot be read/,
		],
		['digests that are no list', { _sd: 'abc' }, nothing, /cannot be read \(_sd\)/],
		['a digest that is no text', { _sd: [1] }, nothing, /cannot be read \(_sd\)/],
		['something beside a digest', { l: [{ '...': 'd', b: 1 }] }, nothing, /where none is allowed/],
		['an element’s digest in an object', { b: { '...': 'd' } }, nothing, /where none is allowed/],
	])('%s', (_, payload, disclosures, why) => {
		expect(() => processPayload(payload, disclosures)).toThrow(why);
	});

	test.each([
		['no ~ at the end', 'e30.e30.AA', /does not end with ~/],
		['a key binding that nobody asked for', 'e30.e30.AA~abc', /follows the last ~/],
		['no JWS', 'e30.e30~', /not a signed document/],
	])('%s', (_, text, why) => {
		expect(() => readSdJwt(text)).toThrow(why);
	});
});

test('whatever comes, it is read or refused by a sentence', () => {
	fc.assert(
		fc.property(
			fc.object({ key: fc.constantFrom('_sd', '...', '_sd_alg', 'a', '__proto__'), maxDepth: 4 }),
			fc.array(
				fc.oneof(
					fc.string(),
					fc.json().map((json) => Buffer.from(json).toString('base64url')),
				),
			),
			(payload, disclosures) => {
				try {
					processPayload(payload, disclosures);
				} catch (error) {
					expect(error).toBeInstanceOf(NotValid);
				}
			},
		),
	);
});

test('a disclosure nested without end is refused', () => {
	const deep = Buffer.from('['.repeat(100_000)).toString('base64url');
	expect(() => processPayload({}, [deep])).toThrow(/cannot be read/);
	let inner = discloseMember('a', 1);
	const all = [inner.text];
	for (let level = 0; level < 60; level++) {
		inner = discloseMember('a', { _sd: [inner.digest] });
		all.push(inner.text);
	}
	expect(() => processPayload({ _sd: [inner.digest] }, all)).toThrow(/nested too deep/);
});
