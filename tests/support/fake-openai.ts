import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type * as z from 'zod';
import type { FakeOpenAi, FakeRequest } from './fake-openai-server.ts';
import { chatTurn, responsesTurn, type Turn } from './fake-openai-turns.ts';
import { embeddingsOf } from './openai-completions.ts';
import { readJson, sendError, sendJson, sendRaw } from './openai-http.ts';
import { type ChatStep, chatBody, embeddingsBody, type RawStep, type Rule } from './openai-messages.ts';
import { type ResponsesRule, responsesBody } from './openai-responses.ts';
import { PromptCache } from './prompt-cache.ts';

/** Chat completions, responses and embeddings as OpenAI, Azure's v1 endpoint and Azure's dated versions serve them. */
const route =
  /^(?:\/openai)?(?:\/v1|\/deployments\/(?<deployment>[^/]+))\/(?<operation>chat\/completions|responses|embeddings)$/;

const bodies = new Map<string, z.ZodType<FakeRequest['body']>>([
  ['chat/completions', chatBody],
  ['responses', responsesBody],
  ['embeddings', embeddingsBody],
]);

/** Stands in for a language model: speaks the real wire, says what the test has planned. */
export async function startFakeOpenAi(...steps: readonly ChatStep[]): Promise<FakeOpenAi> {
  const planned = [...steps];
  const requests: FakeRequest[] = [];
  const rules: Rule[] = [];
  const responsesRules: ResponsesRule[] = [];
  let cache: PromptCache | undefined;
  let embeddingsStatus: number | undefined;
  let embeddingsLimit: { readonly most: number; readonly refusal: RawStep } | undefined;
  let embeddingsAnswer: RawStep | undefined;
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const match = route.exec(url.pathname)?.groups;
    const body = await readJson(request);
    const parsed = (bodies.get(match?.operation ?? '') ?? chatBody).safeParse(body);
    if (match === undefined) {
      return sendError(response, 404, 'DeploymentNotFound');
    }
    if (!parsed.success) {
      return sendError(response, 400, 'invalid_request');
    }
    requests.push({ path: url.pathname + url.search, headers: request.headers, body: parsed.data });
    if (match.operation === 'embeddings') {
      if (embeddingsStatus !== undefined) {
        return sendError(response, embeddingsStatus, 'unavailable');
      }
      const asked = embeddingsBody.parse(body);
      if (embeddingsLimit !== undefined && asked.input.length > embeddingsLimit.most) {
        return sendRaw(response, embeddingsLimit.refusal);
      }
      if (embeddingsAnswer !== undefined) {
        return sendRaw(response, embeddingsAnswer);
      }
      return sendJson(response, 200, embeddingsOf(asked));
    }
    const turn =
      match.operation === 'responses'
        ? responsesTurn(responsesBody.parse(body), responsesRules, cache)
        : chatTurn(chatBody.parse(body), rules, cache);
    if (turn.refusal !== undefined) {
      return sendRaw(response, turn.refusal);
    }
    if (turn.problem !== undefined) {
      return sendError(response, 400, turn.problem);
    }
    const step = planned.shift();
    if (step === undefined) {
      return sendError(response, 500, 'nothing_planned');
    }
    perform(step, response, turn.answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    baseUrl: `${url}/v1`,
    requests,
    chats: () => requests.flatMap(({ body }) => ('messages' in body ? [chatBody.parse(body)] : [])),
    responses: () => requests.flatMap(({ body }) => ('store' in body ? [responsesBody.parse(body)] : [])),
    plan: (...more) => planned.push(...more),
    refuse: (rule) => rules.push(rule),
    refuseResponses: (rule) => responsesRules.push(rule),
    countPrompts: () => {
      cache = new PromptCache();
    },
    limitEmbeddings: (most, refusal) => {
      embeddingsLimit = { most, refusal };
    },
    answerEmbeddings: (answer) => {
      embeddingsAnswer = answer;
    },
    failEmbeddings: (status) => {
      embeddingsStatus = status;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function perform(step: ChatStep, response: ServerResponse, answer: Turn['answer']): void {
  if ('hang' in step) {
    if (step.hang === 'body') {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{');
    }
  } else if ('raw' in step) {
    sendRaw(response, step);
  } else if ('status' in step) {
    sendError(response, step.status, step.code ?? 'planned', step.headers);
  } else {
    sendJson(response, 200, answer(step));
  }
}
