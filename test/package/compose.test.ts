import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

interface Service {
	readonly image: string;
	readonly user?: string;
	readonly profiles?: readonly string[];
	readonly command?: string | readonly string[];
	readonly restart?: string;
	readonly environment?: Readonly<Record<string, string>>;
	readonly secrets?: readonly string[];
	readonly networks?: readonly string[];
	readonly ports?: readonly string[];
	readonly volumes?: readonly string[];
	readonly tmpfs?: readonly string[];
	readonly read_only?: boolean;
	readonly cap_drop?: readonly string[];
	readonly cap_add?: readonly string[];
	readonly privileged?: boolean;
	readonly security_opt?: readonly string[];
	readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
	readonly healthcheck?: { readonly test: readonly string[] };
	readonly stop_grace_period?: string;
	readonly deploy: { readonly resources: { readonly limits: { readonly memory: string } } };
}

interface Compose {
	readonly name: string;
	readonly services: Readonly<Record<string, Service>>;
	readonly secrets: Readonly<Record<string, { readonly file: string }>>;
	readonly networks?: Readonly<Record<string, { readonly internal?: boolean } | null>>;
	readonly volumes: Readonly<Record<string, unknown>>;
}

const root = join(__dirname, '..', '..');
const folder = join(root, 'deploy');

const files = readdirSync(folder)
	.filter((name) => /^compose.*\.yaml$/.test(name))
	.map((name) => {
		const text = readFileSync(join(folder, name), 'utf8');
		const compose = parse(text, { merge: true }) as Compose;
		return { name, text, compose, services: Object.entries(compose.services) };
	});

const fileNamed = (name: string) => files.find((file) => file.name === name)!;

/** Variables of .env.example with what they are set to there. */
const example = new Map(
	readFileSync(join(folder, '.env.example'), 'utf8')
		.split('\n')
		.filter((line) => /^[A-Z]/.test(line))
		.map((line) => line.split('=', 2) as [string, string]),
);

/** `${NAME:?message}` and `${NAME:-preset}`, not `$$NAME`. */
function referencesIn(text: string) {
	return [...text.matchAll(/(?<!\$)\$\{([A-Z0-9_]+)(:[?-])?([^}]*)\}/g)].map(
		([, name = '', kind = '', rest = '']) => ({ name, kind, rest }),
	);
}

const manifest = JSON.parse(readFileSync(join(root, 'scripts', 'n8n', 'package.json'), 'utf8')) as {
	dependencies: { n8n: string };
};

const isN8n = ({ image }: Service) => image.startsWith('n8nio/n8n:');

/** The mount of the package that npm has put into deploy/nodes, where n8n looks for it. */
const packageMount = './nodes:/home/node/.n8n/nodes:ro';

describe.each(files)('deploy/$name', ({ text, compose, services }) => {
	test('runs n8n in the version that is tested, with the package mounted into every process', () => {
		const n8n = services.filter(([, service]) => isN8n(service));
		expect(n8n.length).toBeGreaterThan(0);
		for (const [, { image, volumes }] of n8n) {
			expect(image).toBe(`n8nio/n8n:${manifest.dependencies.n8n}`);
			expect(volumes).toContain(packageMount);
		}
	});

	test.each(services)(
		'%s is of a version, and the file says how to pin what was pulled',
		(_, { image }) => {
			expect(image).toMatch(/^[\w/]+:\d+(\.\d+)*(-alpine)?$/);
			expect(text).toContain(`{{index .RepoDigests 0}}' n8nio/n8n:${manifest.dependencies.n8n}\``);
			// A digest that nobody has looked up would be one that nobody can check.
			expect(text).not.toMatch(/@sha256:/);
		},
	);

	test.each(services)('%s has no more rights than it needs', (_, service) => {
		expect(service.cap_drop).toEqual(['ALL']);
		expect(service.cap_add).toBeUndefined();
		expect(service.privileged).toBeUndefined();
		expect(service.security_opt).toEqual(['no-new-privileges:true']);
		expect(service.read_only).toBe(true);
		// Without the right to change users, an image that starts as root has to be told its own.
		if (!isN8n(service)) expect(service.user).toMatch(/^(postgres|redis)$/);
	});

	test.each(services)('%s can write where it has to, and nowhere else', (_, service) => {
		const writable = [
			...(service.tmpfs ?? []).map((mount) => mount.split(':')[0]),
			...(service.volumes ?? [])
				.filter((mount) => !mount.endsWith(':ro'))
				.map((mount) => mount.split(':')[1]),
		];
		const needed: Record<string, readonly string[]> = {
			n8nio: ['/tmp', '/home/node/.cache', '/home/node/.n8n'],
			postgres: ['/tmp', '/var/run/postgresql', '/var/lib/postgresql/data'],
			redis: ['/data'],
		};
		const [name = ''] = /^\w+/.exec(service.image) ?? [];
		expect(writable.sort()).toEqual([...(needed[name] ?? [])].sort());
	});

	test.each(services)('%s gets its secrets from files', (_, service) => {
		const { environment = {}, secrets = [] } = service;
		for (const [name, value] of Object.entries(environment)) {
			if (!/KEY|PASSWORD|AUTH/.test(name)) continue;
			expect(name).toMatch(/_FILE$/);
			expect(secrets.map((secret) => `/run/secrets/${secret}`)).toContain(value);
		}
		if (isN8n(service)) expect(environment).toHaveProperty('N8N_ENCRYPTION_KEY_FILE');
		for (const secret of secrets) {
			expect(compose.secrets[secret]?.file).toBe(`./secrets/${secret}`);
		}
	});

	test.each(services)('%s is watched, limited and started again', (_, service) => {
		expect(service.restart).toBe('unless-stopped');
		expect(service.healthcheck?.test[0]).toMatch(/^CMD(-SHELL)?$/);
		expect(service.stop_grace_period).toMatch(/^\d+s$/);
		expect(service.deploy.resources.limits.memory).toMatch(/^\d+M$/);
	});

	test('refers to nothing that is not there', () => {
		for (const [, { depends_on: needed = {}, networks = [], volumes = [] }] of services) {
			expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(Object.keys(needed)));
			expect(Object.keys(compose.networks ?? {})).toEqual(expect.arrayContaining([...networks]));
			const named = volumes.map((volume) => volume.split(':')[0] ?? '');
			const own = named.filter((name) => !name.startsWith('./'));
			expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(own));
		}
	});

	test('opens no port beyond this machine', () => {
		for (const [, { ports = [] }] of services) {
			for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
		}
	});

	test('lets no one install packages that n8n has not verified, without which this one loads', () => {
		for (const [, service] of services.filter(([, one]) => isN8n(one))) {
			expect(service.environment).toMatchObject({ N8N_UNVERIFIED_PACKAGES_ENABLED: 'false' });
		}
	});

	// It needs no engine, but not every machine has it.
	if (spawnSync('docker', ['compose', 'version']).status === 0) {
		test('is what docker compose understands', () => {
			const env = { ...process.env };
			for (const [name, value] of example) env[name] = value || 'https://example.com/';
			const file = fileNamed(
				compose.name === 'n8n-call-erasure' ? 'compose.yaml' : 'compose.queue.yaml',
			);
			const args = ['compose', '--file', file.name, 'config', '--quiet'];
			execFileSync('docker', args, { cwd: folder, env });
		});
	}
});

