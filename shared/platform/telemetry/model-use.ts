import { context, createContextKey, type Span } from '@opentelemetry/api';
import { monotonicNow } from '../clock.ts';
import { genAi, openAiApi } from './conventions.ts';
import { instruments, secondsSince } from './instruments.ts';
import { own } from './names.ts';
import { failureOf, inSpan } from './spans.ts';
import { noteUse } from './token-meter.ts';

export interface TokenUse {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Those of the input that the service had in its cache; left out where it does not say. */
  readonly cachedTokens?: number;
}

/** Which model is asked, and for what; the names are the deployment's own. */
export interface ModelRequestName {
  readonly operation: 'chat' | 'embeddings';
  /** Such as `azure.ai.openai` (OpenTelemetry conventions, `gen_ai.provider.name`). */
  readonly provider: string;
  readonly model: string;
}

interface Tally {
  readonly tenant: string;
  inputTokens: number;
  outputTokens: number;
}

const tallyKey = createContextKey('token use of the call');

/**
 * Does work for a tenant and adds up the tokens that models use for it; what they take is measured as this tenant's.
 * Adds nothing up while nothing is traced: there is no context to keep the sum in.
 */
export async function countTokens<T>(
  tenant: string,
  work: () => Promise<T>,
): Promise<{ result: T; used: TokenUse }> {
  const used: Tally = { tenant, inputTokens: 0, outputTokens: 0 };
  const result = await context.with(context.active().setValue(tallyKey, used), work);
  return { result, used };
}

/** Asks a model inside a span, and measures how long it takes. */
export async function askInSpan<T>(asked: ModelRequestName, ask: (span: Span) => Promise<T>): Promise<T> {
  const started = monotonicNow();
  const attributes = attributesOf(asked);
  let failure: { 'error.type'?: string } = {};
  try {
    return await inSpan(`${asked.operation} ${asked.model}`, { kind: 'client', attributes }, ask);
  } catch (error) {
    failure = { 'error.type': failureOf(error) };
    throw error;
  } finally {
    instruments().modelDuration.record(secondsSince(started), { ...attributes, ...forWhom(), ...failure });
  }
}

/** Notes what an answer used: on its span, in the metrics, and for the call that it was asked for. */
export function noteTokens(span: Span, asked: ModelRequestName, used: TokenUse): void {
  span.setAttributes(tokenAttributes(used));
  const { modelTokens } = instruments();
  const attributes = { ...attributesOf(asked), ...forWhom() };
  modelTokens.record(used.inputTokens, { ...attributes, [genAi.tokenType]: 'input' });
  modelTokens.record(used.outputTokens, { ...attributes, [genAi.tokenType]: 'output' });
  noteUse({ model: asked.model, inputTokens: used.inputTokens, outputTokens: used.outputTokens });
  const tally = currentTally();
  if (tally === undefined) {
    return;
  }
  tally.inputTokens += used.inputTokens;
  tally.outputTokens += used.outputTokens;
}

/** Notes on a turn's span over which API it was asked, who answered and why it ended there. */
export function noteTurn(
  span: Span,
  {
    api,
    model,
    finishReason,
  }: { readonly api: string; readonly model: string; readonly finishReason: string },
): void {
  span.setAttributes({
    [openAiApi]: api,
    [genAi.responseModel]: model,
    ...(finishReason !== '' && { [genAi.finishReasons]: [finishReason] }),
  });
}

function currentTally(): Tally | undefined {
  return context.active().getValue(tallyKey) as Tally | undefined;
}

/** Whose call a model is asked for; nothing for what no caller asked for. */
function forWhom() {
  const tally = currentTally();
  return tally && { [own('tenant')]: tally.tenant };
}

/** Token use as attributes of a span. */
export function tokenAttributes({ inputTokens, outputTokens, cachedTokens }: TokenUse) {
  return {
    [genAi.inputTokens]: inputTokens,
    [genAi.outputTokens]: outputTokens,
    ...(cachedTokens !== undefined && { [genAi.cachedTokens]: cachedTokens }),
  };
}

function attributesOf({ operation, provider, model }: ModelRequestName) {
  return {
    [genAi.operation]: operation,
    [genAi.provider]: provider,
    [genAi.requestModel]: model,
  };
}
