import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

/** A piece of text in the code that a user can meet, alone or as part of a message. */
export interface Template {
	/** `erasure/judgement.ts:36` */
	readonly place: string;
	/** With `…` for what is filled in. */
	readonly words: string;
	/** Finds the text in a message. */
	readonly pattern: RegExp;
}

const root = join(__dirname, '..', '..');

/**
 * What a certificate and its page say, which are documents and no messages: the tests of the
 * certificate hold them.
 */
const ofDocuments =
	/^(erasure\/certificate\/(meanings\.ts|page\/)|nodes\/ErasureCertificate\/knownVendors\.ts)/;

/** Every piece of prose in the runtime code that is no label of the editor. */
export function collectTemplates(): Template[] {
	return ['credentials', 'erasure', 'nodes'].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts') && !ofDocuments.test(join(folder, file)))
			.sort()
			.flatMap((file) => {
				const path = join(folder, file);
				return templatesIn(path, readFileSync(join(root, path), 'utf8'));
			}),
	);
}

/**
 * Prose is text with two words beside each other, a filled-in value counting as one. All of it is
 * taken, whatever function it is handed to, so that no new way to make a message is overlooked; what
 * is no message is told by where it stands.
 */
export function templatesIn(path: string, text: string): Template[] {
	const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
	const found: Template[] = [];
	const visit = (node: ts.Node): void => {
		if (isNoMessage(node)) return;
		const parts = partsOf(node);
		if (parts !== undefined && isProse(parts)) {
			const { line } = file.getLineAndCharacterOfPosition(node.getStart());
			found.push({
				place: `${path}:${line + 1}`,
				words: parts.join('…'),
				pattern: new RegExp(parts.map(escapeForPattern).join('[^]*?'), 'u'),
			});
		}
		ts.forEachChild(node, visit);
	};
	visit(file);
	return found;
}

/** The fixed parts of a text, with a gap between each two. */
function partsOf(node: ts.Node): string[] | undefined {
	if (ts.isStringLiteralLike(node)) return [node.text];
	if (!ts.isTemplateExpression(node)) return undefined;
	return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
}

function isProse(parts: readonly string[]): boolean {
	// Expressions of n8n are computed, not shown.
	if (parts[0]?.startsWith('=') || !/\p{L}/u.test(parts.join(''))) return false;
	return /[\p{L}\d"')][,:.;]? ["'(]?[\p{L}\d]/u.test(parts.join('X'));
}

function isNoMessage(node: ts.Node): boolean {
	if (isModuleName(node) || isType(node) || isForAssistant(node)) return true;
	return isLabel(node) || isCompared(node) || isDefect(node);
}

const hintsForAssistant = new Set(['propertyHint', 'relationHint', 'searchHint']);

/** What n8n's assistant reads when it builds a workflow, and nobody else. */
function isForAssistant(node: ts.Node): boolean {
	return ts.isPropertyAssignment(node) && hintsForAssistant.has(node.name.getText());
}

function isModuleName(node: ts.Node): boolean {
	return ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
}

function isType(node: ts.Node): boolean {
	return ts.isTypeNode(node) || ts.isTypeAliasDeclaration(node);
}

const labels = new Set([
	'action',
	'authenticate',
	'description',
	'displayName',
	'documentationUrl',
	'hint',
	'name',
	'placeholder',
	'subtitle',
	'title',
]);

/** What the editor shows of a field, a choice, an operation, a node or a credential. */
function isLabel(node: ts.Node): boolean {
	if (ts.isPropertyDeclaration(node)) return labels.has(node.name.getText());
	if (!ts.isPropertyAssignment(node) || !labels.has(node.name.getText())) return false;
	if (['placeholder', 'subtitle'].includes(node.name.getText())) return true;
	if (isDescription(node.parent)) return true;
	// A `description` without a name beside it is part of a message.
	return node.parent.properties.some(
		(property) =>
			ts.isSpreadAssignment(property) ||
			['displayName', 'name', 'title'].includes(property.name?.getText() ?? ''),
	);
}

/** What makes fields and operations of a vendor's description (nodes/shared/vendor). */
const makers = new Set([
	'deleteOperation',
	'getOperation',
	'getOperationOf',
	'keyFields',
	'recordField',
]);

/** Whether an object is what one of those is given, or a part of it. */
function isDescription(object: ts.Node): boolean {
	const { parent } = object;
	if (ts.isPropertyAssignment(parent)) return isDescription(parent.parent);
	return ts.isCallExpression(parent) && makers.has(parent.expression.getText());
}

const comparisons = new Set(['endsWith', 'includes', 'startsWith']);

const headers = new Set(['Authorization', "'Content-Type'"]);

/** Words that are looked for in what comes in, and what goes to a vendor. */
function isCompared(node: ts.Node): boolean {
	if (ts.isPropertyAssignment(node)) return headers.has(node.name.getText());
	if (ts.isBinaryExpression(node)) return /\.Authorization$/.test(node.left.getText());
	if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
	return comparisons.has(node.expression.name.text);
}

/** A TypeError tells of a defect in the code; nothing that a user does brings it about. */
function isDefect(node: ts.Node): boolean {
	return ts.isNewExpression(node) && node.expression.getText() === 'TypeError';
}

function escapeForPattern(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
