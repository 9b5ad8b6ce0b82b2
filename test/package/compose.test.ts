import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

interface Service {
	readonly image: string;
	readonly profiles?: readonly string[];
	readonly command?: string | readonly string[];
	readonly build?: { readonly context: string };
	readonly restart?: string;
	readonly environment: Readonly<Record<string, string>>;
	readonly networks: readonly string[];
	readonly ports?: readonly string[];
	readonly volumes?: readonly string[];
	readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
	readonly healthcheck?: { readonly test: readonly string[] };
	readonly stop_grace_period?: string;
	readonly deploy: { readonly resources: { readonly limits: { readonly memory: string } } };
}

interface Compose {
	readonly services: Readonly<Record<string, Service>>;
	readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
	readonly volumes: Readonly<Record<string, unknown>>;
}

const folder = join(__dirname, '..', '..', 'deploy');
const text = readFileSync(join(folder, 'compose.yaml'), 'utf8');
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);
const n8nServices = ['main', 'webhook', 'worker'];

/** Variables of .env.example with what they are set to there. */
const example = new Map(
	readFileSync(join(folder, '.env.example'), 'utf8')
		.split('\n')
		.filter((line) => /^[A-Z]/.test(line))
		.map((line) => line.split('=', 2) as [string, string]),
);

/** `${NAME:?message}` and `${NAME:-preset}`, not `$$NAME`. */
const references = [...text.matchAll(/(?<!\$)\$\{([A-Z0-9_]+)(:[?-])?([^}]*)\}/g)].map(
	([, name = '', kind = '', rest = '']) => ({ name, kind, rest }),
);

describe('deploy/compose.yaml', () => {
	test('runs every process of queue mode, and what it needs', () => {
		expect(services.map(([name]) => name).sort()).toEqual(
			[...n8nServices, 'postgres', 'redis'].sort(),
		);
		expect(n8nServices.map((name) => compose.services[name]?.command)).toEqual([
			undefined,
			'webhook',
			'worker',
		]);
	});

	test('has one image with the package for every process of n8n, in the version that is tested', () => {
		const images = n8nServices.map((name) => compose.services[name]?.image);
		const manifest = join(__dirname, '..', '..', 'scripts', 'n8n', 'package.json');
		const { dependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as {
			dependencies: { n8n: string };
		};
		expect(new Set(images)).toEqual(new Set([`n8n-call-erasure:${dependencies.n8n}`]));
		const dockerfile = readFileSync(join(folder, 'Dockerfile'), 'utf8');
		expect(dockerfile).toContain(`FROM n8nio/n8n:${dependencies.n8n}\n`);
		const { version } = JSON.parse(
			readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'),
		) as { version: string };
		for (const file of [dockerfile, text, [...example.values()].join('\n')]) {
			expect(file).toContain(`/package/n8n-nodes-call-erasure-${version}.tgz`);
		}
	});

	test('lets the main process take the webhooks, without which a Stop reaches no worker', () => {
		for (const name of n8nServices) {
			expect(compose.services[name]?.environment).not.toHaveProperty(
				'N8N_DISABLE_PRODUCTION_MAIN_PROCESS',
			);
		}
		const started = services.filter(([, { profiles }]) => profiles === undefined);
		expect(started.map(([name]) => name)).not.toContain('webhook');
	});

	test('gives every process of n8n the same settings where they have to agree', () => {
		const [main, ...others] = n8nServices.map((name) => compose.services[name]?.environment ?? {});
		const shared = Object.keys(main ?? {}).filter((name) => name !== 'NODE_OPTIONS');
		expect(shared).toContain('N8N_ENCRYPTION_KEY');
		for (const other of others) {
			for (const name of shared) expect([name, other[name]]).toEqual([name, main?.[name]]);
		}
	});

	test.each(services)('%s is watched, limited and started again', (_, service) => {
		expect(service.restart).toBe('unless-stopped');
		expect(service.healthcheck?.test[0]).toBe('CMD');
		expect(service.stop_grace_period).toMatch(/^\d+s$/);
		expect(service.deploy.resources.limits.memory).toMatch(/^\d+M$/);
	});

	test('lets a worker finish before it is killed', () => {
		const { environment, stop_grace_period: grace } = compose.services.worker as Service;
		const allowed = Number(environment.N8N_GRACEFUL_SHUTDOWN_TIMEOUT);
		expect(Number.parseInt(grace ?? '', 10)).toBeGreaterThan(allowed);
	});

	test('refers to nothing that is not there', () => {
		for (const [, { depends_on: needed = {}, networks, volumes = [] }] of services) {
			expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(Object.keys(needed)));
			expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining([...networks]));
			const named = volumes.map((volume) => volume.split(':')[0]);
			expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(named));
		}
	});

	test('opens no port beyond this machine, and none of the stores', () => {
		for (const [name, { ports = [], networks }] of services) {
			for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
			if (name === 'postgres' || name === 'redis') {
				expect(ports).toEqual([]);
				expect(networks.map((network) => compose.networks[network]?.internal)).toEqual([true]);
			}
		}
	});

	test('takes every variable from .env, which names each of them', () => {
		const names = [...new Set(references.map(({ name }) => name))];
		expect(names.sort()).toEqual([...example.keys()].sort());
	});

	test('has no preset for a secret, and no secret in .env.example', () => {
		const secrets = references.filter(({ name }) => /KEY|PASSWORD/.test(name));
		expect(new Set(secrets.map(({ name }) => name))).toEqual(
			new Set(['N8N_ENCRYPTION_KEY', 'POSTGRES_PASSWORD', 'REDIS_PASSWORD']),
		);
		for (const { name, kind, rest } of secrets) {
			expect([kind, rest]).toEqual([':?', `Set ${name} in .env`]);
			expect(example.get(name)).toBe('');
		}
		const written = services.flatMap(([, { environment }]) => Object.entries(environment));
		for (const [name, value] of written) {
			if (/KEY|PASSWORD|AUTH$/.test(name)) expect(value).toMatch(/^\$\{/);
		}
	});

	// It needs no engine, but not every machine has it.
	if (spawnSync('docker', ['compose', 'version']).status === 0) {
		test('is what docker compose understands', () => {
			const env = { ...process.env };
			for (const [name, value] of example) env[name] = value || 'https://example.com/';
			execFileSync('docker', ['compose', 'config', '--quiet'], { cwd: folder, env });
		});
	}
});
