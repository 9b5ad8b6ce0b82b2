import { utf8Of } from '../certificate/base64url';
import { isJsonObject, parse, type JsonObject } from '../certificate/json';
import { valuesOf, type Arrival } from './arrival';
import { inParts } from './members';
import { mostBodyBytes, Refused } from './requestContent';

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
	if (body.length === 0) throw new Refused(400, 'The body is empty. Send the request as JSON');
	if (body.length > mostBodyBytes) {
		throw new Refused(413, `The body is larger than ${mostBodyBytes} bytes. ${inParts}`);
	}
	const text = utf8Of(body);
	const value = text === undefined ? undefined : parse(text)?.value;
	if (isJsonObject(value)) return value;
	throw new Refused(
		400,
		'The body is not an object of JSON in UTF-8, or it is nested too deep. Send it as docs/requests.md says',
	);
}
