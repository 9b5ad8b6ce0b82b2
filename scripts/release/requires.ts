import ts from 'typescript';

/**
 * The modules that a compiled file loads, by `require` or `import()`, wherever they stand in it.
 * Where the argument is no literal its text is given, which passes no check.
 */
export function readRequires(text: string): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && isLoad(node.expression)) {
			const [argument] = node.arguments;
			if (argument !== undefined) {
				found.push(ts.isStringLiteralLike(argument) ? argument.text : argument.getText());
			}
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('file.js', text, ts.ScriptTarget.Latest, true));
	return found;
}

function isLoad(callee: ts.Expression): boolean {
	return (
		callee.kind === ts.SyntaxKind.ImportKeyword ||
		(ts.isIdentifier(callee) && callee.text === 'require')
	);
}
