/** Tests that cannot use an n8n that is somebody's (N8N_URL), and why: all of them, and no others. */
export interface NeedsOwnN8n {
	/** A file, or a folder with all its files. */
	readonly at: string;
	/** Titles of tests; left out for all of them. */
	readonly tests?: readonly string[];
	readonly why: string;
}

export const needOwnN8n: readonly NeedsOwnN8n[] = [
	{
		at: 'test/server/n8nServer.test.ts',
		why: 'is about an n8n that is started, stopped and killed from here',
	},
	{
		at: 'test/server/packages.test.ts',
		why: 'installs other packages, and starts n8n again each time',
	},
	{
		at: 'test/server/examples.test.ts',
		tests: ['is imported by the command line of n8n, unpublished'],
		why: "runs n8n's command line on its database",
	},
	{
		at: 'test/server/examples.test.ts',
		tests: [
			'is read like a text: header, empty rows, text and numbers, a column that is named',
			'of the old format, and of LibreOffice, is read as well',
		],
		why: 'makes its spreadsheets with the library of the n8n from npm',
	},
	{
		at: 'test/server/webhook.test.ts',
		tests: [
			'stops within a second when somebody stops it, and the log says what was done',
			"shows how far it is in n8n's log, and no record",
		],
		why: "reads n8n's log",
	},
	{
		at: 'test/server/examples.test.ts',
		tests: ["A request leaves nothing secret in n8n's database"],
		why: "searches n8n's database",
	},
	{
		at: 'test/server/examples.test.ts',
		tests: ["A request leaves nothing secret in n8n's database"],
		why: "searches n8n's database",
	},
	{
		at: 'test/server/webhook.test.ts',
		tests: ["nothing secret is in n8n's database"],
		why: "searches n8n's database",
	},
	{
		at: 'test/queue',
		why: 'needs workers, Redis and PostgreSQL, which it starts and kills',
	},
];

/** Whether a test is left out, given the entries for its file: never in an n8n of our own. */
export function isLeftOut(
	title: string,
	entries: readonly NeedsOwnN8n[],
	env: NodeJS.ProcessEnv = process.env,
): boolean {
	if (!env.N8N_URL) return false;
	return entries.some(({ tests }) => tests?.includes(title) ?? true);
}

/** @param path of a test's file, below the project */
export function entriesFor(path: string): NeedsOwnN8n[] {
	return needOwnN8n.filter(({ at }) => path === at || path.startsWith(`${at}/`));
}
