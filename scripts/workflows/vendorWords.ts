/** What an example that deletes at one vendor says and sends there. */
export interface VendorWords {
	/** The package that the example is for. */
	readonly packageName: string;
	/** The node's type without the package. */
	readonly node: string;
	readonly vendor: string;
	readonly record: string;
	readonly records: string;
	/** After the vendor's name: what it does with the records that it is given. */
	readonly does: string;
	/** What the webhook takes, as somebody types it to try it. */
	readonly body: string;
	/** What somebody asks the agent about. */
	readonly asked: string;
	/** Resource, operation and what names the records, in the order of the node's fields. */
	readonly parameters: (from: Sources) => Readonly<Record<string, unknown>>;
}

/** Where a workflow takes the IDs from: an expression for each field of the request. */
export type Sources = (field: string, meaning: string) => string;

/** A field that also offers a list, with an ID in it. */
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** By vendor; Flyflow's are the words of the examples in `workflows/`. */
export const vendorWords: readonly VendorWords[] = [
	{
		packageName: 'n8n-nodes-creovai-erasure',
		node: 'creovai',
		vendor: 'Creovai',
		record: 'call',
		records: 'calls',
		does: 'takes them on (`accepted`) and purges them a little later',
		body: '{"callIds": ["c000001", "c000002"]}',
		asked: 'c000001 and c000002',
		parameters: (from) => ({
			resource: 'call',
			operation: 'purgeByCallId',
			callId: from('callIds', 'The IDs of the calls, separated by commas'),
		}),
	},
	{
		packageName: 'n8n-nodes-flyflow-erasure',
		node: 'flyflow',
		vendor: 'Flyflow',
		record: 'call',
		records: 'calls',
		does: 'deletes them',
		body: '{"callIds": ["call_1", "call_2"]}',
		asked: 'call_1 and call_2',
		parameters: (from) => ({
			resource: 'call',
			operation: 'delete',
			callId: byId(from('callIds', 'The IDs of the calls, separated by commas')),
		}),
	},
	{
		packageName: 'n8n-nodes-happyrobot-erasure',
		node: 'happyRobot',
		vendor: 'HappyRobot',
		record: 'note',
		records: 'notes of a call',
		does: 'deletes them',
		body: '{"callId": "64b7f0c2a1b2c3d4e5f60718", "noteIds": ["note_1", "note_2"]}',
		asked: 'note_1 and note_2 of the call 64b7f0c2a1b2c3d4e5f60718',
		parameters: (from) => ({
			resource: 'note',
			operation: 'delete',
			callId: byId(from('callId', 'The ID of the call that the notes are of')),
			noteId: from('noteIds', 'The IDs of the notes, separated by commas'),
		}),
	},
	{
		packageName: 'n8n-nodes-kaleyra-erasure',
		node: 'kaleyra',
		vendor: 'Kaleyra',
		record: 'flow',
		records: 'WhatsApp Flows',
		does: 'deletes the drafts among them and refuses the others',
		body: '{"flowIds": ["1100000000000001", "1100000000000002"]}',
		asked: '1100000000000001 and 1100000000000002',
		parameters: (from) => ({
			resource: 'flow',
			operation: 'delete',
			flowId: byId(from('flowIds', 'The IDs of the flows, separated by commas')),
		}),
	},
	{
		packageName: 'n8n-nodes-verba-erasure',
		node: 'verba',
		vendor: 'Verba',
		record: 'conversation',
		records: 'conversations',
		does: 'deletes them; one that is still going on is marked (`accepted`) and goes once it is over',
		body: '{"callIds": ["a8343631-9f35-4a3a-83f0-000000000001", "a8343631-9f35-4a3a-83f0-000000000002"]}',
		asked: 'a8343631-9f35-4a3a-83f0-000000000001 and a8343631-9f35-4a3a-83f0-000000000002',
		parameters: (from) => ({
			resource: 'conversation',
			operation: 'delete',
			identifyBy: 'callID',
			identifier: from('callIds', 'The call IDs of the conversations, separated by commas'),
		}),
	},
];
