import type OpenAI from 'openai';
import type { Logger } from '../../telemetry/log.ts';
import { askInSpan, type ModelRequestName, noteTokens, noteTurn } from '../../telemetry/model-use.ts';
import type { ChatModel, ModelRequest } from '../ports.ts';
import { type Dialect, withoutRefused } from './dialect.ts';
import { ModelFault } from './faults.ts';
import { defaultTurnTokens, type ModelProvider, type TurnOptions } from './options.ts';
import type { Asked, Protocol } from './protocol.ts';
import { reporting } from './report.ts';
import { type SendOptions, send } from './send.ts';

export interface ChatOptions extends TurnOptions {
  /** Whether the service can be held to a JSON Schema; not every compatible server knows how. */
  readonly structuredAnswers: boolean;
  /** Who runs the service, for telemetry. */
  readonly provider?: ModelProvider;
  readonly sending?: SendOptions;
  readonly logger?: Logger | undefined;
}

export const defaultSending: SendOptions = {
  attempts: 3,
  attemptMilliseconds: 60_000,
  longestWait: 20_000,
  firstWait: 500,
};

/** A model that is asked in one of the protocols, behind the port. @param model name of the model or deployment */
export function openaiModel(
  protocol: Protocol,
  client: OpenAI,
  model: string,
  options: ChatOptions,
): ChatModel {
  const { structuredAnswers, provider = 'openai', sending = defaultSending, logger } = options;
  const { turnTokens = defaultTurnTokens, reasoningEffort } = options;
  const name: ModelRequestName = { operation: 'chat', provider, model };
  const asked: Asked = { model, turnTokens, reasoningEffort };
  // Remembered for the life of the process: what a server refused once, it will refuse again.
  let known: Dialect = {
    limit: 'max_completion_tokens',
    forbidsTools: true,
    structured: structuredAnswers,
    userAfterTool: true,
    encryptedReasoning: true,
  };

  async function ask(request: ModelRequest, signal: AbortSignal): Promise<unknown> {
    for (let dialect = known; ; ) {
      const body = protocol.toBody(request, asked, dialect);
      try {
        return await send((attempt) => protocol.send(client, body, attempt), sending, signal);
      } catch (error) {
        const fault = error instanceof Error && error.cause;
        const fewer = fault instanceof ModelFault ? withoutRefused(dialect, fault) : undefined;
        if (fewer === undefined) {
          throw error;
        }
        dialect = fewer;
        known = fewer;
        logger?.log('warn', 'language model knows less', { ...name, ...fewer });
      }
    }
  }

  return {
    complete: (request, signal) =>
      askInSpan(name, (span) =>
        reporting(logger, name, async () => {
          const answer = protocol.read(await ask(request, signal), model);
          noteTokens(span, name, answer.usage);
          const turn = answer.toTurn(idsIn(request));
          noteTurn(span, { ...turn, api: protocol.api });
          return turn;
        }),
      ),
  };
}

function idsIn({ messages }: ModelRequest): ReadonlySet<string> {
  return new Set(
    messages.flatMap((message) => (message.role === 'assistant' ? message.calls.map(({ id }) => id) : [])),
  );
}
