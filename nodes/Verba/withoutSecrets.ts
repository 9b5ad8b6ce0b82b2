/** In a whole reply, anything shorter could be part of ordinary words and of the XML itself. */
const shortestSecret = 6;

/**
 * The text with each secret replaced, in whatever letter case and as addresses and XML write it.
 *
 * @param shortest characters that a secret must have to be looked for
 */
export function withoutSecrets(
	text: string,
	secrets: ReadonlyArray<string | undefined>,
	shortest = shortestSecret,
): string {
	return secrets.reduce<string>((rest, secret) => {
		if (secret === undefined || secret.length < shortest) return rest;
		const spellings = new Set([secret, encodeURIComponent(secret), escapeForXml(secret)]);
		const pattern = [...spellings].map(escapeForPattern).join('|');
		return rest.replace(new RegExp(pattern, 'gi'), '***');
	}, text);
}

function escapeForXml(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function escapeForPattern(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
