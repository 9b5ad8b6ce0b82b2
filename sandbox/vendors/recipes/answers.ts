import type { FastifyReply, FastifyRequest } from 'fastify';

/** Answers what lacks the Authorization header with `error` and 401; lets everything else through. */
export async function checkAuthorization(
	request: FastifyRequest,
	reply: FastifyReply,
	expected: string,
	error: object,
): Promise<void> {
	if (request.headers.authorization === expected) return;
	await reply.code(401).send(error);
}

/** What a header for HTTP Basic Authentication says (RFC 7617). */
export function basicHeader(user: string, password: string): string {
	return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** An ID of so many hexadecimal digits that ends with the number. */
export function hexadecimal(number: number, digits: number): string {
	return number.toString(16).padStart(digits, '0');
}

/** A UUID that ends with the number. */
export function uuid(number: number): string {
	return `428c31b6-7af4-4bcb-b7f5-${hexadecimal(number, 12)}`;
}
