import { aboutOptions, isAboutOptions } from './parsed.ts';
import { scriptName } from './script-name.ts';

/** What a person is told about what a command threw, and its exit code. */
export interface Explanation {
  readonly text: string;
  /** 2 when the command line itself is wrong, else 1. */
  readonly exitCode: 1 | 2;
}

/** Errors whose message is written for people, by name: rooms that do not know each other have some of the same name. */
const forPeople = new Set([
  'BusinessError',
  'HostProcessError',
  'HostStartError',
  'LoadRefused',
  'NoText',
  'PolicyProblem',
  'SettingsError',
  'SignInError',
]);

/** What the system says when a file cannot be written, and why. */
const unwritable: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a file is where a folder must be',
};

/**
 * Turns what a command threw into a sentence that says what to do. An unforeseen error is a defect, so its place in
 * the code is shown.
 */
export function explain(
  error: unknown,
  script = scriptName(process.argv[1], process.env.npm_lifecycle_event),
): Explanation {
  if (!(error instanceof Error)) {
    return { text: String(error), exitCode: 1 };
  }
  const help = script === undefined ? '--help lists the options.' : `See: npm run ${script} -- --help`;
  if (error.name === 'UsageError') {
    return { text: `${error.message}\n${help}`, exitCode: 2 };
  }
  const code = 'code' in error ? String(error.code) : '';
  if (isAboutOptions(error)) {
    return { text: `${aboutOptions(error.message)}\n${help}`, exitCode: 2 };
  }
  if (code === 'ENOENT' && 'path' in error && 'syscall' in error && error.syscall === 'open') {
    return { text: `There is no file ${String(error.path)}. Name one that exists.`, exitCode: 1 };
  }
  const why = unwritable[code];
  if (why !== undefined && 'path' in error) {
    return {
      text: `Cannot write ${String(error.path)}: ${why}. Make it writable, or use a copy of this folder where it is.`,
      exitCode: 1,
    };
  }
  return { text: isForPeople(error) ? error.message : (error.stack ?? error.message), exitCode: 1 };
}

/** A plain error that a command throws itself is a sentence, too; those of Node and of libraries have another class or a code. */
function isForPeople(error: Error): boolean {
  for (let kind = error.constructor; kind !== Function.prototype; kind = Object.getPrototypeOf(kind)) {
    if (forPeople.has(kind.name)) {
      return true;
    }
  }
  return error.constructor === Error && !('code' in error);
}
