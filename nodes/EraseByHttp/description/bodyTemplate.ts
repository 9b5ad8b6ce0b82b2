import type { IDataObject } from 'n8n-workflow';

import { asRecord, parseJson } from '../../../erasure/reply';
import { UnusableValue } from '../../shared/parameters/unusableValue';
import { idPlace } from './pathTemplate';

/** A JSON body as the vendor's page shows it, with a place for the ID or for several. */
export interface BodyTemplate {
	readonly json: IDataObject;
	readonly holds: 'nothing' | 'id' | 'ids';
}

/** Where an array of IDs goes: the whole of a JSON text. */
export const idsPlace = '{ids}';

const deepest = 20;

/**
 * Reads a JSON object.
 *
 * @param label the parameter's name as the user sees it
 * @returns undefined where the field is empty
 * @throws UnusableValue for what is no JSON object, or has more than one place for IDs
 */
export function readBodyTemplate(value: unknown, label: string): BodyTemplate | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const json = asRecord(typeof value === 'string' ? parseJson(value) : value);
	if (json === undefined) {
		throw new UnusableValue(
			label,
			'is not a JSON object',
			'Write it as the page of the vendor has it, such as {"ids": "{ids}"}, with every place for an ID in quotes',
		);
	}
	const texts = textsIn(json, label);
	if (texts.some((text) => text.includes('{{'))) {
		throw new UnusableValue(
			label,
			'holds an expression that was not filled in',
			`Write "${idPlace}" where the ID goes`,
		);
	}
	const single = texts.reduce((count, text) => count + text.split(idPlace).length - 1, 0);
	const several = texts.filter((text) => text === idsPlace).length;
	if (single + several > 1) {
		throw new UnusableValue(
			label,
			`has more than one place for IDs`,
			`Write "${idPlace}" or "${idsPlace}" once`,
		);
	}
	if (several === 0 && texts.some((text) => text.includes(idsPlace))) {
		throw new UnusableValue(
			label,
			`has ${idsPlace} within a longer text`,
			`An array of IDs takes its place: write "${idsPlace}" with nothing else in the quotes`,
		);
	}
	return {
		json: json as IDataObject,
		holds: single === 1 ? 'id' : several === 1 ? 'ids' : 'nothing',
	};
}

function textsIn(value: unknown, label: string, depth = 0): string[] {
	if (depth > deepest)
		throw new UnusableValue(
			label,
			'is nested too deeply',
			'Leave out what the vendor does not need',
		);
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap((inner) => textsIn(inner, label, depth + 1));
}

/** The body for these IDs; for a place that takes one, there is one. */
export function fillBody({ json }: BodyTemplate, ids: readonly string[]): IDataObject {
	return fill(json, ids) as IDataObject;
}

function fill(value: unknown, ids: readonly string[]): unknown {
	if (value === idsPlace) return [...ids];
	if (typeof value === 'string') return value.split(idPlace).join(ids[0] ?? '');
	if (Array.isArray(value)) return value.map((inner: unknown) => fill(inner, ids));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner, ids)]));
}
