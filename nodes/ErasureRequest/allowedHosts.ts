import { UnusableValue } from '../shared/parameters/unusableValue';
import { allowedHosts as field } from './fields';

/**
 * The hosts that may be called, as an address has them: with a port only if it is not the usual one.
 *
 * @throws UnusableValue for what is no host: of an address or a pattern nobody could say which hosts it means
 */
export function readHosts(given: unknown): ReadonlySet<string> {
	const entries = typeof given === 'string' ? given.split(/[\s,;]+/) : [];
	const hosts = entries.filter((entry) => entry !== '').map((entry) => entry.toLowerCase());
	if (hosts.length === 0) {
		throw new UnusableValue(field.displayName, 'is empty', 'Enter the hosts that may be called');
	}
	const other = hosts.find((host) => !isHost(host));
	if (other === undefined) return new Set(hosts);
	throw new UnusableValue(
		field.displayName,
		`holds "${other.slice(0, 60)}", which is not a host`,
		'Enter names such as shop.example.com or shop.example.com:8443, without https:// and *',
	);
}

function isHost(text: string): boolean {
	const address = `https://${text}`;
	return /^[a-z0-9.:[\]-]+$/.test(text) && URL.canParse(address) && new URL(address).host === text;
}

/**
 * @param urls where a request wants to be called back
 * @returns their hosts
 * @throws UnusableValue if one of them is not among those that may be called: none is called then
 */
export function checkHosts(urls: readonly string[], allowed: ReadonlySet<string>): string[] {
	const hosts = [...new Set(urls.map((url) => new URL(url).host))];
	const other = hosts.find((host) => !allowed.has(host));
	if (other === undefined) return hosts;
	throw new UnusableValue(
		field.displayName,
		`does not hold ${other}, where this request wants to be called back`,
		'Add it if the sender may be called there',
	);
}
