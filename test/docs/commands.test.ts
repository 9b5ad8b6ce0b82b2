import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

import { projects } from '../../jest.config.js';

import { webhookKey } from '../../sandbox/accounts';
import { readPackages } from '../../scripts/build/packages';
import { blocksOf, inlineCodeOf, pages, root } from './pages';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

const tarballNames = readPackages(root).map(({ name, version }) => `${name}-${version}`);

/** npm's own commands, which need no script. */
const ofNpm = /^(audit signatures|install|pack|publish|sbom|uninstall)\b/;

/** The files that read what stands after `--`. */
const readers: Readonly<Record<string, string>> = {
	bench: 'bench/bench.ts',
	'bench:queue': 'bench/queue.ts',
	start: 'scripts/start.mjs',
	'start:queue': 'scripts/start.mjs',
	'release:check': 'scripts/release/check.ts',
	'test:install': 'scripts/release/check.ts',
	'workflows:move': 'scripts/workflows/moveCommand.ts',
};

/** Their commands are carried out: test/unit/certificate/pages.test.ts. */
const carriedOut = new Set(['docs/certificate.md', 'docs/verify.md']);

/** The sender of docs/requests.md is started by it: test/server/requests/senderOfThePage.ts. */
const ofSender = /^ERASURE_URL=… ERASURE_SECRET=whsec_… node send\.mjs /;

/** Shell commands of the fenced blocks, and those that stand in a sentence or a table. */
const commands = pages.flatMap((page) => {
	if (carriedOut.has(page.path)) return [];
	const fenced = blocksOf(page)
		.filter(({ language }) => /^(sh|bash|shell|console)$/.test(language))
		.flatMap(({ text }) => text.replace(/\\\n\s*/g, '').split('\n'));
	const inline = inlineCodeOf(page).filter((code) =>
		/^([A-Z][A-Z0-9_]*=\S+ )*(npm|npx|node|curl|docker) \S/.test(code),
	);
	return [...fenced, ...inline]
		.flatMap((line) => line.replace(/^\$ /, '').split(' && '))
		.filter((line) => line !== '' && !line.startsWith('#') && !ofSender.test(line))
		.map((command) => [page.path, command] as const);
});

test('the pages hold commands', () => {
	expect(commands.length).toBeGreaterThan(10);
});

describe('A command on a page exists', () => {
	test.each(commands)('%s: %s', (_, command) => {
		expect(complaintOf(command)).toBeUndefined();
	});
});

describe('The search for commands that do not exist', () => {
	test.each([
		'npm run shred',
		'npm shred',
		'npm start -- --twice',
		'npm run bench -- --twice',
		'npm test -- --selectProjects moon',
		'npm test -- test/engine/moon',
		'NO_SUCH_VARIABLE=1 npm test',
		'npx moon',
		'npx jest test/moon.test.ts',
		'node scripts/moon.mjs',
		"curl -X POST http://localhost:5678/webhook/moon -H 'x-erasure-key: demo-webhook-key' -d '{}'",
		'npm install --prefix ~/.n8n/nodes ./n8n-nodes-call-erasure-0.0.1.tgz',
		'mkdir -p ~/.n8n/moon',
		'docker restart moon',
		'docker exec -u node n8n sh -c "mkdir -p ~/moon"',
		'docker compose up moon',
		'docker compose --file moon.yaml up',
		'docker compose up worker',
		'docker compose shred',
		'cd moon',
		'rm -rf /',
	])('finds %s', (command) => {
		expect(complaintOf(command)).toEqual(expect.any(String));
	});
});

/** @returns why the command cannot work; undefined if nothing is known against it */
function complaintOf(command: string): string | undefined {
	const [, settings = '', program = '', rest = ''] =
		/^((?:[A-Z][A-Z0-9_]*=\S+ )*)(\S+) ?(.*)$/.exec(command) ?? [];
	const unknown = settings
		.split(' ')
		.map((setting) => setting.replace(/=.*/, ''))
		.find((name) => name !== '' && !isReadSomewhere(name));
	if (unknown !== undefined) return `nothing reads ${unknown}`;
	switch (program) {
		case 'npm':
			return complaintOfNpm(rest);
		case 'npx':
			return complaintOfNpx(rest);
		case 'node':
			return complaintOfPaths(rest);
		case 'curl':
			return complaintOfCurl(rest);
		case 'docker':
			return complaintOfDocker(rest);
		case 'openssl':
		case 'chmod':
			return complaintOfSecrets(rest);
		case 'mkdir':
			return rest === '-p ~/.n8n/nodes' ? undefined : 'n8n looks for packages in ~/.n8n/nodes';
		case 'cd':
			return existsSync(join(root, rest)) ? undefined : `there is no ${rest}`;
		default:
			return `let this test know what ${program} is`;
	}
}

function complaintOfNpm(rest: string): string | undefined {
	const [words = '', given = ''] = rest.split(/ -- ?/);
	const [first = '', second = ''] = words.replace(/(^| )(-s|--silent)(?= |$)/g, '').split(' ');
	const tarballs = [...rest.matchAll(/([\w.-]+)\.tgz/g)].map(([, file]) => file);
	const stale = tarballs.find((file) => !tarballNames.includes(file ?? ''));
	if (stale !== undefined) return `there is no ${stale}.tgz`;
	const script = first === 'run' ? second : first;
	if (!(script in scripts)) {
		return first !== 'run' && ofNpm.test(rest) ? undefined : `there is no script ${script}`;
	}
	if (script === 'test') return complaintOfJest(given);
	const reader = readers[script];
	const options = [...given.matchAll(/--([a-z-]+)/g)].map(([, option = '']) => option);
	const missing = options.find((option) => !isOption(reader, option));
	return missing === undefined ? undefined : `${script} does not read --${missing}`;
}

