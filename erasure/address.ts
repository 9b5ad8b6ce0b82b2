/** Where something is, in place of what it is called. */

/** An address of the web, a host alone, or one of another scheme. */
export function isAddress(text: string): boolean {
	return (
		/^[a-z][a-z\d+.-]*:\/\/|^\/\/[a-z\d.-]+\.[a-z]{2,}|^www\.|^(?:mailto|tel|sips?|urn|callto|data|file):/i.test(
			text,
		) ||
		/^(?:[a-z\d-]+\.)+[a-z]{2,}(?::\d+)?[/?]./i.test(text) ||
		/^(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?$/.test(text) ||
		/^localhost\b/i.test(text) ||
		/[?&][a-z_]\w*=/i.test(text)
	);
}

/** One of a person or an office. `a84b4c76e66710@pc33.example.com` is what telephones call a call. */
export function isEmail(text: string): boolean {
	return /^(?:[a-z]+[._+-])*[a-z]+\d{0,4}@(?:[\p{L}\d-]+\.)+[a-z]{2,}$/iu.test(text);
}

const segments =
	'api|rest|v\\d+|calls?|flows?|notes?|sessions?|conversations?|recordings?|records?|whatsapp|purge|runs?|messages?|items?|objects?|contacts?';

const paths = [
	new RegExp(`(?:^|[/\\\\])(?:${segments})[/\\\\]`, 'i'),
	// Base64 may begin or end with a slash, but hardly has capitals nowhere.
	/^[/\\][a-z\d_.~-]+(?:[/\\]|$)|^[a-z\d_.~/-]+\/$|^[\dA-F-]{36}\/$/,
	/^(?:\.{1,2}|~)[/\\]|^\\|^[a-z]:\\|^(?:DELETE|GET|POST)\s/i,
];

/** `/v1/call/call_123`, `calls/call_123`, `../call_123`, `call_123/`. A slash alone may be of an ID. */
export function isPath(text: string): boolean {
	return paths.some((path) => path.test(text));
}

/** `call_123.mp3` */
export function isFileName(text: string): boolean {
	return /[^.]\.(?:mp3|mp4|m4a|wav|ogg|opus|webm|json|jsonl|xml|csv|tsv|txt|xlsx?|ods|pdf|docx?|html?|zip|gz|eml|log|png|jpe?g)$/i.test(
		text,
	);
}
