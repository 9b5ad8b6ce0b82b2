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
	readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
	readonly steps: readonly Step[];
}

interface Workflow {
	readonly on: Readonly<Record<string, unknown>>;
	readonly permissions: Readonly<Record<string, string>>;
	readonly jobs: Readonly<Record<string, Job>>;
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
		expect(commands[0]).toBe('git merge-base --is-ancestor "$GITHUB_SHA" origin/main');
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
