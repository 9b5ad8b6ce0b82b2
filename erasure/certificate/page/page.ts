import { html, Html } from './html';
import {
	approval,
	changesOf,
	heading,
	howKnown,
	leftOpen,
	notCovered,
	request,
	wayToVerify,
	whatHappened,
	type PageContent,
} from './sections';
import { style } from './style';

/**
 * The certificate in plain words, for somebody who knows nothing of where it comes from: one file
 * without scripts that asks for nothing else. It says no more than the certificate does.
 */
export function makePage(content: PageContent): string {
	const { erasure } = content.payload;
	const title = `Certificate of erasure: ${erasure.request.reference}`;
	const page = html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta
					http-equiv="Content-Security-Policy"
					content="default-src 'none'; style-src 'unsafe-inline'"
				/>
				<meta name="robots" content="noindex" />
				<title>${title}</title>
				<style>
					${new Html(style)}
				</style>
			</head>
			<body>
				<main>
					${heading(content)} ${request(content)} ${whatHappened(content)} ${changesOf(content)}
					${howKnown(content)} ${leftOpen(content)} ${notCovered(content)} ${approval(content)}
					${wayToVerify(content)}
				</main>
			</body>
		</html> `;
	return page.text.replace(/\n\s+/g, '\n');
}
