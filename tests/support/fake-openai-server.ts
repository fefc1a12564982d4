import type { IncomingMessage } from 'node:http';
import type * as z from 'zod';
import type { ChatStep, chatBody, embeddingsBody, RawStep, Rule } from './openai-messages.ts';

export interface FakeRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: z.infer<typeof chatBody> | z.infer<typeof embeddingsBody>;
}

export interface FakeOpenAi {
  /** Without a path. */
  readonly url: string;
  /** Of an OpenAI-compatible server. */
  readonly baseUrl: string;
  readonly requests: readonly FakeRequest[];
  /** The messages of the chat requests so far. */
  chats(): z.infer<typeof chatBody>[];
  /** Appends steps; each chat request takes the first one that is left. */
  plan(...steps: readonly ChatStep[]): void;
  /** Chat requests that a rule refuses take no step. */
  refuse(rule: Rule): void;
  /** Refuses embedding requests of more texts. */
  limitEmbeddings(most: number, refusal: RawStep): void;
  /** What to answer to embedding requests, as it is. */
  answerEmbeddings(answer: RawStep): void;
  /** Makes embedding requests fail with this status until told otherwise. */
  failEmbeddings(status: number | undefined): void;
  stop(): Promise<void>;
}
