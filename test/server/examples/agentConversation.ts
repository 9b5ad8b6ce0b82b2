import type { Chat } from './chat';
import type { Turn } from './chatModel';
import type { Example } from './published';

/** A conversation about the example: what the model asks for, and what somebody says in the chat. */
export interface Conversation {
	readonly turns: readonly Turn[];
	readonly work: (chat: Chat) => Promise<void>;
	readonly change?: (copy: Example) => void;
}

/** The tools by the names under which the model gets them. */
export const previewTool = 'Preview_deletions_at_Flyflow';

export const deleteTool = 'Delete_at_Flyflow';
