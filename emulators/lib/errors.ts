/** The host cannot start. The message is for a person: one sentence that says what is wrong and what to do. */
export class HostStartError extends Error {
  override readonly name = 'HostStartError';
}

/** A function ran longer than `functionTimeout` of host.json allows. */
export class FunctionTimeoutError extends Error {
  override readonly name = 'FunctionTimeoutError';
}

/** Whatever was thrown, as text without a stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whatever was thrown, with its stack when it has one. */
export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
