import { expect } from 'vitest';
import type { Status } from '../../integration/durable/durable-status.ts';
import type { Engine } from './row.ts';

/** A number from one to another; both in milliseconds when it is a time. */
export function within(least: number, most: number): unknown {
  return expect.toSatisfy(
    (value: unknown) => typeof value === 'number' && value >= least && value <= most,
    `is from ${least} to ${most}`,
  );
}

/** The management API's answer: its status, and its body when there is one. */
export async function ask(engine: Engine, method: string, path: string, body?: string, type?: string) {
  const response = await engine.webhook(path, {
    method,
    ...(body !== undefined && { body }),
    ...(method !== 'GET' && { headers: { 'content-type': type ?? 'application/json' } }),
  });
  return { code: response.status, body: parsed(await response.text()), headers: response.headers };
}

/** Only the status of the management API's answers, one after the other. */
export async function codes(
  engine: Engine,
  ...asked: readonly (readonly [string, string, string?, string?])[]
) {
  const seen: number[] = [];
  for (const [method, path, body, type] of asked) {
    seen.push((await ask(engine, method, path, body, type)).code);
  }
  return seen;
}

/** The names of the events in the history for people; timers once. */
export async function historyOf(engine: Engine, id: string): Promise<unknown[]> {
  const { body } = await ask(engine, 'GET', `instances/${id}?showHistory=true`);
  const { historyEvents = [] } = body as Status;
  return historyEvents.map(({ EventType }) => EventType).filter((name) => name !== 'TimerCreated');
}

/** An instance that waits for something, as its custom status says. */
export async function waiting(engine: Engine, name: string, input?: unknown): Promise<string> {
  const { id } = await engine.start(name, { input });
  await engine.until(id, ({ customStatus }) => customStatus !== null);
  return id;
}

export const hasStatus = (wanted: string) => (status: Status) => status.runtimeStatus === wanted;

/** JSON, or text as it is. */
function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
