import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

/** What a form page of n8n answered. */
export interface FormAnswer {
	readonly status: number;
	readonly text: string;
}

interface Login {
	readonly user: string;
	readonly password: string;
}

/** Opens a form as a browser would, and signs in if a login is given. */
export async function openForm(address: string, login?: Login): Promise<FormAnswer> {
	await untilItWaits(address);
	const { status, data } = await axios.get<unknown>(address, settings(login));
	return { status, text: String(data) };
}

/**
 * Presses the form's button.
 *
 * @param answers what is in each of the form's fields: a text, or a list of the options chosen
 */
export async function submitForm(
	address: string,
	answers: ReadonlyArray<string | readonly string[]>,
	login?: Login,
): Promise<FormAnswer> {
	await untilItWaits(address);
	const fields = new FormData();
	// n8n names fields by their position and sends a choice as a list of one.
	for (const [index, answer] of answers.entries()) {
		fields.append(`field-${index}`, typeof answer === 'string' ? answer : JSON.stringify(answer));
	}
	const { status, data } = await axios.post<unknown>(address, fields, settings(login));
	return { status, text: String(data) };
}

/**
 * The form's address can be known before its execution waits, and n8n leaves requests to the form
 * without an answer until then. It is asked as n8n's own pages ask.
 */
async function untilItWaits(address: string): Promise<void> {
	const { pathname, search } = new URL(address);
	const question = new URL(`${pathname}/n8n-execution-status${search}`, address).href;
	for (;;) {
		const { data } = await axios.get<unknown>(question, settings());
		if (data !== 'running' && data !== 'new') return;
		await sleep(100);
	}
}

function settings(login?: Login) {
	const auth = login && { username: login.user, password: login.password };
	return { ...(auth && { auth }), proxy: false, validateStatus: null } as const;
}
