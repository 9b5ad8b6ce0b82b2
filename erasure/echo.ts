/**
 * Finds what a reply speaks of by the ID that it echoes. An ID comes back as it was sent, or in
 * other letter case (the vendor's own sample asks for "BadCallId" and answers "BadCallID"); the
 * latter counts only if it leaves one candidate.
 */
export function matchEcho<T>(
	candidates: readonly T[],
	idOf: (candidate: T) => string,
): (echoed: unknown) => T | undefined {
	const exact = new Map<string, T>();
	const folded = new Map<string, T | undefined>();
	for (const candidate of candidates) {
		const id = idOf(candidate);
		if (exact.has(id)) continue;
		exact.set(id, candidate);
		const key = id.toLowerCase();
		folded.set(key, folded.has(key) ? undefined : candidate);
	}
	return (echoed) =>
		typeof echoed === 'string'
			? (exact.get(echoed) ?? folded.get(echoed.toLowerCase()))
			: undefined;
}
