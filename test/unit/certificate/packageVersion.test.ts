import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { packageName, packageVersion } from '../../../nodes/ErasureCertificate/packageVersion';

test('certificates name the package that made them', () => {
	const manifest = JSON.parse(
		readFileSync(join(__dirname, '..', '..', '..', 'package.json'), 'utf8'),
	) as { name: string; version: string };
	expect([packageName, packageVersion]).toEqual([manifest.name, manifest.version]);
});
