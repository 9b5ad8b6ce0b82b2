import { UserError, type IExecuteFunctions } from 'n8n-workflow';

import { isVendorName, vendorNameForm } from '../../../erasure/receiptFields';
import { asRecord } from '../../../erasure/reply';
import { UnusableValue } from '../../shared/parameters/unusableValue';
import { isOwnVendor } from '../../shared/vendor/ownVendors';
import { refuseDoubles } from '../account/fixedHeaders';
import { readBodyTemplate, idsPlace, type BodyTemplate } from './bodyTemplate';
import { readFieldPath } from './fieldPath';
import {
	methods,
	type DeletionRequest,
	type HttpVendor,
	type LookDescription,
	type LookedAtVendor,
} from './httpVendor';
import { idPlace, readPathTemplate, type IdEncoding } from './pathTemplate';
import { readAbsence, readAnswers, readFlag, type Read } from './readAnswers';
import { parameterReader } from './parameterReader';
import { readGoneRules } from './readRules';
import { isAbout } from './rule';

/** Most IDs in one request: more than any vendor is known to take. */
const mostIdsPerRequest = 1000;

/**
 * Reads what the fields say of the vendor: once, from the first item, because it holds for all.
 *
 * @throws UserError naming the field that cannot be used
 */
export function readHttpVendor(context: IExecuteFunctions): HttpVendor {
	const read = parameterReader(context);
	const request = readRequest(read);
	const absence = readAbsence(read);
	const hasLook = readFlag(read('hasLook'), 'Look at Single Records');
	const look = hasLook ? readLook(read) : undefined;
	const answers = readAnswers(read, request, absence, look);
	checkRecheck(read, look);
	return {
		...readCommon(read),
		request,
		absence,
		answers,
		...(look === undefined ? {} : { look }),
	};
}

/** The same of a vendor whose receipts are rechecked. @throws UserError */
export function readLookedAtVendor(context: IExecuteFunctions): LookedAtVendor {
	const read = parameterReader(context);
	return { ...readCommon(read), absence: readAbsence(read), look: readLook(read) };
}

/**
 * What receipts call the vendor. What cannot be used is complained about with the description: until
 * then a receipt needs a name.
 */
export function vendorNameOf(context: IExecuteFunctions): string {
	try {
		return readVendorName(context);
	} catch {
		return 'eraseByHttp';
	}
}

function readCommon(read: Read): Pick<HttpVendor, 'vendorName' | 'headers' | 'encoding'> {
	const options = asRecord(read('options')) ?? {};
	return {
		vendorName: vendorNameIn(read),
		headers: readHeaders(options.headers),
		encoding: readEncoding(options.idEncoding),
	};
}

/** @throws UnusableValue */
export function readVendorName(context: IExecuteFunctions): string {
	return vendorNameIn(parameterReader(context));
}

function vendorNameIn(read: Read): string {
	const value = read('vendorName');
	const name = typeof value === 'string' ? value.trim() : '';
	if (!isVendorName(name)) {
		throw new UnusableValue('Vendor Name', `is not ${vendorNameForm}`, 'Give it again');
	}
	if (!isOwnVendor(name)) return name;
	throw new UnusableValue(
		'Vendor Name',
		'is that of a vendor with a node of its own, whose receipts would be taken for these',
		`Use that node, or give another name, such as ${name}-by-HTTP`,
	);
}

function readRequest(read: Read): DeletionRequest {
	const method = methods.find((known) => known === read('method'));
	if (method === undefined) throw new UnusableValue('Method', 'is not known', 'Choose it again');
	const path = readPathTemplate(read('path'), 'Path');
	// The editor hides both for GET, and what they held before must not count.
	const isGet = method === 'GET';
	const body = isGet ? undefined : readBodyTemplate(read('body'), 'JSON Body');
	checkPlaces(path.after !== undefined, body?.holds ?? 'nothing');
	const given = isGet ? 1 : (read('idsPerRequest') ?? 1);
	const idsPerRequest = readIdsPerRequest(given, body?.holds === 'ids');
	return { method, path, idsPerRequest, ...(body === undefined ? {} : { body }) };
}

