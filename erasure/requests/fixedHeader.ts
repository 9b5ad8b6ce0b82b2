import { onlyValueOf, type Arrival } from './arrival';
import { inTurn, type RequestSecrets, type UnusableSecret } from './requestSecret';
import { isSameText } from '../sameText';

/** The value of a header that a sender puts on every call. */
export interface HeaderValue {
	readonly value: string;
}

const shortest = 24;

const makeOne = 'Make one with: openssl rand -hex 32';

/** What can travel in a header, and cannot be guessed: keys are derived from it. */
export function readHeaderValue(text: unknown): HeaderValue | UnusableSecret {
	if (typeof text !== 'string' || text.trim() === '') {
		return { complaint: 'is empty', wayOut: makeOne };
	}
	const value = text.trim();
	if (!/^[\x20-\x7e]+$/.test(value)) {
		return {
			complaint: 'holds characters that cannot travel in a header',
			wayOut: 'Use letters, digits and signs of ASCII',
		};
	}
	if (value.length < shortest) {
		return {
			complaint: `is shorter than ${shortest} characters, so that it might be guessed`,
			wayOut: makeOne,
		};
	}
	return { value };
}

/** Set by what carries a call, or known to everybody: no place for a secret. */
const notForSecrets =
	/^(connection|content-.*|cookie|host|transfer-encoding|upgrade|x-forwarded-.*)$/i;

export function complaintAboutHeaderName(name: unknown): UnusableSecret | undefined {
	const isName = typeof name === 'string' && /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name);
	if (isName && !notForSecrets.test(name)) return undefined;
	return {
		complaint: 'cannot be the name of a header that holds a secret',
		wayOut: 'Enter one such as Authorization or X-API-Key',
	};
}

/** Whether the header came exactly once and with one of the values, compared in constant time. */
export function hasFixedHeader(
	arrival: Pick<Arrival, 'rawHeaders'>,
	name: string,
	values: RequestSecrets<HeaderValue>,
): boolean {
	const given = onlyValueOf(arrival, name);
	if (given === undefined) return false;
	const fits = inTurn(values).map(({ value }) => isSameText(given, value));
	return fits.includes(true);
}
