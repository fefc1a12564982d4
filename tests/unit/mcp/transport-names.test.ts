import { describe, expect, it } from 'vitest';
import { hasTransportName, isTransportName } from '#platform/http/transport-names';
import { parseMessage } from '#platform/mcp/message/parse-message';

describe('a name that is kept for the transport', () => {
  it.each(['Headers', 'headers', 'QUERY', 'req', '$request', 'Sys'])('is known in any case: %s', (name) => {
    expect(isTransportName(name)).toBe(true);
    expect(hasTransportName({ id: 1, [name]: 'harmless' })).toBe(true);
  });

  it.each(['method', 'params', 'header', 'queries', ''])('is not: %s', (name) => {
    expect(isTransportName(name)).toBe(false);
  });

  it('is refused at the top of a message, and free below it', () => {
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { arguments: { query: 'a' } } };
    expect(parseMessage(JSON.stringify(call))).toMatchObject(call);
    expect(() => parseMessage(JSON.stringify({ ...call, Query: 'harmless' }))).toThrow(
      /kept for the transport/,
    );
  });

  it('does not stand in what is no object', () => {
    expect([null, 1, 'headers', ['headers']].map(hasTransportName)).toEqual([false, false, false, false]);
  });
});
