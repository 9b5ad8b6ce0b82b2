import { sandboxAccounts } from '../../sandbox/accounts';
import type { Sandbox } from '../../sandbox/sandbox';
import type { NodePanel, Row } from './editor/nodePanel';

type Fields = Readonly<Record<string, string>>;

/** A delete operation as a person meets it. */
export interface DeletionScreens {
	/** What the person types to find the node. */
	readonly words: string;
	/** What the person chooses in the node's list of actions. */
	readonly action: string;
	/** What the canvas then shows below the node's name. */
	readonly subtitle: string;
	/** The parameters from top to bottom, once they are filled in. */
	readonly labels: readonly string[];
	/** Further records in the sandbox than those that `fill(10)` makes. */
	prepare?(sandbox: Sandbox): void;
	fill(panel: NodePanel): Promise<void>;
	/** The example in a parameter, where it depends on others. */
	readonly example?: { readonly parameter: string; readonly placeholder: string };
	/** What is said above the output after "Preview: nothing was deleted." */
	readonly forecast: string;
	/** What the output's columns `target` and `preview` hold, line by line. */
	readonly previews: ReadonlyArray<Pick<Row, 'target' | 'preview'>>;
}

/** The credential dialog as a person meets it. */
export interface CredentialScreens {
	readonly type: string;
	/** The fields from top to bottom. */
	readonly labels: readonly string[];
	readonly choices?: Fields;
	right(sandbox: Sandbox): Fields;
	readonly wrong: Fields;
	/** What is said about the wrong ones. */
	readonly complaint: string;
}

export interface VendorScreens {
	/** The node as n8n shows it. */
	readonly node: string;
	readonly sandbox: string;
	/** What people may type to find it, beside what they type for all of them. */
	readonly words: readonly string[];
	readonly credential: CredentialScreens;
	readonly deletions: readonly DeletionScreens[];
}

/** n8n adds this field to every credential. */
const ofN8n = 'Allowed HTTP Request Domains';

const common = ['Resource', 'Operation'] as const;

const shared = ['Deletion Mode', 'Options'] as const;

const callWords = [
	'call',
	'conversation',
	'delete call',
	'call delete',
	'erase calls',
	'purge calls',
	'remove call',
	'delete phone call',
	'call recording',
	'delete recording',
	'erase recording',
	'transcript',
	'delete customer data',
	'right to be forgotten',
	'data deletion',
	'forget',
];

/** What people may type to find any of the nodes. */
export const wordsForAll = [
	'gdpr',
	'dsgvo',
	'ccpa',
	'compliance',
	'privacy',
	'erase',
	'erasure',
	'purge',
	'retention',
];

function seen(target: string, wouldBe: string, found: 'true' | 'false' | 'null' = 'true') {
	return { target, preview: `found:${found} wouldBe:${wouldBe}` };
}

const flyflow: VendorScreens = {
	node: 'Flyflow',
	sandbox: 'flyflow',
	words: ['flyflow', 'voice agent', ...callWords],
	credential: {
		type: 'Flyflow API',
		labels: ['API Key', 'Base URL', ofN8n],
		right: (sandbox) => sandboxAccounts(sandbox).flyflowApi,
		wrong: { apiKey: 'wrong' },
		complaint: 'Flyflow did not accept the API key',
	},
	deletions: [
		{
			words: 'delete call',
			action: 'Delete a call',
			subtitle: 'Flyflow: delete calls or preview in tests',
			labels: [...common, 'Call ID', ...shared],
			fill: async (panel) => await panel.fill('callId', 'call_1, call_2, call_none'),
			forecast: '3 calls: 2 would be deleted, 1 not found.',
			previews: [
				seen('callId:call_1', 'deleted'),
				seen('callId:call_2', 'deleted'),
				seen('callId:call_none', 'notFound', 'false'),
			],
		},
	],
};

const creovai: VendorScreens = {
	node: 'Creovai',
	sandbox: 'creovai',
	words: ['creovai', 'tethr', 'conversation intelligence', 'contact center', ...callWords],
	credential: {
		type: 'Creovai OAuth2 API',
		labels: ['API Base URL', 'Token Base URL', 'Client ID', 'Client Secret', ofN8n],
		right: (sandbox) => sandboxAccounts(sandbox).creovaiOAuth2Api,
		wrong: { clientSecret: 'wrong' },
		complaint: 'Creovai gave no token for this Client ID and Client Secret',
	},
	deletions: [
		{
			words: 'purge calls',
			action: 'Purge calls by call ID',
			subtitle: 'Creovai: purge calls or preview in tests',
			labels: [...common, 'Call ID', ...shared],
			fill: async (panel) => await panel.paste('callId', 'c000001\r\nc000002\r\n'),
			forecast: '2 calls: 2 would be sent without a look-up.',
			previews: [
				seen('callId:c000001', 'accepted', 'null'),
				seen('callId:c000002', 'accepted', 'null'),
			],
		},
		{
			words: 'tethr',
			action: 'Purge calls by session ID',
			subtitle: 'Creovai: purge calls or preview in tests',
			labels: [...common, 'Session ID', ...shared],
			fill: async (panel) => await panel.fill('sessionId', 's000001'),
			forecast: '1 call: 1 would be sent without a look-up.',
			previews: [seen('sessionId:s000001', 'accepted', 'null')],
		},
		{
			words: 'delete customer data',
			action: 'Purge calls by customer phone number',
			subtitle: 'Creovai: purge calls or preview in tests',
			labels: [...common, 'Phone Number', 'Purge Strategy', ...shared],
			fill: async (panel) => await panel.fill('phoneNumber', '+15125551001'),
			forecast: '1 call: 1 would be accepted for deletion.',
			previews: [
				seen(
					'callId:c000001 sessionId:s000001 phoneNumber:*********01 notation:as written',
					'accepted',
				),
			],
		},
	],
};

