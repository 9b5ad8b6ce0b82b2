import type { AddressInfo } from 'node:net';

import fastify, { type FastifyInstance } from 'fastify';

/** The parts of a chat completion request that a stand-in has to know. */
export interface ChatRequest {
	readonly messages: ReadonlyArray<{ readonly role: string; readonly content: unknown }>;
	readonly tools?: ReadonlyArray<{
		readonly function: {
			readonly name: string;
			readonly parameters: { readonly properties: Readonly<Record<string, object>> };
		};
	}>;
}

/** A tool that the model asks for, by the name under which it is offered. */
export interface ToolCall {
	readonly tool: string;
	readonly input: object;
}

/**
 * What the model asks for in one turn: several tools are asked for at once.
 *
 * @param said what its tools have given so far, the oldest first
 */
export type Turn = (said: readonly string[]) => readonly ToolCall[];

/**
 * Stands in for a language model by OpenAI's protocol for chat completions: asks for the tools that
 * the test says, turn by turn, and when nothing is left to ask for repeats what the last ones gave.
 */
export class ChatModel {
	readonly requests: ChatRequest[] = [];

	private turns: readonly Turn[] = [];

	private turn = 0;

	private readonly app: FastifyInstance = this.build();

	static async start(): Promise<ChatModel> {
		const model = new ChatModel();
		await model.app.listen({ host: '127.0.0.1', port: 0 });
		return model;
	}

	/** The base URL for n8n's OpenAI credential. */
	get address(): string {
		return `http://127.0.0.1:${(this.app.server.address() as AddressInfo).port}/v1`;
	}

	/** Says what it asks for from now on, and forgets what was before. */
	play(...turns: readonly Turn[]): void {
		this.turns = turns;
		this.turn = 0;
		this.requests.length = 0;
	}

	async stop(): Promise<void> {
		await this.app.close();
	}

	private build(): FastifyInstance {
		const app = fastify({ forceCloseConnections: true });
		app.post<{ Body: ChatRequest }>('/v1/chat/completions', async ({ body }, reply) => {
			this.requests.push(body);
			const message = this.answer(body);
			return await reply.send({
				id: 'chatcmpl-1',
				object: 'chat.completion',
				created: 0,
				model: 'stand-in',
				choices: [
					{ index: 0, message, finish_reason: 'tool_calls' in message ? 'tool_calls' : 'stop' },
				],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			});
		});
		return app;
	}

	private answer({ messages }: ChatRequest) {
		const said = messages
			.filter(({ role }) => role === 'tool')
			.map(({ content }) => String(content));
		const turn = this.turns[this.turn++];
		if (turn === undefined) {
			const lastAsked = messages.findLastIndex(({ role }) => role !== 'tool');
			const lastSaid = said.slice(lastAsked + 1 - messages.length);
			return { role: 'assistant', content: lastSaid.join('\n') };
		}
		const calls = turn(said).map(({ tool, input }, index) => ({
			id: `call_of_tool_${this.turn}_${index}`,
			type: 'function',
			function: { name: tool, arguments: JSON.stringify(input) },
		}));
		return { role: 'assistant', content: null, tool_calls: calls };
	}
}
