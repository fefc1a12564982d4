import { APIConnectionError, APIError } from 'openai';
import { systemTime } from '../../clock.ts';
import { type BusinessError, Refused, Unavailable } from '../../errors.ts';
import { type Refusal, refusalOf } from './refusals.ts';

/** What there is to know about a failure, fit for a log: names and numbers, nothing that was said. */
export interface FaultDetails {
  readonly refusal: Refusal;
  /** HTTP status; undefined when there was no answer. */
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly type?: string | undefined;
  /** Members of our request that the server names. */
  readonly parameters?: readonly string[];
  /** What it says against them, where that makes a difference. */
  readonly complaint?: 'order' | 'value' | undefined;
  readonly requestId?: string | undefined;
  /** Milliseconds after which the server wants to be asked again. */
  readonly retryAfterMs?: number | undefined;
}

/** What went wrong with a request to a model. The library's own error is not fit for a log: it may quote what was said. */
export class ModelFault extends Error {
  override readonly name = 'ModelFault';
  readonly details: FaultDetails;
  readonly status: number | undefined;
  readonly code: string | undefined;

  constructor(details: FaultDetails) {
    const { status, code, requestId } = details;
    super(
      `The model answered ${status ?? 'nothing'} (${code ?? 'no code'}) to request ${requestId ?? 'unknown'}.`,
    );
    this.details = details;
    this.status = status;
    this.code = code;
  }
}

/** Members of a request that servers are known to refuse, and no words besides. */
const parameterNames = [
  'max_completion_tokens',
  'max_tokens',
  'tool_choice',
  'tools',
  'response_format',
  'json_schema',
  'reasoning_effort',
  'messages',
  'role',
  'system',
  'tool_calls',
  'encoding_format',
  'text.format',
];

/** Also of a thought that this server did not write, or cannot read any more: `invalid_encrypted_content`. */
const thoughtWords = /encrypted[ _]content/i;

/** "Conversation roles must alternate", "Unexpected role 'user' after role 'tool'". */
const orderWords = /roles? must alternate|unexpected role|after role|message_order/i;
/** The member is known, and its value is not taken. */
const valueWords =
  /too (?:large|small|big|high|low)|at (?:most|least)\b|(?:less|greater)[ _]than|out of range/i;

/** Codes and types are short names; anything longer may be a sentence about what was said. */
const nameShape = /^[A-Za-z0-9][\w.-]{0,63}$/;

/** The failure of a request: of the server, of the way to it, or of what signs us in there. */
export function faultOf(error: unknown): ModelFault {
  if (error instanceof ModelFault) {
    return error;
  }
  if (error instanceof APIError) {
    return faultOfAnswer(error);
  }
  // Signing in to Azure fails inside of the library, before anything is sent.
  const cause = error instanceof Error ? error.cause : undefined;
  const name = [cause, error].find((one) => one instanceof Error)?.name ?? typeof error;
  return new ModelFault({
    refusal: /Credential|Authentication/.test(name) ? 'access' : 'settings',
    type: named(name),
  });
}

function faultOfAnswer(error: APIError): ModelFault {
  const { status, code, type, param, requestID, headers } = error;
  if (error instanceof APIConnectionError) {
    return new ModelFault({ refusal: 'passing' });
  }
  const saysWhen = headers?.has('retry-after') === true || headers?.has('retry-after-ms') === true;
  const words = [code, type, param, error.message].filter((word) => word != null).join(' ');
  return new ModelFault({
    refusal: refusalOf({ status, words, saysWhen }),
    status,
    code: named(code),
    type: named(type),
    complaint: orderWords.test(words) ? 'order' : valueWords.test(words) ? 'value' : undefined,
    parameters: [
      ...parameterNames.filter((name) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(words)),
      ...(param === 'include' || thoughtWords.test(words) ? ['reasoning.encrypted_content'] : []),
    ],
    requestId: named(requestID),
    retryAfterMs: retryAfter(error, systemTime().getTime()),
  });
}

function named(text: string | null | undefined): string | undefined {
  return text != null && nameShape.test(text) ? text : undefined;
}

/** Whether the same request may succeed when it is sent again. */
export function isPassing({ details: { refusal } }: ModelFault): boolean {
  return refusal === 'passing' || refusal === 'busy';
}

/** Milliseconds that the service asks to wait; undefined when it does not say. */
export function retryAfter(error: unknown, now: number): number | undefined {
  if (!(error instanceof APIError)) {
    return undefined;
  }
  const milliseconds = Number.parseFloat(error.headers?.get('retry-after-ms') ?? '');
  if (milliseconds >= 0) {
    return milliseconds;
  }
  const value = error.headers?.get('retry-after') ?? '';
  const seconds = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

const askOperator = 'ask the operator to check its settings.';

const sentences: Readonly<Record<Refusal, readonly [typeof Refused | typeof Unavailable, string]>> = {
  passing: [Unavailable, 'The language model does not answer; try again in a moment.'],
  busy: [Unavailable, 'The language model is busy; try again in a minute.'],
  content_filter: [
    Refused,
    "The language model's content filter refused the question or its answer; ask in other words.",
  ],
  context: [
    Refused,
    'The conversation has become too long for the language model; start a new one, or ask for less at once.',
  ],
  quota: [Unavailable, 'The quota of the language model is used up; ask the operator to raise it.'],
  access: [Unavailable, `The language model refuses this service; ${askOperator}`],
  missing: [Unavailable, `The language model does not exist; ${askOperator}`],
  settings: [
    Unavailable,
    'The language model cannot be used with these settings; ask the operator to check them.',
  ],
};

/** The failure as whoever asked is told of it, with the fault as its `cause`. */
export function translateModelFault(error: unknown): BusinessError {
  const cause = faultOf(error);
  const [Kind, sentence] = sentences[cause.details.refusal];
  return new Kind(sentence, { cause });
}

/** An answer that cannot be read. @param code what is wrong with it, such as `no_choices` */
export function unreadable(code: string): BusinessError {
  return translateModelFault(new ModelFault({ refusal: 'settings', code }));
}

export function contentFiltered(): BusinessError {
  return translateModelFault(new ModelFault({ refusal: 'content_filter' }));
}

export function cutOff(): Refused {
  return new Refused('The answer became too long and was cut off; ask for less at once.');
}

/** The tokens of a turn went into something else than an answer: reasoning, or a call that is not whole. */
export function spentBeforeAnswer(): Unavailable {
  return new Unavailable(
    'The language model used up the tokens of a turn before it came to an answer; ask for less at once, or ask the operator to raise MODEL_TURN_TOKENS.',
    { cause: new ModelFault({ refusal: 'settings', code: 'turn_tokens_spent' }) },
  );
}
