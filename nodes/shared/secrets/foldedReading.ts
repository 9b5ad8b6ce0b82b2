import { readingsOf, type TextReading } from './textReadings';

/** A reading in the forms in which it is compared, every character in its place. */
export interface FoldedReading extends TextReading {
	/** In small letters. */
	readonly folded: string;
	/** With base64 for addresses turned into that of elsewhere. */
	readonly standard: string;
}

/** All readings of a text. */
export function foldedReadingsOf(text: string): FoldedReading[] {
	return readingsOf(text).map((reading) => ({
		...reading,
		folded: fold(reading.text),
		standard: reading.text.replace(/-/g, '+').replace(/_/g, '/'),
	}));
}

/** Lower case, with every character in its place. */
export function fold(text: string): string {
	const lower = text.toLowerCase();
	if (lower.length === text.length) return lower;
	return text.replace(/\p{Lu}/gu, (letter) => {
		const small = letter.toLowerCase();
		return small.length === letter.length ? small : letter;
	});
}
