import { ArgumentError } from './functions.ts';

/** The extension's limit. */
const LONGEST = 256;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be in an id
const FORBIDDEN = /[/\\#?\u0000-\u001f\u007f-\u009f]/;

/** Throws an ArgumentError in the words of the extension when the text cannot be the id of an instance. */
export function checkInstanceId(id: string): void {
  if (id.startsWith('@')) {
    throw new ArgumentError('Orchestration instance ids must not start with @.');
  }
  if (FORBIDDEN.test(id)) {
    throw new ArgumentError(
      'Orchestration instance ids must not contain /, \\, #, ?, or control characters.',
    );
  }
  if (id === '' || id.length > LONGEST) {
    throw new ArgumentError(
      `Instance ids must have 1 to ${LONGEST} characters, and this one has ${id.length}.`,
    );
  }
}