function checkPlaces(inPath: boolean, inBody: BodyTemplate['holds']): void {
	if (inPath && inBody !== 'nothing') {
		throw new UnusableValue(
			'Path',
			'and JSON Body both have a place for the ID',
			'Keep one of them',
		);
	}
	if (!inPath && inBody === 'nothing') {
		throw new UnusableValue(
			'Path',
			`has no ${idPlace}, so that every request would be the same`,
			`Put ${idPlace} where the page of the vendor has the ID, in Path or in JSON Body`,
		);
	}
}

function readIdsPerRequest(value: unknown, takesSeveral: boolean): number {
	const label = 'IDs per Request';
	if (!Number.isSafeInteger(value) || Number(value) < 1 || Number(value) > mostIdsPerRequest) {
		throw new UnusableValue(label, `must be a whole number from 1 to ${mostIdsPerRequest}`);
	}
	if (Number(value) > 1 && !takesSeveral) {
		throw new UnusableValue(
			label,
			'is more than 1, but no place takes several',
			`Put "${idsPlace}" into JSON Body where the array of IDs goes`,
		);
	}
	return Number(value);
}

function readLook(read: Read): LookDescription {
	const path = readPathTemplate(read('lookPath'), 'Path of the Look');
	if (path.after === undefined) {
		throw new UnusableValue(
			'Path of the Look',
			`has no ${idPlace}`,
			`Put ${idPlace} where the page of the vendor has the ID`,
		);
	}
	const idField = readFieldPath(read('lookIdField'), 'Field with the ID');
	const goneRules = readGoneRules(read('goneRules'));
	if (goneRules.some(({ condition }) => isAbout(condition, idField))) {
		throw new UnusableValue(
			'What a Deleted Record Looks Like',
			'goes by Field with the ID, which records that are there have too',
			'Name the field that only a deleted record has',
		);
	}
	return { path, idField, goneRules };
}

/** A recheck that cannot be made must not look as if it had been. */
function checkRecheck(read: Read, look: LookDescription | undefined): void {
	const options = asRecord(read('options'));
	if (look !== undefined || options?.recheck !== true) return;
	throw new UserError(
		"Recheck in the node's options needs a look. Switch on Look at Single Records, or remove the option",
	);
}

function readHeaders(value: unknown): Readonly<Record<string, string>> {
	const given = asRecord(value ?? {})?.header ?? [];
	const entries = Array.isArray(given) ? (given as unknown[]).map(asRecord) : [undefined];
	const pairs = entries.map((entry) => [entry?.name, entry?.value] as const);
	if (pairs.some(([name, text]) => typeof name !== 'string' || typeof text !== 'string')) {
		throw new UserError("Headers in the node's options must have a Name and a Value each");
	}
	return headersOf(pairs as Array<readonly [string, string]>);
}

/** Of two under one name, an object would keep only the last. */
function headersOf(
	given: ReadonlyArray<readonly [string, string]>,
): Readonly<Record<string, string>> {
	const pairs = given.map(([name, text]) => [name.trim(), text] as const);
	refuseDoubles(pairs.map(([name]) => name));
	for (const [name, text] of pairs) {
		if (text.includes('{{')) {
			throw new UserError(
				`The value of "${name}" under Headers in the node's options holds an expression that was not filled in. Write what the vendor wants there`,
			);
		}
	}
	return Object.fromEntries(pairs);
}

function readEncoding(value: unknown): IdEncoding {
	if (value === undefined || value === 'once') return 'once';
	if (value === 'twice' || value === 'twiceIfSlashes') return value;
	throw new UserError("ID Encoding in the node's options is not known. Choose it again");
}
