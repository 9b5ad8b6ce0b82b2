import ts from 'typescript';

import { readPackages, type Package } from '../build/packages';

/** A node that stays with its package, and why. */
export interface LeftNode {
	/** The node's name in its workflow. */
	readonly node: string;
	readonly type: string;
	/** A sentence for the person who moves the workflow. */
	readonly why: string;
}

export interface Move {
	/** The file's text with the types moved and not a byte else changed. */
	readonly text: string;
	/** The names of the nodes that were moved. */
	readonly moved: readonly string[];
	readonly left: readonly LeftNode[];
}

/** A node's type: the package, and the node's name in it; `Tool` at its end is n8n's, for agents. */
const ownType = /^(n8n-nodes-[a-z]+-erasure)\.(\w+?)(Tool|)$/;

/** In a text that a node holds, such as a workflow that Execute Workflow keeps as JSON. */
const typeInText = /n8n-nodes-[a-z]+-erasure\.\w+/g;

/** Which package has which nodes, by their names in n8n. */
export type NodesByPackage = ReadonlyMap<string, ReadonlySet<string>>;

/** @param root the project's folder */
export function readNodes(root: string): NodesByPackage {
	return new Map(readPackages(root).map((each) => [each.name, nodeNames(each)]));
}

/** A class is `HappyRobot`; n8n knows its node as `happyRobot`. */
function nodeNames({ nodes }: Package): ReadonlySet<string> {
	const classes = nodes.map((file) => file.replace(/^.*\/|\.node\.js$/g, ''));
	return new Set(classes.map((name) => name.charAt(0).toLowerCase() + name.slice(1)));
}

/**
 * Moves the nodes of exported workflows to another of the packages, where that has them. Only types
 * change, at their places in the text: whatever else is in the file stays as it is, to the byte.
 *
 * @param text a workflow as n8n exports or copies it, or an array of such
 * @param to the package that the nodes come from afterwards
 * @throws Error with a sentence for a person if there is no such package or this is no workflow
 */
export function moveTypes(text: string, to: string, packages: NodesByPackage): Move {
	const target = packages.get(to);
	if (target === undefined) {
		throw new Error(`There is no package "${to}". There are ${[...packages.keys()].join(', ')}`);
	}
	const places: Array<{ readonly start: number; readonly end: number; readonly type: string }> = [];
	const moved: string[] = [];
	const left: LeftNode[] = [];
	for (const node of nodesIn(text)) {
		const [, from = '', name = '', suffix = ''] = ownType.exec(node.type) ?? [];
		if (packages.has(from) && from !== to) {
			if (target.has(name)) {
				places.push({ ...node.place, type: `${to}.${name}${suffix}` });
				moved.push(node.name);
			} else left.push({ node: node.name, type: node.type, why: whyLeft(name, to, packages) });
		}
		left.push(...leftInText(node, to, packages));
	}
	return { text: replaced(text, places), moved, left };
}

function whyLeft(name: string, to: string, packages: NodesByPackage): string {
	const others = [...packages].filter(([, nodes]) => nodes.has(name)).map(([each]) => each);
	if (others.length === 0) return 'no package has such a node';
	return `${to} has no such node. It is in ${others.join(' and ')}`;
}

/** n8n runs what stands in such a text as well, but only the node that holds it knows how it is read. */
function leftInText(node: FoundNode, to: string, packages: NodesByPackage): LeftNode[] {
	const types = [...new Set(node.otherText.match(typeInText) ?? [])];
	return types
		.filter((type) => packages.has(type.replace(/\..*/, '')) && !type.startsWith(`${to}.`))
		.map((type) => ({
			node: node.name,
			type,
			why: 'it stands in a text inside this node. Change it there by hand',
		}));
}

function replaced(
	text: string,
	places: ReadonlyArray<{ readonly start: number; readonly end: number; readonly type: string }>,
): string {
	let end = text.length;
	let after = '';
	for (const place of [...places].reverse()) {
		after = JSON.stringify(place.type) + text.slice(place.end, end) + after;
		end = place.start;
	}
	return text.slice(0, end) + after;
}

interface FoundNode {
	readonly name: string;
	readonly type: string;
	/** Of the type's string in the text, quotes included. */
	readonly place: { readonly start: number; readonly end: number };
	/** The strings of its parameters. */
	readonly otherText: string;
}

function nodesIn(text: string): FoundNode[] {
	// A byte order mark stays where it is, and the places in the text count it.
	const json = text.replace(/^\uFEFF/, ' ');
	try {
		JSON.parse(json);
	} catch (error) {
		throw new Error(`This is not JSON: ${(error as Error).message}`);
	}
	const source = ts.parseJsonText('workflow.json', json);
	const content = source.statements[0]?.expression;
	const workflows =
		content !== undefined && ts.isArrayLiteralExpression(content) ? content.elements : [content];
	return workflows.flatMap((workflow) => {
		const nodes = fieldOf(workflow, 'nodes');
		if (nodes === undefined || !ts.isArrayLiteralExpression(nodes)) {
			throw new Error('This is no workflow: there is no list of nodes in it');
		}
		return nodes.elements.flatMap((node) => readNode(node, source));
	});
}

function readNode(node: ts.Expression, source: ts.JsonSourceFile): FoundNode[] {
	const type = fieldOf(node, 'type');
	if (type === undefined || !ts.isStringLiteral(type)) return [];
	const name = fieldOf(node, 'name');
	const parameters = fieldOf(node, 'parameters');
	return [
		{
			name: name !== undefined && ts.isStringLiteral(name) ? name.text : '',
			type: type.text,
			place: { start: type.getStart(source), end: type.getEnd() },
			otherText: parameters === undefined ? '' : stringsIn(parameters).join('\n'),
		},
	];
}

/** The last one of a name counts, as it does for JSON.parse and so for n8n. */
function fieldOf(value: ts.Expression | undefined, name: string): ts.Expression | undefined {
	if (value === undefined || !ts.isObjectLiteralExpression(value)) return undefined;
	const found = value.properties
		.filter(ts.isPropertyAssignment)
		.filter((property) => ts.isStringLiteral(property.name) && property.name.text === name);
	return found.at(-1)?.initializer;
}

function stringsIn(value: ts.Node): string[] {
	if (ts.isStringLiteral(value)) return [value.text];
	const found: string[] = [];
	ts.forEachChild(value, (inner) => void found.push(...stringsIn(inner)));
	return found;
}
