import type * as z from 'zod';
import { type Answer, failed } from './answer.ts';
import type { Next } from './compose.ts';
import type { Invocation } from './invocation.ts';
import { type Operation, subjectOf } from './operation.ts';

/** Checks the arguments against the operation's schema; the steps after it see nothing else. */
export function checkInput<Result>(
  invocation: Invocation<Result>,
  next: Next<Result>,
): Promise<Answer<Result>> {
  const { operation } = invocation;
  const parsed = operation.input.safeParse(invocation.arguments ?? {});
  if (!parsed.success) {
    return Promise.resolve(failed('invalid_input', explain(parsed.error, operation)));
  }
  const { confirmation_code: code, ...input } = parsed.data as Record<string, unknown>;
  invocation.input = input;
  invocation.confirmationCode = typeof code === 'string' ? code : undefined;
  return next();
}

const mostProblems = 5;

/** One sentence naming each wrong field. Neither values nor unknown names are repeated: they may hold anything. */
function explain(error: z.ZodError, operation: Operation): string {
  const problems = error.issues.slice(0, mostProblems).map((issue) => {
    const field = issue.path.map(String).join('.');
    const problem =
      issue.code === 'unrecognized_keys' ? unknownFields(field, operation.input) : issue.message;
    return field === '' ? problem : `${field}: ${problem}`;
  });
  return `Invalid arguments for ${subjectOf(operation)}: ${problems.join('; ')}. Correct them and call again.`;
}

function unknownFields(field: string, input: z.ZodObject): string {
  const known = Object.keys(input.shape).join(', ') || 'none';
  return field === '' ? `unknown fields; the known ones are ${known}` : 'has unknown fields';
}
