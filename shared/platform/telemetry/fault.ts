import type { LogFields } from './log.ts';

/** Lines of a stack that are worth logging. */
const mostLines = 8;

/** What a log line may say of an unexpected failure: its kind and its place. Messages of libraries quote values of the data. */
export function faultFields(error: unknown): LogFields {
  if (!(error instanceof Error)) {
    return { error: typeof error };
  }
  return { error: error.name, stack: stackWithoutMessage(error) };
}

/** A line of the message may look like a place, so the message goes first; where it is not to be found, nothing is said. */
function stackWithoutMessage({ message, stack = '' }: Error): string {
  const start = stack.indexOf(message);
  if (start < 0) {
    return '';
  }
  return stack
    .slice(start + message.length)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, mostLines)
    .map((line) => line.trim())
    .join(' | ');
}
