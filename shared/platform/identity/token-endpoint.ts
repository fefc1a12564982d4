import { Unavailable } from '../errors.ts';
import { parsedOrUndefined } from '../json/parse.ts';

/** Milliseconds that the identity provider may take. */
const requestTimeoutMs = 10_000;
/** Characters of the longest answer that is read. */
const longestAnswer = 65_536;

/** What a token endpoint answered (RFC 6749 section 5). */
export interface TokenAnswer {
  readonly ok: boolean;
  readonly status: number;
  /** Undefined when it is no JSON. */
  readonly body: unknown;
}

/** @throws Unavailable when the identity provider does not answer in time */
export async function askTokenEndpoint(
  url: string,
  parameters: Readonly<Record<string, string>>,
): Promise<TokenAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(parameters),
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
    const text = await response.text();
    return {
      ok: response.ok,
      status: response.status,
      body: text.length > longestAnswer ? {} : parsedOrUndefined(text),
    };
  } catch (cause) {
    throw new Unavailable('The identity provider does not answer; try again in a few seconds.', { cause });
  }
}
