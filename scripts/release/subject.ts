import type { Package } from '../build/packages';

/** What is held against the rules for a release: one of the packages. */
export interface Subject {
	readonly package: Package;
	/** Where the bill of materials goes. */
	readonly releaseFolder: string;
	/** The tarball as `npm publish` would send it. */
	readonly tarball: string;
	/** Bytes, packed. */
	readonly size: number;
	/** A folder with what the tarball holds. */
	readonly unpacked: string;
	/** Folders with an n8n-core in `node_modules`. */
	readonly cores: readonly string[];
	/** The tag that is released; undefined before there is one. */
	readonly tag: string | undefined;
}

/** What a check came to. */
export interface Outcome {
	/** A few words on what was looked at. */
	readonly summary: string;
	/** Each a sentence on what has to change; none if all is well. */
	readonly findings: readonly string[];
}

export type Check = (subject: Subject) => Promise<Outcome>;
