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
	checkSendable(json, value, label);
	const texts = textsIn(json, label);
	if (texts.some((text) => text.includes('{{'))) {
		throw new UnusableValue(
			label,
			'holds an expression that was not filled in',
			`Write "${idPlace}" where the ID goes`,
		);
	}
	const single = texts.filter((text) => text === idPlace).length;
	const several = texts.filter((text) => text === idsPlace).length;
	if (single + several > 1) {
		throw new UnusableValue(
			label,
			`has more than one place for IDs`,
			`Write "${idPlace}" or "${idsPlace}" once`,
		);
	}
	// In a longer text an ID could say more than an ID: part of a filter, or of a query.
	const inLonger = [idPlace, idsPlace].find((place) =>
		texts.some((text) => text !== place && text.includes(place)),
	);
	if (inLonger !== undefined) {
		throw new UnusableValue(
			label,
			`has ${inLonger} within a longer text`,
			`Write "${inLonger}" with nothing else in the quotes`,
		);
	}
	return {
		json: json as IDataObject,
		holds: single === 1 ? 'id' : several === 1 ? 'ids' : 'nothing',
	};
}

/** What would be left out, or changed, on its way. */
function checkSendable(json: object, given: unknown, label: string): void {
	const unsendable = namesIn(json).find((name) => notSent.has(name));
	if (unsendable !== undefined) {
		throw new UnusableValue(
			label,
			`has a member "${unsendable}", which cannot be sent`,
			'Remove it',
		);
	}
	const numbers = typeof given === 'string' ? numbersIn(given) : [];
	const changed = numbers.find((digits) => !Number.isSafeInteger(Number(digits)));
	if (changed === undefined) return;
	throw new UnusableValue(
		label,
		`holds the number ${changed}, whose digits would change on their way`,
		'Put it into quotes',
	);
}

const notSent = new Set(['__proto__', 'constructor', 'prototype']);

function namesIn(value: unknown, depth = 0): string[] {
	if (typeof value !== 'object' || value === null || depth > deepest) return [];
	const own = Array.isArray(value) ? [] : Object.keys(value);
	return [...own, ...Object.values(value).flatMap((inner) => namesIn(inner, depth + 1))];
}

/** Whole numbers outside texts. */
function numbersIn(text: string): string[] {
	return text.replace(/"(?:[^"\\]|\\.)*"/g, '""').match(/-?\d{16,}(?![\d.eE])/g) ?? [];
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
	if (value === idPlace) return ids[0] ?? '';
	if (Array.isArray(value)) return value.map((inner: unknown) => fill(inner, ids));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner, ids)]));
}
