import { UsageError } from './usage-error.ts';

/**
 * What `parseArgs` of Node gives; its complaint about a command line is told as one of ours.
 * @throws UsageError
 */
export function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw isAboutOptions(error) ? new UsageError(aboutOptions(error.message)) : error;
  }
}

export function isAboutOptions(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}

/** The first sentence of Node's: what follows is about arguments that begin with a dash. */
export function aboutOptions(text: string): string {
  const [, option] = /^Option '(?:-\w, )?(--[\w-]+)[^']*' argument is ambiguous/.exec(text) ?? [];
  if (option !== undefined) {
    return `${option} needs a value; one that begins with a dash is written ${option}=-1.`;
  }
  return `${text.split(/\.\s|\n/)[0]?.replace(/\.$/, '')}.`;
}
