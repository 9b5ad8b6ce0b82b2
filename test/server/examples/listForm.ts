import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import { approver, type Stage } from '../n8n';
import { role } from './customer';

/** What the form of "Delete from a list" offers, in its own words. */
export const contents = {
	flyflow: 'Flyflow: calls by call ID',
	creovai: 'Creovai: calls by call ID',
	sessions: 'Creovai: calls by session ID',
	customers: 'Creovai: all calls of a customer, by phone number',
	happyRobot: 'HappyRobot: calls by call ID',
	kaleyra: 'Kaleyra: draft WhatsApp Flows by flow ID',
	verba: 'Verba: conversations by call ID',
} as const;

export type Content = keyof typeof contents;

/** A page of the form, as a browser sees it. */
export interface FormPage {
	/** Its address, with the signature that n8n wants. */
	readonly address: string;
	/** Its text and tables, without tags: cells of a row are separated by ` | `. */
	readonly text: string;
	/** The file that it makes the browser download, the first if there are several. */
	readonly download: Download | undefined;
	readonly downloads: readonly Download[];
}

interface Download {
	readonly name: string;
	readonly text: string;
}

const asBrowser = { proxy: false, validateStatus: null, maxRedirects: 0 } as const;

/** Chooses a file and what is in it, and presses the button. @returns the page that comes then */
export async function uploadList(
	{ n8n }: Stage,
	file: { readonly name: string; readonly content: Uint8Array },
	content: Content,
	column = '',
	test?: { readonly at: string },
): Promise<FormPage> {
	const fields = new FormData();
	fields.append('field-0', new Blob([file.content as Uint8Array<ArrayBuffer>]), file.name);
	fields.append('field-1', contents[content]);
	fields.append('field-2', column);
	const address = test?.at ?? n8n.api.formUrl('delete-from-a-list');
	const { user: username, password } = approver;
	const auth = { username, password };
	const answer = await axios.post<{ formWaitingUrl?: string }>(address, fields, {
		...asBrowser,
		auth,
	});
	if (answer.data.formWaitingUrl === undefined) {
		throw new Error(`The form answered ${answer.status}: ${JSON.stringify(answer.data)}`);
	}
	return await nextPage(answer.data.formWaitingUrl);
}

/** Decides on the page that shows what would go. @returns the page that comes then */
export async function decide(page: FormPage, decision: string): Promise<FormPage> {
	const fields = new FormData();
	fields.append('field-0', JSON.stringify([decision]));
	fields.append('field-1', role);
	const { status } = await axios.post<unknown>(page.address, fields, asBrowser);
	if (status >= 400) throw new Error(`The form answered ${status}`);
	return await nextPage(page.address);
}

/** Waits for the next page as n8n's own pages do, and opens it. A last page ends the execution. */
async function nextPage(address: string): Promise<FormPage> {
	const { pathname, search } = new URL(address);
	const question = new URL(`${pathname}/n8n-execution-status${search}`, address).href;
	for (;;) {
		const { data } = await axios.get<unknown>(question, asBrowser);
		if (data === 'form-waiting') break;
		if (data !== 'running' && data !== 'new') {
			throw new Error(`The form's execution ended without another page: ${String(data)}`);
		}
		await sleep(100);
	}
	const { status, data } = await axios.get<string>(address, asBrowser);
	if (status !== 200) throw new Error(`The page answered ${status}`);
	const isLast = data.includes('responseBinary') || !data.includes('field-0');
	if (isLast) await axios.post<unknown>(address, undefined, asBrowser);
	const downloads = downloadsOf(data);
	return { address, text: textOf(data), download: downloads[0], downloads };
}

function textOf(html: string): string {
	const body = html.replace(/<(script|style|head)\b[\s\S]*?<\/\1>/g, '');
	const text = body
		.replace(/<\/(td|th)>\s*<t/g, '</$1> | <t')
		.replace(/<\/(tr|p|h\d)>/g, '\n')
		.replace(/<[^>]+>/g, '')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&#x27;', "'")
		.replaceAll('&amp;', '&');
	return text.replace(/[ \t]+/g, ' ').replace(/\s*\n\s*/g, '\n');
}

/** The page's script gets what is to be downloaded as JSON, escaped for an address. */
function downloadsOf(html: string): Download[] {
	const [, escaped] = /JSON\.parse\(decodeURIComponent\("([^"]+)"\)\)/.exec(html) ?? [];
	if (escaped === undefined) return [];
	const files = JSON.parse(decodeURIComponent(escaped)) as Array<{
		fileName: string;
		data: string | { data: number[] };
	}>;
	return files.map(({ data, fileName: name }) => {
		const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : Buffer.from(data.data);
		return { name, text: bytes.toString('utf8') };
	});
}
