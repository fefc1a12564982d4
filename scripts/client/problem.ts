/** What to tell a person about a failed call, and the exit code that goes with it. */
export interface Problem {
  readonly message: string;
  readonly exitCode: 1 | 3;
}

/** Turns what the client library throws into one sentence. */
export function problemOf(error: unknown, url: string): Problem {
  if (isConnectionFailure(error)) {
    return {
      exitCode: 3,
      message: `Nothing answers at ${url}. Start the local stack with npm start, or name another with --url.`,
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { exitCode: 1, message: refusalIn(message) ?? message };
}

/** What was refused before there was a protocol to speak comes as the text of the response; the service's sentence is in it. */
function refusalIn(message: string): string | undefined {
  const at = message.indexOf('{');
  if (at < 0) {
    return undefined;
  }
  try {
    const body = JSON.parse(message.slice(at)) as { error?: { message?: unknown } } | null;
    const sentence = body?.error?.message;
    return typeof sentence === 'string' ? sentence : undefined;
  } catch {
    return undefined;
  }
}

/** Node's fetch wraps the system error; the client library may wrap that again. */
function isConnectionFailure(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.message === 'fetch failed') {
      return true;
    }
    if ('code' in cause && ['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET'].includes(String(cause.code))) {
      return true;
    }
  }
  return false;
}
