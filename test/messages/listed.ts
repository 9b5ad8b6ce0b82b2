import type { Met, Stage } from './stage';

/** A message that a user can meet. */
export interface Listed {
	/** Word for word; `‹…›` stands where a run puts what differs from run to run. */
	readonly text: string;
	/** The parameter, option or field of the credential that it names, as the editor shows it. */
	readonly names?: string;
	/** The input item that it is about. */
	readonly item?: number;
	/** The part that says how to get on; missing where nothing has to be done. */
	readonly wayOut?: string;
	/** Why it needs no way out. */
	readonly because?: string;
	/** Brings it about by the code that makes it. */
	meet(stage: Stage): Promise<Met>;
}

/** Finds the text with anything in its places. */
export function patternOf(text: string): RegExp {
	const parts = text.split(/‹[^›]*›|…/u);
	return new RegExp(`^${parts.map(escapeForPattern).join('[^]+?')}$`, 'u');
}

export function escapeForPattern(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
