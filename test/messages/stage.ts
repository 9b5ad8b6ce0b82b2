import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunction,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import type { Clock } from '../../erasure/clock';
import { recordByRecord } from '../../erasure/exchange';
import type { Verdict } from '../../erasure/outcome';
import { notDocumented } from '../../erasure/reading';
import type { Reply } from '../../erasure/reply';
import { settle } from '../../erasure/run';
import { send, type KeyCredential } from '../../nodes/shared/sending/send';
import { sandboxAccounts } from '../../sandbox/accounts';
import type { Fault } from '../../sandbox/faults/faults';
import { Sandbox } from '../../sandbox/sandbox';
import { pressTest, testCredential } from '../engine/credentialTest';
import {
	credentialType,
	runNode,
	searchList,
	type RunOptions,
	type RunResult,
} from '../engine/engine';

/** A message as a user met it, and the input item that it came with. */
export interface Met {
	readonly text: string;
	readonly item?: number | undefined;
}

export type Credentials = keyof ReturnType<typeof sandboxAccounts>;

interface Changes extends Partial<Omit<RunOptions, 'credentials' | 'parameters' | 'type'>> {
	/** Fields of the credential that differ from the sandbox's. */
	readonly account?: ICredentialDataDecryptedObject;
}

const credentialOf: Readonly<Record<string, Credentials>> = {
	creovai: 'creovaiOAuth2Api',
	flyflow: 'flyflowApi',
	happyRobot: 'happyRobotApi',
	kaleyra: 'kaleyraApi',
	verba: 'verbaApi',
};

/** Nodes in n8n's engine next to a sandbox, and what they say. */
export class Stage {
	private constructor(readonly sandbox: Sandbox) {}

	static async start(): Promise<Stage> {
		return new Stage(await Sandbox.start());
	}

	async stop(): Promise<void> {
		await this.sandbox.stop();
	}

	reset(): void {
		this.sandbox.forget();
		for (const vendor of this.sandbox.vendors) vendor.fill(10);
		this.sandbox.kaleyra.entitled = true;
		this.sandbox.verba.malformedActions = ['DeleteCall'];
	}

	/** What the vendors answer from now on. */
	answers(status: number, body = '', headers: Record<string, string> = {}): void {
		this.sandbox.faults.add({ fault: { kind: 'status', status, body, headers } });
	}

	fails(fault: Fault, method?: string, times?: number): void {
		const when = (request: { method: string }) => method === undefined || request.method === method;
		this.sandbox.faults.add({ fault, when, ...(times === undefined ? {} : { times }) });
	}

	async run(type: string, parameters: IDataObject, changes: Changes = {}): Promise<RunResult> {
		const { account, ...others } = changes;
		const name = credentialOf[type] as Credentials;
		const credentials = { [name]: { ...sandboxAccounts(this.sandbox)[name], ...account } };
		return await runNode({ type, items: [{}], ...others, parameters, credentials });
	}

	/** The message that stops the workflow. */
	async stopped(type: string, parameters: IDataObject, changes: Changes = {}): Promise<Met> {
		const { error } = await this.run(type, parameters, { ...changes, onError: 'stopWorkflow' });
		return { text: error?.message ?? '', item: error?.context?.itemIndex as number | undefined };
	}

	/** The sentence below the message that stops the workflow. */
	async described(type: string, parameters: IDataObject, changes: Changes = {}): Promise<Met> {
		const { error } = await this.run(type, parameters, { ...changes, onError: 'stopWorkflow' });
		return { text: error?.description ?? '' };
	}

	/** Why a receipt is not what was hoped for. */
	async receipt(
		type: string,
		parameters: IDataObject,
		changes: Changes = {},
		index = 0,
	): Promise<Met> {
		const onError = 'continueRegularOutput';
		const { outputs } = await this.run(type, parameters, { onError, ...changes });
		const item = outputs[0]?.[index];
		const reason = item?.json.reason as { message: string } | undefined;
		const pairedItem = item?.pairedItem as { item: number } | undefined;
		return { text: reason?.message ?? (item?.json.error as string), item: pairedItem?.item };
	}

