/**
 * What a sender and we both know. While it is changed for another one there are two: what comes in
 * counts under either, what goes out is made with the current one.
 */
export interface RequestSecrets<Secret> {
	readonly current: Secret;
	readonly previous?: Secret;
}

/** The current one first. */
export function inTurn<Secret>({ current, previous }: RequestSecrets<Secret>): readonly Secret[] {
	return previous === undefined ? [current] : [current, previous];
}

/** Why a secret cannot be used: the end of a sentence that starts with the field's name. */
export interface UnusableSecret {
	readonly complaint: string;
	readonly wayOut: string;
}

export function isUsableSecret<T extends object>(secret: T | UnusableSecret): secret is T {
	return !('complaint' in secret);
}

const name = /^[A-Za-z0-9._:-]{1,64}$/;

/** @returns undefined for what can name a sender: the name is part of every request's key */
export function complaintAboutSender(sender: unknown): UnusableSecret | undefined {
	if (typeof sender === 'string' && name.test(sender)) return undefined;
	return {
		complaint: 'has to be a name of up to 64 letters, digits and . _ : -',
		wayOut: 'Enter one such as shop-backend, and keep it: it tells the same request from another',
	};
}
