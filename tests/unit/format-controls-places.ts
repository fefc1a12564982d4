import type { ServerContext } from '@modelcontextprotocol/server';
import { expect } from 'vitest';
import { callLine } from '#emulators/stack/call-line';
import { toWire } from '#platform/experts/models/wire/request';
import { wrapEarlier, wrapToolData } from '#platform/experts/tool-data';
import { unlabelled } from '#platform/mcp/definitions/labels';
import { dialogueWith } from '#platform/mcp/dialogue';
import { progressReporter } from '#platform/mcp/progress';
import { legacyTask } from '#platform/mcp/tasks/legacy-wire';
import { detailedTask } from '#platform/mcp/tasks/modern-wire';
import { failure, success } from '#platform/mcp/tool-answer';
import { createLogger } from '#platform/telemetry/log';
import { resultLines, toolLines } from '#scripts/client/print';
import { prompt, resource } from './format-controls-offers.ts';
import { everything } from './hidden-characters.ts';

/** What is shown where a text is that was stored before there was the rule. */
export const shownIn: readonly (readonly [string, () => unknown])[] = [
  ['the log', () => logged(everything)],
  [
    'the line of a call',
    () =>
      callLine(
        logged(everything),
        () => undefined,
        (_tone, text) => text,
      ),
  ],
  [
    'the line of a failure of the host',
    () =>
      callLine(
        `[x] Executed (Failed ${everything}`,
        () => undefined,
        (_tone, text) => text,
      ),
  ],
  ['the summary of a result', () => success(everything, {}, unlabelled).content],
  ['the data of a result as text', () => success('', { [everything]: everything }, unlabelled).content],
  ['a refusal', () => failure(everything).content],
  ['a question to a person', question],
  ['a resource', resource],
  ['a prompt', prompt],
  ['a report of progress', reported],
  ['the state of a task', () => legacyTask(task)],
  ['the state of a task of the extension', () => detailedTask(task, {})],
  ['what a tool gave a model', () => wrapToolData({ kind: 'ok', data: [everything], summary: '' })],
  ['a failure that a model is told', () => wrapToolData({ kind: 'error', message: everything })],
  ['what was said earlier', () => wrapEarlier(everything)],
  ['a conversation that goes on', conversation],
  [
    'the client’s list of tools',
    () => toolLines([{ name: 'a', description: everything, inputSchema: { type: 'object' } }]),
  ],
  [
    'the client’s result',
    () =>
      resultLines({ content: [{ type: 'text', text: everything }], structuredContent: { a: everything } }),
  ],
];

export function logged(reason: string): string {
  const lines: string[] = [];
  createLogger(
    'info',
    () => new Date(0),
    (one) => lines.push(one),
  ).log('warn', 'request refused', { reason });
  return lines.join('');
}

const task = {
  id: 't',
  tool: 'a',
  status: 'working',
  message: everything,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  ttlMs: 1,
  pollIntervalMs: 1,
} as const;

async function question(): Promise<unknown> {
  const context = { mcpReq: { requestState: () => undefined } } as unknown as ServerContext;
  const states = { mint: async () => 'state', verify: async () => expect.fail('Nothing is verified.') };
  const { ask } = dialogueWith(context, true, { states, now: () => new Date(0) });
  return (await ask?.(everything, { tool: 'a', digest: 'd', id: 'i', at: 0 }))?.inputRequests;
}

function reported(): unknown {
  const sent: unknown[] = [];
  const mcpReq = {
    _meta: { progressToken: 1 },
    signal: new AbortController().signal,
    notify: async (notification: unknown) => sent.push(notification),
  };
  progressReporter({ mcpReq } as unknown as ServerContext)(1, 2, everything);
  return sent;
}

function conversation(): unknown {
  const call = { id: 'c', name: 'a', argumentsText: JSON.stringify({ a: everything }) };
  const messages = [
    { role: 'user', text: everything },
    { role: 'assistant', text: everything, calls: [call] },
    { role: 'note', text: everything },
  ] as const;
  const request = { domain: 'd', today: '2026-01-01', instructions: 'i', tools: [], last: false };
  return toWire(
    { ...request, messages, answerSchema: {} },
    { model: 'm', turnTokens: 1, reasoningEffort: undefined },
    { limit: 'max_tokens', structured: false, forbidsTools: true, userAfterTool: true },
  ).messages;
}
