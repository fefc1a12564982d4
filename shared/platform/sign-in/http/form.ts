import { readText } from '../../http/read-text.ts';
import { OAuthProblem } from './oauth-problem.ts';

/** Parameters of a request, each at most once (RFC 6749 section 3.1). Empty ones count as left out. */
export type Parameters = ReadonlyMap<string, string>;

/** Bytes of the largest body: codes and refresh tokens of the identity provider are wrapped in ours. */
const mostBytes = 32_768;
const mostParameters = 50;

/** @throws OAuthProblem when the body is no form, or too large */
export async function formOf(request: Request): Promise<Parameters> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) {
    throw new OAuthProblem('invalid_request', 'Send a form: application/x-www-form-urlencoded.', 415);
  }
  const text = await readText(request, mostBytes);
  if (text === undefined) {
    throw new OAuthProblem(
      'invalid_request',
      `The request is too large: send at most ${mostBytes} bytes.`,
      413,
    );
  }
  return parametersOf(new URLSearchParams(text));
}

/** @throws OAuthProblem when one comes twice */
export function queryOf(request: Request): Parameters {
  return parametersOf(new URL(request.url).searchParams);
}

function parametersOf(pairs: URLSearchParams): Parameters {
  const parameters = new Map<string, string>();
  let count = 0;
  for (const [name, value] of pairs) {
    count += 1;
    if (count > mostParameters || parameters.has(name)) {
      throw new OAuthProblem(
        'invalid_request',
        'A parameter comes twice, or there are too many; send each once.',
      );
    }
    if (value !== '') {
      parameters.set(name, value);
    }
  }
  return parameters;
}

/** @throws OAuthProblem when it is missing or longer than so many characters */
export function requiredOf(parameters: Parameters, name: string, longest: number): string {
  const value = optionalOf(parameters, name, longest);
  if (value === undefined) {
    throw new OAuthProblem('invalid_request', `The parameter ${name} is missing.`);
  }
  return value;
}

/** @throws OAuthProblem when it is longer than so many characters */
export function optionalOf(parameters: Parameters, name: string, longest: number): string | undefined {
  const value = parameters.get(name);
  if (value !== undefined && value.length > longest) {
    throw new OAuthProblem('invalid_request', `The parameter ${name} is longer than ${longest} characters.`);
  }
  return value;
}
