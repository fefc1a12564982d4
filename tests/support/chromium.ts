import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import * as z from 'zod';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** Path of the browser; undefined where there is none, as on most machines of developers. */
export const chromium: string | undefined = (process.env.PATH ?? '')
  .split(path.delimiter)
  .flatMap((folder) => names.map((name) => path.join(folder, name)))
  .find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** A window of a real browser. */
export interface Window {
  /** Requests that it made: method, a space, address. */
  readonly requests: readonly string[];
  /** What its console and its security rules complained about. */
  readonly complaints: readonly string[];
  /** Begins to load a page. */
  go(address: string | URL): Promise<void>;
  /** The value of an expression in the page; undefined while there is none. */
  ask(expression: string): Promise<unknown>;
  /** Presses and releases a key, such as `Tab` or `Enter`. */
  press(key: 'Tab' | 'Enter' | 'Space'): Promise<void>;
  /** What a screen reader reads: role and name of everything that has a name, in order. */
  read(): Promise<readonly string[]>;
  close(): Promise<void>;
}

const message = z.looseObject({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
});
const request = z.object({ request: z.object({ url: z.string(), method: z.string() }) });
const logged = z.object({ entry: z.object({ text: z.string() }) });
const axTree = z.object({
  nodes: z.array(
    z.looseObject({
      role: z.object({ value: z.unknown() }).optional(),
      name: z.object({ value: z.unknown() }).optional(),
    }),
  ),
});

/** Opens a window without a screen, with a profile of its own, and speaks to it by the DevTools protocol over pipes. */
export async function openWindow(executable: string): Promise<Window> {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'window-'));
  const child = spawn(
    executable,
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const requests: string[] = [];
  const complaints: string[] = [];
  const send = connection(child, (method, params) => {
    if (method === 'Network.requestWillBeSent') {
      const { url, method: verb } = request.parse(params).request;
      requests.push(`${verb} ${url}`);
    } else if (method === 'Log.entryAdded') {
      complaints.push(logged.parse(params).entry.text);
    }
  });
  const { targetId } = z
    .object({ targetId: z.string() })
    .parse(await send('Target.createTarget', { url: 'about:blank' }));
  const attached = await send('Target.attachToTarget', { targetId, flatten: true });
  const { sessionId } = z.object({ sessionId: z.string() }).parse(attached);
  const inPage = (method: string, params: object = {}) => send(method, params, sessionId);
  for (const domain of ['Page', 'Network', 'Log', 'Accessibility']) {
    await inPage(`${domain}.enable`);
  }
  return {
    requests,
    complaints,
    async go(address) {
      await inPage('Page.navigate', { url: String(address) });
    },
    async ask(expression) {
      const answer = await inPage('Runtime.evaluate', { expression, returnByValue: true });
      return z.object({ result: z.looseObject({ value: z.unknown().optional() }) }).parse(answer).result
        .value;
    },
    async press(key) {
      const [code, text] = { Tab: [9, ''], Enter: [13, '\r'], Space: [32, ' '] }[key] as [number, string];
      const event = { key: key === 'Space' ? ' ' : key, code: key, windowsVirtualKeyCode: code };
      await inPage('Input.dispatchKeyEvent', {
        type: text === '' ? 'rawKeyDown' : 'keyDown',
        text,
        ...event,
      });
      await inPage('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    },
    async read() {
      const { nodes } = axTree.parse(await inPage('Accessibility.getFullAXTree'));
      return nodes
        .map(({ role, name }) => `${role?.value}: ${name?.value ?? ''}`)
        .filter((line) => !/: $|^(InlineTextBox|StaticText)/.test(line));
    },
    async close() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

type Send = (method: string, params?: object, sessionId?: string) => Promise<unknown>;

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
