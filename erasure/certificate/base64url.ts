/** Text or bytes in base64url without padding (RFC 4648, section 5), as JOSE wants it. */
export function toBase64url(content: string | Uint8Array): string {
	const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content);
	return bytes.toString('base64url');
}

/**
 * Reads base64url strictly. Node passes over what does not belong, so that two texts could stand for
 * the same bytes; of what is signed or hashed, one changed character has to be noticed.
 *
 * @returns undefined for anything but the one spelling that the bytes have
 */
export function fromBase64url(text: string): Buffer | undefined {
	const bytes = Buffer.from(text, 'base64url');
	return bytes.toString('base64url') === text ? bytes : undefined;
}

/** @returns undefined for what is not UTF-8 */
export function utf8Of(bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return undefined;
	}
}
