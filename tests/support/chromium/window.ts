import { vi } from 'vitest';
import * as z from 'zod';
import { startBrowser } from './devtools.ts';
import { clickOn, type InPage, namedThings } from './named-things.ts';

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
  /** Waits for what a screen reader reads so, such as `button: Allow`, and clicks on it. */
  click(line: string): Promise<void>;
  /** Writes where the keyboard is. */
  write(text: string): Promise<void>;
  /** What a screen reader reads: role and name of everything that has a name, in order. */
  read(): Promise<readonly string[]>;
  /** Everything else that the DevTools protocol can do in the page. */
  readonly inPage: InPage;
  close(): Promise<void>;
}

const request = z.object({ request: z.object({ url: z.string(), method: z.string() }) });
const logged = z.object({ entry: z.object({ text: z.string() }) });
/** As long as `expect.poll` waits here for a condition. */
const clickTimeoutMs = 50_000;

/** Opens a window without a screen, with a profile of its own, and speaks to it by the DevTools protocol over pipes. */
export async function openWindow(executable: string): Promise<Window> {
  const requests: string[] = [];
  const complaints: string[] = [];
  const { send, close } = startBrowser(executable, (method, params) => {
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
  const inPage: InPage = (method, params = {}) => send(method, params, sessionId);
  for (const domain of ['Page', 'Network', 'Log', 'Accessibility']) {
    await inPage(`${domain}.enable`);
  }
  return {
    requests,
    complaints,
    inPage,
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
    click: (line) => vi.waitFor(() => clickOn(inPage, line), { timeout: clickTimeoutMs, interval: 100 }),
    async write(text) {
      await inPage('Input.insertText', { text });
    },
    async read() {
      return (await namedThings(inPage)).map(({ line }) => line);
    },
    close,
  };
}
