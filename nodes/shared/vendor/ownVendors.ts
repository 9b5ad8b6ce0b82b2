/** The vendors that have a node in this package, as receipts name them. */
export const ownVendors = ['creovai', 'flyflow', 'happyRobot', 'kaleyra', 'verba'];

/** What people call them as well, and what no vendor is called. */
const alsoOwn = ['tethr', 'verintverba', 'erasebyhttp'];

const plain = (name: string) => name.toLowerCase().replace(/[^a-z\d]/g, '');

const taken: ReadonlySet<string> = new Set([...ownVendors.map(plain), ...alsoOwn]);

/** Whether receipts under this name could be taken for those of a node that a vendor has here. */
export function isOwnVendor(name: string): boolean {
	return taken.has(plain(name));
}
