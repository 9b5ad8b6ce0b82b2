import type { N8nApi } from '../../scripts/n8n/n8nApi';

/**
 * The editor puts the newest credential of a type into a node by itself: in the browser tests, that must
 * not be somebody's.
 *
 * @throws Error with a sentence for a person, if n8n holds accounts of this package that we did not make
 */
export async function refuseOthersAccounts(api: N8nApi): Promise<void> {
	if (api.mark === '') return;
	const nodes = await api.nodeTypes();
	const own = nodes.filter(({ name }) => name.startsWith('n8n-nodes-call-erasure.'));
	const types = own.flatMap(({ credentials = [] }) => credentials.map(({ name }) => name));
	const others = (await api.credentialsOfAll()).filter(({ type }) => types.includes(type));
	if (others.length === 0) return;
	const names = others.map(({ name }) => name).join(', ');
	throw new Error(
		`The browser tests do not run in an n8n with accounts of this package, which the editor would choose by itself: ${names}. Use another n8n, or leave N8N_URL out`,
	);
}
