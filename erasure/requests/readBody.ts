import { utf8Of } from '../certificate/base64url';
import { isJsonObject, inspectJson, type JsonObject } from '../json';
import { valuesOf, type Arrival } from './arrival';
import { inParts } from './members';
import { deepestBody, mostBodyBytes, Refused } from './requestContent';

/**
 * The object that a body holds. To be called for what is authentic: until then nobody is told what is
 * wrong with it.
 *
 * @throws Refused
 */
export function readBody(arrival: Arrival): JsonObject {
	const { body } = arrival;
	const [type = '', ...others] = valuesOf(arrival, 'content-type');
	if (others.length > 0 || !/^application\/json\s*(;|$)/i.test(type)) {
		throw new Refused(400, 'Content-Type has to be application/json');
	}
	// JSON travels as UTF-8 (RFC 8259): under another name its bytes could be meant otherwise.
	const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(type)?.[1] ?? 'utf-8';
	if (!/^utf-?8$/i.test(charset)) {
		throw new Refused(400, 'The charset in Content-Type has to be utf-8');
	}
	if (body.length === 0) throw new Refused(400, 'The body is empty. Send the request as JSON');
	if (body.length > mostBodyBytes) {
		throw new Refused(413, `The body is larger than ${mostBodyBytes} bytes. ${inParts}`);
	}
	return objectOf(body);
}

const noObject =
	'The body is not an object of JSON in UTF-8, or it is nested too deep. Send it as docs/requests.md says';

const namedTwice =
	'The body names a member twice, and programs differ in which of the two they read. Name it once';

function objectOf(body: Uint8Array): JsonObject {
	const inspected = inspectJson(utf8Of(body) ?? '', deepestBody);
	if ('value' in inspected && isJsonObject(inspected.value)) return inspected.value;
	const isTwice = 'complaint' in inspected && inspected.complaint === 'namedTwice';
	throw new Refused(400, isTwice ? namedTwice : noObject);
}
