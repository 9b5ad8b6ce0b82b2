import { notDocumented, understood, type Exchange, type Look, type Sighting } from './exchange';
import { notErased, type Verdict } from './outcome';
import type { Target } from './target';

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
			? notErased('unknown', 'stillThere', `A look afterwards still found it at ${vendorName}`)
			: { outcome: 'deleted', evidence: 'rechecked' },
	);
}

function looking(
	vendorName: string,
	look: Look,
	verdictOf: (sighting: Sighting) => Verdict,
): Exchange {
	return {
		vendorName,
		targetsPerRequest: 1,
		harmless: true,
		repeatable: true,
		send: async (targets) => await look.send(single(targets)),
		read: (answer, targets) => {
			const target = single(targets);
			const sighting = look.read(answer, target);
			if (sighting === undefined) return notDocumented;
			return 'kind' in sighting ? sighting : understood(target, verdictOf(sighting));
		},
	};
}

/** The one target of a request that carries exactly one. */
export function single(targets: readonly Target[]): Target {
	const [target, ...others] = targets;
	if (target === undefined || others.length > 0) {
		throw new TypeError(`A request for one record was given ${targets.length}`);
	}
	return target;
}