describe('deploy/', () => {
	test('has one file for one process, and one for queue mode, which do not meet', () => {
		expect(files.map(({ name }) => name).sort()).toEqual(['compose.queue.yaml', 'compose.yaml']);
		expect(new Set(files.map(({ compose }) => compose.name)).size).toBe(2);
	});

	test('takes every variable from .env, which names each of them', () => {
		const names = new Set(files.flatMap(({ text }) => referencesIn(text).map(({ name }) => name)));
		expect([...names].sort()).toEqual([...example.keys()].sort());
	});

	test('has no secret in .env, and keeps secrets and what is installed out of the repository', () => {
		for (const name of example.keys()) expect(name).not.toMatch(/KEY|PASSWORD|SECRET|TOKEN/);
		for (const one of ['secrets', 'nodes']) {
			expect(readFileSync(join(folder, one, '.gitignore'), 'utf8')).toBe('*\n!.gitignore\n');
		}
	});

	test('does not start without the addresses', () => {
		for (const { text } of files) {
			const needed = referencesIn(text).filter(({ name }) => name.endsWith('_URL'));
			expect(needed).toHaveLength(2);
			for (const { name, kind, rest } of needed) {
				expect([kind, rest]).toEqual([':?', `Set ${name} in .env`]);
				expect(example.get(name)).toBe('');
			}
		}
	});
});

describe('deploy/compose.yaml', () => {
	const { compose } = fileNamed('compose.yaml');

	test('is one process, which keeps what it has in a volume', () => {
		expect(Object.keys(compose.services)).toEqual(['n8n']);
		expect(compose.services.n8n?.volumes).toContain('data:/home/node/.n8n');
	});

	test('lets it finish before it is killed', () => {
		const { environment, stop_grace_period: grace = '' } = compose.services.n8n!;
		const allowed = Number(environment?.N8N_GRACEFUL_SHUTDOWN_TIMEOUT);
		expect(Number.parseInt(grace, 10)).toBeGreaterThan(allowed);
	});
});

describe('deploy/compose.queue.yaml', () => {
	const { compose, services } = fileNamed('compose.queue.yaml');
	const n8nServices = ['main', 'webhook', 'worker'];

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
		expect(shared).toContain('N8N_ENCRYPTION_KEY_FILE');
		for (const other of others) {
			for (const name of shared) expect([name, other[name]]).toEqual([name, main?.[name]]);
		}
	});

	test('lets a worker finish before it is killed', () => {
		const { environment, stop_grace_period: grace } = compose.services.worker!;
		const allowed = Number(environment?.N8N_GRACEFUL_SHUTDOWN_TIMEOUT);
		expect(Number.parseInt(grace ?? '', 10)).toBeGreaterThan(allowed);
	});

	test('lets nobody reach the stores from elsewhere', () => {
		for (const name of ['postgres', 'redis']) {
			const { ports = [], networks = [] } = compose.services[name]!;
			expect(ports).toEqual([]);
			expect(networks.map((network) => compose.networks?.[network]?.internal)).toEqual([true]);
		}
	});
});
