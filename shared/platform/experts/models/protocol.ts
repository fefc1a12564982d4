import type OpenAI from 'openai';
import type { ModelRequest, ModelTurn } from '../ports.ts';
import type { Dialect } from './dialect.ts';
import type { ReasoningEffort } from './options.ts';

export interface Asked {
  /** Name of the model or deployment. */
  readonly model: string;
  /** Most tokens that the turn may write, those that it thinks among them. */
  readonly turnTokens: number;
  readonly reasoningEffort: ReasoningEffort | undefined;
}

/** An answer that could be read. Its use is known before it is looked at: what is cut off or filtered costs, too. */
export interface ReadAnswer {
  readonly usage: ModelTurn['usage'];
  /**
   * The turn as the port knows it, without anything that the model only thought.
   * @param known ids of the calls that the conversation has already
   * @throws Refused when the content filter refused or the answer was cut off; Unavailable when the turn's tokens
   * were used up before there was one
   */
  toTurn(known: ReadonlySet<string>): ModelTurn;
}

/** One of the protocols in which models are asked. */
export interface Protocol {
  /** As telemetry names it. */
  readonly api: 'chat_completions' | 'responses';
  /** Sends one request, once. */
  send(client: OpenAI, body: object, signal: AbortSignal): Promise<unknown>;
  toBody(request: ModelRequest, asked: Asked, dialect: Dialect): object;
  /**
   * @param model name to tell when the server tells none
   * @throws Unavailable when it is no answer of this protocol
   */
  read(answer: unknown, model: string): ReadAnswer;
}
