import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';

import { sandboxAccounts } from '../../sandbox/accounts';
import { Sandbox } from '../../sandbox/sandbox';
import { Unreachable } from '../../sandbox/faults/unreachable';
import { testCredential } from './credentialTest';
import { coreVersion } from './engine';

let sandbox: Sandbox;
let unreachable: Unreachable;
beforeAll(async () => {
	sandbox = await Sandbox.start();
	unreachable = await Unreachable.start();
});
afterEach(() => sandbox.forget());
afterAll(async () => {
	await sandbox.stop();
	await unreachable.stop();
});

const vendors = [
	['flyflow', 'flyflowApi', 'Flyflow', 'Base URL'],
	['happyRobot', 'happyRobotApi', 'HappyRobot', 'Base URL'],
	['kaleyra', 'kaleyraApi', 'Kaleyra', 'Region and Base URL'],
	['verba', 'verbaApi', 'Verba', 'Server Address'],
] as const;

describe.each(vendors)(
	`The Test button on n8n-core ${coreVersion}: %s`,
	(type, name, vendorName, field) => {
		const press = async (baseUrl: string) =>
			await testCredential(type, name, { ...sandboxAccounts(sandbox)[name], baseUrl });

		test('says yes', async () => {
			const { baseUrl } = sandboxAccounts(sandbox)[name];
			expect(await press(baseUrl)).toEqual({
				status: 'OK',
				message: `${vendorName} accepts these credentials`,
			});
		});

		test.each([
			['a closed port', () => unreachable.refused, /: the connection was refused\./],
			['an unknown host', () => unreachable.unknownHost, /: its host name was not found\./],
			['no TLS', () => unreachable.plainHttp, /: no secure connection could be made\./],
			[
				'a certificate of nobody',
				() => unreachable.selfSigned,
				/: its certificate is self-signed\./,
			],
		])('says what is wrong, and what to do: %s', async (_, address, cause) => {
			const { status, message } = await press(address());

			expect(status).toBe('Error');
			expect(message).toMatch(cause);
			expect(
				message.replace(/(token could be fetched|reached): .*\. Check/, 'reached. Check'),
			).toBe(
				`${vendorName} was not reached. Check ${field}, and whether n8n's machine can reach that address`,
			);
			expect(unreachable.requests).toBe(0);
		});
	},
);

test(`The Test button on n8n-core ${coreVersion} does not wait for ever`, async () => {
	sandbox.faults.add({ fault: { kind: 'noAnswer' } });
	const result = await testCredential('flyflow', 'flyflowApi', sandboxAccounts(sandbox).flyflowApi);
	expect(result).toMatchObject({
		status: 'Error',
		message: expect.stringMatching(/: the time for it ran out\. Check /) as unknown,
	});
});
