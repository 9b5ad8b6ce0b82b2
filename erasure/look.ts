import {
	notDocumented,
	recordByRecord,
	understood,
	type Exchange,
	type Look,
	type Sighting,
} from './exchange';
import { notErased, type Verdict } from './outcome';

/** Looks at every target and says what a real run would do. Changes nothing. */
export function previewExchange(vendorName: string, look: Look): Exchange {
	return looking(vendorName, look, (sighting) => ({
		outcome: 'preview',
		evidence: 'none',
		preview: sighting.found ? sighting : { found: false, wouldBe: 'notFound' },
	}));
}

/** Looks whether targets are gone after the vendor said that it deleted them, or said nothing. */
export function recheckExchange(vendorName: string, look: Look): Exchange {
	return looking(vendorName, look, (sighting) =>
		sighting.found
			? notErased(
					'unknown',
					'stillThere',
					`A look afterwards still found it at ${vendorName}. Run it again, or delete it there`,
				)
			: { outcome: 'deleted', evidence: 'rechecked' },
	);
}

function looking(
	vendorName: string,
	look: Look,
	verdictOf: (sighting: Sighting) => Verdict,
): Exchange {
	return recordByRecord({
		vendorName,
		harmless: true,
		send: async (target) => await look.send(target),
		read: (answer, target) => {
			const sighting = look.read(answer, target);
			if (sighting === undefined) return notDocumented;
			return 'kind' in sighting ? sighting : understood(target, verdictOf(sighting));
		},
	});
}
