import type { ICredentialTestFunction } from 'n8n-workflow';

import type { RequestProtocol } from '../../../erasure/requests/intake';
import { readIntake } from './readIntake';

/**
 * The Test button of a sender's credential. Nobody can be asked whether the sender has the same secret:
 * what can be said is whether this one is fit, and how many count.
 */
function testOf(protocol: RequestProtocol): ICredentialTestFunction {
	return async function ({ data = {} }) {
		try {
			const { intake } = readIntake(protocol, data);
			const count = intake.keys.length === 1 ? 'One secret counts' : 'Two secrets count';
			return await Promise.resolve({
				status: 'OK',
				message: `${count}. Whether the sender has the same shows with its first request`,
			});
		} catch (error) {
			return { status: 'Error', message: (error as Error).message };
		}
	};
}

export const erasureRequestSecretApiTest = testOf('standardWebhooks');

export const erasureRequestHeaderApiTest = testOf('fixedHeader');
