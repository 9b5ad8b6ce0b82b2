/** What somebody who threw has to say to the user: mostly an error's message. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
