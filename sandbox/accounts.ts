import { generateKeyPairSync } from 'node:crypto';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Sandbox } from './sandbox';

/** The credentials that the sandbox accepts, by n8n credential type. */
export function sandboxAccounts(sandbox: Sandbox) {
	const { flyflow, creovai, kaleyra, happyRobot, verba } = sandbox;
	return {
		flyflowApi: { apiKey: flyflow.apiKey, baseUrl: `${sandbox.address('flyflow')}/v1` },
		creovaiOAuth2Api: {
			clientId: creovai.clientId,
			clientSecret: creovai.clientSecret,
			baseUrl: sandbox.address('creovai'),
			tokenBaseUrl: sandbox.address('creovai'),
		},
		kaleyraApi: {
			region: 'other',
			baseUrl: sandbox.address('kaleyra'),
			sid: kaleyra.sid,
			apiKey: kaleyra.apiKey,
		},
		happyRobotApi: {
			apiKey: happyRobot.apiKey,
			baseUrl: `${sandbox.address('happyRobot')}/api/v1`,
		},
		verbaApi: {
			baseUrl: `${sandbox.address('verba')}/api`,
			apiKey: verba.apiKey,
			user: verba.user,
			password: verba.password,
		},
	} satisfies Record<string, ICredentialDataDecryptedObject>;
}

export type SandboxAccounts = ReturnType<typeof sandboxAccounts>;

/** What people call these credentials in n8n's list, by n8n credential type. */
export const accountNames: Readonly<Record<keyof SandboxAccounts, string>> = {
	flyflowApi: 'Flyflow (sandbox)',
	creovaiOAuth2Api: 'Creovai (sandbox)',
	kaleyraApi: 'Kaleyra (sandbox)',
	happyRobotApi: 'HappyRobot (sandbox)',
	verbaApi: 'Verba (sandbox)',
};

/** Who may use the example workflows' forms, as n8n's Basic Auth credential. */
export const formLogin = { user: 'approver', password: 'demo-approver-password' } as const;

/** What whoever calls the example workflow's webhook has to send, as n8n's Header Auth credential. */
export const webhookKey = { name: 'x-erasure-key', value: 'demo-webhook-key' } as const;

/** Who signs the example workflows' certificates, as n8n's credential: with a key of this process alone. */
export const certificateIssuer = {
	issuer: 'https://privacy.example.com',
	privateKey: generateKeyPairSync('ed25519').privateKey.export({
		type: 'pkcs8',
		format: 'pem',
	}) as string,
} as const;
