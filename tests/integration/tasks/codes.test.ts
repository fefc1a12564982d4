import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it } from 'vitest';
import { cardMimeType, cardsExtensionId } from '#platform/mcp/definitions/card';
import { testStorage } from '../../support/azurite.ts';
import { post, start, streamed, tasksCapability, until } from './messages.ts';
import { address, startInstances } from './support.ts';

/** A task that ends with a refusal says so by its code where pages are shown, and nowhere else. */

const service = startInstances();
const withSessions = startInstances({ storage: await testStorage() });
const pages = { [cardsExtensionId]: { mimeTypes: [cardMimeType] } };
const refused = { isError: true, content: [{ type: 'text', text: 'The job found that it cannot be done.' }] };

describe.each([
  ['shows pages', pages, { _meta: { failure: 'refused' } }],
  ['shows none', {}, {}],
])('a client that %s', (_what, shown, code) => {
  const capabilities = { extensions: { ...tasksCapability.extensions, ...shown } };

  it('reads the result of a task of 2026-07-28', async () => {
    const taskId = await start(service, 'failing_job');
    await until(service, taskId, ({ status }) => status === 'completed');
    const response = await post(service, 'tasks/get', { taskId }, { capabilities });
    const { result } = (await response.json()) as { result: { result: object } };
    expect(result.result).toEqual({ resultType: 'complete', ...refused, ...code });
  });

  it('is sent it when it listens', async () => {
    const taskId = await start(service, 'failing_job');
    await until(service, taskId, ({ status }) => status === 'completed');
    const listened = await post(
      service,
      'subscriptions/listen',
      { notifications: { taskIds: [taskId] } },
      { capabilities },
    );
    const results: unknown[] = [];
    for await (const { method, params } of streamed(listened)) {
      results.push(...(method === 'notifications/tasks' ? [params?.result] : []));
    }
    expect(results).toEqual([{ resultType: 'complete', ...refused, ...code }]);
  });

  it('is told that a plain call cannot wait any longer', async () => {
    const brief = startInstances({ clock: { longestMs: 30 } });
    const call = { name: 'slow_compute', arguments: { seconds: 2 } };
    const answers: unknown[] = [];
    for await (const { result } of streamed(
      await post(brief, 'tools/call', call, { capabilities: { extensions: shown } }),
    )) {
      answers.push(...(result ? [result._meta] : []));
    }
    const { failure } = { failure: undefined, ...(answers[0] as object) };
    expect(failure).toBe('_meta' in code ? 'unavailable' : undefined);
  });

  it('reads the result of a task of 2025-11-25', async () => {
    const client = new Client({ name: 'tests', version: '1' }, { capabilities: { extensions: shown } });
    const transport = new StreamableHTTPClientTransport(address, { fetch: withSessions.fetchAs('ada') });
    await client.connect(transport as Transport);
    await client.listTools();
    const created = client.experimental.tasks.callToolStream(
      { name: 'failing_job', arguments: {} },
      undefined,
      { task: { ttl: 60_000 } },
    );
    const { value } = await created.next();
    await created.return();
    const taskId = value?.type === 'taskCreated' ? value.task.taskId : expect.fail('There is no task.');
    const { _meta, ...result } = await client.experimental.tasks.getTaskResult(taskId, CallToolResultSchema);
    expect(result).toEqual(refused);
    expect(_meta).toEqual({
      'io.modelcontextprotocol/related-task': { taskId },
      ...('_meta' in code && code._meta),
    });
    await client.close();
  });
});