function isOption(reader: string | undefined, option: string): boolean {
	const reads = new RegExp(`\\b${option}: \\{ type:|'--${option}'`);
	return reader !== undefined && reads.test(read(reader));
}

function complaintOfNpx(rest: string): string | undefined {
	const [program = '', ...others] = rest.split(' ');
	if (!existsSync(join(root, 'node_modules', '.bin', program))) return `there is no ${program}`;
	return program === 'jest'
		? complaintOfJest(others.join(' '))
		: complaintOfPaths(others.join(' '));
}

function complaintOfJest(given: string): string | undefined {
	const known = (projects as unknown as ReadonlyArray<{ displayName: string }>).map(
		({ displayName }) => displayName,
	);
	const [, named = ''] = /--selectProjects ((?:'[^']*' ?|[^\s-]\S* ?)+)/.exec(given) ?? [];
	const asked = [...named.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare);
	const missing = asked.find((name) => !known.includes(name ?? ''));
	return missing === undefined ? complaintOfPaths(given) : `there is no project ${missing}`;
}

/** Paths may name a vendor in brackets, and the beginning of a test's name. */
function complaintOfPaths(text: string): string | undefined {
	const paths = [...text.matchAll(/(?:test|scripts|sandbox|bench)\/[\w./<>-]+/g)];
	return paths
		.map(([path]) => path.replace('<vendor>', 'flyflow'))
		.filter((path) => {
			const folder = join(root, path, '..');
			const name = path.split('/').at(-1) ?? '';
			return !existsSync(folder) || !readdirSync(folder).some((file) => file.startsWith(name));
		})
		.map((path) => `there is no ${path}`)[0];
}

/**
 * Docker's commands for the container of n8n's own instructions, and those of Compose that the pages
 * use, for services that the compose file has.
 */
function complaintOfDocker(rest: string): string | undefined {
	const [, inContainer] = /^exec -u node n8n sh -c "(.*)"?$/.exec(rest) ?? [];
	if (inContainer !== undefined) return complaintOf(inContainer);
	if (/^(cp \S+ n8n:\/tmp\/|restart n8n|exec --detach n8n node -e "[^"]+")$/.test(rest)) {
		return undefined;
	}
	if (/^image inspect --format '[^']+' n8nio\/n8n:\S+$/.test(rest)) return undefined;
	const [, file = 'compose.yaml', given] =
		/^compose (?:--file (\S+) )?(?:build|config|kill|restart|stop|up)\b(.*)$/.exec(rest) ?? [];
	if (given === undefined) return `let this test know what docker ${rest} is`;
	if (!existsSync(join(root, 'deploy', file))) return `there is no deploy/${file}`;
	const { services } = parse(read(join('deploy', file)), { merge: true }) as { services: object };
	const words = given.split(' ').filter((word) => word !== '' && !word.startsWith('--'));
	const missing = words.find((word) => !Object.keys(services).includes(word));
	return missing === undefined ? undefined : `there is no service ${missing}`;
}

/** Secrets are files in the folder that the compose files name. */
function complaintOfSecrets(rest: string): string | undefined {
	const isKnown =
		/^(700 deploy\/secrets|444 deploy\/secrets\/\*|rand -hex 32 \| tr -d '\\n' > deploy\/secrets\/n8n_encryption_key)$/;
	return isKnown.test(rest) ? undefined : 'the compose files name secrets in deploy/secrets';
}

/** A call of a webhook is held against the example workflows: path, key and fields of the body. */
function complaintOfCurl(rest: string): string | undefined {
	const [, path] = /\/webhook\/([\w/-]+)/.exec(rest) ?? [];
	if (path === undefined)
		return /https?:\/\/(localhost|127\.0\.0\.1)/.test(rest) ? undefined : 'where to?';
	const workflow = readdirSync(join(root, 'workflows'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.json'))
		.map((file) => read(join('workflows', file)))
		.find((text) => text.includes(`"path": "${path}"`));
	if (workflow === undefined) return `no example workflow listens at ${path}`;
	if (
		workflow.includes('headerAuth') &&
		![webhookKey.value, '…'].some((key) => rest.includes(`'${webhookKey.name}: ${key}'`))
	) {
		return `the webhook asks for ${webhookKey.name}`;
	}
	const [, body] = /(?:-d|--data|--json) '([^']*)'/.exec(rest) ?? [];
	const fields = Object.keys(JSON.parse(body ?? '{}') as object);
	const unread = fields.find((field) => !workflow.includes(`body.${field}`));
	return unread === undefined ? undefined : `the workflow does not read ${unread}`;
}

function isReadSomewhere(name: string): boolean {
	return ['test', 'scripts', 'bench']
		.filter((folder) => existsSync(join(root, folder)))
		.flatMap((folder) =>
			readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
				.filter((file) => /\.(ts|mjs|js)$/.test(file))
				.map((file) => read(join(folder, file))),
		)
		.some((text) => text.includes(`env.${name}`) || text.includes(`{ ${name}`));
}
