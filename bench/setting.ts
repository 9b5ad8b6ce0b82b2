import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

/** When and where something was measured, for the page that shows it. */
export interface Setting {
	readonly date: string;
	readonly machine: string;
	readonly versions: { readonly node: string; readonly n8n: string };
	/** How long the vendor takes for an answer, in milliseconds. */
	readonly latency: number;
}

/** Answers take this long at the vendor, in milliseconds: about what the field calls quick. */
export const latency = 50;

export function settingOfToday(): Setting {
	const processor = cpus()[0]?.model.trim() ?? 'unknown';
	const memory = Math.round(totalmem() / 2 ** 30);
	return {
		date: new Date().toISOString().slice(0, 10),
		machine: `${cpus().length} cores (${processor}), ${memory} GB`,
		versions: { node: process.versions.node, n8n: n8nVersion() },
		latency,
	};
}

export function describeSetting({ date, machine, versions, latency: ms }: Setting): string {
	return `Measured on ${date} on ${machine}, with n8n ${versions.n8n} on Node.js ${versions.node}. The vendor takes ${ms} ms for each answer.`;
}

function n8nVersion(): string {
	const manifest = join(process.env.N8N_SERVER_FOLDER ?? '', 'node_modules', 'n8n', 'package.json');
	return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
