import type OpenAI from 'openai';
import type { ChatModel } from '../ports.ts';
import { type ChatOptions, openaiModel } from './openai-model.ts';
import { readResponse } from './wire/response-answer.ts';
import { toResponseRequest } from './wire/response-request.ts';
import { Thoughts } from './wire/thoughts.ts';

/** The Responses API behind the port. @param name name of the model or deployment */
export function openaiResponsesModel(client: OpenAI, name: string, options: ChatOptions): ChatModel {
  const thoughts = new Thoughts();
  const model = openaiModel(
    {
      api: 'responses',
      toBody: (request, asked, dialect) => toResponseRequest(request, asked, dialect, thoughts),
      // Not `responses.create`, which looks into the answer and fails when it is no object.
      send: (sender, body, signal) => sender.post<unknown>('/responses', { body, signal }),
      read: (answer, asked) => readResponse(answer, asked, thoughts),
    },
    client,
    name,
    options,
  );
  return { ...model, recall: thoughts };
}
