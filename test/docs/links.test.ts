import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { pages, root, type Page } from './pages';

interface Link {
	readonly page: string;
	readonly target: string;
}

function linksOf({ path, text }: Page): Link[] {
	const prose = text.replace(/```[^]*?```/g, '').replace(/`[^`\n]*`/g, '');
	return [...prose.matchAll(/\]\(([^()\s]+(?:\([^()]*\)[^()\s]*)?)\)/g)].map(([, target = '']) => ({
		page: path,
		target,
	}));
}

/** As GitHub names the headings of a page. */
function anchorsOf(text: string): Set<string> {
	const seen = new Map<string, number>();
	const anchors = [...text.replace(/```[^]*?```/g, '').matchAll(/^#{1,6} (.+)$/gm)].map(
		([, heading = '']) => {
			const slug = heading
				.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
				.toLowerCase()
				.replace(/[^\p{L}\p{N}\s_-]/gu, '')
				.trim()
				.replace(/\s/g, '-');
			const times = seen.get(slug) ?? 0;
			seen.set(slug, times + 1);
			return times === 0 ? slug : `${slug}-${times}`;
		},
	);
	return new Set(anchors);
}

function complaintOf({ page, target }: Link): string | undefined {
	const [file = '', anchor] = target.split('#');
	const path = file === '' ? page : join(dirname(page), decodeURIComponent(file));
	if (relative(root, join(root, path)).startsWith('..')) return 'it leaves the project';
	if (!existsSync(join(root, path))) return 'there is no such file';
	if (anchor === undefined) return undefined;
	if (!statSync(join(root, path)).isFile()) return 'a folder has no headings';
	const text = readFileSync(join(root, path), 'utf8');
	return anchorsOf(text).has(anchor) ? undefined : 'there is no such heading';
}

const links = pages.flatMap(linksOf);

const inside = links.filter(({ target }) => !/^[a-z]+:/.test(target));

describe('A link inside the project leads somewhere', () => {
	test('there are some', () => {
		expect(inside.length).toBeGreaterThan(20);
	});

	test.each(inside.map((link) => [link.page, link.target, link] as const))(
		'%s: %s',
		(_, __, link) => {
			expect(complaintOf(link)).toBeUndefined();
		},
	);

	test.each(['docs/moon.md', 'README.md#moon', '#moon', '../outside.md', 'docs#moon'])(
		'the search finds %s',
		(target) => {
			expect(complaintOf({ page: 'README.md', target })).toEqual(expect.any(String));
		},
	);
});

test('links to other places are https', () => {
	const others = links.filter(({ target }) => /^[a-z]+:/.test(target));
	expect(others.filter(({ target }) => !target.startsWith('https://'))).toEqual([]);
});

test('every page can be reached from README', () => {
	const reached = new Set<string>();
	const follow = (path: string) => {
		if (reached.has(path)) return;
		reached.add(path);
		const from = inside.filter(({ page }) => page === path);
		for (const { target } of from) follow(join(dirname(path), target.replace(/#.*/, '')));
	};
	follow('README.md');
	const byGitHub = ['SECURITY.md'];
	expect(pages.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual(byGitHub);
});
