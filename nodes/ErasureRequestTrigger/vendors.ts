/** The vendors of this package, as receipts name them. */
export const ownVendors = ['creovai', 'flyflow', 'happyRobot', 'kaleyra', 'verba'];

/** Names that are parted by commas, semicolons, blanks or line breaks. */
export function readVendors(given: unknown): readonly string[] {
	return typeof given === 'string' ? given.split(/[\s,;]+/).filter((name) => name !== '') : [];
}
