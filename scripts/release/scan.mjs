/**
 * The rules by which n8n scans a community package: those of its @n8n/scan-community-package as its
 * source stood in August 2026 (packages/@n8n/scan-community-package in n8n-io/n8n). It lints the source of the commit
 * that the provenance names and, once more, what the tarball holds; comments that switch rules off
 * count in neither. It also demands provenance, which only the publishing workflow can give, and
 * looks for malware by the rules of GuardDog, which are not run here.
 */
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { ESLint } from 'eslint';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const { parser } = tseslint;

/** Rules of the old plugin that the scanner switches off, since newer ones do better. */
const leftOut = [
	'cred-class-field-documentation-url-miscased',
	'cred-class-field-type-options-password-missing',
	'node-class-description-inputs-wrong-regular-node',
	'node-class-description-outputs-wrong',
	'node-param-type-options-max-value-present',
];

function oldRules(set) {
	const off = leftOut.map((rule) => [`n8n-nodes-base/${rule}`, 'off']);
	return { ...n8nNodesBase.configs[set].rules, ...Object.fromEntries(off) };
}

const scannerRules = [
	n8nCommunityNodesPlugin.configs.recommended,
	{ plugins: { 'n8n-nodes-base': n8nNodesBase }, rules: { 'no-console': 'error' } },
	{ files: ['**/*.json', '**/*.ts'], languageOptions: { parser } },
	{ files: ['package.json'], rules: oldRules('community') },
	{ files: ['**/credentials/**/*.ts'], rules: oldRules('credentials') },
	{ files: ['**/nodes/**/*.ts'], rules: oldRules('nodes') },
].flat();

const source = ['package.json', '{credentials,nodes}/**/*.{js,json,ts}'];
const packed = ['package.json', '**/*.js'];

/** @type {import('./subject').Check} */
export async function checkByScannersRules({ package: { folder }, unpacked }) {
	// A package in packages/ has no source of its own there: that is scanned with the whole one.
	const [inSource, inTarball] = [await scan(folder, source), await scan(unpacked, packed)];
	return {
		summary: `${inSource.files} source files and ${inTarball.files} files of the tarball, by the rules of n8n's scanner`,
		findings: [...inSource.findings, ...inTarball.findings],
	};
}

async function scan(folder, patterns) {
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: scannerRules,
		errorOnUnmatchedPattern: false,
		// Scanned as well, although ESLint passes it by on its own.
		ignorePatterns: ['!dist/', '!**/dist/'],
	});
	const results = await eslint.lintFiles(patterns);
	return {
		files: results.length,
		findings: results.flatMap(({ filePath, messages }) =>
			messages
				.filter(({ severity }) => severity === 2)
				.map(
					({ line, message, ruleId }) =>
						`${filePath.slice(folder.length + 1)}:${line} ${message} (${ruleId ?? 'not readable'})`,
				),
		),
	};
}
