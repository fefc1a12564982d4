import { expect, test } from 'vitest';
import { unlabelled } from '#platform/mcp/definitions/labels';
import { wireEndpoint } from './endpoint.ts';
import { eras, metaOf } from './messages.ts';
import { newSession, send } from './send.ts';

const endpoint = wireEndpoint();

/** What is asked for, and the labels that its definition gives it. */
const asked = [
  ['tools/call', { name: 'greet', arguments: {} }, unlabelled],
  [
    'resources/read',
    { uri: 'knowledge://refund-policy' },
    { integrity: 'trusted', confidentiality: 'public' },
  ],
  [
    'prompts/get',
    { name: 'unlock_account', arguments: { customer_id: '1' } },
    { integrity: 'trusted', confidentiality: 'private' },
  ],
] as const;

test.each(eras.flatMap((era) => asked.map((one) => [era, ...one] as const)))(
  '%s: the result of %s says how far it can be relied on and who may see it',
  async (era, method, params, labels) => {
    const headers = era === '2025-11-25' ? await newSession(endpoint) : {};
    const message = { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: metaOf(era) } };
    const answer = await send(endpoint, era, message, headers);
    expect(answer.message.result?._meta, JSON.stringify(answer.message)).toMatchObject({ ifc: labels });
  },
);
