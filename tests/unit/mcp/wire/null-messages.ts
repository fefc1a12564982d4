import { wireEndpoint } from './endpoint.ts';
import type { Era } from './messages.ts';
import { type Answer, newSession, send } from './send.ts';

export const calls: unknown[] = [];
export const endpoint = wireEndpoint(calls);

export async function ask(era: Era, method: string, params: unknown): Promise<Answer> {
  const headers = era === '2025-11-25' && method !== 'initialize' ? await newSession(endpoint) : {};
  const id = method.startsWith('notifications/') ? {} : { id: 5 };
  return send(endpoint, era, { jsonrpc: '2.0', ...id, method, params }, headers);
}
