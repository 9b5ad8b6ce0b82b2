const { mkdirSync, writeFileSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');

/**
 * Writes what n8n's editor shows of an operation's output before it has run, where n8n looks for it:
 * `__schema__/v<version>/<resource>/<operation>.json` beside the node.
 *
 * @param root the folder that `nodes` are in
 * @param nodes the compiled nodes, as package.json lists them; each exports its `resources` too
 */
exports.writeOutputSchemas = (root, nodes) => {
	for (const node of nodes) {
		const module = require(join(root, node));
		const { description } = new module[basename(node, '.node.js')]();
		const folder = join(root, dirname(node), '__schema__', `v${description.version}.0.0`);
		for (const [resource, { operations }] of Object.entries(module.resources)) {
			mkdirSync(join(folder, resource), { recursive: true });
			for (const [operation, { example }] of Object.entries(operations)) {
				if (example === undefined) continue;
				const schema = { ...schemaOf(example), version: description.version };
				const file = join(folder, resource, `${operation}.json`);
				writeFileSync(file, `${JSON.stringify(schema, undefined, 2)}\n`);
			}
		}
	}
};

/** The JSON schema of what looks like this. */
function schemaOf(example) {
	if (Array.isArray(example)) return { type: 'array', items: schemaOf(example[0]) };
	if (typeof example !== 'object') return { type: typeof example };
	const fields = Object.entries(example).map(([name, value]) => [name, schemaOf(value)]);
	return { type: 'object', properties: Object.fromEntries(fields) };
}
