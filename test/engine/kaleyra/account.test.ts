import { describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { kaleyraFailures } from '../../../sandbox/vendors/kaleyra';
import { testCredential } from '../credentialTest';
import { coreVersion } from '../engine';
import { account, apiKey, asked, outcomes, reasonOf, run, sandbox, sid } from './stage';

describe(`Kaleyra on n8n-core ${coreVersion}: the account`, () => {
	describe('credentials', () => {
		test.each([
			['', /SID in the credentials is empty/],
			['..', /SID in the credentials holds/],
		])('a SID of "%s" sends nothing', async (badSid, words) => {
			const result = await run({ ids: ['112'], account: account({ sid: badSid }) });
			expect(reasonOf(result).message).toMatch(words);
			expect(sandbox.requests).toEqual([]);
		});

		test.each([
			[{ apiKey: ' ' }, /API Key in the credentials is empty/],
			[{ apiKey: 'a\nb' }, /API Key in the credentials holds a character/],
			[{ region: 'moon' }, /Region in the credentials/],
			[{ baseUrl: 'http://vendor.example' }, /Base URL in the credentials starts with http/],
			[{ baseUrl: '' }, /Base URL in the credentials is not a web address/],
		])('%j sends nothing', async (changes, words) => {
			const result = await run({ ids: ['112'], account: account(changes) });
			expect(outcomes(result)).toEqual(['skipped']);
			expect(reasonOf(result).message).toMatch(words);
			expect(sandbox.requests).toEqual([]);
		});

		test('no secret comes out, whatever happens', async () => {
			sandbox.kaleyra.put('112');
			sandbox.kaleyra.put('113', 'PUBLISHED');
			sandbox.kaleyra.failures.set('114', kaleyraFailures.wrongAccount);
			sandbox.kaleyra.failures.set('115', kaleyraFailures.unauthorized);
			const ids = ['112', '113', '114', '115', '116'];
			for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
				const result = await run({ ids, onError, options: { includeVendorResponse: true } });
				const shown = JSON.stringify([result.outputs, result.run.data, result.hints]);
				expect(shown).toContain('"112"');
				expect(shown).not.toContain(apiKey);
				expect(shown).not.toContain(sid);
			}
		});
	});

	describe('the Test button', () => {
		const press = async (changes?: ICredentialDataDecryptedObject) =>
			await testCredential('kaleyra', 'kaleyraApi', account(changes));

		test('is green for good credentials, although the flow asked for is missing', async () => {
			expect(await press()).toEqual({ status: 'OK', message: 'Kaleyra accepts these credentials' });
			expect(asked()).toEqual(['GET /0']);
		});

		test.each([{ apiKey: 'Anot-the-key' }, { sid: 'HXANOTHER' }])('tells %j', async (changes) => {
			expect(await press(changes)).toEqual({
				status: 'Error',
				message: expect.stringMatching(/did not accept this SID and API key/),
			});
			expect(sandbox.requests).toHaveLength(1);
		});

		test('tells an account without the API', async () => {
			sandbox.kaleyra.entitled = false;
			const { status, message } = await press();
			expect(status).toBe('Error');
			expect(message).toMatch(/Kaleyra knows this SID and API key.*support/);
		});

		test('tells a vendor that is out of order', async () => {
			sandbox.kaleyra.failures.set('0', kaleyraFailures.internal);
			expect((await press()).message).toMatch(/out of order/);
		});

		test.each([
			['a path that is not there', () => `${sandbox.address('kaleyra')}/api`],
			['another API', () => sandbox.address()],
		])('tells %s', async (_name, baseUrl) => {
			const { status, message } = await press({ baseUrl: baseUrl() });
			expect(status).toBe('Error');
			expect(message).toMatch(/not the Kaleyra API/);
		});

		test.each(['', '<html>Sign in</html>'])('tells a body that is not JSON: "%s"', async (body) => {
			sandbox.faults.add({ fault: { kind: 'status', status: 200, body } });
			expect((await press()).message).toMatch(/not the Kaleyra API/);
		});

		test('names the field that cannot be used', async () => {
			const { status, message } = await press({ apiKey: 'a\nb' });
			expect(status).toBe('Error');
			expect(message).toMatch(/API Key in the credentials/);
			expect(sandbox.requests).toEqual([]);
		});
	});
});
