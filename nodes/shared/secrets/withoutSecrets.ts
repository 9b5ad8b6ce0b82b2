import { foldedReadingsOf } from './foldedReading';
import type { Secret } from './secret';

/** Takes the place of a secret. */
export const removed = '***';

/** A part of a text: where it begins, and behind its end. */
type Stretch = readonly [start: number, end: number];

/**
 * So much of a text is read at a time, in characters: where each of them was takes many times the
 * memory of the text.
 */
const pieceLength = 200_000;

/** Read with the piece before as well, so that no secret is cut in two: longer than any, escaped. */
const overlap = 20_000;

/** A text without these secrets, and without what comes after the name of a scheme. */
export function without(text: string, secrets: readonly Secret[]): string {
	const stretches: Stretch[] = [...schemesIn(text)];
	let blob: Stretch = [0, 0];
	const inBlob = ([from, to]: Stretch) => {
		if (from < blob[0] || to > blob[1]) blob = aroundBase64(text, from, to);
		return blob;
	};
	for (let start = 0; start === 0 || start + overlap < text.length; start += pieceLength) {
		for (const stretch of findInPiece(text, start, secrets, inBlob)) stretches.push(stretch);
	}
	return replaced(text, stretches);
}

/** @param inBlob finds the whole of the base64 around a part of it */
function* findInPiece(
	text: string,
	start: number,
	secrets: readonly Secret[],
	inBlob: (part: Stretch) => Stretch,
): Iterable<Stretch> {
	const end = Math.min(start + pieceLength + overlap, text.length);
	// What touches an end goes on behind it, and is found whole in the piece beside.
	const isWhole = ([from, to]: Stretch) =>
		(from > start || start === 0) && (to < end || end === text.length);
	for (const reading of foldedReadingsOf(text.slice(start, end))) {
		const inText = ([from, to]: Stretch): Stretch => {
			const source = reading.source(from, to);
			return [start + source[0], start + source[1]];
		};
		for (const secret of secrets) {
			for (const found of secret.findIn(reading)) {
				const stretch = inText(found);
				if (isWhole(stretch)) yield stretch;
			}
			for (const found of secret.findInBase64(reading)) yield inBlob(inText(found));
		}
	}
}

function replaced(text: string, stretches: Stretch[]): string {
	if (stretches.length === 0) return text;
	stretches.sort(([one], [other]) => one - other);
	let kept = '';
	let position = 0;
	for (const [start, end] of stretches) {
		if (start >= position) kept += text.slice(position, start) + removed;
		position = Math.max(position, end);
	}
	return kept + text.slice(position);
}

/** Keys that we were not told about: what comes after the name of a scheme, as a secret does. */
const afterScheme =
	/\bbearer\s{1,3}([\w.~+/=-]*\d[\w.~+/=-]*)|\bbasic\s{1,3}([A-Za-z0-9+/_-]{6,}=*)/gi;

function* schemesIn(text: string): Iterable<[number, number]> {
	for (const { 0: whole, 1: bearer, 2: basic, index } of text.matchAll(afterScheme)) {
		const end = index + whole.length;
		if (bearer !== undefined && bearer.length >= 8) yield [end - bearer.length, end];
		const isLogin = basic !== undefined && /^[^\p{Cc}]+:/u.test(fromBase64(basic));
		if (isLogin) yield [end - basic.length, end];
	}
}

function fromBase64(text: string): string {
	return Buffer.from(text, 'base64').toString('utf8');
}

const base64Sign = /[\w+/=%-]/;

/** The whole of it: what is left of its ends would give away the secret's. */
function aroundBase64(text: string, from: number, to: number): Stretch {
	let start = from;
	let end = to;
	while (start > 0 && base64Sign.test(text.charAt(start - 1))) start -= 1;
	while (end < text.length && base64Sign.test(text.charAt(end))) end += 1;
	return [start, end];
}
