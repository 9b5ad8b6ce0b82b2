import { runInNewContext } from 'node:vm';

import { expect, test } from '@jest/globals';

import {
	describeSubtitle,
	type Operation,
	type Resources,
} from '../../nodes/shared/operations/operations';

const operation = (subtitle: string): Operation => ({
	name: 'Any',
	action: 'Do something',
	subtitle,
	description: '',
	fields: [],
	execute: async () => await Promise.resolve([[]]),
});

const resources: Resources = {
	call: { name: 'Call', operations: { delete: operation('delete call') } },
	note: { name: 'Note', operations: { delete: operation("delete a call's note") } },
};

/** What the editor makes of an expression over a node's parameters. */
function evaluate(expression: string, $parameter: Record<string, string>): unknown {
	const inner = /^=\{\{(.*)\}\}$/s.exec(expression)?.[1];
	return runInNewContext(inner ?? '', { $parameter });
}

test.each([
	['call', 'delete', 'Acme: delete call'],
	['note', 'delete', "Acme: delete a call's note"],
	['note', 'unheard', undefined],
])('the subtitle of %s, %s is in words', (resource, name, subtitle) => {
	const expression = describeSubtitle('Acme', resources);
	expect(evaluate(expression, { resource, operation: name })).toBe(subtitle);
});

test('n8n finds the end of the expression where it is', () => {
	const expression = describeSubtitle('Acme', resources);
	expect(expression.indexOf('}}')).toBe(expression.length - 2);
});
