import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

import { readPackages } from '../../scripts/build/packages';
import { tagOf } from '../../scripts/release/tag';

const root = join(__dirname, '..', '..');
const folder = join(root, '.github', 'workflows');

const packages = readPackages(root);

interface Step {
	readonly uses?: string;
	readonly run?: string;
	readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
	readonly needs?: string | readonly string[];
	readonly environment?: string;
	readonly permissions?: Readonly<Record<string, string>>;
	readonly 'timeout-minutes'?: number;
	readonly 'continue-on-error'?: string;
	readonly env?: Readonly<Record<string, string>>;
	readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
	readonly steps: readonly Step[];
}

interface Workflow {
	readonly on: Readonly<Record<string, unknown>>;
	readonly permissions: Readonly<Record<string, string>>;
	readonly jobs: Readonly<Record<string, Job>>;
}

interface Dependabot {
	readonly updates: ReadonlyArray<{
		readonly directory?: string;
		readonly directories?: readonly string[];
	}>;
}

const read = (name: string) => parse(readFileSync(join(folder, name), 'utf8')) as Workflow;

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	scripts: Record<string, string>;
};

describe.each(readdirSync(folder))('%s', (name) => {
	const text = readFileSync(join(folder, name), 'utf8');
	const { jobs, permissions } = read(name);
	const steps = Object.values(jobs).flatMap((job) => job.steps);

	test('pins every action by its commit, and says which version that is', () => {
		const uses = text.split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
		expect(uses).toHaveLength(steps.filter((step) => step.uses !== undefined).length);
		expect(uses.length).toBeGreaterThan(0);
		for (const line of uses) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	});

	test('permits no more than reading unless a job says so', () => {
		expect(Object.values(permissions).filter((access) => access !== 'read')).toEqual([]);
		expect(permissions).toBeDefined();
	});

	test('leaves no credentials in the checkout', () => {
		const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
		expect(checkouts.length).toBeGreaterThan(0);
		for (const step of checkouts) expect(step.with?.['persist-credentials']).toBe(false);
	});

	test('puts nothing from outside into a shell, and ends by itself', () => {
		expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
		for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
	});

	test('runs scripts that exist', () => {
		const named = steps.flatMap(({ run = '' }) =>
			[...run.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script),
		);
		expect(named.filter((script) => !(script in scripts))).toEqual([]);
	});
});

describe('Checks', () => {
	const { on, jobs } = read('ci.yml');

	test('run for every change, on the oldest and the newest Node', () => {
		expect(Object.keys(on).sort()).toEqual(['pull_request', 'push']);
		expect(jobs.test?.strategy?.matrix.node).toEqual(['20.19', '24']);
		expect(jobs.test?.steps.map(({ run }) => run)).toEqual(
			expect.arrayContaining(['.ci/run', 'npm run release:check']),
		);
	});
});

describe("n8n's images", () => {
	const { on, jobs } = read('images.yml');
	const job = jobs.server;
	const commands = job?.steps.map(({ run = '' }) => run) ?? [];
	const majors = job?.strategy?.matrix.n8n ?? [];

	test('are tried every week, and whenever this is changed', () => {
		expect(Object.keys(on).sort()).toEqual(['pull_request', 'schedule', 'workflow_dispatch']);
	});

	test('are those of 2 and 3, by a tag that Dependabot raises', () => {
		expect(majors).toEqual(['2', '3']);
		const folders = majors.map((major) => `/.github/images/${major}`);
		for (const [index, at] of folders.entries()) {
			const dockerfile = readFileSync(join(root, at, 'Dockerfile'), 'utf8');
			expect(dockerfile).toMatch(
				new RegExp(`^FROM n8nio/n8n:${majors[index]}\\.\\d+\\.\\d+$`, 'm'),
			);
		}
		const { updates } = parse(
			readFileSync(join(root, '.github', 'dependabot.yml'), 'utf8'),
		) as Dependabot;
		const watched = updates.find(({ directories }) => directories?.includes(folders[0] ?? ''));
		expect(watched).toMatchObject({
			'package-ecosystem': 'docker',
			directories: folders,
			ignore: [{ 'dependency-name': 'n8nio/n8n', 'update-types': ['version-update:semver-major'] }],
		});
		const inCompose = updates.find(({ directory }) => directory === '/deploy');
		expect(inCompose).toMatchObject({
			'package-ecosystem': 'docker-compose',
			ignore: [{ 'dependency-name': 'n8nio/n8n' }],
		});
	});

	test('get the package mounted, not installed, and run every server test', () => {
		const start = commands.find((run) => run.includes('docker run')) ?? '';
		expect(start).toContain('/deploy/nodes:/home/node/.n8n/nodes:ro');
		expect(start).toContain('--network host');
		expect(start).toContain('N8N_UNVERIFIED_PACKAGES_ENABLED=false');
		expect(commands).toContain('npm test -- --runInBand --selectProjects server');
		expect(Object.keys(job?.env ?? {})).toEqual(
			expect.arrayContaining(['N8N_URL', 'N8N_EMAIL', 'N8N_PASSWORD']),
		);
	});

	test('hold nobody up on 3 alone, on which nothing was run', () => {
		expect(job?.['continue-on-error']).toBe("${{ matrix.n8n == '3' }}");
	});
});

