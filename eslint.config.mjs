import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/** The rules of the old plugin that n8n's package scanner leaves out as well. */
const rulesLeftOut = [
	'cred-class-field-documentation-url-miscased',
	'cred-class-field-type-options-password-missing',
	'node-class-description-inputs-wrong-regular-node',
	'node-class-description-outputs-wrong',
	'node-param-type-options-max-value-present',
];

function nodesBaseRules(set) {
	const rules = { ...n8nNodesBase.configs[set].rules };
	for (const rule of rulesLeftOut) delete rules[`n8n-nodes-base/${rule}`];
	return rules;
}

const nodesBase = { 'n8n-nodes-base': n8nNodesBase };

export default tseslint.config(
	{
		ignores: ['dist/', 'packages/*/dist/', 'build/', 'node_modules/', 'scripts/n8n/node_modules/'],
	},
	{
		files: ['**/*.ts'],
		extends: [...tseslint.configs.recommendedTypeChecked],
		languageOptions: {
			parserOptions: { project: './tsconfig.check.json', tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			'no-console': 'error',
			// A longer file says at its head why it is one.
			'max-lines': ['error', { max: 300 }],
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ varsIgnorePattern: '^_$', argsIgnorePattern: '^_$' },
			],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
		},
	},
	{
		files: ['package.json', 'packages/*/package.json', 'credentials/**/*.ts', 'nodes/**/*.ts'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
	},
	{
		files: ['package.json', 'packages/*/package.json'],
		plugins: nodesBase,
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: nodesBaseRules('community'),
	},
	{ files: ['credentials/**/*.ts'], plugins: nodesBase, rules: nodesBaseRules('credentials') },
	{ files: ['nodes/**/*.ts'], plugins: nodesBase, rules: nodesBaseRules('nodes') },
	{
		files: ['sandbox/**/*.ts', 'scripts/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'],
		rules: { 'no-console': 'off' },
	},
	{
		files: ['erasure/**/*.ts'],
		rules: {
			// The domain knows no vendor and no n8n: see docs/architecture.md.
			'no-restricted-imports': ['error', { patterns: ['../nodes/*', '**/nodes/**', 'n8n-*'] }],
		},
	},
);
