import { describe, expect, it } from 'vitest';
import { newStreamName, toClient, toServer } from '#platform/mcp/sessions/server-request-id';

const stream = newStreamName();

describe('messages of a server object', () => {
  it('get ids that are unique in the session', () => {
    const asked = toClient({ jsonrpc: '2.0', id: 0, method: 'elicitation/create', params: { x: 1 } }, stream);
    expect(asked).toEqual({
      jsonrpc: '2.0',
      id: `${stream}:0`,
      method: 'elicitation/create',
      params: { x: 1 },
    });
    expect(newStreamName()).not.toBe(stream);
  });

  it('get progress tokens that are unique, too', () => {
    const params = { _meta: { progressToken: 7, other: 'kept' } };
    const asked = toClient({ jsonrpc: '2.0', id: 7, method: 'sampling/createMessage', params }, stream);
    expect(asked).toMatchObject({ params: { _meta: { progressToken: `${stream}:7`, other: 'kept' } } });
  });

  it('name the same id when they take a request back', () => {
    const params = { requestId: 7, reason: 'too late' };
    const taken = toClient({ jsonrpc: '2.0', method: 'notifications/cancelled', params }, stream);
    expect(taken).toMatchObject({ params: { requestId: `${stream}:7`, reason: 'too late' } });
  });

  it('stay what they are when they are answers or other notifications', () => {
    const answer = { jsonrpc: '2.0', id: 7, result: {} } as const;
    const progress = {
      jsonrpc: '2.0',
      method: 'notifications/progress',
      params: { progressToken: 7, progress: 1 },
    } as const;
    expect(toClient(answer, stream)).toEqual(answer);
    expect(toClient(progress, stream)).toEqual(progress);
  });
});

describe('messages of a client', () => {
  it('find the stream and the id that they answer', () => {
    const answer = { jsonrpc: '2.0', id: `${stream}:12`, result: { action: 'accept' } };
    expect(toServer(answer)).toEqual({ stream, message: { ...answer, id: 12 } });
  });

  it('find the stream that their progress is for', () => {
    const progress = {
      jsonrpc: '2.0',
      method: 'notifications/progress',
      params: { progressToken: `${stream}:12`, progress: 1 },
    };
    expect(toServer(progress)).toEqual({
      stream,
      message: { ...progress, params: { progressToken: 12, progress: 1 } },
    });
  });

  it.each([7, 'made up', `${stream}:`, `${stream}:-1`, `x${stream}:1`, `${stream}:1:2`, null, undefined])(
    'belong to no stream with the id %s',
    (id) => {
      expect(toServer({ jsonrpc: '2.0', id, result: {} })).toBeUndefined();
    },
  );
});
