/** Names that are parted by commas, semicolons, blanks or line breaks. */
export function readVendors(given: unknown): readonly string[] {
	return typeof given === 'string' ? given.split(/[\s,;]+/).filter((name) => name !== '') : [];
}
