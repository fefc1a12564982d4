import type { Answer } from './answer.ts';
import type { Invocation } from './invocation.ts';

/** The last step: does what was asked for. */
export async function runOperation<Result>({
  operation,
  input,
  call,
}: Invocation<Result>): Promise<Answer<Result>> {
  return { kind: 'done', result: await operation.run(input, call) };
}
