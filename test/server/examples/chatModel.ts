import type { AddressInfo } from 'node:net';

import fastify, { type FastifyInstance } from 'fastify';

/** The parts of a chat completion request that a stand-in has to know. */
export interface ChatRequest {
	readonly messages: ReadonlyArray<{ readonly role: string; readonly content: unknown }>;
	readonly tools?: ReadonlyArray<{
		readonly function: {
			readonly name: string;
			readonly parameters: { readonly properties: object };
		};
	}>;
}

/**
 * Stands in for a language model by OpenAI's protocol for chat completions: asks for the one tool
 * that it is offered, with the arguments that the test says, and then repeats what the tool gave.
 */
export class ChatModel {
	readonly requests: ChatRequest[] = [];

	/** What the tool is called with. */
	toolArguments: object = {};

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

	private answer({ messages, tools = [] }: ChatRequest) {
		const last = messages.at(-1);
		if (last?.role === 'tool') return { role: 'assistant', content: String(last.content) };
		const call = {
			name: tools[0]?.function.name,
			arguments: JSON.stringify(this.toolArguments),
		};
		const toolCalls = [{ id: 'call_of_tool', type: 'function', function: call }];
		return { role: 'assistant', content: null, tool_calls: toolCalls };
	}
}
