import type OpenAI from 'openai';
import type { ChatModel } from '../ports.ts';
import { type ChatOptions, openaiModel } from './openai-model.ts';
import type { Protocol } from './protocol.ts';
import { readCompletion } from './wire/answer.ts';
import { toWire } from './wire/request.ts';

const chatCompletions: Protocol = {
  api: 'chat_completions',
  toBody: toWire,
  send: (client, body, signal) =>
    client.chat.completions.create(body as ReturnType<typeof toWire>, { signal }),
  read: readCompletion,
};

/** The chat-completions protocol behind the port. @param model name of the model or deployment */
export function openaiChatModel(client: OpenAI, model: string, options: ChatOptions): ChatModel {
  return openaiModel(chatCompletions, client, model, options);
}
