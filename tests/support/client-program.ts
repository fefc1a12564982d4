import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type NewClient, redirectUri } from './new-client.ts';

/** What a client's program writes, a line each. */
interface Line {
  /** Where its person must sign in; it waits for the address that the browser ends at, on standard input. */
  readonly authorize?: string;
  /** At the end. */
  readonly seen?: unknown;
}

/**
 * Runs a client in a program of its own, with a person who signs in whenever it asks for that.
 * @returns what it has seen
 * @throws Error when the person cannot sign in, or the program fails
 */
export async function runClientProgram(
  [command, ...args]: readonly [string, ...string[]],
  person: NewClient,
): Promise<unknown> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  let failure: unknown;
  let seen: unknown;
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as Line;
    seen = line.seen;
    if (line.authorize !== undefined) {
      person.redirectToAuthorization(new URL(line.authorize)).then(
        () => child.stdin.write(`${redirectUri}?${person.answer}\n`),
        (error: unknown) => {
          failure = error;
          child.kill();
        },
      );
    }
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (failure !== undefined) {
    throw failure;
  }
  if (code !== 0) {
    throw new Error(`The client ended with ${code}:\n${errors}`);
  }
  return seen;
}