describe('Publishing', () => {
	const { on, jobs } = read('publish.yml');

	test('needs a tag, and nothing else starts it', () => {
		expect(on).toEqual({ push: { tags: ['v*', 'n8n-nodes-*-erasure-v*'] } });
	});

	test.each(packages.map((each) => [tagOf(each)]))('is started by %s', (tag) => {
		const { tags } = on.push as { tags: string[] };
		const matching = tags.filter((pattern) =>
			new RegExp(`^${pattern.replaceAll('*', '[^/]*')}$`).test(tag),
		);
		expect(matching).toHaveLength(1);
	});

	test('comes after every check, with the tag held against version and changelog', () => {
		expect(jobs.publish?.needs).toBe('check');
		const commands = jobs.check?.steps.map(({ run }) => run);
		expect(commands).toContain('.ci/run');
		expect(commands).toContain('npm run release:check -- --tag "$GITHUB_REF_NAME"');
	});

	test('takes no tag that is not on main', () => {
		const checkout = jobs.check?.steps.find(({ uses }) => uses?.startsWith('actions/checkout@'));
		expect(checkout?.with?.['fetch-depth']).toBe(0);
		const commands = jobs.check?.steps.flatMap(({ run = [] }) => run) ?? [];
		expect(commands[0]).toBe('git merge-base --is-ancestor "$GITHUB_SHA" refs/remotes/origin/main');
	});

	test('gives each job what it needs and no more, and asks a person first', () => {
		expect(
			Object.fromEntries(Object.entries(jobs).map(([job, { permissions }]) => [job, permissions])),
		).toEqual({
			check: { contents: 'read' },
			publish: { 'id-token': 'write' },
			release: { contents: 'write' },
		});
		expect(jobs.publish?.environment).toBe('npm');
	});

	test('publishes the tarball that was checked, and builds and installs nothing anew', () => {
		const kept = jobs.check?.steps.at(-1);
		expect(kept?.uses).toMatch(/^actions\/upload-artifact@/);
		expect(kept?.with).toMatchObject({ name: 'release', path: 'build/release' });
		for (const job of [jobs.publish, jobs.release]) {
			const steps = job?.steps ?? [];
			const taken = steps.filter(({ uses }) => uses?.startsWith('actions/download-artifact@'));
			expect(taken.map((step) => step.with)).toEqual([{ name: 'release' }]);
			expect(steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))).toEqual([]);
			expect(steps.flatMap(({ run = [] }) => run)).toHaveLength(1);
		}
		expect(jobs.publish?.steps.at(-1)?.run).toMatch(/^npm publish \.\/\*\.tgz /);
	});

	test('publishes with provenance and without a token', () => {
		const publishes = jobs.publish?.steps.filter(({ run }) => run?.startsWith('npm publish'));
		expect(publishes).toHaveLength(1);
		expect(publishes?.[0]?.run).toContain('--provenance');
		expect(readFileSync(join(folder, 'publish.yml'), 'utf8')).not.toContain('secrets.');
	});

	test('attaches that tarball and its bill of materials to the release', () => {
		const [command] = jobs.release?.steps.flatMap(({ run = [] }) => run) ?? [];
		expect(command).toContain(' ./*.tgz ./*.cdx.json ');
	});
});
