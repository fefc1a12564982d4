import type { IncomingMessage } from 'node:http';
import type * as z from 'zod';
import type { ChatStep, chatBody, embeddingsBody, RawStep, Rule } from './openai-messages.ts';
import type { ResponsesBody, ResponsesRule } from './openai-responses.ts';

export interface FakeRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: z.infer<typeof chatBody> | z.infer<typeof embeddingsBody> | ResponsesBody;
}

export interface FakeOpenAi {
  /** Without a path. */
  readonly url: string;
  /** Of an OpenAI-compatible server. */
  readonly baseUrl: string;
  readonly requests: readonly FakeRequest[];
  /** The messages of the chat requests so far. */
  chats(): z.infer<typeof chatBody>[];
  /** The requests of the Responses API so far. */
  responses(): ResponsesBody[];
  /** Appends steps; each request of either protocol takes the first one that is left. */
  plan(...steps: readonly ChatStep[]): void;
  /** Chat requests that a rule refuses take no step. */
  refuse(rule: Rule): void;
  refuseResponses(rule: ResponsesRule): void;
  /** From now on, answers say what a cache of prompts, and a count of their real text, would have said. */
  countPrompts(): void;
  /** Refuses embedding requests of more texts. */
  limitEmbeddings(most: number, refusal: RawStep): void;
  /** What to answer to embedding requests, as it is. */
  answerEmbeddings(answer: RawStep): void;
  /** Makes embedding requests fail with this status until told otherwise. */
  failEmbeddings(status: number | undefined): void;
  stop(): Promise<void>;
}
