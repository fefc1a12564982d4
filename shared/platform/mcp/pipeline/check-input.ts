import type * as z from 'zod';
import { failure, type Invocation, type Middleware } from './invocation.ts';

/** Checks the arguments against the tool's schema; the steps after it see nothing else. */
export const checkInput: Middleware = async (invocation, next) => {
  const parsed = invocation.tool.input.safeParse(invocation.arguments ?? {});
  if (!parsed.success) {
    invocation.outcome = 'invalid_input';
    return failure(explain(parsed.error, invocation));
  }
  const { confirmation_code: code, ...input } = parsed.data as Record<string, unknown>;
  invocation.input = input;
  invocation.confirmationCode = typeof code === 'string' ? code : undefined;
  return next();
};

const mostProblems = 5;

/** One sentence naming each wrong field. Neither values nor unknown names are repeated: they may hold anything. */
function explain(error: z.ZodError, { tool }: Invocation): string {
  const problems = error.issues.slice(0, mostProblems).map((issue) => {
    const field = issue.path.map(String).join('.');
    const problem = issue.code === 'unrecognized_keys' ? unknownFields(field, tool.input) : issue.message;
    return field === '' ? problem : `${field}: ${problem}`;
  });
  return `Invalid arguments for ${tool.definition.name}: ${problems.join('; ')}. Correct them and call again.`;
}

function unknownFields(field: string, input: z.ZodObject): string {
  const known = Object.keys(input.shape).join(', ') || 'none';
  return field === '' ? `unknown fields; the known ones are ${known}` : 'has unknown fields';
}
