import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

/** The version that `docs/clients.md` tells about. */
export const mcpRemoteVersion = '0.15.1';

/** mcp-remote as a desktop program starts it, and that program. */
export interface McpRemote {
  /** Not connected yet: mcp-remote answers when its person has signed in. */
  readonly client: Client;
  connect(): Promise<void>;
  /** Resolves with what it wrote to standard error when the pattern is there; rejects when it ended before. */
  wrote(pattern: RegExp): Promise<RegExpExecArray>;
  stop(): Promise<void>;
}

/** What it knows of earlier sign-ins is in a folder. */
export interface McpRemoteHome {
  readonly dir: string;
  remove(): Promise<void>;
}

export async function newHome(): Promise<McpRemoteHome> {
  const dir = await mkdtemp(path.join(tmpdir(), 'mcp-remote-'));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

let program: Promise<string> | undefined;

/** Path of the program, which npm brings once, as `npx mcp-remote` does. */
export function mcpRemote(): Promise<string> {
  program ??= promisify(execFile)('npm', [
    'exec',
    '--yes',
    `--package=mcp-remote@${mcpRemoteVersion}`,
    '-c',
    'command -v mcp-remote',
  ]).then(({ stdout }) => stdout.trim());
  return program;
}

/** Starts it. @param args the address, and what else the entry of a desktop program says */
export async function startMcpRemote(args: readonly string[], { dir }: McpRemoteHome): Promise<McpRemote> {
  const { PATH = '' } = process.env;
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [await mcpRemote(), ...args],
    // its browser is the test's
    env: { PATH, HOME: dir, MCP_REMOTE_CONFIG_DIR: dir, BROWSER: 'true' },
    stderr: 'pipe',
  });
  const client = new Client({ name: 'a desktop program', version: '1' });
  const said = listen(transport.stderr as Readable);
  return {
    client,
    connect: () => client.connect(transport, { timeout: 100_000 }),
    wrote: said,
    stop: () => client.close(),
  };
}

function listen(stream: Readable): (pattern: RegExp) => Promise<RegExpExecArray> {
  let text = '';
  let ended = false;
  const watchers = new Set<() => void>();
  const tell = () => {
    for (const watcher of watchers) {
      watcher();
    }
  };
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    tell();
  });
  stream.on('close', () => {
    ended = true;
    tell();
  });
  return (pattern) =>
    new Promise((resolve, reject) => {
      const check = () => {
        const found = pattern.exec(text);
        if (found !== null) {
          resolve(found);
        } else if (ended) {
          reject(new Error(`mcp-remote ended before it wrote ${pattern}:\n${text}`));
        } else {
          return;
        }
        watchers.delete(check);
      };
      watchers.add(check);
      check();
    });
}
