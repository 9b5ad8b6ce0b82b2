import { ask, type Asked } from './asking';
import type { DeliveryOptions } from './delivery';
import type { Look } from './exchange';
import type { Reading, Sighting } from './reading';
import type { Answer, Reply } from './reply';
import { distinct, targetKey, type Target } from './target';

/** How a vendor is asked for several records in one request, without changing them. */
export interface Inspection<T extends Target = Target> {
	readonly targetsPerRequest: number;
	/** Puts one request on the wire. Never rejects. */
	send(targets: readonly T[]): Promise<Reply>;
	/** What is said of each; undefined where the answer is not as documented. */
	read(answer: Answer, targets: readonly T[]): Reading<Sightings> | undefined;
}

/** A target that the answer does not mention is missing. */
export type Sightings = ReadonlyMap<Target, Sighting>;

/** What came of asking for a record. */
export type Inspected =
	| { readonly kind: 'shown'; readonly sighting: Sighting; readonly at: string }
	/** No answer tells. How a sentence goes on. */
	| { readonly kind: 'nothing'; readonly why: string };

/** An inspection that asks for each record by itself. */
export function oneByOne<T extends Target>(look: Look<T>): Inspection<T> {
	return {
		targetsPerRequest: 1,
		send: async ([target]) => await look.send(target as T),
		read: (answer, [target]) => {
			const reading = look.read(answer, target as T);
			return reading?.kind === 'understood'
				? { kind: 'understood', content: new Map([[target as Target, reading.content]]) }
				: reading;
		},
	};
}

/**
 * Asks for every record once, with the pace, the pauses and the repeats of deletions. Resolves soon
 * after the signal aborts.
 *
 * @returns what came of each, by target key
 */
export async function inspect(
	targets: readonly Target[],
	vendorName: string,
	inspection: Inspection,
	options: DeliveryOptions,
): Promise<ReadonlyMap<string, Inspected>> {
	const inspected = new Map<string, Inspected>();
	const question = {
		vendorName,
		send: async (batch: Batch) => await inspection.send(batch),
		read: (answer: Answer, batch: Batch) => inspection.read(answer, batch),
	};
	let batches = batchesOf(distinct(targets), inspection.targetsPerRequest);
	let mayDivide = true;
	while (batches.length > 0) {
		const answers = await ask(batches, question, options);
		const refused = batches.filter((batch) => isRefused(answers.get(batch)));
		// One ID in a request may be what is refused. Where all requests are, it is none of the IDs.
		const isAboutIds = refused.length < batches.length || (mayDivide && batches.length === 1);
		const divided = isAboutIds ? refused.filter((batch) => batch.length > 1) : [];
		for (const batch of batches.filter((each) => !divided.includes(each))) {
			for (const target of batch) {
				inspected.set(targetKey(target), told(target, answers.get(batch), vendorName));
			}
		}
		batches = divided.flatMap((batch) => batchesOf(batch, Math.ceil(batch.length / 2)));
		mayDivide = false;
	}
	return inspected;
}

/** How a sentence goes on about a record that an answer is silent about. */
export function notMentionedBy(vendorName: string): string {
	return `${vendorName}'s answer does not say whether the record is there`;
}

type Batch = readonly Target[];

function batchesOf(targets: Batch, size: number): Batch[] {
	const count = Math.ceil(targets.length / size);
	return Array.from({ length: count }, (_, index) =>
		targets.slice(index * size, (index + 1) * size),
	);
}

function isRefused(asked: Asked<Sightings> | undefined): boolean {
	return asked?.kind === 'nothing' && asked.why.outcome === 'refused';
}

function told(target: Target, asked: Asked<Sightings> | undefined, vendorName: string): Inspected {
	if (asked?.kind === 'nothing') return { kind: 'nothing', why: asked.why.reason.message };
	const sighting = asked?.content.get(target);
	return asked === undefined || sighting === undefined
		? { kind: 'nothing', why: notMentionedBy(vendorName) }
		: { kind: 'shown', sighting, at: asked.at };
}
