import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
	appendFileSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { readPackages } from '../../scripts/build/packages';
import { compareVersions } from '../../scripts/release/changelog';
import { readBill } from '../../scripts/release/sbom';
import { packageOfTag, tagOf } from '../../scripts/release/tag';

const root = join(__dirname, '..', '..');

const parts = [
	'CHANGELOG.md',
	'LICENSE',
	'README.md',
	'credentials',
	'dist',
	'nodes',
	'package-lock.json',
	'package.json',
	'packages',
];

const packages = readPackages(root);

/** The project as it is published from, to be changed. */
let project: string;

function changeManifest(change: (manifest: Record<string, object>) => object): void {
	const file = join(project, 'package.json');
	const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, object>;
	writeFileSync(file, JSON.stringify({ ...manifest, ...change(manifest) }, null, 2));
}

async function check(...args: string[]): Promise<{ code: number; output: string }> {
	const script = join(root, 'scripts', 'release', 'check.ts');
	const command = ['--import', 'tsx', script, '--root', project, ...args];
	return await new Promise((resolve) => {
		execFile(process.execPath, command, { cwd: root }, (error, stdout, stderr) => {
			resolve({ code: error === null ? 0 : Number(error.code), output: `${stdout}${stderr}` });
		});
	});
}

const core = (major: number) => ['--core', join(root, 'build', 'engine', `core-${major}`)];

/** Long enough for linting and loading on a machine with other things to do, in milliseconds. */
const timeout = 120_000;

