import type { IDataObject } from 'n8n-workflow';

/** What each node gave: by node name, then by output, the json of the items of all its runs. */
export type ExecutionOutput = Readonly<Record<string, ReadonlyArray<readonly IDataObject[]>>>;

interface StoredExecution {
	readonly resultData: {
		readonly runData: Readonly<Record<string, readonly StoredRun[]>>;
		readonly error?: { readonly message: string };
		readonly lastNodeExecuted?: string;
	};
}

interface StoredItem {
	readonly json: IDataObject;
	readonly sendMessage?: string | ChatQuestion;
}

type StoredOutput = ReadonlyArray<readonly StoredItem[] | null>;

interface StoredRun {
	readonly data?: { readonly main?: StoredOutput; readonly ai_tool?: StoredOutput };
}

/** What n8n asks in a chat, to be answered by one of the buttons. */
export interface ChatQuestion {
	readonly text: string;
	readonly buttons: ReadonlyArray<{ readonly text: string; readonly link: string }>;
}

/** The last thing that an execution has sent into its chat. */
export interface SentToChat {
	readonly message: string | ChatQuestion;
	/** Another text for each run of a node that sends. */
	readonly sign: string;
}

/**
 * Reads an execution's data as n8n stores it and as its API gives it: a list in which each object's
 * fields point, by position as text, at other entries of the list.
 */
export function readExecutionOutput(stored: string): ExecutionOutput {
	const { runData } = resultOf(stored);
	return Object.fromEntries(
		Object.entries(runData).map(([node, runs]) => [node, collectOutputs(runs)]),
	);
}

/** What n8n shows of an execution that failed; undefined for one that did not. */
export function readExecutionError(stored: string): string | undefined {
	return resultOf(stored).error?.message;
}

/** What an execution has sent into its chat at last; undefined where its last node sent nothing. */
export function readSentToChat(stored: string): SentToChat | undefined {
	const { runData, lastNodeExecuted = '' } = resultOf(stored);
	const runs = runData[lastNodeExecuted] ?? [];
	const sent = runs.flatMap(({ data }) => {
		const message = (data?.main ?? data?.ai_tool)?.[0]?.[0]?.sendMessage;
		return message === undefined ? [] : [message];
	});
	const message = sent.at(-1);
	return message === undefined
		? undefined
		: { message, sign: `${lastNodeExecuted} ${runs.length}` };
}

function resultOf(stored: string): StoredExecution['resultData'] {
	return (revive(JSON.parse(stored) as unknown[]) as StoredExecution).resultData;
}

function collectOutputs(runs: readonly StoredRun[]): IDataObject[][] {
	const outputs: IDataObject[][] = [];
	for (const { data } of runs) {
		for (const [index, items] of (data?.main ?? []).entries()) {
			(outputs[index] ??= []).push(...(items ?? []).map(({ json }) => json));
		}
	}
	return outputs;
}

function revive(entries: readonly unknown[]): unknown {
	const revived = new Map<number, unknown>();
	const at = (index: number): unknown => {
		if (revived.has(index)) return revived.get(index);
		const entry = entries[index];
		if (typeof entry !== 'object' || entry === null) return entry;
		const copy: Record<string, unknown> | unknown[] = Array.isArray(entry) ? [] : {};
		// Before its fields, because they may point back at it.
		revived.set(index, copy);
		for (const [name, value] of Object.entries(entry)) {
			(copy as Record<string, unknown>)[name] =
				typeof value === 'string' ? at(Number(value)) : value;
		}
		return copy;
	};
	return at(0);
}
