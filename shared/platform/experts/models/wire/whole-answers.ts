import * as z from 'zod';
import { errorDetail } from './error-detail.ts';

/** Most bytes of an answer; those that are meant for an expert are far shorter. */
const mostBytes = 8 * 2 ** 20;

/** A server that says with status 200 that something failed: in the answer's place, or in the place of a choice. */
const failed = z.object({
  error: z.union([z.looseObject({}), z.string().min(1)]).optional(),
  choices: z.array(z.object({ error: z.looseObject({}).optional() })).optional(),
});

/**
 * Reads answers to their end and hands them on in one form, so that the client library understands servers that
 * differ: failures have a JSON object at `error` whatever place and status they came with, and what is no JSON is
 * plain text. An answer that breaks off rejects, as a lost connection does.
 */
export function wholeAnswers(send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await send(input, init);
    const text = await readText(response);
    const body = parse(text);
    if (!response.ok) {
      return asFailure(body, text, response);
    }
    if (body === undefined) {
      if (isJson(response.headers)) {
        throw new Error('The answer breaks off.');
      }
      return new Response(text, { headers: headersFor('text/plain', response.headers) });
    }
    const error = failureIn(body);
    return error === undefined
      ? new Response(text, { headers: headersFor('application/json', response.headers) })
      : asFailure({ error }, text, { status: statusIn(error), headers: response.headers });
  };
}

async function readText({ body }: Response): Promise<string> {
  if (body === null) {
    return '';
  }
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.byteLength;
    // The rest is not read: leaving the loop ends the stream.
    if (bytes > mostBytes) {
      throw new Error('The answer is too large.');
    }
    parts.push(part);
  }
  return Buffer.concat(parts)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

function asFailure(
  body: unknown,
  text: string,
  { status, headers }: Pick<Response, 'status' | 'headers'>,
): Response {
  const error = errorDetail(body, text);
  return Response.json({ error }, { status, headers: headersFor('application/json', headers) });
}

function failureIn(body: unknown) {
  const { data } = failed.safeParse(body);
  return data?.error ?? data?.choices?.find(({ error }) => error !== undefined)?.error;
}

/** Codes of a response that failed on its way (Responses API, `status: "failed"`), which another attempt may mend. */
const passing = new Map<unknown, number>([
  ['rate_limit_exceeded', 429],
  ['server_error', 500],
]);

/** The status that the failure itself names; 400 when it names none, so that it is not sent again and again. */
function statusIn(failure: NonNullable<ReturnType<typeof failureIn>>): number {
  const named =
    typeof failure === 'object'
      ? [failure.code, failure.status].map((name) => passing.get(name) ?? Number(name))
      : [];
  return named.find((status) => status >= 400 && status <= 599) ?? 400;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isJson(headers: Headers): boolean {
  return /^[^;]*\bjson\b/i.test(headers.get('content-type') ?? '');
}

/** Those of the answer, less what was about its bytes. */
function headersFor(mediaType: string, original: Headers): Headers {
  const headers = new Headers(original);
  for (const name of ['content-length', 'content-encoding', 'transfer-encoding']) {
    headers.delete(name);
  }
  headers.set('content-type', mediaType);
  return headers;
}
