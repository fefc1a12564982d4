import { finalAnswerSchema } from '#platform/experts/answer';
import { compatibleClient } from '#platform/experts/models/client';
import { openaiChatModel } from '#platform/experts/models/openai-chat';
import type { ChatOptions } from '#platform/experts/models/openai-model';
import { openaiResponsesModel } from '#platform/experts/models/openai-responses';
import type { ModelRequest } from '#platform/experts/ports';
import type { LogFields } from '#platform/telemetry/log';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import type { RawStep } from '../../support/openai-messages.ts';

export const patient = new AbortController().signal;

/** What somebody says, which no log may have. */
export const secret = 'My grandmother was born in Samarkand.';

export const request: ModelRequest = {
  domain: 'billing',
  instructions: 'You are the billing expert.',
  today: '2026-01-15',
  messages: [{ role: 'user', text: secret }],
  tools: [
    { name: 'get_products', description: 'Products.', inputSchema: { type: 'object', properties: {} } },
  ],
  last: false,
  answerSchema: finalAnswerSchema,
};

export interface Lines {
  readonly level: string;
  readonly message: string;
  readonly fields: LogFields;
}

const sending = { attempts: 3, attemptMilliseconds: 5_000, longestWait: 2_000, firstWait: 1 };

/** The real client library against a server that speaks as the test has planned; and what the operator reads of it. */
export function modelAt(service: FakeOpenAi, options: Partial<ChatOptions> = {}, open = openaiChatModel) {
  const lines: Lines[] = [];
  const client = compatibleClient({ kind: 'compatible', baseUrl: service.baseUrl, chatModel: 'fake' });
  const logger = {
    log: (level: string, message: string, fields: LogFields = {}) => lines.push({ level, message, fields }),
  };
  const model = open(client, 'fake', { structuredAnswers: false, sending, logger, ...options });
  return { model, lines };
}

/** Likewise, over the Responses API. */
export function responsesModelAt(service: FakeOpenAi, options: Partial<ChatOptions> = {}) {
  return modelAt(service, options, openaiResponsesModel);
}

/** A refusal as Azure words it: only the sentence says what is refused. */
export function azureSays(message: string): RawStep {
  return { status: 400, raw: { error: { message, type: 'invalid_request_error', param: null, code: null } } };
}

/** Impatient where a test says so: of a service that hangs. */
export function chatModel(service: FakeOpenAi, attemptMilliseconds = 5_000, turnTokens = 500) {
  return modelAt(service, { turnTokens, sending: { ...sending, attemptMilliseconds } }).model;
}