const kaleyra: VendorScreens = {
	node: 'Kaleyra',
	sandbox: 'kaleyra',
	words: ['kaleyra', 'whatsapp', 'whatsapp flow', 'delete whatsapp flow', 'delete flow', 'waba'],
	credential: {
		type: 'Kaleyra API',
		labels: ['Region', 'Base URL', 'SID', 'API Key', ofN8n],
		choices: { region: 'Other Address' },
		right: (sandbox) => {
			const { baseUrl, sid, apiKey } = sandboxAccounts(sandbox).kaleyraApi;
			return { baseUrl, sid, apiKey };
		},
		wrong: { apiKey: 'wrong' },
		complaint:
			'Kaleyra did not accept this SID and API key. Check both, and whether the account is in this Region',
	},
	deletions: [
		{
			words: 'whatsapp flow',
			action: 'Delete a flow',
			subtitle: 'Kaleyra: delete flows or preview in tests',
			labels: [...common, 'Flow ID', ...shared],
			fill: async (panel) => await panel.fill('flowId', '1120000000000001, 1120000000000002'),
			forecast: '2 flows: 2 would be deleted.',
			previews: [
				seen('flowId:1120000000000001', 'deleted'),
				seen('flowId:1120000000000002', 'deleted'),
			],
		},
		{
			words: 'kaleyra',
			action: 'Deprecate a flow',
			subtitle: 'Kaleyra: deprecate flows or preview in tests',
			labels: [...common, 'Flow ID', ...shared],
			prepare: ({ kaleyra: vendor }) => vendor.put('1120000000000003', 'PUBLISHED'),
			fill: async (panel) => await panel.fill('flowId', '1120000000000003'),
			forecast: '1 flow: 1 would be deprecated.',
			previews: [seen('flowId:1120000000000003', 'deprecated')],
		},
	],
};

const happyRobot: VendorScreens = {
	node: 'HappyRobot',
	sandbox: 'happyRobot',
	words: ['happyrobot', 'happy robot', 'delete note', 'voice agent', ...callWords],
	credential: {
		type: 'HappyRobot API',
		labels: ['API Key', 'Base URL', ofN8n],
		right: (sandbox) => sandboxAccounts(sandbox).happyRobotApi,
		wrong: { apiKey: 'wrong' },
		complaint: 'HappyRobot did not accept the API key',
	},
	deletions: [
		{
			words: 'delete note',
			action: 'Delete a note',
			subtitle: 'HappyRobot: delete notes or preview in tests',
			labels: [...common, 'Call ID', 'Note ID', ...shared],
			fill: async (panel) => {
				await panel.fill('callId', '64b7f0c20000000000000001');
				await panel.fill('noteId', '70e70e700000000000002710');
			},
			forecast: '1 note: 1 would be deleted.',
			previews: [
				seen('callId:64b7f0c20000000000000001 noteId:70e70e700000000000002710', 'deleted'),
			],
		},
		{
			words: 'happy robot',
			action: 'Delete a call',
			subtitle: 'HappyRobot: delete calls or preview in tests',
			labels: [...common, 'Call ID', ...shared],
			fill: async (panel) => await panel.fill('callId', '64b7f0c20000000000000001'),
			forecast: '1 call: 1 would be deleted.',
			previews: [seen('callId:64b7f0c20000000000000001', 'deleted')],
		},
	],
};

const verba: VendorScreens = {
	node: 'Verint Verba',
	sandbox: 'verba',
	words: ['verba', 'verint', 'verint verba', 'delete conversation', 'call recorder', ...callWords],
	credential: {
		type: 'Verint Verba API',
		labels: ['Server Address', 'API Key', 'User', 'Password', 'Send Parameters In', ofN8n],
		right: (sandbox) => sandboxAccounts(sandbox).verbaApi,
		wrong: { password: 'wrong' },
		complaint: 'Verba gave no token for this API Key, User and Password',
	},
	deletions: [
		{
			words: 'delete conversation',
			action: 'Delete a conversation',
			subtitle: 'Verba: delete or preview in tests',
			labels: [...common, 'Identify By', 'Identifier', ...shared],
			fill: async (panel) => await panel.fill('identifier', 'a8343631-9f35-4a3a-83f0-000000000001'),
			forecast: '1 conversation: 1 would be deleted.',
			previews: [seen('callID:a8343631-9f35-4a3a-83f0-000000000001', 'deleted')],
		},
		{
			words: 'verint',
			action: 'Delete a conversation',
			subtitle: 'Verba: delete or preview in tests',
			labels: [...common, 'Identify By', 'Identifier', 'Status', ...shared],
			fill: async (panel) => {
				await panel.choose('identifyBy', 'Extension');
				await panel.fill('identifier', '8001');
			},
			example: { parameter: 'identifier', placeholder: 'e.g. 8856' },
			forecast: '1 conversation: 1 would be deleted.',
			previews: [
				seen('callID:a8343631-9f35-4a3a-83f0-000000000001 extension:**** status:last', 'deleted'),
			],
		},
	],
};

export const vendors: readonly VendorScreens[] = [flyflow, creovai, kaleyra, happyRobot, verba];