describe('The check before a release', () => {
	beforeEach(() => {
		project = mkdtempSync(join(tmpdir(), 'call-erasure-project-'));
		for (const part of parts) cpSync(join(root, part), join(project, part), { recursive: true });
	});
	afterEach(() => rmSync(project, { recursive: true, force: true }));

	test(
		'lets all packages of this project through, and both cores load each',
		async () => {
			const { code, output } = await check(...core(1), ...core(2));

			expect(output).toContain('Nothing stands in the way of a release.');
			expect(code).toBe(0);
			expect(readdirSync(join(project, 'build', 'release')).sort()).toEqual(
				packages
					.flatMap(({ name, version }) => [`${name}-${version}.cdx.json`, `${name}-${version}.tgz`])
					.sort(),
			);
			const loaded = [
				...output.matchAll(/ok {2}install +(.*), on n8n-core 1\.\S+ and n8n-core 2\./g),
			];
			expect(loaded.map(([, what]) => what)).toEqual([
				`${packages[0]!.nodes.length} nodes and ${packages[0]!.credentials.length} credentials`,
				...Array.from({ length: 5 }, () => '1 node and 1 credential'),
			]);
		},
		3 * timeout,
	);

	test(
		'leaves the one package that a tag is for, and nothing of the others',
		async () => {
			const single = packages.find(({ name }) => name.includes('verba'))!;
			writeFileSync(
				join(project, 'packages', single.name, 'CHANGELOG.md'),
				`## ${single.version} - 2026-11-30\n`,
			);
			const { code, output } = await check('--tag', tagOf(single), ...core(2));

			expect(output).toContain('Nothing stands in the way of a release.');
			expect(code).toBe(0);
			const kept = readdirSync(join(project, 'build', 'release'));
			expect(kept.sort()).toEqual([
				`${single.name}-${single.version}.cdx.json`,
				`${single.name}-${single.version}.tgz`,
			]);
			const [tarball = ''] = kept.filter((file) => file.endsWith('.tgz'));
			const manifest = execFileSync(
				'tar',
				['-xzOf', join(project, 'build', 'release', tarball), 'package/package.json'],
				{ encoding: 'utf8' },
			);
			expect(JSON.parse(manifest)).toMatchObject({ name: single.name, version: single.version });
		},
		timeout,
	);

	test(
		'turns down a single package that is too large or loads what is not there; keeps none then',
		async () => {
			const [, single] = packages;
			const { name, nodes } = single!;
			appendFileSync(
				join(project, 'packages', name, nodes[0]!),
				`\nrequire('axios');"${randomBytes(70_000).toString('hex')}";\n`,
			);
			const { code, output } = await check('--package', name, '--only', 'contents');

			expect(output).toContain(`${nodes[0]} loads axios, which is not there`);
			expect(output).toMatch(/The tarball has \d{3}\.\d KB, and at most 120\.0 KB are allowed/);
			expect(output).not.toContain('n8n-nodes-call-erasure ');
			expect(code).toBe(1);
		},
		timeout,
	);

	test.each([
		[
			['--tag', 'flyflow-v1.0.0'],
			'The tag flyflow-v1.0.0 is for no package. Tags look like v1.2.3',
		],
		[
			['--package', 'n8n-nodes-fly'],
			'There is no package "n8n-nodes-fly". There are n8n-nodes-call',
		],
	])('says which packages there are: %j', async (args, sentence) => {
		const { code, output } = await check(...args);
		expect(output).toContain(sentence);
		expect(code).toBe(1);
	});

	test(
		'names everything that n8n or a user would turn down',
		async () => {
			writeFileSync(join(project, 'notes.txt'), 'not for users');
			writeFileSync(join(project, 'dist', 'huge.js'), `"${randomBytes(300_000).toString('hex')}"`);
			appendFileSync(join(project, 'dist/bundle.js'), "\nrequire('axios');\nconsole.log(1);\n");
			appendFileSync(
				join(project, 'nodes/shared/sending/clock.ts'),
				'\n// eslint-disable-next-line\nconsole.log(setTimeout);\n',
			);
			changeManifest(({ scripts, n8n }) => ({
				dependencies: { axios: '1.0.0' },
				files: ['dist', 'notes.txt'],
				scripts: { ...scripts, postinstall: 'node dist/huge.js' },
				n8n: { ...n8n, nodes: ['dist/nodes/Gone/Gone.node.js'] },
			}));
			const { code, output } = await check(
				'--package',
				'n8n-nodes-call-erasure',
				'--only',
				'contents,scanner',
			);

			for (const finding of [
				'The tarball holds notes.txt.',
				/The tarball has \d{3}\.\d KB, and at most 200\.0 KB are allowed/,
				'dist/bundle.js loads axios, which is not there',
				'package.json has dependencies.',
				'package.json has the script postinstall.',
				'package.json names dist/nodes/Gone/Gone.node.js, which the tarball does not hold',
				/nodes\/shared\/sending\/clock\.ts:\d+ .*\(no-console\)/,
				/nodes\/shared\/sending\/clock\.ts:\d+ .*setTimeout.*\(@n8n\/community-nodes\//,
				/dist\/bundle\.js:\d+ .*\(no-console\)/,
			]) {
				expect(output).toMatch(finding);
			}
			expect(output).toMatch(/\d+ findings: this is not ready to be released\./);
			expect(code).toBe(1);
		},
		timeout,
	);

	test(
		'turns down a single dependency, and a tag that is not the version; leaves nothing to publish',
		async () => {
			const earlier = join(project, 'build', 'release');
			mkdirSync(earlier, { recursive: true });
			writeFileSync(join(earlier, 'n8n-nodes-call-erasure-9.9.9.tgz'), 'of an earlier check');
			changeManifest(() => ({ dependencies: { axios: '1.0.0' } }));
			const { code, output } = await check('--only', 'contents,version', '--tag', 'v9.9.9');

			expect(output).toContain('NO  contents');
			expect(output).toContain('package.json has dependencies.');
			expect(output).toMatch(/The tag is v9\.9\.9 and package\.json says \d/);
			expect(code).toBe(1);
			expect(existsSync(earlier)).toBe(false);
		},
		timeout,
	);

	test(
		'turns down what an n8n-core cannot load',
		async () => {
			writeFileSync(join(project, 'dist/nodes/Verba/Verba.node.js'), 'throw new Error("cannot");');
			const { code, output } = await check(
				...['--package', 'n8n-nodes-call-erasure', '--only', 'install'],
				...core(2),
			);

			expect(output).toContain('NO  install');
			expect(code).toBe(1);
		},
		timeout,
	);
});

describe('Version, changelog and tag', () => {
	const changelog = '# Changelog\n\n## 1.3.0 (unreleased)\n\n## 1.2.0 - 2026-01-31\n';

	test.each([
		['a version that is being worked on', '1.3.0', undefined, 0],
		['a version with its tag and date', '1.2.0', 'v1.2.0', 0],
		['a version without a heading', '1.4.0', undefined, 1],
		['a version whose number another begins with', '1.2', undefined, 1],
		['another tag', '1.2.0', 'v1.2.1', 1],
		['a tag without the v', '1.2.0', '1.2.0', 1],
		['a release without a date', '1.3.0', 'v1.3.0', 1],
	])('%s', (_, version, tag, findings) => {
		const whole = { name: 'n8n-nodes-call-erasure', version, isWhole: true };
		expect(compareVersions(whole, changelog, tag)).toHaveLength(findings);
	});

	test.each([
		['its own tag', 'n8n-nodes-verba-erasure-v1.2.0', 0],
		['the tag of the whole package', 'v1.2.0', 1],
		['the tag of another package', 'n8n-nodes-creovai-erasure-v1.2.0', 1],
		['its own tag of another version', 'n8n-nodes-verba-erasure-v1.2.1', 1],
	])('of a package for one vendor: %s', (_, tag, findings) => {
		const single = { name: 'n8n-nodes-verba-erasure', version: '1.2.0', isWhole: false };
		expect(compareVersions(single, changelog, tag)).toHaveLength(findings);
	});

	test('every package has a tag of its own, and each tag is for one package', () => {
		expect(packages).toHaveLength(6);
		for (const each of packages) expect(packageOfTag(tagOf(each), packages)).toBe(each);
		for (const tag of ['1.2.3', 'verba-v1.2.3', 'n8n-nodes-verba-erasure-1.2.3', '']) {
			expect(() => packageOfTag(tag, packages)).toThrow('is for no package');
		}
	});
});

describe('The bill of materials', () => {
	const bill = {
		bomFormat: 'CycloneDX',
		metadata: { component: { purl: 'pkg:npm/n8n-nodes-call-erasure@1.0.0' } },
	};

	test('may list nothing beside the package', () => {
		expect(readBill({ ...bill, components: [] })).toEqual([]);
		expect(readBill({ ...bill, components: [{ purl: 'pkg:npm/axios@1.0.0' }] })).toEqual([
			'The bill of materials lists pkg:npm/axios@1.0.0. Users are to install nothing else',
		]);
	});

	test('has to be one', () => {
		expect(readBill({})).toHaveLength(1);
	});
});
