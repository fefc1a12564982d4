import * as z from 'zod';

/** What a server says about a failure, as the client library expects it. */
export interface ErrorDetail {
  /** All of the body but what it repeats of the request. For telling failures apart; not for people, not for logs. */
  readonly message: string;
  readonly type: string | null;
  readonly code: string | null;
  readonly param: string | null;
}

/** Most characters of a message that are looked at. */
const longestMessage = 20_000;

const word = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(undefined);
const named = z.object({ type: word, code: word, param: word });

const nested = z.object({
  error: z
    .looseObject({ innererror: z.unknown().optional(), inner_error: z.unknown().optional() })
    .optional()
    .catch(undefined),
  message: z.looseObject({}).optional().catch(undefined),
});

/**
 * Where servers put it: OpenAI and Azure in `error` (Azure's content filter one deeper), vLLM and Mistral beside it,
 * FastAPI in `detail`, others as text.
 * @param body the parsed body; undefined when it is no JSON
 */
export function errorDetail(body: unknown, text: string): ErrorDetail {
  const { error, message } = nested.safeParse(body).data ?? {};
  const places = [error, message, body, error?.innererror, error?.inner_error].map(
    (place) => named.safeParse(place).data,
  );
  const first = (name: 'type' | 'code' | 'param') =>
    places.map((place) => place?.[name]).find((value) => value != null) ?? null;
  return {
    message: messageOf(body, text).slice(0, longestMessage),
    type: first('type'),
    code: first('code'),
    param: first('param'),
  };
}

/** A validation error repeats under `input` what it is about, which is what was said. */
function messageOf(body: unknown, text: string): string {
  if (body === undefined) {
    return text;
  }
  try {
    return JSON.stringify(body, (name, value: unknown) => (name === 'input' ? undefined : value)) ?? '';
  } catch {
    return '';
  }
}
