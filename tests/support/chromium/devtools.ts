import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { addressBar } from '#scripts/browser/launch';

/** Half a minute: a busy machine takes its time. */
const [mostAttempts, attemptMs] = [300, 100];

/** Calls a method of the DevTools protocol. @throws Error with what the browser says */
export type Send = (method: string, params?: object, sessionId?: string) => Promise<unknown>;

/** A browser without a screen, with a profile of its own. */
export interface RunningBrowser {
  readonly send: Send;
  /** Ends it, and removes its profile. */
  close(): Promise<void>;
}

/** @param onEvent told what the browser says by itself */
export function startBrowser(
  executable: string,
  onEvent: (method: string, params: unknown) => void,
): RunningBrowser {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'window-'));
  const child = spawn(
    executable,
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      `--disable-features=${addressBar.join(',')}`,
      '--remote-debugging-pipe',
      // whatever a page asks for, nothing outside this machine is asked
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
      `--user-data-dir=${profile}`,
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  return {
    send: connection(child, onEvent),
    async close() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill();
      await ended;
      await removed(profile);
    },
  };
}

/**
 * The browser's helpers write on for a moment after it has ended, so the whole folder is removed again until they are
 * done. Retries of `rmSync` do not help: they only try the folder again, not what has come into it.
 */
async function removed(folder: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (attempt === mostAttempts) {
        throw error;
      }
      await setTimeout(attemptMs);
    }
  }
}

const message = z.looseObject({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
});

/** Messages are JSON, with a zero byte after each. */
function connection(child: ChildProcess, onEvent: (method: string, params: unknown) => void): Send {
  const [input, output] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
  const waiting = new Map<number, (answer: z.output<typeof message>) => void>();
  let rest = '';
  output.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const received = message.parse(JSON.parse(part));
      if (received.id !== undefined) {
        waiting.get(received.id)?.(received);
      } else if (received.method !== undefined) {
        onEvent(received.method, received.params);
      }
    }
  });
  let last = 0;
  return (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, ({ result, error }) =>
        error === undefined ? resolve(result) : reject(new Error(`${method}: ${JSON.stringify(error)}`)),
      );
      input.write(`${JSON.stringify({ id: last, method, params, ...(sessionId && { sessionId }) })}\0`);
    });
}
