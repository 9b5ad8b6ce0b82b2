/** What n8n's editor shows of an operation's output before it has run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { packageFolder } from './engine';

interface Schema {
	readonly properties?: Readonly<Record<string, Schema>>;
}

/** @returns the fields of an item that are not in the schema: `preview.note` */
export function fieldsNotShown(
	type: string,
	resource: string,
	operation: string,
	item: unknown,
): string[] {
	const className = type.charAt(0).toUpperCase() + type.slice(1);
	const nodes = join(packageFolder, 'dist', 'nodes', className, '__schema__', 'v1.0.0');
	const file = join(nodes, resource, `${operation}.json`);
	return missingIn(JSON.parse(readFileSync(file, 'utf8')) as Schema, item, '');
}

function missingIn(schema: Schema, value: unknown, path: string): string[] {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
	return Object.entries(value).flatMap(([field, inner]) => {
		const own = schema.properties?.[field];
		return own === undefined ? [`${path}${field}`] : missingIn(own, inner, `${path}${field}.`);
	});
}
