import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

/** When and where something was measured, for the page that shows it. */
export interface Setting {
	readonly date: string;
	readonly machine: string;
	readonly versions: { readonly node: string; readonly n8n: string };
	/** How long the vendor takes for an answer, in milliseconds. */
	readonly latency: number;
	/** How many processes wanted the processor in the minute before; unknown for old results. */
	readonly load?: number;
}

/** Above this, others got in the way: two processes, for the two cores of the machine. */
const busyLoad = 2;

/** Answers take this long at the vendor, in milliseconds: about what the field calls quick. */
export const latency = 50;

/** To be asked before anything is measured, which is work as well. */
export function settingOfToday(): Setting {
	const processor = cpus()[0]?.model.trim() ?? 'unknown';
	const memory = Math.round(totalmem() / 2 ** 30);
	return {
		date: new Date().toISOString().slice(0, 10),
		machine: `${cpus().length} cores (${processor}), ${memory} GB`,
		versions: { node: process.versions.node, n8n: n8nVersion() },
		latency,
		load: Math.round(loadavg()[0] ?? 0),
	};
}

/** When and where things were measured, perhaps on several days and machines. */
export function describeSettings(settings: readonly Setting[]): string {
	const where = ({ machine, versions, latency: ms }: Setting) =>
		`on ${machine}, with n8n ${versions.n8n} on Node.js ${versions.node}. The vendor takes ${ms} ms for each answer where nothing else is said.`;
	return [...new Set(settings.map(where))]
		.map((place) => {
			const there = settings.filter((setting) => where(setting) === place);
			const dates = [...new Set(there.map(({ date }) => date))].sort();
			return `Measured on ${dates.join(' and ')} ${place}`;
		})
		.join('\n\n');
}

/** A table, when it was measured, and whether something got in the way. */
export function dated({ date, load = 0 }: Setting, table: string): string {
	const disturbed =
		load > busyLoad
			? `, while other work kept the machine busy (${load} processes wanted its processor): the times are too long`
			: '';
	return `${table}\n\nMeasured on ${date}${disturbed}.`;
}

function n8nVersion(): string {
	const manifest = join(process.env.N8N_SERVER_FOLDER ?? '', 'node_modules', 'n8n', 'package.json');
	return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
