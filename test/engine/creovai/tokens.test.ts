import { describe, expect, test } from '@jest/globals';

import type { Fault } from '../../../sandbox/faults/faults';
import { coreVersion } from '../engine';
import {
	asItems,
	byCallId,
	callIds,
	html,
	idsSentTo,
	outcomesOf,
	receipts,
	requestsTo,
	run,
	sandbox,
} from './stage';

describe(`Creovai on n8n-core ${coreVersion}: tokens`, () => {
	const operation = 'purgeByCallId';

	test('one that runs out in the middle is renewed', async () => {
		let purges = 0;
		sandbox.faults.add({
			when: ({ url }) => {
				// The second request arrives with a token that is no longer good.
				if (url.endsWith(byCallId) && ++purges === 2) sandbox.creovai.revokeTokens();
				return false;
			},
			fault: { kind: 'noAnswer' },
		});
		const result = await run({
			operation,
			items: asItems(callIds(250)),
			options: { maxConcurrency: 1 },
		});
		expect(outcomesOf(result)).toEqual(callIds(250).map(() => 'accepted'));
		expect(requestsTo('/Token')).toHaveLength(2);
		expect(requestsTo(byCallId).filter(({ status: code }) => code === 200)).toHaveLength(3);
		expect(sandbox.creovai.records()).toHaveLength(50);
	});

	test.each<[string, Fault | undefined]>([
		['by 401 with the name of what is wrong', undefined],
		['by 401 without a body', { kind: 'status', status: 401 }],
		['by 403', { kind: 'status', status: 403, body: '{"message":"no"}' }],
		['by a sign-in page', { kind: 'status', status: 200, headers: html, body: '<html>' }],
	])(
		'a secret that is turned down in the middle ends the run, what is left is skipped: %s',
		async (_, fault) => {
			let purges = 0;
			sandbox.faults.add({
				when: ({ url }) => {
					if (url.endsWith(byCallId) && ++purges === 2) {
						sandbox.creovai.revokeTokens();
						sandbox.creovai.clientSecret = 'another';
					}
					return fault !== undefined && purges > 1 && url.endsWith('/Token');
				},
				fault: fault ?? { kind: 'noAnswer' },
			});
			const result = await run({
				operation,
				items: asItems(callIds(300)),
				options: { maxConcurrency: 1 },
				onError: 'continueRegularOutput',
			});
			expect(outcomesOf(result)).toEqual([
				...callIds(100).map(() => 'accepted'),
				...callIds(200).map(() => 'skipped'),
			]);
			expect(receipts(result)[100]?.reason?.code).toBe('badCredentials');
			expect(new Set(idsSentTo(byCallId).flat()).size).toBe(200);
			expect(sandbox.creovai.records()).toHaveLength(200);
			expect(JSON.stringify(result.json)).not.toContain('sandbox-secret');
		},
	);

	test('a secret that was never good: nothing is purged, everything is skipped', async () => {
		sandbox.creovai.clientSecret = 'another';
		const result = await run({
			operation,
			items: asItems(callIds(250)),
			onError: 'continueRegularOutput',
		});
		expect(new Set(outcomesOf(result))).toEqual(new Set(['skipped']));
		expect(requestsTo(byCallId)).toHaveLength(0);
		expect(requestsTo('/Token')).toHaveLength(1);
	});

	test('a user who may not purge is refused, and is told in the vendor’s name', async () => {
		sandbox.faults.add({
			when: ({ url }) => url.endsWith(byCallId),
			fault: { kind: 'status', status: 403 },
		});
		const result = await run({ operation, items: asItems(callIds(2)) });
		expect(outcomesOf(result)).toEqual(['refused', 'refused']);
		expect(requestsTo(byCallId)).toHaveLength(1);
	});
});
