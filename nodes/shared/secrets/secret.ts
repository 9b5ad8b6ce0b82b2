import { fold, type FoldedReading } from './foldedReading';
import { fullyDecoded } from './textReadings';

/**
 * How sure it can be that a text that looks like the secret is the secret. A long one is found
 * wherever it stands. An ordinary one may be a word or a number: it counts where it stands alone. A
 * short one counts where something says that it is a secret.
 */
type Kind = 'long' | 'ordinary' | 'short';

function kindOf(text: string): Kind {
	const isMixed = /[\p{L}]/u.test(text) && /[^\p{L}]/u.test(text);
	if (text.length >= 16 || (text.length >= 8 && isMixed)) return 'long';
	return text.length >= 6 ? 'ordinary' : 'short';
}

/** One secret, in the forms in which it is looked for. */
export class Secret {
	readonly kind: Kind;

	/** In any letter case. */
	readonly folded: readonly string[];

	/** In this one. */
	readonly inBase64: readonly string[];

	readonly short: RegExp | undefined;

	constructor(text: string) {
		this.kind = kindOf(text);
		const bytes = Buffer.from(text, 'utf8');
		const forms =
			this.kind === 'short'
				? []
				: [
						text,
						fullyDecoded(text),
						text.replace(/\s+/g, '+'),
						bytes.toString('hex'),
						asNumber(text),
					];
		this.folded = [...new Set(forms.map(fold))].filter((form) => form.length >= fewestLetters);
		this.inBase64 = this.kind === 'short' ? [] : insideBase64(bytes);
		this.short = this.kind === 'short' ? shortPattern(text) : undefined;
	}

	/** Where a reading holds it: `[start, end)` in the reading. */
	*findIn({ text, folded }: FoldedReading): Iterable<[number, number]> {
		for (const form of this.folded) {
			for (const start of occurrences(folded, form)) {
				const end = start + form.length;
				if (this.kind === 'long' || standsAlone(folded, start, end)) yield [start, end];
			}
		}
		for (const { 0: whole, 1: before = '', index } of text.matchAll(this.short ?? never)) {
			yield [index + before.length, index + whole.length];
		}
		if (this.kind === 'ordinary') yield* this.cutOffIn(folded);
	}

	/** The same in base64. */
	*findInBase64({ standard }: FoldedReading): Iterable<[number, number]> {
		for (const form of this.inBase64) {
			for (const start of occurrences(standard, form)) yield [start, start + form.length];
		}
	}

	/** Words that were cut short before they got here may end with the beginning of one. */
	private *cutOffIn(folded: string): Iterable<[number, number]> {
		for (const end of occurrences(folded, '…')) {
			const [form = ''] = this.folded;
			for (let length = Math.min(form.length, end) - 1; length >= fewestLetters - 1; length--) {
				const start = end - length;
				if (!folded.startsWith(form.slice(0, length), start)) continue;
				if (standsAlone(folded, start, end)) yield [start, end];
				break;
			}
		}
	}
}

const fewestLetters = 6;

/** What JavaScript makes of digits that came as a number of JSON. */
function asNumber(text: string): string {
	return /^\d+$/.test(text) ? String(Number(text)) : text;
}

const never = /(?!)/g;

/** What says that the next word is a secret. */
export const label =
	/pass(?:word|phrase)?|pwd|user|login|key|token|secret|credential|auth|bearer|basic/i;

/** In its own letter case; one of only letters or only digits counts just after a label, or quoted after one. */
function shortPattern(text: string): RegExp {
	const exact = text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
	const isWord = /^\p{L}*$|^\p{N}*$/u.test(text);
	const before = isWord
		? `(?:${labelPattern})\\p{L}{0,8}["'“”’]?\\s{0,3}(?:is|was|[:=]>?)?\\s{0,3}["'“‘(]?`
		: '(?<![\\p{L}\\p{N}])';
	return new RegExp(`(${before})${exact}(?![\\p{L}\\p{N}])`, 'gu');
}

// Without the flag: what follows has to be in its own letter case.
const labelPattern = label.source.replace(
	/[a-z]/g,
	(letter) => `[${letter}${letter.toUpperCase()}]`,
);

function* occurrences(text: string, form: string): Iterable<number> {
	for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + form.length)) yield at;
}

function standsAlone(text: string, start: number, end: number): boolean {
	const isPart = /[\p{L}\p{N}]/u;
	return !isPart.test(text.charAt(start - 1)) && !isPart.test(text.charAt(end));
}

/** Bits of a character of base64. */
const sextet = 6;

/** What of the base64 of a longer text is the same whatever surrounds it: one for each alignment. */
function insideBase64(bytes: Buffer): string[] {
	return [0, 1, 2].map((before) => {
		const bits = (before + bytes.length) * 8;
		const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
		return encoded.slice(Math.ceil((before * 8) / sextet), Math.floor(bits / sextet));
	});
}
