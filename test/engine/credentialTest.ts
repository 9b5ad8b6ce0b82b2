/**
 * Presses a credential's Test button, where a node has the test: n8n's part is the HTTP helper that
 * it gives to it.
 */
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunction,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { core, Credentials, credentialType, makeAdditionalData, nodeType } from './engine';

/**
 * @param type the node's type
 * @param name the credential's type
 */
export async function testCredential(
	type: string,
	name: string,
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	// n8n prefers a credential's own test.
	if ((await credentialType(name)).test !== undefined) throw new Error(`${name} has a test`);
	const { description, methods } = await nodeType(type);
	const testedBy = description.credentials?.find(
		(credential) => credential.name === name,
	)?.testedBy;
	const test = typeof testedBy === 'string' ? methods?.credentialTest?.[testedBy] : undefined;
	if (test === undefined) throw new Error(`${type} has no credential test for "${name}"`);
	return await pressTest(test, type, data);
}

/** The button by its function. */
export async function pressTest(
	test: ICredentialTestFunction,
	type: string,
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const additionalData = makeAdditionalData(
		'credential-test',
		undefined,
		new Credentials({ type, parameters: {}, items: [], credentials: {} }),
	);
	const context = new core.CredentialTestContext(additionalData);
	return await test.call(context, { id: '', name: '', type, data });
}
