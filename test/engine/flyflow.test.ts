import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { Sandbox } from '../../sandbox/sandbox';
import { coreVersion, runNode } from './engine';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start();
});
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.forget();
	sandbox.flyflow.fill(100);
});

describe(`Flyflow on n8n-core ${coreVersion}`, () => {
	test('deletes', async () => {
		const result = await runNode({
			type: 'flyflow',
			parameters: { resource: 'call', operation: 'delete', callId: '={{ $json.id }}' },
			items: [{ id: 'call_1' }, { id: 'call_x' }],
			credentials: {
				flyflowApi: { apiKey: 'flyflow-sandbox-key', baseUrl: `${sandbox.address('flyflow')}/v1` },
			},
		});
		console.log(JSON.stringify(result.json), result.error, result.hints);
		expect(result.json).toHaveLength(2);
	});
});
