import { expect, test } from 'vitest';
import { businessTools } from '#contoso/tools/index';
import { at, eras, metaOf, objectsIn, rightParams } from './messages.ts';
import { ask, calls, endpoint } from './null-messages.ts';
import { type Answer, newSession, send } from './send.ts';

/** Optional members of each method's parameters that the right ones do not have. */
const optional: Readonly<Record<string, readonly string[]>> = {
  initialize: ['_meta'],
  'tools/list': ['cursor', '_meta'],
  'tools/call': ['arguments', '_meta', 'task', 'requestState', 'inputResponses'],
  'prompts/list': ['cursor'],
  'prompts/get': ['arguments', 'requestState', 'inputResponses'],
  'resources/list': ['cursor'],
  'resources/templates/list': ['cursor'],
  'completion/complete': ['context'],
  'tasks/list': ['cursor'],
  'subscriptions/listen': [],
  'notifications/cancelled': ['reason'],
  'notifications/progress': ['total', 'message'],
};

/** What does not differ from one answer to the next. */
const essence = ({ status, message }: Answer) => ({ status, message });

test.each(eras.flatMap((era) => Object.keys(rightParams).map((method) => [era, method] as const)))(
  'null is as good as nothing in every object of a message (%s %s)',
  async (era, method) => {
    // no modern notification or request may be without its envelope
    const meta = metaOf(era);
    const right = { ...rightParams[method], _meta: meta };
    const without = essence(await ask(era, method, right));
    expect(without.status).toBeLessThan(500);
    for (const way of objectsIn(right)) {
      const params = structuredClone(right);
      Object.assign(at(params, way) as object, { somethingOptional: null });
      expect(essence(await ask(era, method, params)), way.join('.')).toEqual(
        method === 'tools/call' && way[0] === 'arguments'
          ? {
              status: 200,
              message: { ...without.message, result: expect.objectContaining({ isError: true }) },
            }
          : without,
      );
    }
    for (const name of optional[method] ?? []) {
      const { [name]: _gone, ...rest } = { ...right } as Record<string, unknown>;
      const left = essence(await ask(era, method, rest));
      expect(essence(await ask(era, method, { ...rest, [name]: null })), name).toEqual(left);
    }
  },
);

test.each(eras)('null beside the parameters, and for them, is as good as nothing (%s)', async (era) => {
  const session = await newSession(endpoint);
  const headers = era === '2025-11-25' ? session : {};
  const meta = { _meta: metaOf(era) };
  const beside = { result: null, error: null, extra: null };
  const listed = await send(
    endpoint,
    era,
    { jsonrpc: '2.0', id: 1, method: 'tools/list', params: meta, ...beside },
    headers,
  );
  expect(listed.message.result?.tools).toHaveLength(businessTools.length + 1);
  const told = { jsonrpc: '2.0', id: null, method: 'notifications/initialized', params: null };
  expect((await send(endpoint, era, told, headers)).status).toBe(202);
  const nameless = await send(
    endpoint,
    era,
    { jsonrpc: '2.0', id: null, method: 'tools/list', params: meta },
    headers,
  );
  expect(nameless.status).toBe(400);
  expect(nameless.message).toMatchObject({
    id: null,
    error: { code: -32600, message: expect.stringMatching(/id must be text or a number/) },
  });
});

test.each(eras)('a cap is lifted by its word alone, never by null (%s)', async (era) => {
  const sent = async (update: unknown) => {
    calls.length = 0;
    const args = { subscription_id: 11, update };
    return ask(era, 'tools/call', { name: 'update_subscription', arguments: args, _meta: metaOf(era) });
  };
  const { message } = await sent({ data_cap_gb: null });
  expect(calls).toEqual([]);
  expect(message.result).toMatchObject({
    isError: true,
    content: [
      { text: expect.stringMatching(/null is as good as leaving a field out.*"unlimited" lifts the cap/) },
    ],
  });
  await sent({ data_cap_gb: 'unlimited' });
  expect(calls).toEqual([{ subscription_id: 11, update: { data_cap_gb: 'unlimited' } }]);
});
