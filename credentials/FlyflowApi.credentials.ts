import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { flyflow } from '../nodes/Flyflow/flyflowAccount';
import { authenticateFor } from '../nodes/shared/sending/account';
import { keyFields } from '../nodes/shared/sending/bearerKey';

/** The Test button is the node's: see nodes/Flyflow/flyflowTest.ts. */
export class FlyflowApi implements ICredentialType {
	name = 'flyflowApi';

	displayName = 'Flyflow API';

	icon: Icon = {
		light: 'file:../nodes/Flyflow/flyflow.svg',
		dark: 'file:../nodes/Flyflow/flyflow.dark.svg',
	};

	documentationUrl =
		'https://github.com/call-erasure/n8n-nodes-call-erasure/blob/main/docs/flyflow.md';

	properties: INodeProperties[] = keyFields(flyflow, {
		address: 'https://api.flyflow.dev/v1',
		description: 'The key from the Flyflow dashboard',
	});

	authenticate = authenticateFor(flyflow);
}
