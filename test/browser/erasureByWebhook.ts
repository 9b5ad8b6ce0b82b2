import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ExportedWorkflow } from '../../scripts/n8n/n8nApi';

export const webhookPath = 'erase-in-the-browser-test';

/** Deletes the calls that a webhook is given. What is not erased leaves through the error output. */
export const erasureByWebhook = JSON.parse(
	readFileSync(join(__dirname, 'erasureByWebhook.json'), 'utf8'),
) as ExportedWorkflow;
