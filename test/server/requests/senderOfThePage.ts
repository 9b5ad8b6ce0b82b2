import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { secret } from '../../unit/requests/senders';

const root = join(__dirname, '..', '..', '..');

/**
 * Runs the sender that docs/requests.md shows, as somebody who has copied it.
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
	// Below the project, where the library is found.
	mkdirSync(join(root, 'build'), { recursive: true });
	const folder = mkdtempSync(join(root, 'build', 'sender-'));
	try {
		const file = join(folder, 'send.mjs');
		writeFileSync(file, program);
		const env = { ...process.env, ERASURE_URL: url, ERASURE_SECRET: secret };
		const run = promisify(execFile);
		return (await run(process.execPath, [file, requestId, callId], { env })).stdout;
	} finally {
		rmSync(folder, { recursive: true });
	}
}
