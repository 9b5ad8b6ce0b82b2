import { randomBytes } from 'node:crypto';

/**
 * What the names begin with of all that is made in somebody's n8n, so that it is told from what is
 * theirs and from what other runs make there. Empty in an n8n of our own.
 */
export type Mark = '' | `call-erasure-${string}-`;

export function newMark(): Mark {
	return `call-erasure-${randomBytes(4).toString('hex')}-`;
}

/** Whether a text is a mark that `newMark` made: what is removed by it was made under it. */
export function isMark(text: string): text is Mark {
	return /^call-erasure-[0-9a-f]{8}-$/.test(text);
}

type Parameters = Readonly<Record<string, unknown>>;

interface Workflow {
	readonly name: string;
	readonly nodes: ReadonlyArray<{ readonly parameters: Parameters }>;
}

/**
 * A workflow under marked names: its own, those of the data tables that it makes or names, and the
 * addresses of its triggers, also where it calls them itself. Nothing of it meets what is there.
 */
export function markWorkflow<W extends Workflow>(workflow: W, mark: Mark): W {
	if (mark === '') return workflow;
	const paths = workflow.nodes.flatMap(({ parameters: { path } }) =>
		typeof path === 'string' ? [path] : [],
	);
	const nodes = workflow.nodes.map((node) => {
		const { webhookId } = node as { webhookId?: string };
		const named = markOwnCalls(markTable(node.parameters, mark), paths, mark);
		if (webhookId === undefined) return { ...node, parameters: named };
		return { ...node, parameters: markPath(named, mark), webhookId: mark + webhookId };
	});
	return { ...workflow, name: mark + workflow.name, nodes };
}

/** Webhooks have their path in a field, forms in their options. */
function markPath(parameters: Parameters, mark: Mark): Parameters {
	const { path, options } = parameters;
	const { path: formPath } = (options ?? {}) as Parameters;
	return {
		...parameters,
		...(typeof path === 'string' && { path: mark + path }),
		...(typeof formPath === 'string' && {
			options: { ...(options as object), path: mark + formPath },
		}),
	};
}

function markTable(parameters: Parameters, mark: Mark): Parameters {
	const { tableName, dataTableId } = parameters;
	const { mode, value } = (dataTableId ?? {}) as Parameters;
	return {
		...parameters,
		...(typeof tableName === 'string' && { tableName: mark + tableName }),
		...(mode === 'name' && {
			dataTableId: { ...(dataTableId as object), value: `${mark}${String(value)}` },
		}),
	};
}

/** In requests that a workflow makes to its own webhooks. */
function markOwnCalls(parameters: Parameters, paths: readonly string[], mark: Mark): Parameters {
	const { url } = parameters;
	if (typeof url !== 'string') return parameters;
	const path = paths.find((one) => url.endsWith(`/webhook/${one}`));
	if (path === undefined) return parameters;
	return { ...parameters, url: `${url.slice(0, -path.length)}${mark}${path}` };
}