	/** What a preview adds to what would happen. */
	async note(type: string, parameters: IDataObject, changes: Changes = {}): Promise<Met> {
		const { json } = await this.run(type, parameters, { mode: 'manual', ...changes });
		return { text: (json[0]?.preview as { note?: string } | undefined)?.note ?? '' };
	}

	/** What the editor shows above the output. */
	async hint(type: string, parameters: IDataObject, changes: Changes = {}): Promise<Met> {
		const onError = 'continueRegularOutput';
		const { hints } = await this.run(type, parameters, { onError, ...changes });
		return { text: hints[0]?.message ?? '' };
	}

	/** What the Test button says. */
	async tested(name: Credentials, account: ICredentialDataDecryptedObject = {}): Promise<Met> {
		const data = { ...sandboxAccounts(this.sandbox)[name], ...account };
		const [type = ''] = Object.entries(credentialOf).find(([, own]) => own === name) ?? [];
		return { text: (await testCredential(type, name, data)).message };
	}

	/** The same of a button that no vendor's own credential has. */
	async pressed(test: ICredentialTestFunction, data: ICredentialDataDecryptedObject): Promise<Met> {
		return { text: (await pressTest(test, 'eraseByHttp', data)).message };
	}

	/** What a credential says when another node sends with it. */
	async sentElsewhere(name: Credentials, request: IHttpRequestOptions): Promise<Met> {
		const { authenticate } = await credentialType(name);
		if (typeof authenticate !== 'function') throw new Error(`${name} cannot authenticate`);
		return await messageOf(authenticate(sandboxAccounts(this.sandbox)[name], request));
	}

	/** What a field says that cannot show its list. */
	async listed(type: string, method: string, filter?: string): Promise<Met> {
		const name = credentialOf[type] as Credentials;
		const credentials = { [name]: { ...sandboxAccounts(this.sandbox)[name] } };
		const options: RunOptions = { type, parameters: {}, items: [], credentials };
		return await messageOf(searchList(options, method, filter));
	}
}

/** For code that the engine alone does not bring to this. */
export async function thrownBy(work: () => unknown): Promise<Met> {
	return await messageOf(Promise.resolve().then(work));
}

async function messageOf(promise: Promise<unknown>): Promise<Met> {
	return await promise.then(
		() => ({ text: '' }),
		(error: Error) => ({ text: error.message }),
	);
}

const hurried: Clock = {
	now: () => Date.now(),
	random: () => 0,
	sleep: async () => await Promise.resolve(),
};

/**
 * What becomes of a deletion where n8n's HTTP helper throws: for what a machine that is on its own
 * cannot bring about, such as a certificate that ran out.
 */
export async function whenSendingThrows(
	error: Error,
	credential: KeyCredential = { name: 'flyflowApi', data: {} },
): Promise<Met> {
	const httpRequestWithAuthentication = async () => await Promise.reject(error);
	const context = { helpers: { httpRequestWithAuthentication } };
	const request = { method: 'DELETE', url: 'https://api.flyflow.dev/v1/call/call_1' } as const;
	return await whenSending(async () => await send(context, credential, request, 1000));
}

/** What becomes of a deletion that is put on the wire like this. */
export async function whenSending(putOnWire: () => Promise<Reply>): Promise<Met> {
	const exchange = recordByRecord({
		vendorName: 'Flyflow',
		send: putOnWire,
		read: () => notDocumented,
	});
	const settlements = await settle([{ identifiers: { callId: 'call_1' } }], exchange, {
		maxConcurrency: 1,
		keepVendorResponse: false,
		signal: new AbortController().signal,
		clock: hurried,
		settlements: new Map(),
	});
	const [settlement] = settlements.values();
	return reasonOf(settlement?.verdict);
}

export function reasonOf(verdict: Verdict | undefined): Met {
	const reason = verdict !== undefined && 'reason' in verdict ? verdict.reason : undefined;
	return { text: reason?.message ?? '' };
}
