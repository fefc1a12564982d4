import { ProtocolError, type ServerContext } from '@modelcontextprotocol/server';
import { expect, it } from 'vitest';
import { Unavailable } from '#platform/errors';
import { correlationOf } from '#platform/http/correlation';
import { guarded } from '#platform/mcp/tasks/boundary';
import { createLogger } from '#platform/telemetry/log';

const lines: string[] = [];
const logger = createLogger(
  'debug',
  () => new Date(0),
  (line) => lines.push(line),
);
const req = new Request('http://localhost/mcp');
const context = { mcpReq: { method: 'tasks/get' }, http: { req } } as unknown as ServerContext;

async function errorAfter(error: unknown): Promise<ProtocolError> {
  const failing = guarded(logger, async () => {
    throw error;
  });
  return failing({}, context).catch((thrown: unknown) => thrown as ProtocolError);
}

it('passes protocol errors on', async () => {
  const error = new ProtocolError(-32602, 'Task not found.');
  expect(await errorAfter(error)).toBe(error);
});

it('passes the sentence of a business error on', async () => {
  const error = await errorAfter(new Unavailable('Storage does not answer; try again.'));
  expect(error).toMatchObject({ code: -32603, message: 'Storage does not answer; try again.' });
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
    ...{ level: 'warn', message: 'tasks request failed', error: 'unavailable' },
    correlationId: correlationOf(req),
  });
});

it('hides what else went wrong behind an id that is in the log', async () => {
  const error = await errorAfter(new Error('password=hunter2'));
  const id = /id ([0-9a-f-]{36})/.exec(error.message)?.[1];
  expect(error.code).toBe(-32603);
  // The one in the headers of the answer.
  expect(id).toBe(correlationOf(req));
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
    correlationId: id,
    stack: expect.stringMatching(/^at /),
  });
  expect(error.message + lines.join('\n')).not.toMatch(/hunter2/);
});
