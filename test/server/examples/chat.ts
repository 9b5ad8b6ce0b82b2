import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import type { ChatQuestion, SentToChat } from '../../../scripts/n8n/executionOutput';
import type { N8nApi } from '../../../scripts/n8n/n8nApi';

const deadlineMs = 20_000;

/** n8n takes whoever looks like a program for a preview of links, and that one may approve nothing. */
const browser =
	'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';

interface Started {
	readonly executionId: string;
	readonly resumeToken: string;
}

/** A conversation in a public chat of n8n. What is sent into it is read from its execution. */
export class Chat {
	private seen: SentToChat | undefined;

	private constructor(
		private readonly api: N8nApi,
		private readonly started: Started,
	) {}

	/**
	 * Writes the first message.
	 *
	 * @param path of the chat's webhook: the `webhookId` of its trigger
	 */
	static async start(api: N8nApi, path: string, text: string): Promise<Chat> {
		const message = { action: 'sendMessage', sessionId: 'one', chatInput: text };
		return new Chat(api, await api.callWebhook<Started>(`${path}/chat`, message));
	}

	/** What is sent next: a text, or a question with buttons. */
	async next(): Promise<string | ChatQuestion> {
		for (const deadline = Date.now() + deadlineMs; Date.now() < deadline; await sleep(100)) {
			const sent = await this.api.sentToChat(this.started.executionId);
			if (sent === undefined || sent.sign === this.seen?.sign) continue;
			this.seen = sent;
			return sent.message;
		}
		throw new Error('Nothing was sent into the chat');
	}

	/** The next message, which has to be a text. */
	async text(): Promise<string> {
		const message = await this.next();
		if (typeof message === 'string') return message;
		throw new Error(`The chat asks instead: ${message.text}`);
	}

	/** The next message, which has to be a question. */
	async question(): Promise<ChatQuestion> {
		const message = await this.next();
		if (typeof message !== 'string') return message;
		throw new Error(`The chat does not ask but says: ${message}`);
	}

	/** Presses a button of the chat's page, by its text. */
	async press(question: ChatQuestion, label: string): Promise<void> {
		const { link } = question.buttons.find(({ text }) => text === label)!;
		const { pathname, search } = new URL(link);
		const headers = { 'user-agent': browser };
		await axios.get(this.api.webhookAddress + pathname + search, { headers, proxy: false });
	}

	/** Opens the connection by which the chat's page reads and writes. */
	async openPage(): Promise<ChatPage> {
		const { executionId, resumeToken: token } = this.started;
		const query = new URLSearchParams({ sessionId: 'one', executionId, isPublic: 'true', token });
		return await ChatPage.open(
			`${this.api.address.replace(/^http/, 'ws')}/chat?${query.toString()}`,
		);
	}
}

/** A chat as its page has it: over n8n's own web socket. */
export class ChatPage {
	private readonly messages: string[] = [];

	private constructor(private readonly socket: WebSocket) {
		socket.addEventListener('message', ({ data }) => {
			const text = String(data);
			// n8n's own words: that it is there, and that it goes on.
			if (!text.startsWith('n8n|')) this.messages.push(text);
		});
	}

	static async open(address: string): Promise<ChatPage> {
		const socket = new WebSocket(address);
		const page = new ChatPage(socket);
		await new Promise((resolve, reject) => {
			socket.addEventListener('open', resolve, { once: true });
			socket.addEventListener('error', reject, { once: true });
		});
		return page;
	}

	/** The next message that the page shows; a question is JSON text. */
	async next(): Promise<string> {
		for (const deadline = Date.now() + deadlineMs; Date.now() < deadline; await sleep(100)) {
			const message = this.messages.shift();
			if (message !== undefined) return message;
		}
		throw new Error('The page of the chat shows nothing');
	}

	write(text: string): void {
		const message = { sessionId: 'one', action: 'sendMessage', chatInput: text };
		this.socket.send(JSON.stringify(message));
	}

	close(): void {
		this.socket.close();
	}
}
