import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '#emulators/stack/free-port';
import { chromium } from '#scripts/browser/executable';
import { accessOf, type Stack, startStack } from '../../emulators/stack/stack.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { openWindow, type Window } from '../support/chromium/window.ts';
import { quietStack } from '../support/quiet-stack.ts';
import { Shell } from './typing/shell.ts';

/** Milliseconds for a stack, an Inspector that may have to be installed, and a browser. */
const timeoutMs = 240_000;

/** The Inspector's own page, in a browser where the machine has one, with the server's address and nothing else. */
describe.skipIf(chromium === undefined)('the MCP Inspector', () => {
  const shell = new Shell(projectDir);
  let stack: Stack;
  let window: Window;
  let server: URL;
  let page: string;
  /** Where it keeps what it got. */
  let kept = '';

  beforeAll(async () => {
    stack = await startStack(quietStack);
    kept = mkdtempSync(path.join(tmpdir(), 'inspector-'));
    server = new URL(accessOf(stack, 'contoso').mcp);
    page = await startInspector(server);
    window = await openWindow(chromium ?? '');
  }, timeoutMs);

  afterAll(async () => {
    await window?.close();
    await shell.close();
    await stack?.stop();
    rmSync(kept, { recursive: true, force: true });
  }, timeoutMs);

  /** Types the command of `docs/quickstart.md`. @returns address of the page that it serves */
  async function startInspector({ href }: URL): Promise<string> {
    const [, documented = ''] =
      /^(npm run inspector -- --server-url .*)$/m.exec(readFileSync('docs/quickstart.md', 'utf8')) ?? [];
    const inspector = shell.start(documented.replace(/http:\S+/, href), {
      env: {
        MCP_AUTO_OPEN_ENABLED: 'false',
        CLIENT_PORT: String(await freePort(0)),
        MCP_SANDBOX_PORT: '0',
        MCP_STORAGE_DIR: kept,
        MCP_INSPECTOR_SECRET_STORE: 'memory',
      },
    });
    const [address] = await inspector.until(/http:\S+MCP_INSPECTOR_API_TOKEN=\w+/);
    return address;
  }

  const shown = () => window.ask('document.body.innerText');

  /** Opens its page and connects it, to the server's question. It overhears clicks until it is ready: a person clicks again. */
  async function connect(): Promise<void> {
    await window.go(page);
    const before = window.requests.length;
    const isBegun = () => window.requests.slice(before).some((one) => /^POST .*\/api\/(mcp|fetch)/.test(one));
    const title = async () => {
      if (!isBegun()) {
        await window.click(`switch: Connect or disconnect "${server.host}"`);
      }
      return await window.ask('document.title');
    };
    await expect.poll(title, { interval: 1_000 }).toBe('Let a program act for you?');
    expect(await shown()).toContain('It calls itself “MCP Inspector”; nobody has checked that');
  }

  it(
    'says so when its person does not want to',
    async () => {
      await connect();
      await window.click('button: Cancel');
      await expect.poll(shown).toContain('Error: access_denied. Details: The person did not allow it.');
    },
    timeoutMs,
  );

  it(
    'signs its person in and calls a tool, in one window',
    async () => {
      await connect();
      await window.click('button: Allow');
      await window.click('button: quinn@contoso query');
      await window.click('radio: Tools');
      await window.click('button: Customer profile and subscriptions get_customer_detail');
      await window.click('textbox: customer_id');
      await window.write('251');
      await window.click('button: Execute Tool');
      await expect.poll(shown).toContain('Customer 251, John Doe, Silver');
      expect(await window.ask('location.origin')).toBe(new URL(page).origin);
    },
    timeoutMs,
  );
});
