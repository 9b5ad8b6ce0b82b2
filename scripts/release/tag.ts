import type { Package } from '../build/packages';

/** Under which tag a package's version is published: several packages share one repository. */
export function tagOf({
	name,
	version,
	isWhole,
}: Pick<Package, 'name' | 'version' | 'isWhole'>): string {
	return isWhole ? `v${version}` : `${name}-v${version}`;
}

/**
 * The one package that a tag is for, whatever version it names.
 *
 * @throws Error with a sentence for a person if it is for none
 */
export function packageOfTag(tag: string, packages: readonly Package[]): Package {
	const found = packages.find((each) => {
		const before = tagOf({ ...each, version: '' });
		return tag.startsWith(before) && /^\d/.test(tag.slice(before.length));
	});
	if (found !== undefined) return found;
	const forms = packages.map((each) => tagOf({ ...each, version: '1.2.3' }));
	throw new Error(`The tag ${tag} is for no package. Tags look like ${forms.join(', ')}`);
}
