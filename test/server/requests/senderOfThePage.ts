import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { secret } from '../../unit/requests/senders';

const root = join(__dirname, '..', '..', '..');

/**
 * Runs the sender that docs/requests.md shows, by the command that stands beneath it.
 *
 * @returns what it prints: the status, and the answer
 */
export async function sendByThePage(
	url: string,
	requestId: string,
	callId: string,
): Promise<string> {
	const page = readFileSync(join(root, 'docs', 'requests.md'), 'utf8');
	const [, program = ''] = /```js\n([^]+?)```/.exec(page) ?? [];
	const [, command = ''] = /^(ERASURE_URL=.* node send\.mjs .*)$/m.exec(page) ?? [];
	const line = command
		.replace('ERASURE_URL=…', `ERASURE_URL=${url}`)
		.replace('whsec_…', secret)
		.replace('DSR-2026-0017 call_123', `${requestId} ${callId}`);
	// Below the project, where the library is found.
	mkdirSync(join(root, 'build'), { recursive: true });
	const folder = mkdtempSync(join(root, 'build', 'sender-'));
	try {
		writeFileSync(join(folder, 'send.mjs'), program);
		const path = [dirname(process.execPath), process.env.PATH].join(delimiter);
		const env = { ...process.env, PATH: path };
		return (await promisify(execFile)('sh', ['-c', line], { cwd: folder, env })).stdout;
	} finally {
		rmSync(folder, { recursive: true });
	}
}
